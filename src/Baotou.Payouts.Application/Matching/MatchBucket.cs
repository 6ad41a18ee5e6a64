using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;
using Microsoft.Extensions.Logging;

namespace Baotou.Payouts.Application.Matching;

/// <summary>
/// Matches the enterprises of a bucket for a round: freezes the bucket's facts, replays each enterprise, stores the claims that belong to
/// the round. Any number of workers may do it, any number of times; all of it is a function of the round and the frozen facts.
/// </summary>
public sealed class MatchBucket(
    Decider decider,
    ReplayAsThen replays,
    IFactLog facts,
    IRoundLog rounds,
    IClaimStore claims,
    PaidBefore paid,
    EngineOptions options,
    ILogger<MatchBucket> log
)
{
    /// <summary>Matches, unless the round is closed or the bucket is done.</summary>
    public async Task HandleAsync(int round, int bucket, CancellationToken cancellationToken)
    {
        if (round < 1 || (await rounds.StandingAsync(cancellationToken)).Open != round)
            return;
        if ((await rounds.DoneAsync(round, cancellationToken)).Contains(bucket))
            return;
        RequireSameEntriesAndWords(await rounds.ReadAsync(round, cancellationToken));
        await rounds.FreezeAsync(round, bucket, await facts.CountAsync(bucket, cancellationToken), cancellationToken);
        var result = await WorkAsync(round, bucket, cancellationToken);
        await StoreAsync(round, bucket, result, cancellationToken);
        await rounds.MarkDoneAsync(round, bucket, cancellationToken);
        log.Matched(round, bucket, result.Enterprises, result.Entitlements.Count, result.Limits.Count, result.Holds.Count);
    }

    /// <summary>
    /// Works out, without storing anything but what other buckets are frozen at, what a round makes of a bucket's frozen facts.
    /// </summary>
    public async Task<MatchResult> WorkAsync(int round, int bucket, CancellationToken cancellationToken)
    {
        var replay = replays.InWordsOf(await rounds.ReadAsync(round, cancellationToken));
        var history = await replay.HistoryAsync(round, null, cancellationToken);
        var enterprises = await replay.FrozenEnterprisesAsync(bucket, history, FreezesAsync, cancellationToken);
        var held = await claims.HoldsAsync(bucket, round - 1, cancellationToken);
        var stored = new StoredBucket(
            history,
            replay,
            await claims.EntitlementsAsync(bucket, cancellationToken),
            await paid.ReadAsync(bucket, history.Codes, cancellationToken),
            held.Where(h => h.Code == MatchHold.DeciderFailed).Select(h => h.Uscc).ToHashSet(),
            await claims.GrantsAsync(bucket, cancellationToken),
            await claims.SupplementsAsync(bucket, cancellationToken)
        );
        var sets = replay.TogetherBy(history);
        var result = new MatchResult(enterprises.Count);
        foreach (var enterprise in enterprises)
        {
            try
            {
                foreach (var set in sets)
                    MatchSet(bucket, set, enterprise, stored, result);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                foreach (var uscc in enterprise.Codes.Where(c => Bucket.Of(c, options.Buckets) == bucket))
                {
                    result.Drop(uscc);
                    result.Holds.Add(
                        new MatchHold(
                            uscc,
                            "*",
                            round,
                            MatchHold.DeciderFailed,
                            $"{e.GetType().Name}: {e.Message} Nothing new is claimed for this enterprise until it is mended."
                        )
                    );
                }
            }
        }

        return result;

        // A code of another bucket may be the same enterprise's: what is frozen of that bucket is fixed by whoever needs it first.
        async Task<IReadOnlyList<long>> FreezesAsync(int of)
        {
            if (of != bucket)
                await rounds.FreezeAsync(round, of, await facts.CountAsync(of, cancellationToken), cancellationToken);
            return await rounds.FreezesAsync(of, round, cancellationToken);
        }
    }

    private void MatchSet(int bucket, PoolSet set, FrozenEnterprise enterprise, StoredBucket stored, MatchResult result)
    {
        var replay = stored.Replay;
        if (replay.RequestFor(set, enterprise, stored.History) is not { } request)
            return;
        var movements = Replay.Run(request);
        if (movements.OfType<Movement.Claimed>().Any(c => c.Receipt is null && replay.IsIn(bucket, c) && !stored.Known.ContainsKey(c.Key)))
            movements = Replay.Run(request with { ReceiptsFrom = DateTimeOffset.MinValue });
        foreach (var movement in movements.Where(m => replay.IsIn(bucket, m)))
        {
            var of = stored.History.RoundOf(set.Id, movement.Moment);
            if (movement is Movement.Claimed claimed)
                Claim(set, claimed, of, stored, result);
            else if (movement is Movement.Limited limited)
                Limit(limited, of, stored, result);
        }
    }

    private void Claim(PoolSet set, Movement.Claimed claimed, int of, StoredBucket stored, MatchResult result)
    {
        var round = stored.History.Last.Number;
        if (stored.Known.TryGetValue(claimed.Key, out var known))
        {
            if (known.Claim.FactsHash != claimed.FactsHash || known.Claim.EntryHash != claimed.Entry.Hash)
                result.Holds.Add(
                    Hold(
                        claimed.Key,
                        round,
                        "claim-differs",
                        "Replaying gives another content than the stored claim has; the stored one stands."
                    )
                );
            else if (known.Round == round)
                result.Entitlements.Add(known);
            if (known.State == EntitlementState.Taken)
                CompareWithTaken(claimed, round, stored, result);
            if (known.State == EntitlementState.NeedsApproval)
                Supplement(set, claimed, known, stored, result);
            return;
        }

        if (stored.Replay.Place(claimed, of, round, stored.History) is not { } placed)
        {
            result.Holds.Add(NotPlaced(claimed, round, stored));
            return;
        }

        var state =
            claimed.Key.Number > 0 ? EntitlementState.NeedsApproval
            : stored.Taken.ContainsKey(claimed.Key) ? EntitlementState.Taken
            : EntitlementState.Claimed;
        if (state == EntitlementState.Taken)
            CompareWithTaken(claimed, round, stored, result);
        var receipt = claimed.Receipt is { } decision
            ? Receipt.Of(decision)
            : new Receipt([], new("", ""), claimed.Amount.Total, claimed.Facts.Count, []);
        result.Entitlements.Add(new Entitlement(placed.Claim, placed.Pool, round, placed.Moment, state, receipt));
    }

    /// <summary>
    /// A supplement that two persons agreed to joins the line, at the moment of their act or at the edge of the round that first sees it.
    /// </summary>
    private void Supplement(PoolSet set, Movement.Claimed claimed, Entitlement known, StoredBucket stored, MatchResult result)
    {
        var round = stored.History.Last.Number;
        if (stored.InLine.TryGetValue(claimed.Key, out var before))
        {
            if (before.Round == round)
                result.Supplements.Add(before);
        }
        else if (stored.Grants.TryGetValue(claimed.Key, out var grant) && grant.Identity == known.Identity)
        {
            if (stored.Replay.PlaceSupplement(claimed, grant, round, stored.History) is { } placed)
                result.Supplements.Add(
                    new Entitlement(placed.Claim, placed.Pool, round, placed.Moment, EntitlementState.Claimed, known.Receipt)
                );
            else if (stored.History.Rerun(set.Id, grant.Run) is not null)
                result.Holds.Add(NotPlaced(claimed, round, stored));
        }
    }

    /// <summary>
    /// A payment outside the system of another amount stays a visible difference in every round until two persons have settled it.
    /// </summary>
    private static void CompareWithTaken(Movement.Claimed claimed, int round, StoredBucket stored, MatchResult result)
    {
        if (!stored.Taken.TryGetValue(claimed.Key, out var taken) || taken.Amount == claimed.Amount.Total)
            return;
        result.Holds.Add(
            Hold(
                claimed.Key,
                round,
                "key-taken-differs",
                $"Paid outside the system on {taken.PaidOn:yyyy-MM-dd}: {taken.Amount} fen; worked out here: {claimed.Amount.Total} fen. Two persons settle the difference."
            )
        );
    }

    /// <summary>Why a round has no place for a claim: its entry was stopped when the round opened, or its pool has no open year.</summary>
    private static MatchHold NotPlaced(Movement.Claimed claimed, int round, StoredBucket stored) =>
        stored.History.At(round).Stopped.Contains(claimed.Key.Policy)
            ? Hold(
                claimed.Key,
                round,
                "policy-stopped",
                $"Entry {claimed.Key.Policy} was stopped when the round opened; the first round that opens after its start takes it up."
            )
            : Hold(
                claimed.Key,
                round,
                "pool-not-open",
                $"Pool {claimed.Entry.Terms!.Pool} has no open year for it; it is taken up by the first round after one opens."
            );

    private static MatchHold Hold(ClaimKey key, int round, string code, string reason) =>
        new(key.Uscc, $"{key.Policy} {key.Occasion}", round, code, reason);

    /// <summary>
    /// Keeps the reductions of this round, earlier ones of a claim that this round makes late, and all of an enterprise that could not be
    /// decided in the round before. A reduction's id names it for ever, so one that was kept before does nothing.
    /// </summary>
    private static void Limit(Movement.Limited limited, int of, StoredBucket stored, MatchResult result)
    {
        var round = stored.History.Last.Number;
        var entitlement =
            result.Supplements.FirstOrDefault(e => e.Claim.Key == limited.Key)
            ?? stored.InLine.GetValueOrDefault(limited.Key)
            ?? stored.Known.GetValueOrDefault(limited.Key)
            ?? result.Entitlements.FirstOrDefault(e => e.Claim.Key == limited.Key);
        if (
            entitlement is not { State: EntitlementState.Claimed }
            || (of != round && entitlement.Round != round && !stored.Mended.Contains(limited.Key.Uscc))
        )
            return;
        result.Limits.Add(
            new RoundLimit(entitlement.Pool, new PoolInput.LimitClaim(RoundLimit.IdOf(limited), limited.Key, limited.Limit.City))
        );
    }

    /// <summary>
    /// While versions of this program are being exchanged, one that lacks entries or words of the round leaves the work to one that has
    /// them.
    /// </summary>
    private void RequireSameEntriesAndWords(Round round)
    {
        if (round.WordedAs > Wording.Latest)
            throw new InvalidOperationException(
                $"Round {round.Number} says its receipts in wording {round.WordedAs}, which this host does not know; finish the round with the release it was opened with, or a later one."
            );
        var known = decider.Catalogue.Policies.Select(Round.EntryMark).ToHashSet(StringComparer.Ordinal);
        if (round.Entries.FirstOrDefault(e => !known.Contains(e)) is { } missing)
            throw new InvalidOperationException(
                $"Round {round.Number} was opened with list {round.Catalogue.Hex[..12]}, whose entry version {missing} this host's list {decider.Catalogue.Version.Hex[..12]} lacks; finish the round with the list it was opened with."
            );
    }

    private async Task StoreAsync(int round, int bucket, MatchResult result, CancellationToken cancellationToken)
    {
        var stored = await claims.AddEntitlementsAsync(bucket, result.Entitlements, cancellationToken);
        foreach (var (mine, theirs) in result.Entitlements.Zip(stored))
        {
            if (mine.Identity != theirs.Identity)
                throw new InvalidOperationException(
                    $"Broken promise 5: claim {mine.Claim.Key} of round {round} was stored as {theirs.Identity} and worked out as {mine.Identity}."
                );
        }

        foreach (
            var (mine, theirs) in result.Supplements.Zip(await claims.AddSupplementsAsync(bucket, result.Supplements, cancellationToken))
        )
        {
            if (mine.Identity != theirs.Identity)
                throw new InvalidOperationException(
                    $"Broken promise 5: supplement {mine.Claim.Key} of round {round} was stored as {theirs.Identity} and worked out as {mine.Identity}."
                );
        }

        foreach (
            var group in result.Entitlements.Concat(result.Supplements).Where(e => e.State == EntitlementState.Claimed).GroupBy(e => e.Pool)
        )
            await claims.AddClaimsAsync(group.Key, round, [.. group.Select(e => e.Claim)], cancellationToken);
        await claims.PutLimitsAsync(round, bucket, result.Limits, cancellationToken);
        await claims.PutHoldsAsync(round, bucket, result.Holds, cancellationToken);
    }
}

