using Baotou.Payouts.Application.Work;
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
        var parked = new Notes();

        await new PoisonParking(parked, new FakeTimeProvider(Noon), NullLogger<PoisonParking>.Instance).ParkAsync(QueueNames.Pull, "tax", CancellationToken.None);

        var work = Assert.Single(parked.Added);
        Assert.Equal((QueueNames.Pull, "tax", Noon), (work.Queue, work.Body, work.ParkedAt));
    }

    [Fact]
    public async Task The_same_message_is_the_same_case_and_another_is_not()
    {
        var parked = new Notes();
        var parking = new PoisonParking(parked, new FakeTimeProvider(Noon), NullLogger<PoisonParking>.Instance);

        await parking.ParkAsync(QueueNames.Pull, "tax", CancellationToken.None);
        await parking.ParkAsync(QueueNames.Pull, "tax", CancellationToken.None);
        await parking.ParkAsync(QueueNames.Match, "tax", CancellationToken.None);
        await parking.ParkAsync(QueueNames.Pull, "market", CancellationToken.None);

        Assert.Equal(parked.Added[0].Id, parked.Added[1].Id);
        Assert.Equal(3, parked.Added.Select(work => work.Id).Distinct().Count());
    }

    [Fact]
    public async Task The_trace_it_travelled_in_makes_no_other_case()
    {
        var parked = new Notes();
        var parking = new PoisonParking(parked, new FakeTimeProvider(Noon), NullLogger<PoisonParking>.Instance);

        await parking.ParkAsync(QueueNames.Pull, """{"source":"tax","walk":7}""", CancellationToken.None);
        await parking.ParkAsync(QueueNames.Pull, """{"source":"tax","walk":7,"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}""", CancellationToken.None);

        Assert.Equal(parked.Added[0], parked.Added[1]);
    }

    private sealed class Notes : IParkedWork
    {
        public List<ParkedWork> Added { get; } = [];

        public Task AddAsync(ParkedWork work, CancellationToken cancellationToken)
        {
            Added.Add(work);
            return Task.CompletedTask;
        }
    }
}
