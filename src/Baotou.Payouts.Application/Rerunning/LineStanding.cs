using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Rerunning;

/// <summary>Holds a line of a difference against what stands now.</summary>
public sealed class LineStanding(IClaimStore claims, IPayoutStore payouts, EngineOptions options)
{
    /// <summary>What of a line is not as it was shown; null if everything is.</summary>
    /// <param name="line">The line as it was shown.</param>
    /// <param name="limited">The lowest limit of each reduced claim, as city share.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    public async Task<string?> ChangedAsync(
        DifferenceLine line,
        IReadOnlyDictionary<ClaimKey, Fen> limited,
        CancellationToken cancellationToken
    )
    {
        foreach (var shown in line.Payouts)
        {
            if (await payouts.ReadAsync(shown.Id, cancellationToken) is not { Payout: var now } || !IsAsShown(now, shown))
                return $"changed since: payout {shown.Id} was {shown.State} in version {shown.Version}";
        }

        var bucket = Bucket.Of(line.Uscc, options.Buckets);
        var known = await claims.EntitlementsAsync(bucket, line.Uscc, cancellationToken);
        var inLine = line.Claims.Any(c => c is { Number: > 0, IsGranted: false })
            ? await claims.SupplementsAsync(bucket, cancellationToken)
            : new Dictionary<ClaimKey, Entitlement>();
        foreach (var shown in line.Claims)
        {
            var key = line.KeyOf(shown);
            if (!known.TryGetValue(key, out var entitlement))
                return $"changed since: claim {key} was not made";
            var claim = entitlement.Claim;
            if (
                (claim.Amount, claim.County, claim.EntryHash, claim.FactsHash)
                != (shown.Amount, shown.County, shown.EntryHash, shown.FactsHash)
            )
                return $"changed since: claim {key} rests on other facts";
            if (shown.IsGranted || !(entitlement.State == EntitlementState.Claimed || inLine.ContainsKey(key)))
                continue;
            var limit = limited.TryGetValue(key, out var lowest) ? Fen.Min(claim.Amount, lowest) : claim.Amount;
            if (limit != shown.Due)
                return $"changed since: {limit} fen are due of claim {key}, shown were {shown.Due}";
        }

        return null;
    }

    /// <summary>
    /// A payout is as shown in the same version, or if it was only held since for the very reduction that the line shows.
    /// </summary>
    internal static bool IsAsShown(Payout now, ShownPayout shown) =>
        (now.Version == shown.Version && now.State == shown.State && now.City == shown.City)
        || (
            now.Version == shown.Version + 1
            && now is { State: PayoutState.Held, Note: ReadyPayouts.Reduced }
            && shown.Step == LineStep.Release
        );
}
