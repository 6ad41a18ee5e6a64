using Baotou.Payouts.Application.Work;

namespace Baotou.Payouts.AzureStorage.Tests.Queues;

/// <summary>What every queue promises, as far as it can be seen without waiting.</summary>
public abstract class WorkQueueContract : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    protected IWorkQueue Sender { get; private set; } = null!;

    protected IWorkSource Source { get; private set; } = null!;

    protected string Queue { get; private set; } = null!;

    public async Task InitializeAsync() => (Sender, Source, Queue) = await OpenAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Both sides of the queues and an empty queue of this test's own, its poison queue included.</summary>
    protected abstract Task<(IWorkQueue Sender, IWorkSource Source, string Queue)> OpenAsync();

    [Fact]
    public async Task An_empty_queue_gives_nothing()
    {
        Assert.Empty(await Take(32));
        Assert.Equal(0, await Count());
    }

    [Theory]
    [InlineData("{\"round\":1,\"bucket\":\"07\"}")]
    [InlineData("免申即享 𠮷 <a>&amp;\u0001")]
    public async Task A_body_comes_back_as_it_was_sent(string body)
    {
        await Send(body);

        ReceivedWork work = Assert.Single(await Take(1));
        Assert.Equal(Queue, work.Queue);
        Assert.Equal(body, work.Body);
        Assert.Equal(1, work.DequeueCount);
    }

    [Fact]
    public async Task A_taken_message_is_hidden_but_counted_until_it_is_completed()
    {
        await Send("a");
        ReceivedWork work = Assert.Single(await Take(1));

        Assert.Empty(await Take(1));
        Assert.Equal(1, await Count());
        Assert.True(await Source.CompleteAsync(work, CancellationToken.None));
        Assert.Equal(0, await Count());
    }

    [Fact]
    public async Task A_queue_has_an_age_while_something_waits_that_is_neither_taken_nor_delayed()
    {
        Assert.Null(await Sender.AgeAsync(Queue, CancellationToken.None));
        await Sender.SendAsync(Queue, "later", TimeSpan.FromHours(1), CancellationToken.None);
        Assert.Null(await Sender.AgeAsync(Queue, CancellationToken.None));
        await Send("a");

        Assert.InRange((await Sender.AgeAsync(Queue, CancellationToken.None))!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Assert.Single(await Take(1));
        Assert.Null(await Sender.AgeAsync(Queue, CancellationToken.None));
    }

    [Fact]
    public async Task Completing_twice_is_told()
    {
        await Send("a");
        ReceivedWork work = Assert.Single(await Take(1));
        await Source.CompleteAsync(work, CancellationToken.None);

        Assert.False(await Source.CompleteAsync(work, CancellationToken.None));
    }

    [Fact]
    public async Task An_abandoned_message_comes_again_with_its_body_and_a_higher_count()
    {
        await Send("a");
        ReceivedWork first = Assert.Single(await Take(1));
        await Source.AbandonAsync(first, TimeSpan.Zero, CancellationToken.None);

        ReceivedWork second = Assert.Single(await Take(1));

        Assert.Equal("a", second.Body);
        Assert.Equal(2, second.DequeueCount);
    }

    [Fact]
    public async Task Who_lost_a_message_can_neither_complete_nor_abandon_it()
    {
        await Send("a");
        ReceivedWork first = Assert.Single(await Take(1));
        await Source.AbandonAsync(first, TimeSpan.Zero, CancellationToken.None);
        ReceivedWork second = Assert.Single(await Take(1));

        Assert.False(await Source.CompleteAsync(first, CancellationToken.None));
        await Source.AbandonAsync(first, TimeSpan.Zero, CancellationToken.None);
        Assert.Empty(await Take(1));
        Assert.True(await Source.CompleteAsync(second, CancellationToken.None));
    }

    [Fact]
    public async Task A_delayed_message_is_hidden_but_counted()
    {
        await Sender.SendAsync(Queue, "a", Minute, CancellationToken.None);

        Assert.Empty(await Take(1));
        Assert.Equal(1, await Count());
    }

    [Fact]
    public async Task A_message_abandoned_for_later_is_hidden()
    {
        await Send("a");
        await Source.AbandonAsync(Assert.Single(await Take(1)), Minute, CancellationToken.None);

        Assert.Empty(await Take(1));
    }

    [Fact]
    public async Task Up_to_32_are_taken_at_once()
    {
        for (int n = 0; n < 33; n++)
        {
            await Send($"{n}");
        }

        Assert.Equal(32, (await Take(32)).Count);
        Assert.Single(await Take(32));
    }

    [Fact]
    public async Task Queues_do_not_see_each_other()
    {
        await Send("a");

        Assert.Empty(await Source.ReceiveAsync(QueueNames.PoisonOf(Queue), 1, Minute, CancellationToken.None));
    }

    [Fact]
    public async Task A_body_of_48_KiB_passes_in_any_script()
    {
        string body = new string('免', 16_000) + new string('x', 49_152 - 48_000);
        await Send(body);

        Assert.Equal(body, Assert.Single(await Take(1)).Body);
    }

    public static TheoryData<string> BadBodies() => new() { "", new string('x', 49_153), new string('免', 16_385) };

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task A_body_that_does_not_fit_is_refused(string body)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Send(body));
        Assert.Equal(0, await Count());
    }

    [Fact]
    public async Task What_the_service_does_not_take_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Send("a\ud800"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            Sender.SendAsync(Queue, "a", TimeSpan.FromTicks(-1), CancellationToken.None)
        );
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            Sender.SendAsync(Queue, "a", TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1), CancellationToken.None)
        );
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Take(0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Take(33));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Source.ReceiveAsync(Queue, 1, TimeSpan.Zero, CancellationToken.None));
        foreach (string name in new[] { "ab", "Pull", "a--b", "-ab", "ab-", "a_b" })
        {
            await Assert.ThrowsAsync<ArgumentException>(() => Sender.SendAsync(name, "a", TimeSpan.Zero, CancellationToken.None));
        }

        Assert.Equal(0, await Count());
    }

    protected Task Send(string body) => Sender.SendAsync(Queue, body, TimeSpan.Zero, CancellationToken.None);

    protected Task<IReadOnlyList<ReceivedWork>> Take(int most) => Source.ReceiveAsync(Queue, most, Minute, CancellationToken.None);

    protected Task<int> Count() => Source.CountAsync(Queue, CancellationToken.None);
}
