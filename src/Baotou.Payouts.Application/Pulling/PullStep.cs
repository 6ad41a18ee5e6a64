using Baotou.Payouts.Application.Telemetry;
using Baotou.Payouts.Application.Work;

namespace Baotou.Payouts.Application.Pulling;

/// <summary>Walks a source of facts, or the treasury's accounts.</summary>
public sealed class PullStep(WalkSource walk, WalkAccounts accounts) : IWorkStep
{
    /// <inheritdoc/>
    public string Queue => QueueNames.Pull;

    /// <inheritdoc/>
    public Task HandleAsync(string body, CancellationToken cancellationToken)
    {
        var message = WorkMessages.Read<PullMessage>(Queue, body);
        Tracing.Tag(TraceTags.Source, message.Source);
        Tracing.Tag(TraceTags.Walk, message.Walk);
        return message.Source == WalkAccounts.Source
            ? accounts.HandleAsync(message.Walk, cancellationToken)
            : walk.HandleAsync(message, cancellationToken);
    }
}
