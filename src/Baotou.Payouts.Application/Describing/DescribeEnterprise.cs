using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Describing;

/// <summary>A claim that is not served whole.</summary>
/// <param name="Entitlement">The claim with its receipt.</param>
/// <param name="Granted">City share reserved for it so far.</param>
/// <param name="Place">Where it stands in its pool's line; null if it stands in none: it waits for two persons, or was paid outside the system.</param>
public sealed record OpenClaim(Entitlement Entitlement, Fen Granted, LinePlace? Place);

/// <summary>A place in a pool's line, as of when it was read. Claims before it may fall away, none can come in between.</summary>
/// <param name="AtMostAhead">Claims before it.</param>
/// <param name="FenAhead">What they still ask of the pool.</param>
public sealed record LinePlace(long AtMostAhead, Fen FenAhead);

/// <summary>Tells what an enterprise gets, and why and why not.</summary>
public sealed class DescribeEnterprise(IClaimStore claims, IPayoutStore payouts, IPoolLog pools, IFactLog facts, Decider decider, EngineOptions options)
{
    /// <summary>All payouts of a code with their reasons, without their histories, by policy, occasion, number and part; empty if there is none.</summary>
    public async Task<IReadOnlyList<PayoutAccount>> PayoutsAsync(Uscc uscc, CancellationToken cancellationToken)
    {
        var bucket = Bucket.Of(uscc, options.Buckets);
        var accounts = new List<PayoutAccount>();
        foreach (var entitlement in await EntitlementsAsync(bucket, uscc, cancellationToken))
        {
            foreach (var payout in await PiecesAsync(bucket, entitlement, cancellationToken)) accounts.Add(new PayoutAccount(payout, [], entitlement));
        }

        return accounts;
    }

    /// <summary>The claims of a code that are not served whole, with their places in line; empty if there is none.</summary>
    public async Task<IReadOnlyList<OpenClaim>> WaitingAsync(Uscc uscc, CancellationToken cancellationToken)
    {
        var bucket = Bucket.Of(uscc, options.Buckets);
        var open = new List<OpenClaim>();
        var lines = new Dictionary<PoolYear, IReadOnlyDictionary<ClaimKey, LinePlace>>();
        foreach (var entitlement in await EntitlementsAsync(bucket, uscc, cancellationToken))
        {
            var granted = (await PiecesAsync(bucket, entitlement, cancellationToken)).Aggregate(Fen.Zero, (sum, p) => sum + p.City);
            if (entitlement.State == EntitlementState.Taken || granted >= entitlement.Claim.Amount) continue;
            if (!lines.TryGetValue(entitlement.Pool, out var line)) lines[entitlement.Pool] = line = await LineAsync(entitlement.Pool, uscc, cancellationToken);
            var place = line.GetValueOrDefault(entitlement.Claim.Key);
            if (place is not null || entitlement.State == EntitlementState.NeedsApproval) open.Add(new OpenClaim(entitlement, granted, place));
        }

        return open;
    }

    /// <summary>Every entry's decision, worked out from the facts recorded and in effect by the end of a day (included); empty if nothing at all is known of the code.</summary>
    public async Task<IReadOnlyList<Decision>> DecisionsAsync(Uscc uscc, DateOnly asOf, CancellationToken cancellationToken)
    {
        var bucket = Bucket.Of(uscc, options.Buckets);
        var known = new List<Fact>();
        await foreach (var stored in facts.ReadAsync(bucket, 0, await facts.CountAsync(bucket, cancellationToken), cancellationToken))
        {
            if (stored.Fact.Uscc == uscc) known.Add(stored.Fact);
        }

        return known.Count == 0 ? [] : decider.Decide(known, asOf);
    }

    /// <summary>The places of one enterprise's claims in a pool-year's line, from the claim that is next to the last that waits.</summary>
    private async Task<IReadOnlyDictionary<ClaimKey, LinePlace>> LineAsync(PoolYear pool, Uscc uscc, CancellationToken cancellationToken)
    {
        var head = (await pools.ReadHeadAsync(pool, cancellationToken)).Head;
        var book = await PoolBook.LoadAsync(pool, head.CursorRound, pools, claims, cancellationToken);
        var places = new Dictionary<ClaimKey, LinePlace>();
        var (ahead, fen) = (0L, Fen.Zero);
        for (var (at, claim) = PoolFold.FirstWaiting(head, book); claim is not null; (at, claim) = PoolFold.FirstWaiting(PoolFold.Behind(at), book))
        {
            if (claim.Key.Uscc == uscc) places[claim.Key] = new LinePlace(ahead, fen);
            ahead++;
            fen += PoolFold.Effective(claim, at, book) - at.Granted;
        }

        return places;
    }

    private async Task<IEnumerable<Entitlement>> EntitlementsAsync(int bucket, Uscc uscc, CancellationToken cancellationToken) =>
        (await InLineAsync(bucket, uscc, cancellationToken))
            .OrderBy(e => e.Claim.Key.Policy, StringComparer.Ordinal).ThenBy(e => e.Claim.Key.Occasion, StringComparer.Ordinal).ThenBy(e => e.Claim.Key.Number);

    /// <summary>A supplement that two persons agreed to is shown as it stands in line.</summary>
    private async Task<IEnumerable<Entitlement>> InLineAsync(int bucket, Uscc uscc, CancellationToken cancellationToken)
    {
        var made = (await claims.EntitlementsAsync(bucket, uscc, cancellationToken)).Values;
        if (made.All(e => e.State != EntitlementState.NeedsApproval)) return made;
        var inLine = await claims.SupplementsAsync(bucket, cancellationToken);
        return made.Select(e => inLine.GetValueOrDefault(e.Claim.Key) ?? e);
    }

    /// <summary>The pieces that were reserved for a claim: parts are numbered without a gap, over all years.</summary>
    private async Task<IReadOnlyList<Payout>> PiecesAsync(int bucket, Entitlement entitlement, CancellationToken cancellationToken)
    {
        var pieces = new List<Payout>();
        if (entitlement.State != EntitlementState.Claimed) return pieces;
        while (await payouts.ReadAsync(PayoutId.Of(bucket, entitlement.Claim.Key, pieces.Count), cancellationToken) is { } stored) pieces.Add(stored.Payout);
        return pieces;
    }
}
