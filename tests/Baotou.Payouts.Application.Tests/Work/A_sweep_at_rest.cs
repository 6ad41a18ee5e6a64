using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.Application.Tests.Work;

/// <summary>What the sweep asks of storage when nothing is left to do: nine tenths of what a year costs.</summary>
public sealed class A_sweep_at_rest
{
    private const int Pools = 2;

    private readonly StorageMeter _meter = new();

    [Fact]
    public async Task Makes_as_many_requests_as_the_page_on_scale_says()
    {
        var city = new TinyCity { List = TinyList.WithRegister() };
        await using var engine = new Engine(city, new InMemoryRowStore(_meter));
        await TinyCity.BeginAsync(engine);
        for (var i = 1; i <= 6; i++)
            city.Culture.Told.Add(TinyCity.Visit(i, $"v{i}", "2023-01-05", 300));
        city.Accounts(6);
        city.Until("2023-01-31");
        await engine.PassAsync();
        await engine.Get<Sweep>().SweepAsync(default);
        var payouts = await engine.PayoutsAsync();
        Assert.Equal(Engine.Buckets, payouts.Select(p => p.Id[..3]).Distinct().Count());
        var before = _meter.TableTransactions;

        await engine.Get<Sweep>().SweepAsync(default);

        Assert.Equal(7 + (3 * Pools) + (5 * Engine.Buckets), _meter.TableTransactions - before);
        Assert.Equal(payouts, await engine.PayoutsAsync());
    }
}
