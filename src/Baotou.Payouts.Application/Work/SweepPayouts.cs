using Baotou.Payouts.Application.Objecting;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Application.Telemetry;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Work;

/// <summary>Takes payouts on and finishes what was begun with them.</summary>
public sealed class SweepPayouts(
    IPayoutStore payouts,
    ReadyPayouts ready,
    PayoutDays days,
    ProposeReleases propose,
    ClaimLimits limits,
    ReleasePayout release,
    RecoverPayout recover,
    EngineOptions options
)
{
    /// <summary>Goes through all payouts. Each is read once, and again only where one of its bucket moved.</summary>
    /// <returns>How many payouts moved.</returns>
    public async Task<int> HandleAsync(CancellationToken cancellationToken)
    {
        var moved = 0;
        var overdue = 0;
        var held = new List<StoredPayout>();
        var reduced = await limits.ReadAsync(cancellationToken);
        for (var bucket = 0; bucket < options.Buckets; bucket++)
        {
            var all = await ReadAsync(bucket, cancellationToken);
            overdue += all.Count(s => days.DaysLate(s.Payout) > 0);
            held.AddRange(all.Where(s => ProposeReleases.Concerns(s.Payout)));
            if (await HasFinishedAsync(all, cancellationToken))
                all = await ReadAsync(bucket, cancellationToken);
            moved += await ready.HandleAsync(bucket, all, reduced, cancellationToken);
        }

        EngineMeter.TellOverdue(overdue);
        return moved + await propose.HandleAsync(held, cancellationToken);
    }

    private ValueTask<List<StoredPayout>> ReadAsync(int bucket, CancellationToken cancellationToken) =>
        payouts.ReadBucketAsync(bucket, cancellationToken).ToListAsync(cancellationToken);

    /// <summary>Finishes what was begun with a payout; false if nothing was.</summary>
    private async Task<bool> HasFinishedAsync(List<StoredPayout> all, CancellationToken cancellationToken)
    {
        var begun = all.Select(s => s.Payout).Where(p => p.State is PayoutState.Releasing or PayoutState.ClawingBack).ToList();
        foreach (var payout in begun)
        {
            if (payout.State == PayoutState.Releasing)
                await release.FinishAsync(payout.Id, cancellationToken);
            else
                await recover.FinishAsync(payout.Id, cancellationToken);
        }

        return begun.Count > 0;
    }
}
