using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Describing;

/// <summary>A payout with everything that explains it.</summary>
/// <param name="Payout">The payout.</param>
/// <param name="History">All that it went through, from transition 0 on.</param>
/// <param name="Entitlement">The claim it serves, with its receipt; null only if the claim was carried in from a year whose rows are
/// archived.</param>
public sealed record PayoutAccount(Payout Payout, IReadOnlyList<Payout> History, Entitlement? Entitlement);

/// <summary>Tells what a payout is and why.</summary>
public sealed class DescribePayout(IPayoutStore payouts, IClaimStore claims)
{
    /// <summary>One payout; null if there is none of that id.</summary>
    /// <remarks>
    /// Two reads: its history, which is written with its row and ends with what stands there, and the claims of its enterprise.
    /// </remarks>
    public async Task<PayoutAccount?> HandleAsync(string payoutId, CancellationToken cancellationToken)
    {
        var history = await payouts.HistoryAsync(payoutId, cancellationToken);
        if (history is not [.., var payout])
            return null;
        var made = await claims.EntitlementsAsync(PayoutId.BucketOf(payoutId)!.Value, payout.Claim.Uscc, cancellationToken);
        return new PayoutAccount(payout, history, made.GetValueOrDefault(payout.Claim));
    }
}
