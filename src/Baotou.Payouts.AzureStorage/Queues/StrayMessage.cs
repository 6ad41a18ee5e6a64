using Azure.Storage.Queues;
using Azure.Storage.Queues.Specialized;
using Baotou.Payouts.Application.Work;

namespace Baotou.Payouts.AzureStorage.Queues;

/// <summary>
/// A message that is no Base64, so not one of ours: parked where somebody sees it, as a stray one would be by the platform's own triggers.
/// </summary>
internal static class StrayMessage
{
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    internal static async Task ParkAsync(QueueMessageDecodingFailedEventArgs stray)
    {
        if (stray.ReceivedMessage is not { } message)
        {
            return;
        }

        QueueClient poison = stray.Queue.GetParentQueueServiceClient().GetQueueClient(QueueNames.PoisonOf(stray.Queue.Name));
        await poison.SendMessageAsync(message.Body.ToString(), TimeSpan.Zero, Forever, stray.CancellationToken).ConfigureAwait(false);
        await stray.Queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, stray.CancellationToken).ConfigureAwait(false);
    }
}
