using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;
using Microsoft.Extensions.Logging;

namespace Baotou.Payouts.Application.Matching;

/// <summary>
/// Matches the enterprises of a bucket for a round: freezes the bucket's facts, replays each enterprise, stores the claims that belong to the round.
/// Any number of workers may do it, any number of times; all of it is a function of the round and the frozen facts.
/// </summary>
public sealed class MatchBucket(Decider decider, IFactLog facts, IRoundLog rounds, IClaimStore claims, ILogger<MatchBucket> log)
{
    private readonly IReadOnlyList<PoolSet> _sets = PoolSets.Of(decider.Catalogue);

    /// <summary>Matches, unless the round is closed or the bucket is done.</summary>
    public async Task HandleAsync(int round, int bucket, CancellationToken cancellationToken)
    {
        if (round < 1 || (await rounds.StandingAsync(cancellationToken)).Open != round) return;
        if ((await rounds.DoneAsync(round, cancellationToken)).Contains(bucket)) return;
        RequireSameEntries(await rounds.ReadAsync(round, cancellationToken));
        await rounds.FreezeAsync(round, bucket, await facts.CountAsync(bucket, cancellationToken), cancellationToken);
        var result = await WorkAsync(round, bucket, cancellationToken);
        await StoreAsync(round, bucket, result, cancellationToken);
        await rounds.MarkDoneAsync(round, bucket, cancellationToken);
        log.Matched(round, bucket, result.Enterprises, result.Entitlements.Count, result.Limits.Count, result.Holds.Count);
    }

    /// <summary>Works out, without storing anything, what a round makes of a bucket's frozen facts.</summary>
    public async Task<MatchResult> WorkAsync(int round, int bucket, CancellationToken cancellationToken)
    {
        var history = await HistoryAsync(round, cancellationToken);
        var freezes = await rounds.FreezesAsync(bucket, round, cancellationToken);
        var enterprises = await FrozenFactsAsync(bucket, freezes, cancellationToken);
        var known = await claims.EntitlementsAsync(bucket, cancellationToken);
        var taken = (await claims.TakenAsync(bucket, cancellationToken)).ToLookup(t => (t.Policy, t.Occasion, t.Uscc));
        var sets = TogetherBy(history);
        var result = new MatchResult(enterprises.Count);
        foreach (var (uscc, frozen) in enterprises)
        {
            try
            {
                foreach (var set in sets) MatchSet(set, new Enterprise(uscc, frozen), history, known, taken, result);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                result.Drop(uscc);
                result.Holds.Add(new MatchHold(uscc, "*", round, "decider-failed", $"{e.GetType().Name}: {e.Message} Nothing new is claimed for this enterprise until it is mended."));
            }
        }

        return result;
    }

    /// <summary>All claims that replaying a bucket's frozen facts gives up to a closed round, whatever is stored; for verifying.</summary>
    public async Task<IReadOnlyDictionary<ClaimKey, Movement.Claimed>> ReplayAsync(int round, int bucket, CancellationToken cancellationToken)
    {
        var replayed = await ReplayAsync(await HistoryAsync(round, cancellationToken), await rounds.FreezesAsync(bucket, round, cancellationToken), bucket, cancellationToken);
        return replayed.OfType<Movement.Claimed>().ToDictionary(c => c.Key);
    }

    /// <summary>All movements that replaying a bucket gives if a planned round came next, with everything frozen that is stored now.</summary>
    public async Task<IReadOnlyList<Movement>> ReplayPlannedAsync(Round planned, int bucket, CancellationToken cancellationToken)
    {
        var history = await HistoryAsync(planned.Number - 1, cancellationToken, planned);
        var freezes = await rounds.FreezesAsync(bucket, planned.Number - 1, cancellationToken);
        return await ReplayAsync(history, [.. freezes, await facts.CountAsync(bucket, cancellationToken)], bucket, cancellationToken);
    }

    private async Task<List<Movement>> ReplayAsync(RoundHistory history, IReadOnlyList<long> freezes, int bucket, CancellationToken cancellationToken)
    {
        var movements = new List<Movement>();
        var sets = TogetherBy(history);
        foreach (var (uscc, frozen) in await FrozenFactsAsync(bucket, freezes, cancellationToken))
        {
            foreach (var set in sets)
            {
                if (RequestFor(set, new Enterprise(uscc, frozen), history) is { } request)
                    movements.AddRange(Replay.Run(decider, request with { ReceiptsFrom = DateTimeOffset.MaxValue }));
            }
        }

        return movements;
    }

