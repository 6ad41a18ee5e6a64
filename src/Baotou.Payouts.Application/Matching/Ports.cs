using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Matching;

/// <summary>Where the rounds stand: at most one is open, the one after <paramref name="Closed"/>.</summary>
/// <param name="Closed">The last closed round; 0 before the first.</param>
/// <param name="Open">The open round, or 0.</param>
public sealed record RoundStanding(int Closed, int Open);

/// <summary>A standing with the version that its next move must name.</summary>
/// <param name="Standing">The standing.</param>
/// <param name="Version">The ETag; null before the first move.</param>
/// <param name="Opened">Hash of the round that was opened last; null if none was, or none by a release that links rounds.</param>
public sealed record StoredStanding(RoundStanding Standing, string? Version, ContentHash? Opened = null);

/// <summary>The rounds with what was frozen for them.</summary>
public interface IRoundLog
{
    /// <summary>Drops what earlier reads left in memory, so that the next read shows what is stored.</summary>
    void Forget();

    /// <summary>Where the rounds stand.</summary>
    Task<RoundStanding> StandingAsync(CancellationToken cancellationToken);

    /// <summary>Where the rounds stand, with the version that a move from there must name.</summary>
    Task<StoredStanding> ReadStandingAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Opens a round if nothing moved or renewed the standing since <paramref name="before"/> was read; it has to be read before anything
    /// that the round fixes. False otherwise: read again and plan anew.
    /// </summary>
    Task<bool> OpenAsync(Round round, StoredStanding before, CancellationToken cancellationToken);

    /// <summary>
    /// Writes the standing as it is, so that no round can open that was planned before: whoever opens one from now on sees what is stored
    /// now. False if somebody else moved or renewed it first.
    /// </summary>
    Task<bool> RenewAsync(StoredStanding before, CancellationToken cancellationToken);

    /// <summary>Closes the open round; closing a closed one is harmless.</summary>
    Task CloseAsync(int round, CancellationToken cancellationToken);

    /// <summary>A round that was opened; throws <see cref="KeyNotFoundException"/> for any other.</summary>
    Task<Round> ReadAsync(int round, CancellationToken cancellationToken);

    /// <summary>Freezes a bucket for a round at <paramref name="upTo"/>, or answers what was frozen before.</summary>
    Task<long> FreezeAsync(int round, int bucket, long upTo, CancellationToken cancellationToken);

    /// <summary>What was frozen of a bucket in rounds 1 to <paramref name="upToRound"/>, in order.</summary>
    Task<IReadOnlyList<long>> FreezesAsync(int bucket, int upToRound, CancellationToken cancellationToken);

    /// <summary>Marks a bucket as matched for a round.</summary>
    Task MarkDoneAsync(int round, int bucket, CancellationToken cancellationToken);

    /// <summary>The buckets matched for a round.</summary>
    Task<IReadOnlySet<int>> DoneAsync(int round, CancellationToken cancellationToken);
}

/// <summary>
/// The proof of a decision that made a claim: every condition with value, threshold, source and record, and the arithmetic.
/// </summary>
/// <param name="Steps">The conditions.</param>
/// <param name="Arithmetic">How the amount came about.</param>
/// <param name="Due">What the award comes to as a whole; a claim in a group is only the rise.</param>
/// <param name="Facts">How many records it rests on; <see cref="PoolClaim.FactsHash"/> covers them all.</param>
/// <param name="Records">The records by source and number, the first twenty.</param>
public sealed record Receipt(IReadOnlyList<Step> Steps, Bilingual Arithmetic, Fen Due, int Facts, IReadOnlyList<string> Records)
{
    /// <summary>The receipt of a decision.</summary>
    public static Receipt Of(Decision decision) =>
        new(
            decision.Steps,
            decision.Arithmetic,
            decision.Amount,
            decision.Facts.Count,
            [.. decision.Facts.Select(f => $"{f.Source}/{f.RecordId}").Order(StringComparer.Ordinal).Take(20)]
        );
}

