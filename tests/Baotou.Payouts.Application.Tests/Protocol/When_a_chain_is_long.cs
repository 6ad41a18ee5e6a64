using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Tests.Protocol;

/// <summary>A chain of more than two segments.</summary>
public sealed class When_a_chain_is_long
{
    [Fact]
    public async Task It_goes_over_sealed_segments_and_verifies()
    {
        const int claims = 2_100;
        var rows = new WatchedRows();
        var city = new TinyCity();
        for (var i = 1; i <= claims; i++)
            city.Culture.Told.Add(TinyCity.Visit(i, $"v{i}", "2023-01-10", 3));
        city.Until("2023-01-31");
        await using var behind = new Engine(city, rows);
        await TinyCity.BeginAsync(behind, 1_000_000);
        Assert.Equal(0, (await behind.Get<IPoolLog>().ReadHeadAsync(TinyList.Culture, default)).Segment);
        await using (var engine = new Engine(city, rows, 1_000))
        {
            await engine.PassAsync();
            await engine.VerifyHoldsAsync();
            Assert.Equal(claims, (await engine.PayoutsAsync()).Count);
        }

        // The other worker still believes the first segment open.
        await TinyCity.AppropriateAsync(behind, TinyList.Culture, 2, 5);
        await behind.SettleAsync();
        var stored = await behind.Get<IPoolLog>().ReadHeadAsync(TinyList.Culture, default);
        Assert.Equal((2, claims + 4L), (stored.Segment, stored.Head.Seq));
        await behind.VerifyHoldsAsync();
        Assert.Equal(
            [990L, 1_980L],
            (await rows.AllAsync(StorageKeys.PoolChain))
                .Where(r => r.Row.RowKey == "head" && (bool)r.Row.Columns["sealed"])
                .Select(r => Domain.Hashing.CanonicalJson.Read<PoolHead>(r.Row.Columns.Text("body")).Seq)
        );
    }
}
