using System.Globalization;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.AzureStorage.Tests.Rows;

/// <summary>Rows carry their seal, and partitions that nothing else covers are counted.</summary>
public sealed class Sealed_rows
{
    private readonly InMemoryRowStore _raw = new();
    private readonly SealedRows _rows;

    public Sealed_rows() => _rows = new SealedRows(_raw);

    [Fact]
    public async Task What_is_read_is_what_was_written()
    {
        await AddAsync("a", 1);

        var row = await _rows.GetAsync(StorageKeys.Acts, "p", "a", default);

        Assert.Equal(["n"], row!.Columns.Keys);
        Assert.Equal(1L, row.Columns.Number("n"));
        Assert.Equal(["a"], await KeysAsync());
    }

    [Fact]
    public async Task A_row_that_was_changed_is_not_acted_on()
    {
        await AddAsync("a", 1);
        var row = (await _raw.GetAsync(StorageKeys.Acts, "p", "a", default))!;
        row.Columns["n"] = 2L;
        await _raw.CommitAsync(StorageKeys.Acts, "p", [new RowWrite.Put("a", row.Columns)], default);

        var read = await Assert.ThrowsAsync<InvalidDataException>(() => _rows.GetAsync(StorageKeys.Acts, "p", "a", default));
        var written = await Assert.ThrowsAsync<InvalidDataException>(() =>
            _rows.CommitAsync(StorageKeys.Acts, "p", [new RowWrite.Put("a", new RowColumns { ["n"] = 3L })], default)
        );

        Assert.Contains("table acts, partition 'p', row 'a'", read.Message, StringComparison.Ordinal);
        Assert.Equal(read.Message, written.Message);
    }

    [Fact]
    public async Task A_partition_that_lost_its_census_is_not_written_on()
    {
        await AddAsync("a", 1);
        var census = (await _raw.GetAsync(StorageKeys.Acts, "p", "!census", default))!;
        await _raw.CommitAsync(StorageKeys.Acts, "p", [new RowWrite.Delete("!census", census.Version)], default);

        await Assert.ThrowsAsync<InvalidDataException>(() => AddAsync("b", 2));
    }

    [Fact]
    public async Task The_census_follows_whatever_is_written()
    {
        await AddAsync("a", 1);
        await AddAsync("b", 2);
        var empty = await CensusAsync();
        var b = (await _rows.GetAsync(StorageKeys.Acts, "p", "b", default))!;
        Assert.IsType<CommitOutcome.Committed>(
            await _rows.CommitAsync(StorageKeys.Acts, "p", [new RowWrite.Update("b", b.Version, new RowColumns { ["n"] = 3L })], default)
        );
        Assert.IsType<CommitOutcome.Committed>(
            await _rows.CommitAsync(
                StorageKeys.Acts,
                "p",
                [new RowWrite.Put("b", new RowColumns { ["n"] = 2L }), new RowWrite.Put("c", new RowColumns { ["n"] = 4L })],
                default
            )
        );
        var c = (await _rows.GetAsync(StorageKeys.Acts, "p", "c", default))!;
        Assert.IsType<CommitOutcome.Committed>(
            await _rows.CommitAsync(StorageKeys.Acts, "p", [new RowWrite.Delete("c", c.Version)], default)
        );

        Assert.Equal(empty, await CensusAsync());
        Assert.Equal(2, empty.Rows);
    }

    [Fact]
    public async Task What_is_refused_below_is_refused_and_not_counted()
    {
        await AddAsync("a", 1);
        var before = await CensusAsync();
        var old = (await _rows.GetAsync(StorageKeys.Acts, "p", "a", default))!.Version;
        await _rows.CommitAsync(StorageKeys.Acts, "p", [new RowWrite.Update("a", old, new RowColumns { ["n"] = 1L })], default);

        Assert.Equal(
            new CommitOutcome.Exists("a"),
            await _rows.CommitAsync(
                StorageKeys.Acts,
                "p",
                [new RowWrite.Add("z", new RowColumns()), new RowWrite.Add("a", new RowColumns())],
                default
            )
        );
        Assert.Equal(
            new CommitOutcome.Changed("a"),
            await _rows.CommitAsync(StorageKeys.Acts, "p", [new RowWrite.Update("a", old, new RowColumns())], default)
        );
        Assert.Equal(
            new CommitOutcome.Changed("a"),
            await _rows.CommitAsync(StorageKeys.Acts, "p", [new RowWrite.Delete("a", old)], default)
        );

        Assert.Equal(before, await CensusAsync());
    }

