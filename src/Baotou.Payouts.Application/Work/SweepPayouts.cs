using Baotou.Payouts.Application.Objecting;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Application.Telemetry;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Work;

/// <summary>Takes payouts on and finishes what was begun with them.</summary>
public sealed class SweepPayouts(
    IPayoutStore payouts, ReadyPayouts ready, PayoutDays days, ProposeReleases propose, ClaimLimits limits, ReleasePayout release, RecoverPayout recover, EngineOptions options)
{
    /// <summary>Goes through all payouts.</summary>
    /// <returns>How many payouts moved.</returns>
    public async Task<int> HandleAsync(CancellationToken cancellationToken)
    {
        var moved = 0;
        var overdue = 0;
        var held = new List<StoredPayout>();
        var reduced = await limits.ReadAsync(cancellationToken);
        for (var bucket = 0; bucket < options.Buckets; bucket++)
        {
            await foreach (var stored in payouts.ReadBucketAsync(bucket, cancellationToken))
            {
                if (days.DaysLate(stored.Payout) > 0) overdue++;
                if (ProposeReleases.Concerns(stored.Payout)) held.Add(stored);
                if (stored.Payout.State == PayoutState.Releasing) await release.FinishAsync(stored.Payout.Id, cancellationToken);
                if (stored.Payout.State == PayoutState.ClawingBack) await recover.FinishAsync(stored.Payout.Id, cancellationToken);
            }

            moved += await ready.HandleAsync(bucket, reduced, cancellationToken);
        }

        EngineMeter.TellOverdue(overdue);
        return moved + await propose.HandleAsync(held, cancellationToken);
    }
}
