using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Objecting;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Application.Telemetry;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Work;

/// <summary>Finds in the tables what is due and what a lost message left undone: every message can be derived from rows.</summary>
public sealed class Sweep(
    WalkSource walks, ISourceLog sources, OpenRound open, CloseRound close, IRoundLog rounds, IPoolLog pools, AllocatePool allocate, IPayoutStore payouts, ReadyPayouts ready, PayoutDays days, ProposeReleases propose, ClaimLimits limits, ReleasePayout release, RecoverPayout recover, CarryOver carry, Approvals approvals,
    IWorkQueue queue, TimeProvider clock, EngineOptions options) : ISweep
{
    /// <summary>Asks for the next walk of every source. A walk that is under way is not started twice: its message names the same walk.</summary>
    public async Task PullAsync(CancellationToken cancellationToken)
    {
        using var activity = Tracing.Start("ask");
        foreach (var source in walks.Sources.Append(WalkAccounts.Source))
        {
            var (standing, _) = await sources.ReadAsync(source, cancellationToken);
            EngineMeter.TellLag(source, standing.CompleteThrough, clock.GetUtcNow());
            await queue.SendAsync(QueueNames.Pull, WorkMessages.Write(new PullMessage(source, standing.Walks + 1)), TimeSpan.Zero, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await approvals.FinishAllAsync(cancellationToken);
        await RunAsync(cancellationToken);
        await PayoutsAsync(cancellationToken);
        await TellQueuesAsync(cancellationToken);
    }

    /// <summary>Opens or goes on with a round, and asks for allocation and projection where something is left.</summary>
    /// <returns>How many messages were sent or steps done; 0 says that no work is left.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var activity = Tracing.Start("sweep");
        var work = await RoundAsync(cancellationToken);
        foreach (var pool in await pools.ListAsync(cancellationToken)) work += await PoolAsync(pool, cancellationToken);
        return work;
    }

    /// <summary>Takes payouts on and finishes intents. Apart from <see cref="RunAsync"/>, because it goes through all payouts.</summary>
    /// <returns>How many payouts moved.</returns>
    public async Task<int> PayoutsAsync(CancellationToken cancellationToken)
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

    // Last: telling keeps nothing waiting, and what was sent just now is never the oldest of what waits.
    private async Task TellQueuesAsync(CancellationToken cancellationToken)
    {
        foreach (var name in EngineMeter.HearsQueues ? QueueNames.All : []) EngineMeter.TellQueue(name, await queue.AgeAsync(name, cancellationToken));
    }

    private async Task<int> RoundAsync(CancellationToken cancellationToken)
    {
        var round = await open.HandleAsync(cancellationToken);
        if (round == 0) return 0;
        var done = await rounds.DoneAsync(round, cancellationToken);
        var missing = Enumerable.Range(0, options.Buckets).Where(b => !done.Contains(b)).ToList();
        var from = await TracesAsync(cancellationToken);
        using var activity = Tracing.Start("round", parent: from.FirstOrDefault(), links: from.Skip(1));
        Tracing.Tag(TraceTags.Round, round);
        foreach (var bucket in missing)
            await queue.SendAsync(QueueNames.Match, WorkMessages.Write(new MatchMessage(round, bucket)), TimeSpan.Zero, cancellationToken);
        if (missing.Count > 0) return missing.Count;
        return (await close.HandleAsync(round, cancellationToken))?.Count + 1 ?? 0;
    }

    /// <summary>The traces of the walks that told what this round matches. Read only for somebody who traces.</summary>
    private async Task<List<string>> TracesAsync(CancellationToken cancellationToken)
    {
        var traces = new List<string>();
        foreach (var source in Tracing.IsOn ? walks.Sources : [])
        {
            if ((await sources.ReadAsync(source, cancellationToken)).Standing.Trace is { } trace) traces.Add(trace);
        }

        return traces;
    }

    private async Task<int> PoolAsync(PoolYear pool, CancellationToken cancellationToken)
    {
        var work = 0;
        var head = (await pools.ReadHeadAsync(pool, cancellationToken)).Head;
        EngineMeter.TellUse(pool, head);
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