/// <summary>A claim in the bucket of its enterprise: unique by policy, occasion, code and number, for ever.</summary>
/// <param name="Claim">What the pool's fold sees.</param>
/// <param name="Pool">The pool-year charged.</param>
/// <param name="Round">The round that made it.</param>
/// <param name="Moment">When what is due rose.</param>
/// <param name="State">What became of it.</param>
/// <param name="Receipt">Why.</param>
public sealed record Entitlement(PoolClaim Claim, PoolYear Pool, int Round, DateTimeOffset Moment, EntitlementState State, Receipt Receipt)
{
    /// <summary>What may never differ between two workings of the same claim.</summary>
    public ContentHash Identity => CanonicalJson.Hash(new[] { CanonicalJson.Hash(Claim).Hex, Pool.ToString(), State.ToString() });
}

/// <summary>
/// What two persons agreed to: that a supplement joins its pool's line. It counts from the round that freezes its <see cref="RerunAct"/>.
/// </summary>
/// <param name="Claim">The supplement; its number is above 0.</param>
/// <param name="Identity">What they saw: <see cref="Entitlement.Identity"/> of the supplement.</param>
/// <param name="Run">The run whose difference they agreed to.</param>
public sealed record SupplementGrant(ClaimKey Claim, ContentHash Identity, string Run);

/// <summary>What became of an entitlement when it was made.</summary>
public enum EntitlementState
{
    /// <summary>A claim stands in the pool's line.</summary>
    Claimed,

    /// <summary>A supplement (number above 0): it waits for the approval of two persons.</summary>
    NeedsApproval,

    /// <summary>It was paid outside the system before; the key is taken.</summary>
    Taken,
}

/// <summary>A reduction that a round makes, submitted to the pool before the round's claims.</summary>
/// <param name="Pool">The pool-year of the claim.</param>
/// <param name="Input">The act.</param>
public sealed record RoundLimit(PoolYear Pool, PoolInput.LimitClaim Input)
{
    /// <summary>How ids of reductions begin that follow from facts.</summary>
    public const string IdPrefix = "limit:";

    /// <summary>The permanent id of a reduction.</summary>
    public static string IdOf(Movement.Limited limited) =>
        $"{IdPrefix}{limited.Key}:{limited.Limit.City}:{limited.Moment.At.ToUnixTimeMilliseconds()}:{limited.Moment.Edge}";
}

/// <summary>Something of an enterprise that stands still for a reason, as a round found it.</summary>
/// <param name="Uscc">The enterprise.</param>
/// <param name="Subject">What is held: an entry and occasion, or "*" for the whole enterprise.</param>
/// <param name="Round">The round that found it.</param>
/// <param name="Code">A stable code: <c>decider-failed</c>, <c>pool-not-open</c>, <c>policy-stopped</c>, <c>key-taken-differs</c>,
/// <c>claim-differs</c>.</param>
/// <param name="Reason">Why, and what to do.</param>
public sealed record MatchHold(Domain.Enterprises.Uscc Uscc, string Subject, int Round, string Code, string Reason)
{
    /// <summary>The code of an enterprise that could not be decided; all of it stands still.</summary>
    public const string DeciderFailed = "decider-failed";
}

/// <summary>A payment made outside the system, imported as a taken key.</summary>
/// <param name="Policy">Id of the entry it was for.</param>
/// <param name="Occasion">For what.</param>
/// <param name="Uscc">The enterprise, by its code as it was then.</param>
/// <param name="Amount">Both shares.</param>
/// <param name="PaidOn">The day of the payment.</param>
/// <param name="Reference">How whoever paid calls it.</param>
/// <param name="Import">Who imported it first, from which file; null if a release before this one did.</param>
public sealed record TakenKey(
    string Policy,
    string Occasion,
    Domain.Enterprises.Uscc Uscc,
    Fen Amount,
    DateOnly PaidOn,
    string Reference,
    RequestMark? Import = null
)
{
    /// <summary>Whether another one tells of the same payment, whoever imported it.</summary>
    public bool IsSamePayment(TakenKey other) => this with { Import = null } == other with { Import = null };
}

