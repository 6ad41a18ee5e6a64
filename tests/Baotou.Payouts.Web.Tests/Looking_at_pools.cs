using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Web.Access;

namespace Baotou.Payouts.Web.Tests;

[Collection(nameof(City))]
public sealed class Looking_at_pools(City city)
{
    [Fact]
    public async Task A_forecast_says_when_or_why_not_for_every_pool()
    {
        foreach (var pool in (await city.GetAsync("/api/pools", city.Token(Role.Officer))).Json.GetProperty("pools").EnumerateArray())
        {
            var path = $"/api/pools/{pool.GetProperty("id").GetString()}/{pool.GetProperty("fiscalYear").GetInt32()}/forecast";
            var said = await city.GetAsync(path, city.Token(Role.Officer));
            var outcome = said.Json.GetProperty("outcome").GetString();

            Assert.Equal(200, said.Status);
            Assert.Equal(outcome == "runs-dry", said.Json.TryGetProperty("runsDryOn", out _));
            Assert.Equal(pool.GetProperty("freeFen").GetInt64(), said.Json.GetProperty("freeFen").GetInt64());
            if (pool.GetProperty("waiting").GetInt64() > 0)
                Assert.Equal("dry", outcome);
            if (pool.GetProperty("payouts").GetInt64() == 0 && pool.GetProperty("freeFen").GetInt64() > 0)
                Assert.Equal("unknown", outcome);
            Assert.Equal(400, (await city.GetAsync(path + "?days=6", city.Token(Role.Officer))).Status);
        }
    }

    [Fact]
    public async Task A_history_is_the_whole_chain_with_who_is_behind_it_page_by_page()
    {
        var pool = city.Payouts.GroupBy(p => p.Pool).MaxBy(g => g.Count())!.Key;
        var path = $"/api/pools/{pool.Pool}/{pool.FiscalYear}";
        var head = (await city.GetAsync(path, city.Token(Role.Auditor))).Json.GetProperty("chainHead").GetString();
        var seen = new List<(string Hash, string Before)>();
        for (var next = "?after=0"; next.Length > 0; )
        {
            var page = (await city.GetAsync($"{path}/history{next}", city.Token(Role.Auditor))).Json;
            Assert.All(page.GetProperty("entries").EnumerateArray(), e => Assert.True(e.GetProperty("holds").GetBoolean()));
            seen.AddRange(
                page.GetProperty("entries")
                    .EnumerateArray()
                    .Select(e => (e.GetProperty("hash").GetString()!, e.GetProperty("previous").GetString()!))
            );
            next = page.TryGetProperty("next", out var after) ? $"?after={after.GetInt64()}" : "";
        }

        Assert.Equal(head, seen[^1].Hash);
        Assert.All(seen.Skip(1).Zip(seen), pair => Assert.Equal(pair.Second.Hash, pair.First.Before));
        Assert.Equal(400, (await city.GetAsync($"{path}/history?after=x", city.Token(Role.Auditor))).Status);
    }

    [Fact]
    public async Task Verifying_folds_one_anew_and_says_what_it_compared_or_where_it_differs()
    {
        var pool = city.Payouts.Select(p => p.Pool).First(p => p != city.Payouts[0].Pool);
        var path = $"/api/pools/{pool.Pool}/{pool.FiscalYear}";
        var entries = (await city.GetAsync(path, city.Token(Role.Auditor))).Json.GetProperty("entries").GetInt64();

        var holding = (await city.GetAsync(path + "/verification", city.Token(Role.Auditor))).Json;
        Assert.Equal(
            (true, entries, false),
            (
                holding.GetProperty("holds").GetBoolean(),
                holding.GetProperty("entries").GetInt64(),
                holding.TryGetProperty("difference", out _)
            )
        );

        await city
            .Engine.Get<IPoolLog>()
            .SubmitAsync(pool, new PoolInput.Cut("cut:no. 77", new Fen(long.MaxValue / 4), "no. 77"), CancellationToken.None);
        var behind = (await city.GetAsync(path + "/verification", city.Token(Role.Auditor))).Json;
        Assert.Equal((false, entries), (behind.GetProperty("holds").GetBoolean(), behind.GetProperty("entries").GetInt64()));
        Assert.Contains($"entry {entries + 1} is not written yet", behind.GetProperty("difference").GetString(), StringComparison.Ordinal);

        await city.Engine.Get<AllocatePool>().HandleAsync(pool, CancellationToken.None);
        Assert.True((await city.GetAsync(path + "/verification", city.Token(Role.Auditor))).Json.GetProperty("holds").GetBoolean());
        Assert.Equal(404, (await city.GetAsync($"/api/pools/{pool.Pool}/2031/verification", city.Token(Role.Auditor))).Status);
    }

    [Fact]
    public async Task A_bureau_looks_into_no_pool_of_another()
    {
        var other = city.Catalogue.Pools.First(p => p.Bureau != "science" && city.Payouts.Any(x => x.Pool.Pool == p.Id)).Id;
        foreach (var part in new[] { "", "/history", "/forecast", "/line.csv", "/line.xlsx" })
        {
            var (foreign, missing) = (
                await city.GetAsync($"/api/pools/{other}/2023{part}", city.Token(Role.Bureau, "science")),
                await city.GetAsync($"/api/pools/nowhere/2023{part}", city.Token(Role.Bureau, "science"))
            );
            Assert.Equal((404, foreign.Told), (foreign.Status, missing.Told));
        }
    }
}
