using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;
using Baotou.Payouts.Domain.Time;

namespace Baotou.Payouts.Application.Matching;

/// <summary>A movement with the round it belongs to.</summary>
public sealed record RoundMovement(Movement Movement, int Round);

/// <summary>What replaying the enterprises of a bucket gives.</summary>
/// <param name="History">The rounds it was replayed for.</param>
/// <param name="Movements">By enterprise, then in the order of their moments.</param>
/// <param name="Undecided">Enterprises whose deciding failed; they have no movements.</param>
public sealed record Replayed(RoundHistory History, IReadOnlyList<RoundMovement> Movements, IReadOnlySet<Uscc> Undecided);

/// <summary>An enterprise as it was replayed.</summary>
/// <param name="Uscc">The enterprise.</param>
/// <param name="Sets">By set of pools; null if it could not be decided.</param>
public sealed record ReplayedEnterprise(Uscc Uscc, IReadOnlyList<ReplayedSet>? Sets);

/// <summary>What the facts of an enterprise give for a set of pools.</summary>
/// <param name="Set">The set.</param>
/// <param name="Facts">Its facts with the moments at which they count.</param>
/// <param name="Movements">In the order of their moments.</param>
public sealed record ReplayedSet(PoolSet Set, IReadOnlyList<CountedFact> Facts, IReadOnlyList<RoundMovement> Movements);

/// <summary>A claim in its place: what a round makes of a movement.</summary>
/// <param name="Claim">What the pool's fold sees.</param>
/// <param name="Pool">The pool-year charged.</param>
/// <param name="Moment">When it counts.</param>
public sealed record PlacedClaim(PoolClaim Claim, PoolYear Pool, DateTimeOffset Moment);

/// <summary>
/// Replays enterprises for rounds and places their claims; all of it is a function of the rounds and their frozen facts. Matching stores
/// what it gives, and verifying compares what is stored with it.
/// </summary>
public sealed class RoundReplay(Decider decider, IFactLog facts, IRoundLog rounds, EngineOptions options)
{
    private readonly IReadOnlyList<PoolSet> _sets = PoolSets.Of(decider.Catalogue);

    /// <summary>All movements of a bucket's enterprises up to a round, with their receipts, whatever is stored.</summary>
    public async Task<Replayed> UpToAsync(int round, int bucket, CancellationToken cancellationToken) =>
        await ReplayAsync(
            await HistoryAsync(round, null, cancellationToken),
            b => rounds.FreezesAsync(b, round, cancellationToken),
            bucket,
            cancellationToken
        );

    /// <summary>
    /// The movement that makes a claim in a closed round, with its receipt and the round it belongs to; null if replaying gives no such
    /// claim.
    /// </summary>
    /// <exception cref="Exception">Whatever deciding throws for an enterprise that cannot be decided.</exception>
    public async Task<(Movement.Claimed Claimed, int Of, RoundHistory History)?> ClaimAsync(
        ClaimKey key,
        int round,
        int bucket,
        CancellationToken cancellationToken
    )
    {
        var history = await HistoryAsync(round, null, cancellationToken);
        var enterprises = await FrozenEnterprisesAsync(
            bucket,
            history,
            b => rounds.FreezesAsync(b, round, cancellationToken),
            cancellationToken
        );
        if (enterprises.FirstOrDefault(e => e.Codes.Contains(key.Uscc)) is not { } enterprise)
            return null;
        foreach (var set in TogetherBy(history))
        {
            if (RequestFor(set, enterprise, history) is not { } request)
                continue;
            if (
                Replay
                    .Run(request with { ReceiptsFrom = DateTimeOffset.MinValue })
                    .OfType<Movement.Claimed>()
                    .FirstOrDefault(c => c.Key == key) is
                { } claimed
            )
                return (claimed, history.RoundOf(set.Id, claimed.Moment), history);
        }

        return null;
    }

