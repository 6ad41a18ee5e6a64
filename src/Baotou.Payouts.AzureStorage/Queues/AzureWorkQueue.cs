using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Baotou.Payouts.Application.Work;

namespace Baotou.Payouts.AzureStorage.Queues;

/// <summary>
/// Queues in Azure Storage. The queues must exist (<see cref="StorageLayout"/>). Bodies travel as Base64, as the platform's triggers
/// expect. Safe for many threads.
/// </summary>
public sealed class AzureWorkQueue : IWorkQueue, IWorkSource
{
    // The service would drop a message after seven days; this means never.
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    private readonly StorageAccount _account;
    private readonly ConcurrentDictionary<string, QueueClient> _queues = new(StringComparer.Ordinal);

    internal AzureWorkQueue(StorageAccount account) => _account = account;

    /// <inheritdoc/>
    public async Task SendAsync(string queue, string body, TimeSpan delay, CancellationToken cancellationToken)
    {
        QueueRules.CheckQueue(queue);
        QueueRules.CheckMessage(body, delay);
        await Queue(queue).SendMessageAsync(body, delay, Forever, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>By the service's own clock: what this machine thinks of the time does not matter.</remarks>
    public async Task<TimeSpan?> AgeAsync(string queue, CancellationToken cancellationToken)
    {
        QueueRules.CheckQueue(queue);
        Response<PeekedMessage[]> answer = await Queue(queue).PeekMessagesAsync(1, cancellationToken).ConfigureAwait(false);
        return answer.Value is [{ InsertedOn: { } sent }, ..] && answer.GetRawResponse().Headers.Date is { } now
            ? TimeSpan.FromTicks(Math.Max(0, (now - sent).Ticks))
            : null;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// A message that is no Base64 was not sent by us: it is put on the poison queue as it is and taken off here, so that it blocks nobody.
    /// </remarks>
    public async Task<IReadOnlyList<ReceivedWork>> ReceiveAsync(
        string queue,
        int most,
        TimeSpan visibility,
        CancellationToken cancellationToken
    )
    {
        QueueRules.CheckQueue(queue);
        QueueRules.CheckTaking(most, visibility);
        Response<QueueMessage[]> answer = await Queue(queue)
            .ReceiveMessagesAsync(most, visibility, cancellationToken)
            .ConfigureAwait(false);
        return [.. answer.Value.Select(message => new ReceivedWork(queue, message.Body.ToString(), Handle(message), message.DequeueCount))];
    }

    /// <inheritdoc/>
    public async Task<bool> CompleteAsync(ReceivedWork work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        (string message, string receipt) = Parts(work.Handle);
        try
        {
            await Queue(work.Queue).DeleteMessageAsync(message, receipt, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException refusal) when (IsTakenBySomebodyElse(refusal))
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task AbandonAsync(ReceivedWork work, TimeSpan delay, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        QueueRules.CheckDelay(delay);
        (string message, string receipt) = Parts(work.Handle);
        try
        {
            // The body goes along: what an update without one does to it is nothing to rely on.
            await Queue(work.Queue).UpdateMessageAsync(message, receipt, work.Body, delay, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException refusal) when (IsTakenBySomebodyElse(refusal))
        {
            // It is theirs to give back now.
        }
    }

    /// <inheritdoc/>
    public async Task<int> CountAsync(string queue, CancellationToken cancellationToken)
    {
        QueueRules.CheckQueue(queue);
        Response<QueueProperties> answer = await Queue(queue).GetPropertiesAsync(cancellationToken).ConfigureAwait(false);
        return answer.Value.ApproximateMessagesCount;
    }

    private QueueClient Queue(string name) =>
        _queues.GetOrAdd(name, static (queue, account) => account.QueueService.GetQueueClient(queue), _account);

    private static bool IsTakenBySomebodyElse(RequestFailedException refusal) =>
        refusal.ErrorCode == QueueErrorCode.PopReceiptMismatch || refusal.ErrorCode == QueueErrorCode.MessageNotFound;

    /// <summary>The message's id and the receipt of this taking; neither has a blank.</summary>
    private static string Handle(QueueMessage message) => message.MessageId + " " + message.PopReceipt;

    private static (string Message, string Receipt) Parts(string handle)
    {
        int blank = handle.IndexOf(' ', StringComparison.Ordinal);
        return blank > 0
            ? (handle[..blank], handle[(blank + 1)..])
            : throw new ArgumentException($"'{handle}' is no handle of a taken message.", nameof(handle));
    }
}
