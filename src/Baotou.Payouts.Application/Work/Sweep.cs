using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Telemetry;

namespace Baotou.Payouts.Application.Work;

/// <summary>Finds in the tables what is due and what a lost message left undone: every message can be derived from rows.</summary>
public sealed class Sweep(
    AskForWalks walks,
    Approvals approvals,
    SweepRounds rounds,
    SweepPools pools,
    SweepPayouts payouts,
    IWorkQueue queue
) : ISweep
{
    /// <inheritdoc/>
    public Task PullAsync(CancellationToken cancellationToken) => walks.HandleAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await approvals.FinishAllAsync(cancellationToken);
        }
        finally
        {
            // An act that cannot be finished keeps nobody else waiting; its trouble is told all the same.
            await RunAsync(cancellationToken);
            await PayoutsAsync(cancellationToken);
            await TellQueuesAsync(cancellationToken);
        }
    }

    /// <summary>Opens or goes on with a round, and asks for allocation and projection where something is left.</summary>
    /// <returns>How many messages were sent or steps done; 0 says that no work is left.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var activity = Tracing.Start("sweep");
        return await rounds.HandleAsync(cancellationToken) + await pools.HandleAsync(cancellationToken);
    }

    /// <summary>Takes payouts on and finishes intents. Apart from <see cref="RunAsync"/>, because it goes through all payouts.</summary>
    /// <returns>How many payouts moved.</returns>
    public Task<int> PayoutsAsync(CancellationToken cancellationToken) => payouts.HandleAsync(cancellationToken);

    // Last: telling keeps nothing waiting, and what was sent just now is never the oldest of what waits.
    private async Task TellQueuesAsync(CancellationToken cancellationToken)
    {
        foreach (var name in EngineMeter.HearsQueues ? QueueNames.All : [])
            EngineMeter.TellQueue(name, await queue.AgeAsync(name, cancellationToken));
    }
}