    [Fact]
    public async Task Writers_of_one_partition_keep_one_census()
    {
        await Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => Task.Run(() => AddAsync("r" + i.ToString("D3", CultureInfo.InvariantCulture), i)))
        );

        Assert.Equal(200, (await CensusAsync()).Rows);
        Assert.Equal(200, (await KeysAsync()).Count);
    }

    [Fact]
    public async Task What_one_writer_knows_it_does_not_read_again_before_it_writes()
    {
        var meter = new StorageMeter();
        var rows = new SealedRows(new InMemoryRowStore(meter));
        await rows.CommitAsync(StorageKeys.Acts, "p", [new RowWrite.Put("a", new RowColumns { ["n"] = 1L })], default);
        var a = (await rows.GetAsync(StorageKeys.Acts, "p", "a", default))!;
        var before = meter.TableTransactions;

        await rows.CommitAsync(StorageKeys.Acts, "p", [new RowWrite.Add("b", new RowColumns { ["n"] = 2L })], default);
        await rows.CommitAsync(
            StorageKeys.Acts,
            "p",
            [.. Enumerable.Range(0, 50).Select(i => new RowWrite.Put("c" + i.ToString(CultureInfo.InvariantCulture), new RowColumns()))],
            default
        );
        await rows.CommitAsync(StorageKeys.Acts, "p", [new RowWrite.Update("a", a.Version, new RowColumns { ["n"] = 3L })], default);

        Assert.Equal(3, meter.TableTransactions - before);
    }

    [Fact]
    public async Task What_another_process_wrote_meanwhile_is_read_and_counted()
    {
        var other = new SealedRows(_raw);
        await AddAsync("a", 1);
        var a = (await _rows.GetAsync(StorageKeys.Acts, "p", "a", default))!;
        await other.CommitAsync(
            StorageKeys.Acts,
            "p",
            [new RowWrite.Put("a", new RowColumns { ["n"] = 7L }), new RowWrite.Add("b", new RowColumns())],
            default
        );

        Assert.Equal(
            new CommitOutcome.Changed("a"),
            await _rows.CommitAsync(StorageKeys.Acts, "p", [new RowWrite.Update("a", a.Version, new RowColumns())], default)
        );
        Assert.IsType<CommitOutcome.Committed>(
            await _rows.CommitAsync(
                StorageKeys.Acts,
                "p",
                [new RowWrite.Put("b", new RowColumns { ["n"] = 8L }), new RowWrite.Add("c", new RowColumns())],
                default
            )
        );

        Assert.Equal(3, (await CensusAsync()).Rows);
        var direct = new SealedRows(_raw);
        foreach (var key in new[] { "a", "b", "c" })
        {
            var row = (await direct.GetAsync(StorageKeys.Acts, "p", key, default))!;
            await direct.CommitAsync(StorageKeys.Acts, "p", [new RowWrite.Delete(key, row.Version)], default);
        }

        Assert.Equal(Census.Empty, await CensusAsync());
    }

    [Fact]
    public async Task A_scan_shows_rows_and_not_how_they_are_sealed_and_counted()
    {
        await AddAsync("a", 1);
        var all = new List<string>();
        foreach (ITableScan scan in new ITableScan[] { _rows, _raw })
        {
            await foreach (var row in scan.ScanAsync(StorageKeys.Acts, null, default))
                all.Add($"{row.Partition} {row.RowKey} {string.Join(',', row.Columns.Keys)}");
        }

        Assert.Equal(["p a n", "p !census rows,sum,seal", "p a n,seal"], all);
    }

    [Fact]
    public async Task A_stamp_changes_with_every_write_of_its_partition_and_with_nothing_else()
    {
        var stamps = new List<string?> { await StampAsync() };
        await AddAsync("a", 1);
        stamps.Add(await StampAsync());
        await AddAsync("b", 1);
        stamps.Add(await StampAsync());
        var row = (await _rows.GetAsync(StorageKeys.Acts, "p", "b", default))!;
        await _rows.CommitAsync(StorageKeys.Acts, "p", [new RowWrite.Update("b", row.Version, new RowColumns { ["n"] = 2L })], default);
        stamps.Add(await StampAsync());
        await _rows.CommitAsync(StorageKeys.Acts, "other", [new RowWrite.Add("c", new RowColumns { ["n"] = 2L })], default);

        Assert.Null(stamps[0]);
        Assert.Equal(4, stamps.Distinct().Count());
        Assert.Equal(stamps[3], await StampAsync());
        Assert.Null(await ((IRowStore)_raw).StampAsync(StorageKeys.Acts, "p", default));

        Task<string?> StampAsync() => _rows.StampAsync(StorageKeys.Acts, "p", default);
    }

    private async Task AddAsync(string key, long n) =>
        Assert.IsType<CommitOutcome.Committed>(
            await _rows.CommitAsync(StorageKeys.Acts, "p", [new RowWrite.Add(key, new RowColumns { ["n"] = n })], default)
        );

    private async Task<Census> CensusAsync() => Census.Read((await _raw.GetAsync(StorageKeys.Acts, "p", Census.RowKey, default))!);

    private async Task<List<string>> KeysAsync()
    {
        var keys = new List<string>();
        await foreach (var row in _rows.QueryAsync(StorageKeys.Acts, "p", "", "~", default))
            keys.Add(row.RowKey);
        return keys;
    }
}
