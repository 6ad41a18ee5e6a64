using System.Globalization;
using Baotou.Payouts.Application.Work;

namespace Baotou.Payouts.AzureStorage.Queues;

/// <summary>
/// Queues in memory that hide, count and give back messages as the service does, by a clock that a test moves by hand.
/// Queues come into being when first named. Safe for many threads.
/// </summary>
public sealed class InMemoryWorkQueue : IWorkQueue, IWorkSource
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<Message>> _queues = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly StorageMeter _meter;
    private long _handles;

    /// <summary>No messages yet.</summary>
    /// <param name="time">Tells when a hidden message shows up again.</param>
    /// <param name="meter">Counts requests; without one they are not counted.</param>
    public InMemoryWorkQueue(TimeProvider time, StorageMeter? meter = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _meter = meter ?? new StorageMeter();
    }

    /// <inheritdoc/>
    public Task SendAsync(string queue, string body, TimeSpan delay, CancellationToken cancellationToken)
    {
        QueueRules.CheckQueue(queue);
        QueueRules.CheckMessage(body, delay);
        cancellationToken.ThrowIfCancellationRequested();
        _meter.CountQueue();
        lock (_lock)
        {
            Messages(queue).Add(new Message(body, _time.GetUtcNow(), delay));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<TimeSpan?> AgeAsync(string queue, CancellationToken cancellationToken)
    {
        QueueRules.CheckQueue(queue);
        cancellationToken.ThrowIfCancellationRequested();
        _meter.CountQueue();
        lock (_lock)
        {
            DateTimeOffset now = _time.GetUtcNow();
            return Task.FromResult(
                Messages(queue).Where(message => message.VisibleAt <= now).Max(message => (TimeSpan?)(now - message.SentAt))
            );
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReceivedWork>> ReceiveAsync(string queue, int most, TimeSpan visibility, CancellationToken cancellationToken)
    {
        QueueRules.CheckQueue(queue);
        QueueRules.CheckTaking(most, visibility);
        cancellationToken.ThrowIfCancellationRequested();
        _meter.CountQueue();
        lock (_lock)
        {
            DateTimeOffset now = _time.GetUtcNow();
            Message[] taken =
            [
                .. Messages(queue).Where(message => message.VisibleAt <= now).OrderBy(message => message.VisibleAt).Take(most),
            ];
            foreach (Message message in taken)
            {
                message.VisibleAt = now + visibility;
                message.Handle = NextHandle();
                message.DequeueCount++;
            }

            return Task.FromResult<IReadOnlyList<ReceivedWork>>([
                .. taken.Select(message => new ReceivedWork(queue, message.Body, message.Handle, message.DequeueCount)),
            ]);
        }
    }

    /// <inheritdoc/>
    public Task<bool> CompleteAsync(ReceivedWork work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        cancellationToken.ThrowIfCancellationRequested();
        _meter.CountQueue();
        lock (_lock)
        {
            return Task.FromResult(Messages(work.Queue).RemoveAll(message => message.Handle == work.Handle) == 1);
        }
    }

    /// <inheritdoc/>
    public Task AbandonAsync(ReceivedWork work, TimeSpan delay, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        QueueRules.CheckDelay(delay);
        cancellationToken.ThrowIfCancellationRequested();
        _meter.CountQueue();
        lock (_lock)
        {
            // Nothing found: somebody else has it by now, and it is theirs to give back.
            if (Messages(work.Queue).Find(message => message.Handle == work.Handle) is { } held)
            {
                held.VisibleAt = _time.GetUtcNow() + delay;
                held.Handle = NextHandle();
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<int> CountAsync(string queue, CancellationToken cancellationToken)
    {
        QueueRules.CheckQueue(queue);
        cancellationToken.ThrowIfCancellationRequested();
        _meter.CountQueue();
        lock (_lock)
        {
            return Task.FromResult(Messages(queue).Count);
        }
    }

    private List<Message> Messages(string queue)
    {
        if (!_queues.TryGetValue(queue, out List<Message>? messages))
        {
            messages = [];
            _queues.Add(queue, messages);
        }

        return messages;
    }

    private string NextHandle()
    {
        _handles++;
        return _handles.ToString(CultureInfo.InvariantCulture);
    }

    private sealed class Message(string body, DateTimeOffset sentAt, TimeSpan delay)
    {
        internal DateTimeOffset SentAt { get; } = sentAt;

        internal string Body { get; } = body;

        internal DateTimeOffset VisibleAt { get; set; } = sentAt + delay;

        /// <summary>Empty until first taken.</summary>
        internal string Handle { get; set; } = "";

        internal long DequeueCount { get; set; }
    }
}