    /// <summary>The rounds so far and a planned one behind them.</summary>
    public Task<RoundHistory> PlannedAsync(Round planned, CancellationToken cancellationToken) =>
        HistoryAsync(planned.Number - 1, planned, cancellationToken);

    /// <summary>
    /// A bucket's codes one by one, replayed as if a planned round came next, with everything frozen that is stored now. Of an enterprise
    /// with several codes each has the movements of its own claims.
    /// </summary>
    public async Task<IEnumerable<ReplayedEnterprise>> EnterprisesAsync(
        RoundHistory planned,
        int bucket,
        CancellationToken cancellationToken
    )
    {
        var sets = TogetherBy(planned);
        var enterprises = await FrozenEnterprisesAsync(bucket, planned, FreezesAsync, cancellationToken);
        return enterprises.SelectMany(e => Replayed(planned, sets, bucket, e, receiptsFrom: DateTimeOffset.MaxValue));

        async Task<IReadOnlyList<long>> FreezesAsync(int of) =>
            [.. await rounds.FreezesAsync(of, planned.Last.Number - 1, cancellationToken), await facts.CountAsync(of, cancellationToken)];
    }

    /// <summary>
    /// The place that a round gives to a claim; null if it has no open pool-year for it, or the entry was stopped when it opened.
    /// </summary>
    /// <param name="claimed">The movement.</param>
    /// <param name="of">The round it belongs to.</param>
    /// <param name="round">The round that takes it up: <paramref name="of"/>, or a later one, at whose edge it then counts.</param>
    /// <param name="history">The rounds.</param>
    public PlacedClaim? Place(Movement.Claimed claimed, int of, int round, RoundHistory history)
    {
        if (history.At(round).Stopped.Contains(claimed.Key.Policy))
            return null;
        var terms = claimed.Entry.Terms!;
        var year = terms.Charges == ChargedYear.OfOccasion ? claimed.Year : ChinaTime.DayOf(claimed.Moment.At).Year;
        var open = history.At(round).Pools.Where(p => p.Pool == terms.Pool && p.FiscalYear >= year).MinBy(p => p.FiscalYear);
        if (open is null)
            return null;
        var pool = new PoolYear(open.Pool, open.FiscalYear);
        var moment = of < round ? history.Through(SetOf(terms.Pool), round - 1)!.Value : claimed.Moment.At;
        var order = OrderKey.Of(
            moment,
            PlaceOf(terms.Pool, claimed.Deciding.Source),
            claimed.Deciding.Batch,
            OrderKey.Lottery(pool, open.Seed, claimed.Key.Uscc),
            claimed.Deciding.RecordId,
            claimed.Key.Policy,
            claimed.Key.Occasion,
            claimed.Key.Number
        );
        var late = claimed.Moment.IsLate || of < round;
        return new PlacedClaim(
            new PoolClaim(
                claimed.Key,
                claimed.Amount.City,
                claimed.Amount.County,
                order,
                0,
                Fen.Zero,
                claimed.Entry.Hash,
                claimed.FactsHash,
                late
            ),
            pool,
            moment
        );
    }

    /// <summary>
    /// The place that a round gives to a granted supplement: its moment is the later of its own and that of the act it rests on. Null if
    /// the act does not count yet, or the round has no open pool-year for it.
    /// </summary>
    public PlacedClaim? PlaceSupplement(Movement.Claimed claimed, SupplementGrant grant, int round, RoundHistory history)
    {
        var set = SetOf(claimed.Entry.Terms!.Pool);
        if (history.Rerun(set, grant.Run) is not { } agreed)
            return null;
        var moment = agreed.CompareTo(claimed.Moment) > 0 ? agreed : claimed.Moment;
        var of = history.RoundOf(set, moment);
        return of > round ? null : Place(claimed with { Moment = moment }, of, round, history);
    }

    internal async Task<RoundHistory> HistoryAsync(int round, Round? planned, CancellationToken cancellationToken)
    {
        var all = new List<Round>(round + 1);
        for (var r = 1; r <= round; r++)
            all.Add(await rounds.ReadAsync(r, cancellationToken));
        if (planned is not null)
            all.Add(planned);
        return new RoundHistory(all);
    }

