using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Telemetry;

namespace Baotou.Payouts.Application.Work;

/// <summary>
/// Asks for the next walk of every source. A walk that is under way is not started twice: its message names the same walk.
/// </summary>
public sealed class AskForWalks(WalkSource walks, ISourceLog sources, IWorkQueue queue, TimeProvider clock)
{
    /// <summary>Sends one message for each source and tells how far it lags.</summary>
    public async Task HandleAsync(CancellationToken cancellationToken)
    {
        using var activity = Tracing.Start("ask");
        var standings = await sources.ListAsync(cancellationToken);
        foreach (var source in walks.Sources.Append(WalkAccounts.Source))
        {
            var standing = standings.GetValueOrDefault(source);
            EngineMeter.TellLag(source, standing?.CompleteThrough, clock.GetUtcNow());
            await queue.SendAsync(
                QueueNames.Pull,
                WorkMessages.Write(new PullMessage(source, (standing?.Walks ?? 0) + 1)),
                TimeSpan.Zero,
                cancellationToken
            );
        }
    }
}
