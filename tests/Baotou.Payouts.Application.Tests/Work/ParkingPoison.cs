using Baotou.Payouts.Application.Settling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Queues;
using Baotou.Payouts.AzureStorage.Rows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Baotou.Payouts.Application.Tests.Work;

/// <summary>A message that failed too often becomes one visible case.</summary>
public sealed class ParkingPoison
{
    private static readonly DateTimeOffset Noon = new(2023, 6, 30, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_case_names_queue_message_and_moment()
    {
        var work = Assert.Single(await ParkedAsync((QueueNames.Pull, "tax"))).Subject;

        Assert.Equal((QueueNames.Pull, "tax", Noon), (work.Queue, work.Body, work.ParkedAt));
    }

    [Fact]
    public async Task The_same_message_is_the_same_case_and_another_is_not()
    {
        var parked = await ParkedAsync(
            (QueueNames.Pull, "tax"),
            (QueueNames.Pull, "tax"),
            (QueueNames.Match, "tax"),
            (QueueNames.Pull, "market")
        );

        Assert.Equal(["market", "tax", "tax"], parked.Select(p => p.Subject.Body).Order(StringComparer.Ordinal));
        Assert.All(parked, p => Assert.Empty(p.Acts));
    }

    [Fact]
    public async Task The_trace_it_travelled_in_makes_no_other_case() =>
        Assert.Single(
            await ParkedAsync(
                (QueueNames.Pull, """{"source":"tax","walk":7}"""),
                (QueueNames.Pull, """{"source":"tax","walk":7,"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}""")
            )
        );

    /// <summary>What is there after these were parked one after the other.</summary>
    private static async Task<IReadOnlyList<Case<ParkedWork>>> ParkedAsync(params (string Queue, string Body)[] messages)
    {
        var queue = new InMemoryWorkQueue(TimeProvider.System);
        await using var services = new ServiceCollection()
            .AddSingleton(new EngineOptions())
            .AddStorage(new InMemoryRowStore(), queue)
            .BuildServiceProvider();
        var parked = services.GetRequiredService<IParkedWork>();
        foreach (var (name, body) in messages)
            await new PoisonParking(parked, new FakeTimeProvider(Noon), NullLogger<PoisonParking>.Instance).ParkAsync(
                name,
                body,
                CancellationToken.None
            );
        return await new ParkedCases(parked, queue).ListAsync(CancellationToken.None);
    }
}
