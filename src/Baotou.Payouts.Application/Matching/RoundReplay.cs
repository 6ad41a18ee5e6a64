using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
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

/// <summary>A claim in its place: what a round makes of a movement.</summary>
/// <param name="Claim">What the pool's fold sees.</param>
/// <param name="Pool">The pool-year charged.</param>
/// <param name="Moment">When it counts.</param>
public sealed record PlacedClaim(PoolClaim Claim, PoolYear Pool, DateTimeOffset Moment);

/// <summary>
/// Replays enterprises for rounds and places their claims; all of it is a function of the rounds and their frozen facts. Matching stores what it gives, and
/// verifying compares what is stored with it.
/// </summary>
public sealed class RoundReplay(Decider decider, IFactLog facts, IRoundLog rounds)
{
    private readonly IReadOnlyList<PoolSet> _sets = PoolSets.Of(decider.Catalogue);

    /// <summary>All movements of a bucket's enterprises up to a round, whatever is stored.</summary>
    public async Task<Replayed> UpToAsync(int round, int bucket, CancellationToken cancellationToken) =>
        await ReplayAsync(await HistoryAsync(round, null, cancellationToken), await rounds.FreezesAsync(bucket, round, cancellationToken), bucket, cancellationToken);

    /// <summary>All movements if a planned round came next, with everything frozen that is stored now.</summary>
    public async Task<Replayed> PlannedAsync(Round planned, int bucket, CancellationToken cancellationToken)
    {
        var history = await HistoryAsync(planned.Number - 1, planned, cancellationToken);
        var freezes = await rounds.FreezesAsync(bucket, planned.Number - 1, cancellationToken);
        return await ReplayAsync(history, [.. freezes, await facts.CountAsync(bucket, cancellationToken)], bucket, cancellationToken);
    }

    /// <summary>The place that a round gives to a claim; null if it has no open pool-year for it.</summary>
    /// <param name="claimed">The movement.</param>
    /// <param name="of">The round it belongs to.</param>
    /// <param name="round">The round that takes it up: <paramref name="of"/>, or a later one, at whose edge it then counts.</param>
    /// <param name="history">The rounds.</param>
    public PlacedClaim? Place(Movement.Claimed claimed, int of, int round, RoundHistory history)
    {
        var terms = claimed.Entry.Terms!;
        var year = terms.Charges == ChargedYear.OfOccasion ? claimed.Year : ChinaTime.DayOf(claimed.Moment.At).Year;
        var open = history.At(round).Pools.Where(p => p.Pool == terms.Pool && p.FiscalYear >= year).MinBy(p => p.FiscalYear);
        if (open is null) return null;
        var pool = new PoolYear(open.Pool, open.FiscalYear);
        var moment = of < round ? history.Through(SetOf(terms.Pool), round - 1)!.Value : claimed.Moment.At;
        var order = OrderKey.Of(
            moment, PlaceOf(terms.Pool, claimed.Deciding.Source), claimed.Deciding.Batch, OrderKey.Lottery(pool, open.Seed, claimed.Key.Uscc),
            claimed.Deciding.RecordId, claimed.Key.Policy, claimed.Key.Occasion, claimed.Key.Number);
        var late = claimed.Moment.IsLate || of < round;
        return new PlacedClaim(
            new PoolClaim(claimed.Key, claimed.Amount.City, claimed.Amount.County, order, 0, Fen.Zero, claimed.Entry.Hash, claimed.FactsHash, late), pool, moment);
    }

    internal async Task<RoundHistory> HistoryAsync(int round, Round? planned, CancellationToken cancellationToken)
    {
        var all = new List<Round>(round + 1);
        for (var r = 1; r <= round; r++) all.Add(await rounds.ReadAsync(r, cancellationToken));
        if (planned is not null) all.Add(planned);
        return new RoundHistory(all);
    }

    /// <summary>The enterprises of a bucket with their facts, each with the first round whose freeze includes it.</summary>
    internal async Task<SortedDictionary<Uscc, List<FrozenFact>>> FrozenFactsAsync(int bucket, IReadOnlyList<long> freezes, CancellationToken cancellationToken)
    {
        var enterprises = new SortedDictionary<Uscc, List<FrozenFact>>();
        var seen = new HashSet<ContentHash>();
        var frozenIn = 1;
        await foreach (var stored in facts.ReadAsync(bucket, 0, freezes.Count == 0 ? 0 : freezes[^1], cancellationToken))
        {
            while (stored.Seq > freezes[frozenIn - 1]) frozenIn++;
            if (!seen.Add(stored.Fact.Hash)) continue;
            if (!enterprises.TryGetValue(stored.Fact.Uscc, out var list)) enterprises[stored.Fact.Uscc] = list = [];
            list.Add(new FrozenFact(stored.Fact, frozenIn));
        }

        return enterprises;
    }

    /// <summary>Sets whose watermarks were equal in every round so far are replayed together: one pass over an enterprise's facts instead of one for each.</summary>
    internal List<PoolSet> TogetherBy(RoundHistory history) =>
        [.. _sets.GroupBy(s => string.Join(',', Enumerable.Range(1, history.Last.Number).Select(r => history.Through(s.Id, r)?.UtcTicks)))
            .Select(g => g.First() with { Policies = g.SelectMany(s => s.Policies).ToHashSet(StringComparer.Ordinal) })];

    /// <summary>What to replay of an enterprise for a set of pools; null if the set has no watermark yet.</summary>
    internal ReplayRequest? RequestFor(PoolSet set, Uscc uscc, List<FrozenFact> frozen, RoundHistory history)
    {
        if (history.Through(set.Id, history.Last.Number) is not { } through) return null;
        var counted = frozen
            .Select(f => (f.Fact, Moment: history.Counted(set.Id, FactView.MomentOf(f.Fact), f.FrozenIn)))
            .Where(f => f.Moment is not null).Select(f => new CountedFact(f.Fact, f.Moment!.Value));
        return new ReplayRequest
        {
            Uscc = uscc,
            Facts = counted,
            Plan = history.PlanFor(set, decider),
            Through = through,
            ReceiptsFrom = history.Through(set.Id, history.Last.Number - 1) ?? DateTimeOffset.MinValue,
        };
    }

    private async Task<Replayed> ReplayAsync(RoundHistory history, IReadOnlyList<long> freezes, int bucket, CancellationToken cancellationToken)
    {
        var movements = new List<RoundMovement>();
        var undecided = new HashSet<Uscc>();
        var sets = TogetherBy(history);
        foreach (var (uscc, frozen) in await FrozenFactsAsync(bucket, freezes, cancellationToken))
        {
            var own = new List<RoundMovement>();
            try
            {
                foreach (var set in sets)
                {
                    if (RequestFor(set, uscc, frozen, history) is { } request)
                        own.AddRange(Replay.Run(request with { ReceiptsFrom = DateTimeOffset.MaxValue }).Select(m => new RoundMovement(m, history.RoundOf(set.Id, m.Moment))));
                }

                movements.AddRange(own);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                undecided.Add(uscc);
            }
        }

        return new Replayed(history, movements, undecided);
    }

    private string SetOf(string pool) => _sets.First(s => s.Pools.Contains(pool)).Id;

    private int PlaceOf(string pool, string source)
    {
        var sources = decider.Catalogue.Pool(pool).Sources;
        for (var i = 0; i < sources.Count; i++)
        {
            if (sources[i] == source) return i;
        }

        return 99;
    }
}

/// <summary>A fact with the first round whose freeze includes it.</summary>
internal sealed record FrozenFact(Fact Fact, int FrozenIn);
