using Baotou.Payouts.Application.Pulling;
using Microsoft.Extensions.DependencyInjection;

namespace Baotou.Payouts.Exchange.Tests.Walking;

public sealed class When_a_source_fails_three_answers_in_ten
{
    private const string Good = """{"code":200,"message":"ok","data":{"records":[],"cursor":"1","asOf":"2023-01-31T23:59:59.999+08:00"}}""";

    [Fact]
    public async Task It_is_walked_to_its_end_with_the_breaker_of_production_closed()
    {
        var random = new Random(7);
        await using var stub = await StubAgency.StartAsync(
            (context, _) =>
            {
                var fails = random.Next(10) < 3; // one request after the other: no lock is needed
                if (fails)
                    context.Response.StatusCode = 500;
                return fails ? Task.CompletedTask : StubAgency.WriteAsync(context, Good);
            }
        );
        await using var client = stub.Client();
        var agency = client.GetRequiredService<IAgency>();

        for (var page = 0; page < 200; page++)
            await agency.ReadPageAsync("", 100, default);

        Assert.InRange(stub.Requests, 240, 360);
    }

    [Fact]
    public async Task The_values_of_production_fit_together()
    {
        await using var stub = await StubAgency.StartAsync(Good);
        await using var client = stub.Client(resilience: new ExchangeResilience());

        Assert.True((await client.GetRequiredService<IAgency>().ReadPageAsync("", 100, default)).IsLast);
    }

    [Fact]
    public async Task A_source_that_is_down_is_left_alone_for_a_while()
    {
        await using var stub = await StubAgency.StartAsync(
            (context, _) =>
            {
                context.Response.StatusCode = 500;
                return Task.CompletedTask;
            }
        );
        await using var client = stub.Client();
        var agency = client.GetRequiredService<IAgency>();

        for (var page = 0; page < 10; page++)
            Assert.Equal(
                AgencyTrouble.Unreachable,
                (await Assert.ThrowsAsync<AgencyException>(() => agency.ReadPageAsync("", 100, default))).Trouble
            );

        Assert.Equal(20, stub.Requests);
    }
}