/// <summary>What is stored of a bucket when a round matches it.</summary>
/// <param name="History">The rounds up to this one.</param>
/// <param name="Replay">What replays them in the words of this one.</param>
/// <param name="Known">Its entitlements.</param>
/// <param name="Taken">What was paid outside the system.</param>
/// <param name="Mended">Enterprises that could not be decided in the round before.</param>
/// <param name="Grants">Supplements that two persons agreed to.</param>
/// <param name="InLine">Supplements that a round has put into line.</param>
internal sealed record StoredBucket(
    RoundHistory History,
    RoundReplay Replay,
    IReadOnlyDictionary<ClaimKey, Entitlement> Known,
    IReadOnlyDictionary<ClaimKey, TakenKey> Taken,
    IReadOnlySet<Uscc> Mended,
    IReadOnlyDictionary<ClaimKey, SupplementGrant> Grants,
    IReadOnlyDictionary<ClaimKey, Entitlement> InLine
);

/// <summary>What a round makes of a bucket.</summary>
/// <param name="Enterprises">How many enterprises were looked at.</param>
public sealed record MatchResult(int Enterprises)
{
    /// <summary>Claims, supplements and taken keys of the round.</summary>
    public List<Entitlement> Entitlements { get; } = [];

    /// <summary>Granted supplements that the round puts into line.</summary>
    public List<Entitlement> Supplements { get; } = [];

    /// <summary>Reductions of the round.</summary>
    public List<RoundLimit> Limits { get; } = [];

    /// <summary>What stands still and why.</summary>
    public List<MatchHold> Holds { get; } = [];

    /// <summary>Takes back everything of an enterprise whose deciding failed half-way.</summary>
    public void Drop(Uscc uscc)
    {
        Entitlements.RemoveAll(e => e.Claim.Key.Uscc == uscc);
        Supplements.RemoveAll(e => e.Claim.Key.Uscc == uscc);
        Limits.RemoveAll(l => l.Input.Claim.Uscc == uscc);
    }
}
