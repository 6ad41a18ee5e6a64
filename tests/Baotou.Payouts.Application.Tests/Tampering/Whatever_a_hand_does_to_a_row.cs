using System.Globalization;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Rows;
using Xunit.Abstractions;

namespace Baotou.Payouts.Application.Tests.Tampering;

/// <summary>
/// Every kind of row that a finished city holds, every stored property of it, changed by a hand that does not know the seal and by one that
/// does: verifying finds each. Kinds and properties are read from the store, so that a new one is among them without anybody thinking of
/// it.
/// </summary>
public sealed class Whatever_a_hand_does_to_a_row(ITestOutputHelper output)
{
    /// <summary>Rows of a kind whose every property is tried; a property that they lack is tried on the next row that has it.</summary>
    private const int RowsOfAKind = 2;

    private readonly List<string> _missed = [];
    private int _made;

    [Fact]
    public async Task The_finished_city_holds_a_row_of_every_kind_and_verifies()
    {
        var (rows, engine) = await FinishedCity.BuildAsync();
        await using var closed = engine;
        await engine.VerifyHoldsAsync();
        var audit = engine.Get<IRowAudit>();

        var kinds = (await AllAsync(rows)).Select(r => audit.KindOf(r.Table, r.Partition, r.Row.RowKey)).Distinct();

        Assert.Equal(audit.Kinds.Order(StringComparer.Ordinal), kinds.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_property_changed_is_found(bool sealing)
    {
        var (rows, engine) = await FinishedCity.BuildAsync();
        await using var closed = engine;
        var tried = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (table, partition, row) in await AllAsync(rows))
        {
            var kind = engine.Get<IRowAudit>().KindOf(table, partition, row.RowKey);
            foreach (var (property, what, columns) in Hand.Changes(row))
            {
                var tampering = $"{kind}: {property} {what}";
                if (tried.GetValueOrDefault(tampering) >= (sealing ? RowsOfAKind : 1))
                    continue;
                tried[tampering] = tried.GetValueOrDefault(tampering) + 1;
                await PutAsync(rows, table, partition, row.RowKey, columns, sealing);
                await LookAsync(engine, $"{tampering} ({table} {partition} {row.RowKey})");
                await rows.PlantAsItIsAsync(table, partition, row.RowKey, row.Columns);
            }
        }

        await EndAsync(rows, engine);
    }

    [Fact]
    public async Task Each_row_taken_away_is_missed()
    {
        var (rows, engine) = await FinishedCity.BuildAsync();
        await using var closed = engine;
        foreach (var (table, partition, row) in await AllAsync(rows))
        {
            await rows.TakeAsync(table, partition, (await rows.GetAsync(table, partition, row.RowKey, default))!);
            await LookAsync(engine, $"taken away: {table} {partition} {row.RowKey}");
            await rows.PlantAsItIsAsync(table, partition, row.RowKey, row.Columns);
        }

        await EndAsync(rows, engine);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_row_copied_to_another_place_is_found(bool sealing)
    {
        var (rows, engine) = await FinishedCity.BuildAsync();
        await using var closed = engine;
        var all = await AllAsync(rows);
        var places = all.Select(r => (r.Table, r.Partition, r.Row.RowKey)).ToHashSet();
        foreach (var (table, partition, row) in all)
        {
            foreach (
                var (to, key) in Places(all, table, partition, row.RowKey)
                    .Where(p => !places.Contains((table, p.Partition, p.Row)))
                    .Distinct()
            )
            {
                await PutAsync(rows, table, to, key, row.Columns, sealing);
                await LookAsync(engine, $"copied: {table} {partition} {row.RowKey} to {to} {key}");
                await rows.TakeAsync(table, to, (await rows.GetAsync(table, to, key, default))!);
            }
        }

        await EndAsync(rows, engine);
    }

    [Fact]
    public async Task Two_rows_of_one_kind_that_changed_places_are_found()
    {
        var (rows, engine) = await FinishedCity.BuildAsync();
        await using var closed = engine;
        var audit = engine.Get<IRowAudit>();
        foreach (var kind in (await AllAsync(rows)).GroupBy(r => (r.Table, Kind: audit.KindOf(r.Table, r.Partition, r.Row.RowKey))))
        {
            var pairs = kind.Zip(kind.Skip(1))
                .Where(p => RowSeal.Of("t", "p", "r", p.First.Row.Columns) != RowSeal.Of("t", "p", "r", p.Second.Row.Columns));
            foreach (var (a, b) in pairs.Take(3))
            {
                await rows.PlantAsync(a.Table, a.Partition, a.Row.RowKey, b.Row.Columns);
                await rows.PlantAsync(b.Table, b.Partition, b.Row.RowKey, a.Row.Columns);
                await LookAsync(engine, $"changed places: {a.Table} {a.Partition} {a.Row.RowKey} and {b.Partition} {b.Row.RowKey}");
                await rows.PlantAsItIsAsync(a.Table, a.Partition, a.Row.RowKey, a.Row.Columns);
                await rows.PlantAsItIsAsync(b.Table, b.Partition, b.Row.RowKey, b.Row.Columns);
            }
        }

        await EndAsync(rows, engine);
    }

    [Fact]
    public async Task A_row_that_belongs_nowhere_is_found_in_every_table_and_partition()
    {
        var (rows, engine) = await FinishedCity.BuildAsync();
        await using var closed = engine;
        var partitions = (await AllAsync(rows))
            .Select(r => (r.Table, r.Partition))
            .Concat(StorageKeys.Tables.Select(t => (t, "nowhere")))
            .Distinct();
        foreach (var (table, partition) in partitions)
        {
            await rows.PlantAsync(table, partition, "stray", new RowColumns { ["body"] = "{}" });
            await LookAsync(engine, $"added: {table} {partition}");
            await rows.TakeAsync(table, partition, (await rows.GetAsync(table, partition, "stray", default))!);
        }

        await EndAsync(rows, engine);
    }

    /// <summary>The next number, another key of the partition, the same key in other partitions of the table.</summary>
    private static IEnumerable<(string Partition, string Row)> Places(
        List<(string Table, string Partition, StoredRow Row)> all,
        string table,
        string partition,
        string row
    )
    {
        yield return (partition, row + "x");
        if (char.IsAsciiDigit(row[^1]))
            yield return (partition, Next(row));
        if (char.IsAsciiDigit(partition[^1]))
            yield return (Next(partition), row);
        foreach (var other in all.Where(r => r.Table == table && r.Partition != partition).Select(r => r.Partition).Distinct().Take(2))
            yield return (other, row);
    }

    private static string Next(string key)
    {
        var digits = key.Reverse().TakeWhile(char.IsAsciiDigit).Count();
        digits = Math.Min(digits, 9);
        return key[..^digits]
            + (long.Parse(key.AsSpan(key.Length - digits), CultureInfo.InvariantCulture) + 1).ToString(
                "D" + digits,
                CultureInfo.InvariantCulture
            );
    }

    private static Task PutAsync(WatchedRows rows, string table, string partition, string row, RowColumns columns, bool sealing) =>
        sealing ? rows.PlantAsync(table, partition, row, columns) : rows.PlantAsItIsAsync(table, partition, row, columns);

    private static async Task<List<(string Table, string Partition, StoredRow Row)>> AllAsync(WatchedRows rows)
    {
        var all = new List<(string, string, StoredRow)>();
        foreach (var table in StorageKeys.Tables)
            all.AddRange((await rows.AsStoredAsync(table)).Select(r => (table, r.Partition, r.Row)));
        return all;
    }

    private async Task LookAsync(Engine engine, string tampering)
    {
        _made++;
        if ((await engine.VerifyAsync()).Difference is not { Length: > 10 })
            _missed.Add(tampering);
    }

    /// <summary>Nothing was missed, the hand undid what it did, and verifying wrote nothing.</summary>
    private async Task EndAsync(WatchedRows rows, Engine engine)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"tamperings found/made: {_made - _missed.Count}/{_made}"));
        Assert.True(_missed.Count == 0, $"{_missed.Count} of {_made} tamperings were missed:\n{string.Join('\n', _missed.Take(40))}");
        await engine.VerifyHoldsAsync();
        var (untouched, told) = await FinishedCity.BuildAsync();
        await using var closed = told;
        Assert.Equal(await untouched.OutcomeAsync(), await rows.OutcomeAsync());
    }
}
