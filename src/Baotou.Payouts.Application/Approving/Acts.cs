using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Approving;

/// <summary>Two different subjects: one who asked and one who agreed. What moves money takes both.</summary>
public sealed record TwoPersons
{
    /// <summary>Throws <see cref="ArgumentException"/> if it is the same subject twice or one is missing.</summary>
    public TwoPersons(string requestedBy, string approvedBy)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(requestedBy);
        ArgumentException.ThrowIfNullOrWhiteSpace(approvedBy);
        if (string.Equals(requestedBy.Trim(), approvedBy.Trim(), StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"'{requestedBy}' cannot approve their own act; a second person has to.", nameof(approvedBy));
        RequestedBy = requestedBy;
        ApprovedBy = approvedBy;
    }

    /// <summary>Who asked.</summary>
    public string RequestedBy { get; }

    /// <summary>Who agreed.</summary>
    public string ApprovedBy { get; }
}

/// <summary>An act as it is kept for ever.</summary>
/// <param name="Id">Natural and unique.</param>
/// <param name="What">What was done, in words.</param>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="ApprovedBy">Who agreed.</param>
/// <param name="Moment">When it took effect.</param>
/// <param name="Policy">The act about an entry, if it is one.</param>
/// <param name="Rerun">The rerun that was applied, if it is one.</param>
/// <param name="Merge">The merge of two codes, if it is one.</param>
/// <param name="Closed">The closing of a source, if it is one.</param>
/// <param name="Withdrawn">The withdrawal of a claim, if it is one.</param>
public sealed record Act(
    string Id,
    string What,
    string RequestedBy,
    string ApprovedBy,
    DateTimeOffset Moment,
    PolicyAct? Policy,
    RerunAct? Rerun = null,
    CodesMerged? Merge = null,
    SourceClosed? Closed = null,
    ClaimWithdrawn? Withdrawn = null
);

/// <summary>A silent source is taken as complete through a moment: rounds go on, and what it tells later about the time before counts late.</summary>
/// <param name="Source">The dataset.</param>
/// <param name="Through">The moment, included.</param>
public sealed record SourceClosed(string Source, DateTimeOffset Through);

/// <summary>What still waited of a claim was taken out of its line by two persons. Its enterprise is told.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Left">City share that was reserved for it and stays; zero if nothing was.</param>
/// <param name="Document">Number of the document it rests on.</param>
/// <param name="Why">Why, in the officer's words.</param>
public sealed record ClaimWithdrawn(ClaimKey Claim, Fen Left, string Document, string Why);

/// <summary>What of all acts is asked for with every status.</summary>
/// <param name="Merges">All merges of codes, by moment, then code.</param>
/// <param name="Withdrawn">All withdrawals of claims, by claim.</param>
public sealed record KnownActs(IReadOnlyList<CodesMerged> Merges, ILookup<ClaimKey, ClaimWithdrawn> Withdrawn);

/// <summary>The acts of officers, append-only.</summary>
public interface IActLog
{
    /// <summary>Adds an act; the same act again is harmless. Throws <see cref="InvalidOperationException"/> if the id stands there with other content.</summary>
    Task AddAsync(Act act, CancellationToken cancellationToken) => AddAllAsync([act], cancellationToken);

    /// <summary>Adds acts of different ids as <see cref="AddAsync"/> adds each. After trouble on the way some of them may stand there; adding all again is harmless.</summary>
    Task AddAllAsync(IReadOnlyList<Act> acts, CancellationToken cancellationToken);

    /// <summary>All acts in the order of their ids.</summary>
    Task<IReadOnlyList<Act>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The act that stands there under an id; null if there is none.</summary>
    async Task<Act?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken)).FirstOrDefault(a => a.Id == id);

    /// <summary>What is asked for with every status; it costs little while nothing was added.</summary>
    Task<KnownActs> KnownAsync(CancellationToken cancellationToken);

    /// <summary>All merges of codes, by moment, then code.</summary>
    async Task<IReadOnlyList<CodesMerged>> MergesAsync(CancellationToken cancellationToken) => (await KnownAsync(cancellationToken)).Merges;

    /// <summary>All acts about entries, by moment, then entry.</summary>
    async Task<IReadOnlyList<PolicyAct>> PolicyActsAsync(CancellationToken cancellationToken) =>
        [
            .. (await ListAsync(cancellationToken))
                .Where(a => a.Policy is not null)
                .Select(a => a.Policy!)
                .OrderBy(a => a.Moment)
                .ThenBy(a => a.Policy, StringComparer.Ordinal),
        ];

    /// <summary>All applied reruns, by moment, then run.</summary>
    async Task<IReadOnlyList<RerunAct>> RerunsAsync(CancellationToken cancellationToken) =>
        [
            .. (await ListAsync(cancellationToken))
                .Select(a => a.Rerun)
                .OfType<RerunAct>()
                .OrderBy(a => a.Moment)
                .ThenBy(a => a.Run, StringComparer.Ordinal),
        ];
}

