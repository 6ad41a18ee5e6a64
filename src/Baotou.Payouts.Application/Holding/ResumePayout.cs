using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Holding;

/// <summary>
/// Two persons let a payout go on that one held. They name the version of the hold, so what was asked for earlier never ends a later hold.
/// It goes on where it was: one that waited for a click, or was clicked on, is asked again; every other is looked at anew, so whatever else
/// stands against it holds it again.
/// </summary>
public sealed class ResumePayout(IPayoutStore payouts, PayoutDays days)
{
    /// <summary>Why it makes no sense to ask for it; null if it does.</summary>
    public async Task<string?> ProblemAsync(Proposal.Resume proposal, CancellationToken cancellationToken) =>
        await payouts.ReadAsync(proposal.Payout, cancellationToken) is not { Payout: var payout } ? "there is no such payout"
        : !IsHeldByHand(payout) ? "no person holds the payout"
        : payout.Version != proposal.Version ? $"it is held since version {payout.Version}, not {proposal.Version}; look again"
        : null;

    /// <summary>Lets it go on; answers why it cannot be done if it cannot. Doing it twice for one approval does it once.</summary>
    /// <param name="proposal">What was agreed to.</param>
    /// <param name="approval">Id of the approval, which the transition names.</param>
    /// <param name="cancellationToken">Stops before the payout moves.</param>
    public async Task<string?> DoAsync(Proposal.Resume proposal, string approval, CancellationToken cancellationToken)
    {
        var note = $"two persons let it go on (approval {approval})";
        while (true)
        {
            // A move that was refused may be this one, sent again after its answer was lost: the history tells.
            if (await payouts.ReadAsync(proposal.Payout, cancellationToken) is not { } stored)
                return "there is no such payout";
            var history = await payouts.HistoryAsync(proposal.Payout, cancellationToken);
            if (history.Any(h => h.Note == note))
                return null;
            if (!IsHeldByHand(stored.Payout) || stored.Payout.Version != proposal.Version)
                return "that hold is over";
            var before = history.Single(h => h.Version == proposal.Version - 1).State;
            var after = before is PayoutState.Ready or PayoutState.Confirmed
                ? days.AskAgain(stored.Payout) with
                {
                    Note = note,
                }
                : PayoutDays.GoOn(stored.Payout, note);
            if (await payouts.MoveAsync(stored, after, cancellationToken))
                return null;
        }
    }

    private static bool IsHeldByHand(Payout payout) => payout.State == PayoutState.Held && PaymentHolds.IsByHand(payout.Note);
}
