using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Application.Telemetry;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Work;

/// <summary>
/// Asks for allocation and projection where a pool-year's rows say that something is left, and carries over what a closed one leaves.
/// </summary>
public sealed class SweepPools(IPoolLog pools, AllocatePool allocate, IPayoutStore payouts, CarryOver carry, IWorkQueue queue)
{
    /// <summary>Goes through all pool-years.</summary>
    /// <returns>How many messages were sent or steps done.</returns>
    public async Task<int> HandleAsync(CancellationToken cancellationToken)
    {
        var work = 0;
        var all = await pools.ListAsync(cancellationToken);
        var offsets = await payouts.OffsetsAsync(all, cancellationToken);
        foreach (var pool in all)
            work += await HandleAsync(pool, offsets[pool], cancellationToken);
        return work;
    }

    private async Task<int> HandleAsync(PoolYear pool, long offset, CancellationToken cancellationToken)
    {
        var work = 0;
        var head = (await pools.ReadHeadAsync(pool, cancellationToken)).Head;
        EngineMeter.TellUse(pool, head);
        if (await allocate.IsDueAsync(pool, head, cancellationToken))
        {
            await queue.SendAsync(
                QueueNames.Allocate,
                WorkMessages.Write(new AllocateMessage(pool.Pool, pool.FiscalYear)),
                TimeSpan.Zero,
                cancellationToken
            );
            work++;
        }

        if (offset < head.Seq)
        {
            await queue.SendAsync(
                QueueNames.Project,
                WorkMessages.Write(new ProjectMessage(pool.Pool, pool.FiscalYear)),
                TimeSpan.Zero,
                cancellationToken
            );
            work++;
        }

        if (head.Closed && await CarryInIsMissingAsync(pool, cancellationToken) && await carry.HandleAsync(pool, cancellationToken))
            work++;
        return work;
    }

    private async Task<bool> CarryInIsMissingAsync(PoolYear pool, CancellationToken cancellationToken)
    {
        var next = await pools.InputsAsync(new PoolYear(pool.Pool, pool.FiscalYear + 1), 0, cancellationToken);
        return next.FirstOrDefault()?.Input is PoolInput.Open { AwaitsCarryIn: true } && !next.Any(i => i.Input is PoolInput.CarryIn);
    }
}