    /// <summary>
    /// The enterprises that a bucket has to look at, with their facts: those whose code lies in it, and those of several codes of which one
    /// does. What replaying such a one gives belongs to the buckets of the codes that its claims bear.
    /// </summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="history">The rounds, which say which codes are one enterprise.</param>
    /// <param name="freezesOf">What was frozen of a bucket, round by round.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    internal async Task<IReadOnlyList<FrozenEnterprise>> FrozenEnterprisesAsync(
        int bucket,
        RoundHistory history,
        Func<int, Task<IReadOnlyList<long>>> freezesOf,
        CancellationToken cancellationToken
    )
    {
        var frozen = new Dictionary<int, SortedDictionary<Uscc, List<FrozenFact>>>
        {
            [bucket] = await FrozenFactsAsync(bucket, await freezesOf(bucket), cancellationToken),
        };
        var own = frozen[bucket];
        var enterprises = new List<FrozenEnterprise>();
        foreach (var family in history.Codes.Families.Where(f => f.Any(c => Bucket.Of(c, options.Buckets) == bucket)))
        {
            var together = new List<FrozenFact>();
            foreach (var code in family)
            {
                var of = Bucket.Of(code, options.Buckets);
                if (!frozen.TryGetValue(of, out var known))
                    frozen[of] = known = await FrozenFactsAsync(of, await freezesOf(of), cancellationToken);
                if (known.TryGetValue(code, out var facts))
                    together.AddRange(facts);
                own.Remove(code);
            }

            enterprises.Add(new FrozenEnterprise(family, together));
        }

        return [.. own.Select(e => new FrozenEnterprise([e.Key], e.Value)).Concat(enterprises).OrderBy(e => e.Codes[0])];
    }

    /// <summary>The codes of a bucket with their facts, each with the first round whose freeze includes it.</summary>
    private async Task<SortedDictionary<Uscc, List<FrozenFact>>> FrozenFactsAsync(
        int bucket,
        IReadOnlyList<long> freezes,
        CancellationToken cancellationToken
    )
    {
        var enterprises = new SortedDictionary<Uscc, List<FrozenFact>>();
        var seen = new HashSet<ContentHash>();
        var frozenIn = 1;
        await foreach (var stored in facts.ReadAsync(bucket, 0, freezes.Count == 0 ? 0 : freezes[^1], cancellationToken))
        {
            while (stored.Seq > freezes[frozenIn - 1])
                frozenIn++;
            if (!seen.Add(stored.Fact.Hash))
                continue;
            if (!enterprises.TryGetValue(stored.Fact.Uscc, out var list))
                enterprises[stored.Fact.Uscc] = list = [];
            list.Add(new FrozenFact(stored.Fact, frozenIn));
        }

        return enterprises;
    }

    /// <summary>
    /// Sets whose watermarks were equal in every round so far are replayed together: one pass over an enterprise's facts instead of one for
    /// each.
    /// </summary>
    internal List<PoolSet> TogetherBy(RoundHistory history) =>
        [
            .. _sets
                .GroupBy(s => string.Join(',', Enumerable.Range(1, history.Last.Number).Select(r => history.Through(s.Id, r)?.UtcTicks)))
                .Select(g => g.First() with { Policies = g.SelectMany(s => s.Policies).ToHashSet(StringComparer.Ordinal) }),
        ];

    /// <summary>
    /// What to replay of an enterprise for a set of pools; null if the set has no watermark yet. What it gives may belong to several
    /// buckets.
    /// </summary>
    internal ReplayRequest? RequestFor(PoolSet set, FrozenEnterprise enterprise, RoundHistory history)
    {
        if (history.Through(set.Id, history.Last.Number) is not { } through)
            return null;
        var counted = enterprise
            .Facts.Select(f => (f.Fact, Moment: history.Counted(set.Id, FactView.MomentOf(f.Fact), f.FrozenIn)))
            .Where(f => f.Moment is not null)
            .Select(f => new CountedFact(f.Fact, f.Moment!.Value));
        return new ReplayRequest
        {
            Uscc = enterprise.Codes[0],
            Facts = counted,
            Plan = history.PlanFor(set, decider),
            Through = through,
            Merges = history.MergesOf(set.Id, enterprise.Codes),
            Elections = history.ElectionsOf(set.Id, enterprise.Codes),
            ReceiptsFrom = history.Through(set.Id, history.Last.Number - 1) ?? DateTimeOffset.MinValue,
        };
    }

    /// <summary>Whether a movement is stored in a bucket.</summary>
    internal bool IsIn(int bucket, Movement movement) => Bucket.Of(movement.Claim.Uscc, options.Buckets) == bucket;

    private async Task<Replayed> ReplayAsync(
        RoundHistory history,
        Func<int, Task<IReadOnlyList<long>>> freezesOf,
        int bucket,
        CancellationToken cancellationToken
    )
    {
        var movements = new List<RoundMovement>();
        var undecided = new HashSet<Uscc>();
        var sets = TogetherBy(history);
        var enterprises = await FrozenEnterprisesAsync(bucket, history, freezesOf, cancellationToken);
        foreach (var enterprise in enterprises.SelectMany(e => Replayed(history, sets, bucket, e, receiptsFrom: DateTimeOffset.MinValue)))
        {
            if (enterprise.Sets is null)
                undecided.Add(enterprise.Uscc);
            else
                movements.AddRange(enterprise.Sets.SelectMany(s => s.Movements));
        }

        return new Replayed(history, movements, undecided);
    }

    /// <summary>The codes of an enterprise that lie in a bucket, each with the movements of its claims.</summary>
    private IEnumerable<ReplayedEnterprise> Replayed(
        RoundHistory history,
        List<PoolSet> sets,
        int bucket,
        FrozenEnterprise enterprise,
        DateTimeOffset receiptsFrom
    )
    {
        var replayed = Replayed(history, sets, enterprise, receiptsFrom);
        return enterprise
            .Codes.Where(c => Bucket.Of(c, options.Buckets) == bucket)
            .Select(c => new ReplayedEnterprise(
                c,
                replayed?.ConvertAll(s => s with { Movements = [.. s.Movements.Where(m => m.Movement.Claim.Uscc == c)] })
            ));
    }

    private List<ReplayedSet>? Replayed(RoundHistory history, List<PoolSet> sets, FrozenEnterprise enterprise, DateTimeOffset receiptsFrom)
    {
        var replayed = new List<ReplayedSet>();
        try
        {
            foreach (var set in sets)
            {
                if (RequestFor(set, enterprise, history) is not { } request)
                    continue;
                var counted = request.Facts.ToList();
                var movements = Replay.Run(request with { Facts = counted, ReceiptsFrom = receiptsFrom });
                replayed.Add(
                    new ReplayedSet(set, counted, [.. movements.Select(m => new RoundMovement(m, history.RoundOf(set.Id, m.Moment)))])
                );
            }

            return replayed;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return null;
        }
    }

    private string SetOf(string pool) => _sets.First(s => s.Pools.Contains(pool)).Id;

    private int PlaceOf(string pool, string source)
    {
        var sources = decider.Catalogue.Pool(pool).Sources;
        for (var i = 0; i < sources.Count; i++)
        {
            if (sources[i] == source)
                return i;
        }

        return 99;
    }
}

/// <summary>An enterprise with all its facts that were frozen.</summary>
/// <param name="Codes">Its codes, in order; usually one.</param>
/// <param name="Facts">Their facts.</param>
internal sealed record FrozenEnterprise(IReadOnlyList<Uscc> Codes, List<FrozenFact> Facts);

/// <summary>A fact with the first round whose freeze includes it.</summary>
internal sealed record FrozenFact(Fact Fact, int FrozenIn);
