using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage.Queues;
using Microsoft.Extensions.Time.Testing;

namespace Baotou.Payouts.AzureStorage.Tests.Queues;

public sealed class In_memory_queues_keep_the_contract : WorkQueueContract
{
    private readonly FakeTimeProvider _time = new();

    protected override Task<(IWorkQueue Sender, IWorkSource Source, string Queue)> OpenAsync()
    {
        var queue = new InMemoryWorkQueue(_time);
        return Task.FromResult<(IWorkQueue, IWorkSource, string)>((queue, queue, "pull"));
    }

    [Fact]
    public async Task A_hidden_message_shows_up_when_its_time_is_over_and_not_before()
    {
        await Send("a");
        await Take(1);

        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Empty(await Take(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, Assert.Single(await Take(1)).DequeueCount);
    }

    [Fact]
    public async Task Who_was_late_may_complete_it_as_long_as_nobody_else_took_it()
    {
        await Send("a");
        ReceivedWork work = Assert.Single(await Take(1));
        _time.Advance(TimeSpan.FromHours(1));

        Assert.True(await Source.CompleteAsync(work, CancellationToken.None));
        Assert.Equal(0, await Count());
    }

    [Fact]
    public async Task A_message_never_grows_too_old()
    {
        await Send("a");
        _time.Advance(TimeSpan.FromDays(400));

        Assert.Single(await Take(1));
    }
}