/// <summary>Acts of officers on pools and entries. Each takes two persons, is kept, and only then submitted; a repeat does nothing new.</summary>
public sealed class OfficerActs(IActLog acts, IPoolLog pools, DeclaredPast declared, Catalogue catalogue)
{
    /// <summary>The id under which an act about an entry is kept.</summary>
    public static string IdOf(PolicyAct act) => $"policy:{act.Policy}:{act.Moment.ToUnixTimeMilliseconds()}:{act.GetType().Name}";

    /// <summary>An act about an entry as it is kept.</summary>
    public static Act ActOf(PolicyAct act, string why, TwoPersons persons) =>
        new(IdOf(act), why, persons.RequestedBy, persons.ApprovedBy, act.Moment, act);

    /// <summary>The closing of a source as it is kept.</summary>
    public static Act ActOf(SourceClosed closed, DateTimeOffset moment, string why, TwoPersons persons) =>
        new(
            $"source:{closed.Source}:{closed.Through.ToUnixTimeMilliseconds()}",
            why,
            persons.RequestedBy,
            persons.ApprovedBy,
            moment,
            null,
            Closed: closed
        );

    /// <summary>The natural id of the opening of a pool-year.</summary>
    public static string OpeningOf(PoolYear pool) => $"open:{pool}";

    /// <summary>Opens a pool-year with the seed of its lottery. A pool-year that follows another opens awaiting what that one carries over.</summary>
    public Task OpenPoolAsync(
        PoolYear pool,
        string seed,
        bool awaitsCarryIn,
        DateTimeOffset moment,
        TwoPersons persons,
        CancellationToken cancellationToken
    ) =>
        OnPoolAsync(
            pool,
            new PoolInput.Open(OpeningOf(pool), seed, catalogue.Pool(pool.Pool).WholeOnly, awaitsCarryIn),
            moment,
            persons,
            cancellationToken
        );

