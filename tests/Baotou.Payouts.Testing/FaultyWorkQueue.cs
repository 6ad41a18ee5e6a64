using Baotou.Payouts.Application.Work;

namespace Baotou.Payouts.Testing;

/// <summary>A queue whose calls fail as planned. What a lost answer took stays hidden until its time is up, as with the real one.</summary>
public sealed class FaultyWorkQueue<TQueue>(TQueue queue, FaultPlan plan) : IWorkQueue, IWorkSource
    where TQueue : IWorkQueue, IWorkSource
{
    /// <inheritdoc/>
    public Task SendAsync(string queueName, string body, TimeSpan delay, CancellationToken cancellationToken) =>
        plan.RunAsync(
            CallKind.Write,
            async () =>
            {
                await queue.SendAsync(queueName, body, delay, cancellationToken).ConfigureAwait(false);
                return true;
            }
        );

    /// <inheritdoc/>
    /// <remarks>None of the plan's calls: it is asked only while somebody in the process listens to numbers.</remarks>
    public Task<TimeSpan?> AgeAsync(string queueName, CancellationToken cancellationToken) => queue.AgeAsync(queueName, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReceivedWork>> ReceiveAsync(
        string queueName,
        int most,
        TimeSpan visibility,
        CancellationToken cancellationToken
    ) => plan.RunAsync(CallKind.Write, () => queue.ReceiveAsync(queueName, most, visibility, cancellationToken));

    /// <inheritdoc/>
    public Task<bool> CompleteAsync(ReceivedWork work, CancellationToken cancellationToken) =>
        plan.RunAsync(CallKind.Write, () => queue.CompleteAsync(work, cancellationToken));

    /// <inheritdoc/>
    public Task AbandonAsync(ReceivedWork work, TimeSpan delay, CancellationToken cancellationToken) =>
        plan.RunAsync(
            CallKind.Write,
            async () =>
            {
                await queue.AbandonAsync(work, delay, cancellationToken).ConfigureAwait(false);
                return true;
            }
        );

    /// <inheritdoc/>
    public Task<int> CountAsync(string queueName, CancellationToken cancellationToken) =>
        plan.RunAsync(CallKind.Read, () => queue.CountAsync(queueName, cancellationToken));
}
