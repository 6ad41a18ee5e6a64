using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Enterprises;
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
public sealed record OpenClaim(
    Entitlement Entitlement,
    Fen Granted,
    PoolYear Pool,
    LinePlace? Place,
    bool HasLapsed,
    ClaimWithdrawn? Withdrawn = null
);

/// <summary>What an enterprise has and waits for.</summary>
/// <param name="Payouts">Its payouts, with their reasons.</param>
/// <param name="Waiting">Its claims that are not served whole.</param>
public sealed record EnterpriseStatus(IReadOnlyList<PayoutAccount> Payouts, IReadOnlyList<OpenClaim> Waiting);

/// <summary>Tells what an enterprise gets.</summary>
public sealed class DescribeStatus(IActLog acts, IClaimStore claims, IPayoutStore payouts, PoolLines lines, EngineOptions options)
{
    /// <summary>
    /// What a code and those merged into it have and wait for: payouts with their reasons, without their histories, by policy, occasion,
    /// code, number and part, and claims that are not served whole with their places in line. Empty if nothing is known of it.
    /// </summary>
    /// <remarks>
    /// Reads whether acts were added, each code's claims once, each payout once, and the head of each pool in whose line it waits; see
    /// <see cref="PoolLines"/>. What does not need another's answer is read beside it, so it takes the time of about three reads: claims,
    /// pieces, heads.
    /// </remarks>
    public async Task<EnterpriseStatus> HandleAsync(Uscc uscc, CancellationToken cancellationToken)
    {
        var (known, entitlements) = await EntitlementsAsync(uscc, cancellationToken);
        var served = await SideBySide.ReadAsync(entitlements, ServedAsync, cancellationToken);
        var open = served.Where(s => s.Entitlement.State != EntitlementState.Taken && s.Granted < s.Entitlement.Claim.Amount).ToList();
        var pools = open.Select(s => s.Entitlement.Pool).Distinct().ToList();
        var waits = pools
            .Zip(await SideBySide.ReadAsync(pools, lines.WhereItWaitsAsync, cancellationToken))
            .ToDictionary(l => l.First, l => l.Second);
        return new EnterpriseStatus(
            [.. served.SelectMany(s => s.Pieces.Select(payout => new PayoutAccount(payout, [], s.Entitlement)))],
            [.. open.Select(s => OpenOf(s, waits[s.Entitlement.Pool], known)).OfType<OpenClaim>()]
        );
    }

    /// <summary>Null for a claim that waits for nothing: it was reduced to what it has.</summary>
    private static OpenClaim? OpenOf(Served served, (PoolLine Line, bool HasLapsed) waits, KnownActs known)
    {
        var (entitlement, pool) = (served.Entitlement, waits.Line.Pool);
        var place = waits.Line.Places.GetValueOrDefault(entitlement.Claim.Key);
        if (place is not null || entitlement.State == EntitlementState.NeedsApproval)
            return new OpenClaim(
                entitlement,
                place?.Granted ?? served.Granted,
                pool,
                waits.HasLapsed ? null : place,
                waits.HasLapsed && place is not null
            );
        return known.Withdrawn[entitlement.Claim.Key].FirstOrDefault() is { } withdrawn
            ? new OpenClaim(entitlement, withdrawn.Left, pool, null, HasLapsed: false, withdrawn)
            : null;
    }

    /// <summary>
    /// What officers did, and the claims. Hardly any code has others behind it, so its own claims are asked for beside the acts.
    /// </summary>
    private async Task<(KnownActs Known, IReadOnlyList<Entitlement> Claims)> EntitlementsAsync(
        Uscc uscc,
        CancellationToken cancellationToken
    )
    {
        var (knowing, own) = (acts.KnownAsync(cancellationToken), InLineAsync(uscc, cancellationToken));
        await Task.WhenAll(knowing, own);
        var known = await knowing;
        var merged = new MergedCodes(known.Merges).BehindOf(uscc).Where(c => c != uscc).ToList();
        var all = (await SideBySide.ReadAsync(merged, InLineAsync, cancellationToken)).Append(await own).SelectMany(e => e);
        return (
            known,
            [
                .. all.OrderBy(e => e.Claim.Key.Policy, StringComparer.Ordinal)
                    .ThenBy(e => e.Claim.Key.Occasion, StringComparer.Ordinal)
                    .ThenBy(e => e.Claim.Key.Uscc)
                    .ThenBy(e => e.Claim.Key.Number),
            ]
        );
    }

    /// <summary>A supplement that two persons agreed to is shown as it stands in line.</summary>
    private async Task<IEnumerable<Entitlement>> InLineAsync(Uscc uscc, CancellationToken cancellationToken)
    {
        var bucket = Bucket.Of(uscc, options.Buckets);
        var made = (await claims.EntitlementsAsync(bucket, uscc, cancellationToken)).Values;
        if (made.All(e => e.State != EntitlementState.NeedsApproval))
            return made;
        var inLine = await claims.SupplementsAsync(bucket, cancellationToken);
        return made.Select(e => inLine.GetValueOrDefault(e.Claim.Key) ?? e);
    }

    /// <summary>The pieces that were reserved for a claim: parts are numbered without a gap, over all years.</summary>
    private async Task<Served> ServedAsync(Entitlement entitlement, CancellationToken cancellationToken)
    {
        var (pieces, granted) = (new List<Payout>(), Fen.Zero);
        var bucket = Bucket.Of(entitlement.Claim.Key.Uscc, options.Buckets);
        while (entitlement.State == EntitlementState.Claimed && granted < entitlement.Claim.Amount)
        {
            if (
                await payouts.ReadAsync(PayoutId.Of(bucket, entitlement.Claim.Key, pieces.Count), cancellationToken)
                is not { Payout: var piece }
            )
                break;
            pieces.Add(piece);
            granted += piece.City;
        }

        return new Served(entitlement, pieces, granted);
    }

    private sealed record Served(Entitlement Entitlement, IReadOnlyList<Payout> Pieces, Fen Granted);
}