    /// <summary>Appropriates money under a document number.</summary>
    /// <param name="pool">The pool-year.</param>
    /// <param name="id">Natural id of the act, unique in the pool-year ("appropriation:包财预〔2023〕5号").</param>
    /// <param name="amount">Positive.</param>
    /// <param name="document">Number of the document it rests on.</param>
    /// <param name="moment">When it takes effect.</param>
    /// <param name="persons">Who asked and who agreed.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public Task AppropriateAsync(
        PoolYear pool,
        string id,
        Fen amount,
        string document,
        DateTimeOffset moment,
        TwoPersons persons,
        CancellationToken cancellationToken
    ) => OnPoolAsync(pool, new PoolInput.Appropriate(id, amount, document), moment, persons, cancellationToken);

    /// <summary>Takes money back; the pool refuses above what is free.</summary>
    public Task CutAsync(
        PoolYear pool,
        string id,
        Fen amount,
        string document,
        DateTimeOffset moment,
        TwoPersons persons,
        CancellationToken cancellationToken
    ) => OnPoolAsync(pool, new PoolInput.Cut(id, amount, document), moment, persons, cancellationToken);

    /// <summary>Closes a pool-year. The pool refuses while the year before is not carried in; the year then goes on as if nobody had asked, and another act may close it later.</summary>
    /// <param name="pool">The pool-year.</param>
    /// <param name="id">Natural id of the act, unique in the pool-year.</param>
    /// <param name="document">Number of the document it rests on.</param>
    /// <param name="moment">When it takes effect.</param>
    /// <param name="persons">Who asked and who agreed.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public Task ClosePoolAsync(
        PoolYear pool,
        string id,
        string document,
        DateTimeOffset moment,
        TwoPersons persons,
        CancellationToken cancellationToken
    ) => OnPoolAsync(pool, new PoolInput.Close(id, document), moment, persons, cancellationToken);

    /// <summary>Takes what still waits of a claim out of its line. The pool-year is the one that the claim charges; see <see cref="Withdrawing.WithdrawClaim"/> for those it was carried into.</summary>
    public Task WithdrawAsync(
        PoolYear pool,
        PoolInput.LimitClaim limit,
        ClaimWithdrawn withdrawn,
        DateTimeOffset moment,
        TwoPersons persons,
        CancellationToken cancellationToken
    ) => OnPoolAsync(pool, limit, moment, persons, cancellationToken, withdrawn);

    /// <summary>The id of the act that submits an input to a pool-year.</summary>
    public static string IdOf(PoolYear pool, string input) => $"pool:{pool}:{input}";

    /// <summary>An act about an entry: out of shadow, into shadow, still in force, its past declared.</summary>
    /// <inheritdoc cref="OnPoliciesAsync"/>
    public Task OnPolicyAsync(PolicyAct act, string why, TwoPersons persons, CancellationToken cancellationToken) =>
        OnPoliciesAsync([act], why, persons, cancellationToken);

    /// <summary>
    /// Acts about entries that one document declares together. An entry leaves shadow only once what was paid for it outside the system is imported and
    /// declared, so that nothing is paid twice.
    /// </summary>
    /// <exception cref="ArgumentException">The list has no such entry. Nothing was done.</exception>
    /// <exception cref="InvalidOperationException">An entry cannot leave shadow; it says what to do. Nothing was done.</exception>
    public async Task OnPoliciesAsync(
        IReadOnlyList<PolicyAct> together,
        string why,
        TwoPersons persons,
        CancellationToken cancellationToken
    )
    {
        if (together.FirstOrDefault(a => catalogue.VersionsOf(a.Policy).Count == 0) is { } unknown)
            throw new ArgumentException($"The catalogue has no entry '{unknown.Policy}'.", nameof(together));
        if (await declared.ProblemAsync(together, cancellationToken) is var (policy, problem))
            throw new InvalidOperationException($"Entry {policy} cannot leave shadow: {problem}.");
        await acts.AddAllAsync([.. together.Select(a => ActOf(a, why, persons))], cancellationToken);
    }

    /// <summary>Two codes are one enterprise's. A code is merged once; throws <see cref="InvalidOperationException"/> if it was merged otherwise before.</summary>
    public Task MergeAsync(CodesMerged merge, string why, TwoPersons persons, CancellationToken cancellationToken)
    {
        if (merge.From == merge.Into)
            throw new ArgumentException($"{merge.From} cannot be merged into itself.", nameof(merge));
        return acts.AddAsync(
            new Act($"merge:{merge.From}", why, persons.RequestedBy, persons.ApprovedBy, merge.Moment, null, Merge: merge),
            cancellationToken
        );
    }

    /// <summary>Takes a silent source as complete through a moment. It may be done again for a later one.</summary>
    public Task CloseSourceAsync(
        SourceClosed closed,
        DateTimeOffset moment,
        string why,
        TwoPersons persons,
        CancellationToken cancellationToken
    )
    {
        if (catalogue.Facts.Kinds.All(k => k.Agency != closed.Source))
            throw new ArgumentException($"The dictionary of facts has no source '{closed.Source}'.", nameof(closed));
        return acts.AddAsync(ActOf(closed, moment, why, persons), cancellationToken);
    }

    private async Task OnPoolAsync(
        PoolYear pool,
        PoolInput input,
        DateTimeOffset moment,
        TwoPersons persons,
        CancellationToken cancellationToken,
        ClaimWithdrawn? withdrawn = null
    )
    {
        catalogue.Pool(pool.Pool);
        var what = Domain.Hashing.CanonicalJson.Write(input);
        await acts.AddAsync(
            new Act(IdOf(pool, input.Id), what, persons.RequestedBy, persons.ApprovedBy, moment, null, Withdrawn: withdrawn),
            cancellationToken
        );
        await pools.SubmitAsync(pool, input, cancellationToken);
    }
}
