using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Work;

/// <summary>Finds in the tables what is due and what a lost message left undone: every message can be derived from rows.</summary>
public sealed class Sweep(
    WalkSource walks, ISourceLog sources, OpenRound open, CloseRound close, IRoundLog rounds, IPoolLog pools, AllocatePool allocate, IPayoutStore payouts, ReadyPayouts ready, ClaimLimits limits, ReleasePayout release, RecoverPayout recover, CarryOver carry, Approvals approvals,
    IWorkQueue queue, EngineOptions options) : ISweep
{
    /// <summary>Asks for the next walk of every source. A walk that is under way is not started twice: its message names the same walk.</summary>
    public async Task PullAsync(CancellationToken cancellationToken)
    {
        foreach (var source in walks.Sources.Append(WalkAccounts.Source))
        {
            var (standing, _) = await sources.ReadAsync(source, cancellationToken);
            await queue.SendAsync(QueueNames.Pull, WorkMessages.Write(new PullMessage(source, standing.Walks + 1)), TimeSpan.Zero, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await approvals.FinishAllAsync(cancellationToken);
        await RunAsync(cancellationToken);
        await PayoutsAsync(cancellationToken);
    }

    /// <summary>Opens or goes on with a round, and asks for allocation and projection where something is left.</summary>
    /// <returns>How many messages were sent or steps done; 0 says that no work is left.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var work = await RoundAsync(cancellationToken);
        foreach (var pool in await pools.ListAsync(cancellationToken)) work += await PoolAsync(pool, cancellationToken);
        return work;
    }

    /// <summary>Takes payouts on and finishes intents. Apart from <see cref="RunAsync"/>, because it goes through all payouts.</summary>
    /// <returns>How many payouts moved.</returns>
    public async Task<int> PayoutsAsync(CancellationToken cancellationToken)
    {
        var moved = 0;
        var reduced = await limits.ReadAsync(cancellationToken);
        for (var bucket = 0; bucket < options.Buckets; bucket++)
        {
            await foreach (var stored in payouts.ReadBucketAsync(bucket, cancellationToken))
            {
                if (stored.Payout.State == PayoutState.Releasing) await release.FinishAsync(stored.Payout.Id, cancellationToken);
                if (stored.Payout.State == PayoutState.ClawingBack) await recover.FinishAsync(stored.Payout.Id, cancellationToken);
            }

            moved += await ready.HandleAsync(bucket, reduced, cancellationToken);
        }

        return moved;
    }

    private async Task<int> RoundAsync(CancellationToken cancellationToken)
    {
        var round = await open.HandleAsync(cancellationToken);
        if (round == 0) return 0;
        var done = await rounds.DoneAsync(round, cancellationToken);
        var missing = Enumerable.Range(0, options.Buckets).Where(b => !done.Contains(b)).ToList();
        foreach (var bucket in missing)
            await queue.SendAsync(QueueNames.Match, WorkMessages.Write(new MatchMessage(round, bucket)), TimeSpan.Zero, cancellationToken);
        if (missing.Count > 0) return missing.Count;
        return (await close.HandleAsync(round, cancellationToken))?.Count + 1 ?? 0;
    }

    private async Task<int> PoolAsync(PoolYear pool, CancellationToken cancellationToken)
    {
        var work = 0;
        var head = (await pools.ReadHeadAsync(pool, cancellationToken)).Head;
        if (await allocate.IsDueAsync(pool, cancellationToken))
        {
            await queue.SendAsync(QueueNames.Allocate, WorkMessages.Write(new AllocateMessage(pool.Pool, pool.FiscalYear)), TimeSpan.Zero, cancellationToken);
            work++;
        }

        if ((await payouts.OffsetAsync(pool, cancellationToken)).Seq < head.Seq)
        {
            await queue.SendAsync(QueueNames.Project, WorkMessages.Write(new ProjectMessage(pool.Pool, pool.FiscalYear)), TimeSpan.Zero, cancellationToken);
            work++;
        }

        if (head.Closed && await CarryInIsMissing(pool, cancellationToken) && await carry.HandleAsync(pool, cancellationToken)) work++;
        return work;
    }

    private async Task<bool> CarryInIsMissing(PoolYear pool, CancellationToken cancellationToken)
    {
        var next = await pools.InputsAsync(new PoolYear(pool.Pool, pool.FiscalYear + 1), 0, cancellationToken);
        return next.FirstOrDefault()?.Input is PoolInput.Open { AwaitsCarryIn: true } && !next.Any(i => i.Input is PoolInput.CarryIn);
    }
}
