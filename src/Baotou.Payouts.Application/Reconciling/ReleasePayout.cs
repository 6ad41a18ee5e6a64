using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Money;
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
/// Gives the money of a payout, or a part of it, back to its pool: the payout's row first (intent), then the pool's log, then the row
/// again. Whoever moves the row first wins, so what is released is never instructed.
/// </summary>
public sealed class ReleasePayout(IPayoutStore payouts, IPoolLog pools, AllocatePool allocate)
{
    /// <summary>Releases a payout whole, after a part of it that is on its way.</summary>
    public async Task<ReleaseOutcome> HandleAsync(string payoutId, string why, TwoPersons persons, CancellationToken cancellationToken)
    {
        while (true)
        {
            await FinishPartAsync(payoutId, cancellationToken);
            if (await payouts.ReadAsync(payoutId, cancellationToken) is not { } stored)
                return ReleaseOutcome.NotFound;
            if (stored.Payout.State is PayoutState.Releasing or PayoutState.Released)
            {
                if (stored.Payout.Taking < stored.Payout.City)
                    return ReleaseOutcome.NotNow;
                break;
            }

            // A move that was refused may be this one, sent again after its answer was lost: the row tells.
            if (!PayoutTransitions.Allows(stored.Payout.State, PayoutState.Releasing))
                return ReleaseOutcome.NotNow;
            if (
                await BeginAsync(
                    stored,
                    stored.Payout.City,
                    $"{why} ({persons.RequestedBy}, {persons.ApprovedBy})",
                    null,
                    cancellationToken
                )
            )
                break;
        }

        await FinishAsync(payoutId, cancellationToken);
        return ReleaseOutcome.Released;
    }

    /// <summary>
    /// Puts a payout, as it was read, on its way back with a part of its amount; <see cref="FinishAsync"/> ends it. False if somebody else
    /// moved it.
    /// </summary>
    /// <param name="stored">The payout; its state allows it.</param>
    /// <param name="amount">City share, 1 to all of it.</param>
    /// <param name="note">Why, and who asked and agreed.</param>
    /// <param name="act">The approved act, if one made it.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<bool> BeginAsync(StoredPayout stored, Fen amount, string note, string? act, CancellationToken cancellationToken) =>
        payouts.MoveAsync(stored, stored.Payout.Take(PayoutState.Releasing, amount, note, act), cancellationToken);

    /// <summary>Finishes an intent that an earlier attempt left; does nothing for a payout without one.</summary>
    public async Task FinishAsync(string payoutId, CancellationToken cancellationToken)
    {
        if (await payouts.ReadAsync(payoutId, cancellationToken) is not { Payout.State: PayoutState.Releasing } stored)
            return;
        var payout = stored.Payout;
        var number = await pools.SubmitAsync(
            payout.Pool,
            new PoolInput.Release(payout.Intent, payout.Id, payout.Taking!.Value),
            cancellationToken
        );
        await allocate.HandleAsync(payout.Pool, cancellationToken);
        if ((await pools.ReadHeadAsync(payout.Pool, cancellationToken)).Head.Done < number)
            return;
        await payouts.MoveAsync(stored, payout.Took(payout.Note), cancellationToken);
    }

    private async Task FinishPartAsync(string payoutId, CancellationToken cancellationToken)
    {
        if (
            await payouts.ReadAsync(payoutId, cancellationToken) is { Payout: { State: PayoutState.Releasing } payout }
            && payout.Taking < payout.City
        )
            await FinishAsync(payoutId, cancellationToken);
    }
}
