using System.Diagnostics;
using Baotou.Payouts.Application.Telemetry;

namespace Baotou.Payouts.Application.Work;

/// <summary>A step of the flow: what is done with the messages of one queue.</summary>
public interface IWorkStep
{
    /// <summary>The queue that feeds it; one of <see cref="QueueNames.All"/>.</summary>
    string Queue { get; }

    /// <summary>
    /// Does what a message hints at. It may be a repeat, old, or about something done long ago: then nothing happens.
    /// What is thrown brings the message back after <see cref="Redelivery.Rest"/>.
    /// </summary>
    Task HandleAsync(string body, CancellationToken cancellationToken);
}

/// <summary>Hands every message to the step of its queue; the only way from a host into the flow.</summary>
public sealed class WorkDispatcher
{
    private readonly Dictionary<string, IWorkStep> _steps;

    /// <summary>
    /// Takes exactly one step for each queue; throws <see cref="ArgumentException"/> otherwise, so that a host without a step does not
    /// start.
    /// </summary>
    public WorkDispatcher(IEnumerable<IWorkStep> steps)
    {
        var byQueue = steps.ToLookup(step => step.Queue, StringComparer.Ordinal);
        foreach (var queue in QueueNames.All.Where(queue => byQueue[queue].Count() != 1))
        {
            throw new ArgumentException($"The queue {queue} needs one step and has {byQueue[queue].Count()}.", nameof(steps));
        }

        _steps = QueueNames.All.ToDictionary(queue => queue, queue => byQueue[queue].Single(), StringComparer.Ordinal);
    }

    /// <summary>Handles a message of <paramref name="queue"/>, as a part of the trace it was sent in.</summary>
    /// <exception cref="ArgumentException">There is no such queue.</exception>
    public async Task HandleAsync(string queue, string body, CancellationToken cancellationToken)
    {
        if (!_steps.TryGetValue(queue, out var step))
            throw new ArgumentException($"There is no queue {queue}.", nameof(queue));
        using var activity = Tracing.Start(queue, ActivityKind.Consumer, WorkMessages.TraceOf(body));
        try
        {
            await step.HandleAsync(body, cancellationToken);
        }
        catch (Exception e) when (Tracing.Fails(activity, e))
        {
            throw;
        }
    }
}
