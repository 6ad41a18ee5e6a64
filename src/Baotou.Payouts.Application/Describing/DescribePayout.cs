using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Describing;

/// <summary>A payout with everything that explains it.</summary>
/// <param name="Payout">The payout.</param>
/// <param name="History">All that it went through, from transition 0 on.</param>
/// <param name="Entitlement">The claim it serves, with its receipt; null only if the claim was carried in from a year whose rows are archived.</param>
public sealed record PayoutAccount(Payout Payout, IReadOnlyList<Payout> History, Entitlement? Entitlement);

/// <summary>Tells what a payout is and why.</summary>
public sealed class DescribePayout(IPayoutStore payouts, IClaimStore claims)
{
    /// <summary>One payout; null if there is none of that id.</summary>
    public async Task<PayoutAccount?> HandleAsync(string payoutId, CancellationToken cancellationToken)
    {
        if (await payouts.ReadAsync(payoutId, cancellationToken) is not { Payout: var payout }) return null;
        var made = await claims.EntitlementsAsync(PayoutId.BucketOf(payoutId)!.Value, payout.Claim.Uscc, cancellationToken);
        return new PayoutAccount(payout, await payouts.HistoryAsync(payoutId, cancellationToken), made.GetValueOrDefault(payout.Claim));
    }
}
