using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Electing;
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
/// <param name="Pool">The pool-year in whose line it stands: its own, or the later one it was carried into.</param>
/// <param name="Place">Where it stands in that line; null if it stands in none: it waits for two persons, or lapsed.</param>
/// <param name="HasLapsed">Whether its pool-year was closed without carrying it over: nothing more is granted to it.</param>
/// <param name="Withdrawn">Why two persons took it out of the line; null if they did not.</param>
public sealed record OpenClaim(Entitlement Entitlement, Fen Granted, PoolYear Pool, LinePlace? Place, bool HasLapsed, ClaimWithdrawn? Withdrawn = null);

/// <summary>What an enterprise has and waits for.</summary>
/// <param name="Payouts">Its payouts, with their reasons.</param>
/// <param name="Waiting">Its claims that are not served whole.</param>
public sealed record EnterpriseStatus(IReadOnlyList<PayoutAccount> Payouts, IReadOnlyList<OpenClaim> Waiting);

/// <summary>Tells what an enterprise gets, and why and why not.</summary>
public sealed class DescribeEnterprise(
    IClaimStore claims, IPayoutStore payouts, PoolLines lines, IFactLog facts, IActLog acts, IElectionLog elections, Decider decider, EngineOptions options)
{
    /// <summary>The codes whose past a code carries by merges: itself, and those merged into it.</summary>
    public async Task<IReadOnlyList<Uscc>> CodesBehindAsync(Uscc uscc, CancellationToken cancellationToken) =>
        new MergedCodes(await acts.MergesAsync(cancellationToken)).BehindOf(uscc);

    /// <summary>
    /// What a code and those merged into it have and wait for: payouts with their reasons, without their histories, by policy, occasion, code, number and
    /// part, and claims that are not served whole with their places in line. Empty if nothing is known of it.
    /// </summary>
    /// <remarks>Reads whether acts were added, each code's claims once, each payout once, and the head of each pool in whose line it waits; see <see cref="PoolLines"/>.</remarks>
    public async Task<EnterpriseStatus> StatusAsync(Uscc uscc, CancellationToken cancellationToken)
    {
        var (accounts, open) = (new List<PayoutAccount>(), new List<OpenClaim>());
        var known = await acts.KnownAsync(cancellationToken);
        foreach (var entitlement in await EntitlementsAsync(new MergedCodes(known.Merges).BehindOf(uscc), cancellationToken))
        {
            var pieces = await PiecesAsync(entitlement, cancellationToken);
            accounts.AddRange(pieces.Select(payout => new PayoutAccount(payout, [], entitlement)));
            var granted = pieces.Aggregate(Fen.Zero, (sum, p) => sum + p.City);
            if (entitlement.State == EntitlementState.Taken || granted >= entitlement.Claim.Amount) continue;
            var (line, lapsed) = await lines.WhereItWaitsAsync(entitlement.Pool, cancellationToken);
            var place = line.Places.GetValueOrDefault(entitlement.Claim.Key);
            if (place is not null || entitlement.State == EntitlementState.NeedsApproval)
                open.Add(new OpenClaim(entitlement, place?.Granted ?? granted, line.Pool, lapsed ? null : place, lapsed && place is not null));
            else if (known.Withdrawn[entitlement.Claim.Key].FirstOrDefault() is { } withdrawn)
                open.Add(new OpenClaim(entitlement, withdrawn.Left, line.Pool, null, HasLapsed: false, withdrawn));
        }

        return new EnterpriseStatus(accounts, open);
    }

    /// <summary>Every entry's decision, worked out from the facts recorded and in effect by the end of a day (included); empty if nothing at all is known of the code.</summary>
    public async Task<IReadOnlyList<Decision>> DecisionsAsync(Uscc uscc, DateOnly asOf, CancellationToken cancellationToken)
    {
        var codes = await CodesBehindAsync(uscc, cancellationToken);
        var known = new List<Fact>();
        foreach (var bucket in codes.Select(c => Bucket.Of(c, options.Buckets)).Distinct())
        {
            await foreach (var stored in facts.ReadAsync(bucket, 0, await facts.CountAsync(bucket, cancellationToken), cancellationToken))
            {
                if (codes.Contains(stored.Fact.Uscc)) known.Add(stored.Fact);
            }
        }

        if (known.Count == 0) return [];
        var elected = (await elections.ListAsync(cancellationToken)).Select(e => e.Election).Where(e => codes.Contains(e.Uscc));
        return decider.Decide(known, asOf, elected);
    }

    private async Task<IEnumerable<Entitlement>> EntitlementsAsync(IReadOnlyList<Uscc> codes, CancellationToken cancellationToken)
    {
        var all = new List<Entitlement>();
        foreach (var code in codes)
            all.AddRange(await InLineAsync(Bucket.Of(code, options.Buckets), code, cancellationToken));
        return all.OrderBy(e => e.Claim.Key.Policy, StringComparer.Ordinal).ThenBy(e => e.Claim.Key.Occasion, StringComparer.Ordinal)
            .ThenBy(e => e.Claim.Key.Uscc).ThenBy(e => e.Claim.Key.Number);
    }

    /// <summary>A supplement that two persons agreed to is shown as it stands in line.</summary>
    private async Task<IEnumerable<Entitlement>> InLineAsync(int bucket, Uscc uscc, CancellationToken cancellationToken)
    {
        var made = (await claims.EntitlementsAsync(bucket, uscc, cancellationToken)).Values;
        if (made.All(e => e.State != EntitlementState.NeedsApproval)) return made;
        var inLine = await claims.SupplementsAsync(bucket, cancellationToken);
        return made.Select(e => inLine.GetValueOrDefault(e.Claim.Key) ?? e);
    }

    /// <summary>The pieces that were reserved for a claim: parts are numbered without a gap, over all years.</summary>
    private async Task<IReadOnlyList<Payout>> PiecesAsync(Entitlement entitlement, CancellationToken cancellationToken)
    {
        var pieces = new List<Payout>();
        var bucket = Bucket.Of(entitlement.Claim.Key.Uscc, options.Buckets);
        if (entitlement.State != EntitlementState.Claimed) return pieces;
        while (pieces.Aggregate(Fen.Zero, (sum, p) => sum + p.City) < entitlement.Claim.Amount)
        {
            if (await payouts.ReadAsync(PayoutId.Of(bucket, entitlement.Claim.Key, pieces.Count), cancellationToken) is not { } stored) break;
            pieces.Add(stored.Payout);
        }

        return pieces;
    }
}
