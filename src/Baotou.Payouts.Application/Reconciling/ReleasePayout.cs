using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Reconciling;

/// <summary>What became of a release.</summary>
public enum ReleaseOutcome
{
    /// <summary>The money went back, or is on its way and the sweep finishes it.</summary>
    Released,

    /// <summary>There is no such payout.</summary>
    NotFound,

    /// <summary>Its state does not allow it, or somebody else moved it first. Asking again cannot help before it moves.</summary>
    NotNow,
}

/// <summary>
/// Gives the money of a payout back to its pool: the payout's row first (intent), then the pool's log, then the row again. Whoever moves the row first wins,
/// so what is released is never instructed.
/// </summary>
public sealed class ReleasePayout(IPayoutStore payouts, IPoolLog pools, AllocatePool allocate)
{
    /// <summary>Releases a payout whole.</summary>
    public async Task<ReleaseOutcome> HandleAsync(string payoutId, string why, TwoPersons persons, CancellationToken cancellationToken)
    {
        if (await payouts.ReadAsync(payoutId, cancellationToken) is not { } stored) return ReleaseOutcome.NotFound;
        if (stored.Payout.State is not (PayoutState.Releasing or PayoutState.Released))
        {
            if (!PayoutTransitions.Allows(stored.Payout.State, PayoutState.Releasing)) return ReleaseOutcome.NotNow;
            var intent = $"release:{payoutId}:{stored.Payout.Version + 1}";
            var moved = stored.Payout.Move(PayoutState.Releasing, intent, $"{why} ({persons.RequestedBy}, {persons.ApprovedBy})");
            if (!await payouts.MoveAsync(stored, moved, cancellationToken)) return ReleaseOutcome.NotNow;
        }

        await FinishAsync(payoutId, cancellationToken);
        return ReleaseOutcome.Released;
    }

    /// <summary>Finishes an intent that an earlier attempt left; does nothing for a payout without one.</summary>
    public async Task FinishAsync(string payoutId, CancellationToken cancellationToken)
    {
        if (await payouts.ReadAsync(payoutId, cancellationToken) is not { Payout.State: PayoutState.Releasing } stored) return;
        var payout = stored.Payout;
        var number = await pools.SubmitAsync(payout.Pool, new PoolInput.Release(payout.Intent, payout.Id, payout.City), cancellationToken);
        await allocate.HandleAsync(payout.Pool, cancellationToken);
        if ((await pools.ReadHeadAsync(payout.Pool, cancellationToken)).Head.Done < number) return;
        await payouts.MoveAsync(stored, payout.Move(PayoutState.Released, note: payout.Note), cancellationToken);
    }
}
