using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage.Queues;
using Baotou.Payouts.AzureStorage.Tests.Emulator;

namespace Baotou.Payouts.AzureStorage.Tests.Queues;

[Collection(AzuriteCollection.Name)]
public sealed class Azure_queues_keep_the_contract(AzuriteFixture azurite) : WorkQueueContract
{
    protected override async Task<(IWorkQueue Sender, IWorkSource Source, string Queue)> OpenAsync()
    {
        string queue = azurite.NewName();
        await StorageLayout.CreateAsync(azurite.Account, [], [queue, QueueNames.PoisonOf(queue)], CancellationToken.None);
        AzureWorkQueue queues = azurite.Account.OpenQueues();
        return (queues, queues, queue);
    }

    [Fact]
    public async Task A_message_never_expires_and_travels_as_Base64()
    {
        await Send("免申即享");

        QueueMessage raw = (await Raw().ReceiveMessageAsync()).Value;

        Assert.Equal("免申即享", System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(raw.Body.ToString())));
        Assert.True(raw.ExpiresOn is null || raw.ExpiresOn > raw.InsertedOn!.Value.AddYears(50), $"It expires on {raw.ExpiresOn}.");
    }

    [Fact]
    public async Task A_stray_message_is_parked_and_blocks_nobody()
    {
        await Raw().SendMessageAsync("not Base64!");
        await Send("ours");

        Assert.Equal("ours", Assert.Single(await Take(32)).Body);
        Assert.Equal(
            "not Base64!",
            Assert.Single(await Source.ReceiveAsync(QueueNames.PoisonOf(Queue), 1, TimeSpan.FromMinutes(1), CancellationToken.None)).Body
        );
        Assert.Equal(1, await Count());
    }

    [Fact]
    public async Task Every_request_is_counted()
    {
        long before = azurite.Meter.QueueTransactions;

        await Send("a");
        ReceivedWork work = Assert.Single(await Take(1));
        await Source.CompleteAsync(work, CancellationToken.None);

        Assert.Equal(3, azurite.Meter.QueueTransactions - before);
    }

    /// <summary>The queue as somebody sees it who encodes nothing.</summary>
    private QueueClient Raw() => new(azurite.ConnectionString, Queue);
}
