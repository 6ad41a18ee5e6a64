using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Describing;

/// <summary>Tells what an enterprise gets, and why and why not.</summary>
public sealed class DescribeEnterprise(IClaimStore claims, IPayoutStore payouts, IFactLog facts, Decider decider, EngineOptions options)
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

    private async Task<IEnumerable<Entitlement>> EntitlementsAsync(int bucket, Uscc uscc, CancellationToken cancellationToken) =>
        (await claims.EntitlementsAsync(bucket, uscc, cancellationToken)).Values
            .OrderBy(e => e.Claim.Key.Policy, StringComparer.Ordinal).ThenBy(e => e.Claim.Key.Occasion, StringComparer.Ordinal).ThenBy(e => e.Claim.Key.Number);

    /// <summary>The pieces that were reserved for a claim: parts are numbered without a gap, over all years.</summary>
    private async Task<IReadOnlyList<Payout>> PiecesAsync(int bucket, Entitlement entitlement, CancellationToken cancellationToken)
    {
        var pieces = new List<Payout>();
        if (entitlement.State != EntitlementState.Claimed) return pieces;
        while (await payouts.ReadAsync(PayoutId.Of(bucket, entitlement.Claim.Key, pieces.Count), cancellationToken) is { } stored) pieces.Add(stored.Payout);
        return pieces;
    }
}
