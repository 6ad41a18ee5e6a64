using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.Application.Tests.Reconciling;

/// <summary>A difference planted in any kind of row is found and named.</summary>
public sealed class When_a_row_was_changed
{
    /// <summary>Table, partition and row (as they begin), what is replaced in its body by what, and what the difference names.</summary>
    public static TheoryData<string, string, string, string, string, string> Changes =>
        new()
        {
            {
                StorageKeys.PoolChain,
                "culture!2023!",
                "e000000000005",
                "\"amount\":2000",
                "\"amount\":2001",
                "row 'e000000000005' (entry)"
            },
            { StorageKeys.PoolChain, "culture!2023!", "head", "\"reserved\":7000", "\"reserved\":6999", "culture/2023 head" },
            { StorageKeys.PoolLog, "culture!2023!log", "i000000000002", "\"amount\":7000", "\"amount\":7001", "culture/2023 entry 2" },
            { StorageKeys.Claims, "culture!2023!r000001", "", "\"amount\":2000", "\"amount\":1999", "culture/2023 round 1" },
            { StorageKeys.Entitlements, "b", "", "\"amount\":2000", "\"amount\":1999", "claim visit|v" },
            { StorageKeys.Entitlements, "b", "", "\"round\":1", "\"round\":2", "claim visit|v" },
            { StorageKeys.Entitlements, "b", "", "\"fiscalYear\":2023", "\"fiscalYear\":2022", "claim visit|" },
            { StorageKeys.Payouts, "b", "p", "\"city\":2000", "\"city\":2002", "payout " },
            { StorageKeys.Payouts, "b", "t", "\"city\":2000", "\"city\":2002", "payout " },
            { StorageKeys.Payouts, "b", "t", "\"county\":1000", "\"county\":0", "payout " },
            { StorageKeys.Facts, "b", "f", "Count:30", "Count:31", "claim visit|v" },
            { StorageKeys.Facts, "b", "f", "2023-01-11T01", "2023-01-11T02", "claim visit|v" },
            { StorageKeys.Facts, "b", "f", "Count:0", "Count:3", "claim visit|nothing" },
            { StorageKeys.Rounds, "standing", "r000001", "\"seed\":\"seed\"", "\"seed\":\"dees\"", "claim visit|v" },
            { StorageKeys.Rounds, "standing", "r000001", "2023-01-31T", "2023-01-11T", "claim visit|" },
        };

    /// <summary>Table, partition and row (as they begin), and what the difference names.</summary>
    public static TheoryData<string, string, string, string> Losses =>
        new()
        {
            { StorageKeys.PoolChain, "culture!2023!", "e000000000005", "culture/2023" },
            { StorageKeys.PoolChain, "culture!2023!", "e000000000009", "culture/2023" },
            { StorageKeys.PoolLog, "culture!2023!log", "i000000000002", "input 2" },
            { StorageKeys.PoolLog, "culture!2023!log", "i000000000005", "culture/2023" },
            { StorageKeys.Claims, "culture!2023!r000001", "", "culture/2023 round 1" },
            { StorageKeys.Entitlements, "b", "9", "claim visit|" },
            { StorageKeys.Payouts, "b", "p", "payout " },
            { StorageKeys.Payouts, "b", "t", "payout " },
            { StorageKeys.Facts, "b", "f", "act" },
            { StorageKeys.Rounds, "freeze!", "r000002", "freeze" },
        };

    [Fact]
    public async Task Nothing_is_found_where_nothing_was_changed()
    {
        var (_, engine) = await RunAsync();
        await using var closed = engine;
        await engine.VerifyHoldsAsync();
        Assert.Equal("1:20 2:20 3:20 4:10", await engine.GrantsAsync(TinyList.Culture));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task It_is_named(string table, string partition, string row, string from, string to, string named)
    {
        var (rows, engine) = await RunAsync();
        await using var closed = engine;
        var target = (await rows.AllAsync(table)).First(r =>
            Fits(r, partition, row)
            && r.Row.Columns.ContainsKey("body")
            && r.Row.Columns.Text("body").Contains(from, StringComparison.Ordinal)
        );
        target.Row.Columns["body"] = target.Row.Columns.Text("body").Replace(from, to, StringComparison.Ordinal);
        await rows.PlantAsync(table, target.Partition, target.Row.RowKey, target.Row.Columns);

        Assert.Contains(named, (await engine.VerifyAsync()).Difference ?? "nothing found", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task One_that_was_taken_away_is_missed(string table, string partition, string row, string named)
    {
        var (rows, engine) = await RunAsync();
        await using var closed = engine;
        var target = (await rows.AllAsync(table)).First(r => Fits(r, partition, row));
        await rows.TakeAsync(table, target.Partition, target.Row);

        Assert.Contains(named, (await engine.VerifyAsync()).Difference ?? "nothing found", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_freeze_that_was_moved_is_found(long by)
    {
        var (rows, engine) = await RunAsync();
        await using var closed = engine;
        foreach (var (partition, row) in (await rows.AllAsync(StorageKeys.Rounds)).Where(r => Fits(r, "freeze", "r000001")))
            await rows.PlantAsync(StorageKeys.Rounds, partition, row.RowKey, new RowColumns { ["upTo"] = row.Columns.Number("upTo") + by });

        Assert.NotNull((await engine.VerifyAsync()).Difference);
    }

    private static bool Fits((string Partition, StoredRow Row) row, string partition, string key) =>
        row.Partition.StartsWith(partition, StringComparison.Ordinal) && row.Row.RowKey.StartsWith(key, StringComparison.Ordinal);

    /// <summary>Three claims served and one in part, its reduction, late facts, and records that give nothing.</summary>
    private static async Task<(WatchedRows Rows, Engine Engine)> RunAsync()
    {
        var (rows, city) = (new WatchedRows(), new TinyCity());
        for (var i = 5; i <= 8; i++)
            city.Culture.Told.Add(TinyCity.Visit(i, $"nothing{i}", "2023-01-10", 0));
        for (var i = 1; i <= 4; i++)
            city.Culture.Told.Add(TinyCity.Visit(i, $"v{i}", $"2023-01-1{i}", 30));
        city.Until("2023-01-31");
        var engine = new Engine(city, rows);
        await TinyCity.BeginAsync(engine, 70);
        await engine.PassAsync();
        city.Culture.Told.Add(TinyCity.Visit(4, "v4", "2023-01-14", 21, "2023-02-02"));
        for (var i = 11; i <= 14; i++)
            city.Culture.Told.Add(TinyCity.Visit(i, $"late{i}", "2023-01-12", 3));
        city.Until("2023-02-28");
        await engine.PassAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);
        return (rows, engine);
    }
}