    private void MatchSet(
        PoolSet set, Enterprise enterprise, RoundHistory history, IReadOnlyDictionary<ClaimKey, Entitlement> known,
        ILookup<(string, string, Uscc), TakenKey> taken, MatchResult result)
    {
        if (RequestFor(set, enterprise, history) is not { } request) return;
        var round = history.Last.Number;
        var movements = Replay.Run(decider, request);
        if (movements.OfType<Movement.Claimed>().Any(c => c.Receipt is null && !known.ContainsKey(c.Key)))
            movements = Replay.Run(decider, request with { ReceiptsFrom = DateTimeOffset.MinValue });
        foreach (var movement in movements)
        {
            var of = history.RoundOf(set.Id, movement.Moment);
            if (movement is Movement.Claimed claimed) Claim(claimed, of, history, known, taken, result);
            else if (movement is Movement.Limited limited) Limit(limited, of, round, known, result);
        }
    }

    private static ReplayRequest? RequestFor(PoolSet set, Enterprise enterprise, RoundHistory history)
    {
        if (history.Through(set.Id, history.Last.Number) is not { } through) return null;
        var counted = enterprise.Facts
            .Select(f => (f.Fact, Moment: history.Counted(set.Id, FactView.MomentOf(f.Fact), f.FrozenIn)))
            .Where(f => f.Moment is not null).Select(f => new CountedFact(f.Fact, f.Moment!.Value));
        return new ReplayRequest
        {
            Uscc = enterprise.Uscc,
            Facts = counted,
            Policies = set.Policies,
            Acts = history.ActsOf(set),
            Published = p => history.Published(set.Id, p),
            Through = through,
            ReceiptsFrom = history.Through(set.Id, history.Last.Number - 1) ?? DateTimeOffset.MinValue,
        };
    }

    private void Claim(
        Movement.Claimed claimed, int of, RoundHistory history, IReadOnlyDictionary<ClaimKey, Entitlement> known,
        ILookup<(string, string, Uscc), TakenKey> taken, MatchResult result)
    {
        var round = history.Last.Number;
        var terms = claimed.Entry.Terms!;
        var year = terms.Charges == ChargedYear.OfOccasion ? claimed.Year : Domain.Time.ChinaTime.DayOf(claimed.Moment.At).Year;
        if (known.TryGetValue(claimed.Key, out var stored))
        {
            if (stored.Claim.FactsHash != claimed.FactsHash || stored.Claim.EntryHash != claimed.Entry.Hash)
                result.Holds.Add(new MatchHold(claimed.Key.Uscc, $"{claimed.Key.Policy} {claimed.Key.Occasion}", round, "claim-differs", "Replaying gives another content than the stored claim has; the stored one stands."));
            else if (stored.Round == round) result.Entitlements.Add(stored);
            return;
        }

        if (OpenYear(history.Last, terms.Pool, year) is not { } open)
        {
            result.Holds.Add(new MatchHold(claimed.Key.Uscc, $"{claimed.Key.Policy} {claimed.Key.Occasion}", round, "pool-not-open", $"Pool {terms.Pool} has no open year from {year} on; it is taken up by the first round after one opens."));
            return;
        }

        var pool = new PoolYear(open.Pool, open.FiscalYear);
        var late = claimed.Moment.IsLate || of < round;
        var moment = of < round ? history.Through(SetOf(terms.Pool), round - 1)!.Value : claimed.Moment.At;
        var order = OrderKey.Of(
            moment, PlaceOf(terms.Pool, claimed.Deciding.Source), claimed.Deciding.Batch, OrderKey.Lottery(pool, open.Seed, claimed.Key.Uscc),
            claimed.Deciding.RecordId, claimed.Key.Policy, claimed.Key.Occasion, claimed.Key.Number);
        var claim = new PoolClaim(claimed.Key, claimed.Amount.City, claimed.Amount.County, order, 0, Fen.Zero, claimed.Entry.Hash, claimed.FactsHash, late);
        var state = claimed.Key.Number > 0 ? EntitlementState.NeedsApproval : EntitlementState.Claimed;
        foreach (var key in taken[(claimed.Key.Policy, claimed.Key.Occasion, claimed.Key.Uscc)])
        {
            state = EntitlementState.Taken;
            if (key.Amount != claimed.Amount.Total)
                result.Holds.Add(new MatchHold(claimed.Key.Uscc, $"{claimed.Key.Policy} {claimed.Key.Occasion}", round, "key-taken-differs", $"Paid outside the system on {key.PaidOn:yyyy-MM-dd}: {key.Amount} fen; worked out here: {claimed.Amount.Total} fen. Two persons settle the difference."));
        }

        var receipt = claimed.Receipt is { } decision ? Receipt.Of(decision) : new Receipt([], new("", ""), claimed.Amount.Total, claimed.Facts.Count, []);
        result.Entitlements.Add(new Entitlement(claim, pool, round, moment, state, receipt));
    }

