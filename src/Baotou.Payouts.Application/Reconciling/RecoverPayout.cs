using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Reconciling;

/// <summary>
/// Recovers what was paid and is not due: first a case that stands open with its amount and reason, then, once the money is back under a document, the
/// pool's log (paid becomes free in its fiscal year, and leaves a closed one), then the payout's row again.
/// </summary>
public sealed class RecoverPayout(IPayoutStore payouts, IPoolLog pools, AllocatePool allocate)
{
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
    public async Task<bool> RecordAsync(string payoutId, string document, string act, TwoPersons persons, CancellationToken cancellationToken)
    {
        if (await payouts.ReadAsync(payoutId, cancellationToken) is not { } stored) return false;
        if ((await payouts.HistoryAsync(payoutId, cancellationToken)).All(p => p.Act != act))
        {
            if (stored.Payout is not { State: PayoutState.ClawbackDue, Taking: { } due }) return false;
            var moved = stored.Payout.Take(PayoutState.ClawingBack, due, $"{document} ({persons.RequestedBy}, {persons.ApprovedBy})", act);
            if (!await payouts.MoveAsync(stored, moved, cancellationToken)) return await RecordAsync(payoutId, document, act, persons, cancellationToken);
        }

        await FinishAsync(payoutId, cancellationToken);
        return true;
    }

    /// <summary>Finishes a recovery that an earlier attempt left; does nothing for a payout without one.</summary>
    public async Task FinishAsync(string payoutId, CancellationToken cancellationToken)
    {
        if (await payouts.ReadAsync(payoutId, cancellationToken) is not { Payout.State: PayoutState.ClawingBack } stored) return;
        var payout = stored.Payout;
        var number = await pools.SubmitAsync(payout.Pool, new PoolInput.ClawBack(payout.Intent, payout.Id, payout.Taking!.Value), cancellationToken);
        await allocate.HandleAsync(payout.Pool, cancellationToken);
        if ((await pools.ReadHeadAsync(payout.Pool, cancellationToken)).Head.Done < number) return;
        await payouts.MoveAsync(stored, payout.Took(payout.Note), cancellationToken);
    }
}