/// <summary>Entitlements, claims, reductions, holds and taken keys.</summary>
public interface IClaimStore
{
    /// <summary>All entitlements of a bucket, by key.</summary>
    Task<IReadOnlyDictionary<ClaimKey, Entitlement>> EntitlementsAsync(int bucket, CancellationToken cancellationToken);

    /// <summary>The entitlements of one enterprise, by key.</summary>
    Task<IReadOnlyDictionary<ClaimKey, Entitlement>> EntitlementsAsync(
        int bucket,
        Domain.Enterprises.Uscc uscc,
        CancellationToken cancellationToken
    );

    /// <summary>Adds entitlements; those that exist are left as they are and answered.</summary>
    Task<IReadOnlyList<Entitlement>> AddEntitlementsAsync(
        int bucket,
        IReadOnlyList<Entitlement> entitlements,
        CancellationToken cancellationToken
    );

    /// <summary>The supplements of a bucket that two persons agreed to, by claim.</summary>
    Task<IReadOnlyDictionary<ClaimKey, SupplementGrant>> GrantsAsync(int bucket, CancellationToken cancellationToken);

    /// <summary>Adds an agreement; answers what stands there: the same, or an earlier one.</summary>
    Task<SupplementGrant> AddGrantAsync(int bucket, SupplementGrant grant, CancellationToken cancellationToken);

    /// <summary>Granted supplements of a bucket as rounds have put them into their pool's line, by key.</summary>
    Task<IReadOnlyDictionary<ClaimKey, Entitlement>> SupplementsAsync(int bucket, CancellationToken cancellationToken);

    /// <summary>Adds supplements in line; those that exist are left as they are and answered.</summary>
    Task<IReadOnlyList<Entitlement>> AddSupplementsAsync(
        int bucket,
        IReadOnlyList<Entitlement> supplements,
        CancellationToken cancellationToken
    );

    /// <summary>Adds claims to the line of their pool-year and round; those that stand there already are left.</summary>
    Task AddClaimsAsync(PoolYear pool, int round, IReadOnlyList<PoolClaim> claims, CancellationToken cancellationToken);

    /// <summary>The claims of a pool-year's round in order; final once the round is closed.</summary>
    Task<IReadOnlyList<PoolClaim>> ClaimsAsync(PoolYear pool, int round, CancellationToken cancellationToken);

    /// <summary>Keeps the reductions that a bucket makes in a round.</summary>
    Task PutLimitsAsync(int round, int bucket, IReadOnlyList<RoundLimit> limits, CancellationToken cancellationToken);

    /// <summary>All reductions of a round, in the order of pool and act id.</summary>
    Task<IReadOnlyList<RoundLimit>> LimitsAsync(int round, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps the holds that a round found in a bucket; from then on they are shown, unless those of a later round are already.
    /// </summary>
    Task PutHoldsAsync(int round, int bucket, IReadOnlyList<MatchHold> holds, CancellationToken cancellationToken);

    /// <summary>The holds of a bucket as the last matched round found them.</summary>
    Task<IReadOnlyList<MatchHold>> HoldsAsync(int bucket, CancellationToken cancellationToken);

    /// <summary>The holds of a bucket as a round found them; empty for round 0.</summary>
    Task<IReadOnlyList<MatchHold>> HoldsAsync(int bucket, int round, CancellationToken cancellationToken);

    /// <summary>Imports taken keys of a bucket. False for those that are there with other content.</summary>
    Task<IReadOnlyList<TakenKey>> AddTakenAsync(int bucket, IReadOnlyList<TakenKey> keys, CancellationToken cancellationToken);

    /// <summary>The taken keys of a bucket.</summary>
    Task<IReadOnlyList<TakenKey>> TakenAsync(int bucket, CancellationToken cancellationToken);
}