    /// <summary>Keeps the reductions of this round, and earlier ones of a claim that this round makes late.</summary>
    private static void Limit(Movement.Limited limited, int of, int round, IReadOnlyDictionary<ClaimKey, Entitlement> known, MatchResult result)
    {
        var entitlement = known.GetValueOrDefault(limited.Key) ?? result.Entitlements.FirstOrDefault(e => e.Claim.Key == limited.Key);
        if (entitlement is not { State: EntitlementState.Claimed } || (of != round && entitlement.Round != round)) return;
        var id = $"limit:{limited.Key}:{limited.Limit.City}:{limited.Moment.At.ToUnixTimeMilliseconds()}:{limited.Moment.Edge}";
        result.Limits.Add(new RoundLimit(entitlement.Pool, new PoolInput.LimitClaim(id, limited.Key, limited.Limit.City)));
    }

    /// <summary>While versions of this program are being exchanged, one that lacks entries of the round leaves the work to one that has them.</summary>
    private void RequireSameEntries(Round round)
    {
        var known = decider.Catalogue.Policies.Select(Round.EntryMark).ToHashSet(StringComparer.Ordinal);
        if (round.Entries.FirstOrDefault(e => !known.Contains(e)) is { } missing)
            throw new InvalidOperationException($"Round {round.Number} was opened with list {round.Catalogue.Hex[..12]}, whose entry version {missing} this host's list {decider.Catalogue.Version.Hex[..12]} lacks; finish the round with the list it was opened with.");
    }

    private async Task StoreAsync(int round, int bucket, MatchResult result, CancellationToken cancellationToken)
    {
        var stored = await claims.AddEntitlementsAsync(bucket, result.Entitlements, cancellationToken);
        foreach (var (mine, theirs) in result.Entitlements.Zip(stored))
        {
            if (mine.Identity != theirs.Identity)
                throw new InvalidOperationException($"Broken promise 5: claim {mine.Claim.Key} of round {round} was stored as {theirs.Identity} and worked out as {mine.Identity}.");
        }

        foreach (var group in result.Entitlements.Where(e => e.State == EntitlementState.Claimed).GroupBy(e => e.Pool))
            await claims.AddClaimsAsync(group.Key, round, [.. group.Select(e => e.Claim)], cancellationToken);
        await claims.PutLimitsAsync(round, bucket, result.Limits, cancellationToken);
        await claims.PutHoldsAsync(round, bucket, result.Holds, cancellationToken);
    }

    private async Task<RoundHistory> HistoryAsync(int round, CancellationToken cancellationToken, Round? planned = null)
    {
        var all = new List<Round>(round + 1);
        for (var r = 1; r <= round; r++) all.Add(await rounds.ReadAsync(r, cancellationToken));
        if (planned is not null) all.Add(planned);
        return new RoundHistory(all);
    }

    private async Task<SortedDictionary<Uscc, List<FrozenFact>>> FrozenFactsAsync(int bucket, IReadOnlyList<long> freezes, CancellationToken cancellationToken)
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

    private static OpenPoolYear? OpenYear(Round round, string pool, int year) =>
        round.Pools.Where(p => p.Pool == pool && p.FiscalYear >= year).MinBy(p => p.FiscalYear);

    /// <summary>Sets whose watermarks were equal in every round so far are replayed together: one pass over an enterprise's facts instead of one for each.</summary>
    private List<PoolSet> TogetherBy(RoundHistory history) =>
        [.. _sets.GroupBy(s => string.Join(',', Enumerable.Range(1, history.Last.Number).Select(r => history.Through(s.Id, r)?.UtcTicks)))
            .Select(g => g.First() with { Policies = g.SelectMany(s => s.Policies).ToHashSet(StringComparer.Ordinal) })];

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

    private sealed record FrozenFact(Fact Fact, int FrozenIn);

    private sealed record Enterprise(Uscc Uscc, List<FrozenFact> Facts);
}

/// <summary>What a round makes of a bucket.</summary>
/// <param name="Enterprises">How many enterprises were looked at.</param>
public sealed record MatchResult(int Enterprises)
{
    /// <summary>Claims, supplements and taken keys of the round.</summary>
    public List<Entitlement> Entitlements { get; } = [];

    /// <summary>Reductions of the round.</summary>
    public List<RoundLimit> Limits { get; } = [];

    /// <summary>What stands still and why.</summary>
    public List<MatchHold> Holds { get; } = [];

    /// <summary>Takes back everything of an enterprise whose deciding failed half-way.</summary>
    public void Drop(Uscc uscc)
    {
        Entitlements.RemoveAll(e => e.Claim.Key.Uscc == uscc);
        Limits.RemoveAll(l => l.Input.Claim.Uscc == uscc);
    }
}
