using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Reconciling;

/// <summary>
/// Recovers what was paid and is not due: first a case that stands open with its amount and reason, then, once the money is back under a
/// document, the pool's log (paid becomes free in its fiscal year, and leaves a closed one), then the payout's row again.
/// </summary>
public sealed class RecoverPayout(IPayoutStore payouts, IPoolLog pools, AllocatePool allocate)
{
    private const string NoSuchPayout = "there is no such payout";

    /// <summary>Why it makes no sense to open a case so, and what to do; null if it does.</summary>
    public async Task<string?> ProblemAsync(Proposal.ClawBack proposal, CancellationToken cancellationToken) =>
        await payouts.ReadAsync(proposal.Payout, cancellationToken) is { Payout: var payout }
            ? Problem(payout, proposal.Amount)
            : NoSuchPayout;

    /// <summary>
    /// Opens a case that two persons agreed to; answers why it cannot be done if it cannot. Doing it twice for one act does it once.
    /// </summary>
    /// <param name="proposal">What was agreed to.</param>
    /// <param name="act">The approved act, which the transition names.</param>
    /// <param name="why">Why, for the note that the enterprise reads.</param>
    /// <param name="persons">Who asked and who agreed.</param>
    /// <param name="cancellationToken">Stops before the payout moves.</param>
    public async Task<string?> ClawBackAsync(
        Proposal.ClawBack proposal,
        string act,
        string why,
        TwoPersons persons,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            // A move that was refused may be this one, sent again after its answer was lost: the history tells.
            if (await payouts.ReadAsync(proposal.Payout, cancellationToken) is not { } stored)
                return NoSuchPayout;
            if ((await payouts.HistoryAsync(proposal.Payout, cancellationToken)).Any(p => p.Act == act))
                return null;
            if (Problem(stored.Payout, proposal.Amount) is { } problem)
                return problem;
            var note = $"{proposal.Document}: {why} ({persons.RequestedBy}, {persons.ApprovedBy})";
            if (await OpenCaseAsync(stored, proposal.Amount, note, act, cancellationToken))
                return null;
        }
    }

    /// <summary>Opens a case for a paid payout as it was read. False if somebody else moved it.</summary>
    /// <param name="stored">The payout; it is paid.</param>
    /// <param name="amount">City share to recover, 1 to all of it.</param>
    /// <param name="note">Why, and who asked and agreed.</param>
    /// <param name="act">The approved act.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<bool> OpenCaseAsync(StoredPayout stored, Fen amount, string note, string act, CancellationToken cancellationToken) =>
        payouts.MoveAsync(stored, stored.Payout.Take(PayoutState.ClawbackDue, amount, note, act), cancellationToken);

    /// <summary>Records that the money of an open case came back.</summary>
    /// <param name="payoutId">The payout.</param>
    /// <param name="document">Number of the document that proves it.</param>
    /// <param name="act">The approved act; a repeat of it does nothing new.</param>
    /// <param name="persons">Who asked and who agreed.</param>
    /// <param name="cancellationToken">Stops between steps; the sweep goes on.</param>
    /// <returns>False if no case is open, and this act did not close one.</returns>
    public async Task<bool> RecordAsync(
        string payoutId,
        string document,
        string act,
        TwoPersons persons,
        CancellationToken cancellationToken
    )
    {
        if (await payouts.ReadAsync(payoutId, cancellationToken) is not { } stored)
            return false;
        if ((await payouts.HistoryAsync(payoutId, cancellationToken)).All(p => p.Act != act))
        {
            if (stored.Payout is not { State: PayoutState.ClawbackDue, Taking: { } due })
                return false;
            var moved = stored.Payout.Take(PayoutState.ClawingBack, due, $"{document} ({persons.RequestedBy}, {persons.ApprovedBy})", act);
            if (!await payouts.MoveAsync(stored, moved, cancellationToken))
                return await RecordAsync(payoutId, document, act, persons, cancellationToken);
        }

        await FinishAsync(payoutId, cancellationToken);
        return true;
    }

    /// <summary>Finishes a recovery that an earlier attempt left; does nothing for a payout without one.</summary>
    public async Task FinishAsync(string payoutId, CancellationToken cancellationToken)
    {
        if (await payouts.ReadAsync(payoutId, cancellationToken) is not { Payout.State: PayoutState.ClawingBack } stored)
            return;
        var payout = stored.Payout;
        var number = await pools.SubmitAsync(
            payout.Pool,
            new PoolInput.ClawBack(payout.Intent, payout.Id, payout.Taking!.Value),
            cancellationToken
        );
        await allocate.HandleAsync(payout.Pool, cancellationToken);
        if ((await pools.ReadHeadAsync(payout.Pool, cancellationToken)).Head.Done < number)
            return;
        await payouts.MoveAsync(stored, payout.Took(payout.Note), cancellationToken);
    }

    private static string? Problem(Payout payout, Fen amount) =>
        payout.State switch
        {
            PayoutState.Paid when amount > payout.City =>
                $"{payout.City} fen of the city share were paid and are not clawed back yet; recover at most that",
            PayoutState.Paid => amount > Fen.Zero ? null : "an amount is positive",
            PayoutState.ClawbackDue => $"a case of {payout.Taking} fen is open already; record its recovery ('recovered') first",
            PayoutState.ClawingBack => "the recovery of an earlier case is being booked; ask again once it is paid with the rest",
            PayoutState.ClawedBack => "all of it was clawed back",
            PayoutState.Releasing or PayoutState.Released => "it was never paid: its money goes back to the pool, or did",
            PayoutState.Instructed or PayoutState.Unknown or PayoutState.Settling or PayoutState.Returning =>
                "it is on its way between treasury and bank; ask once it is paid",
            _ => "it is not paid; ask for its 'release'",
        };
}
