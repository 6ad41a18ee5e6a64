using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.AzureStorage.Tests.Rows;

/// <summary>What every row store promises. Each implementation runs all of it.</summary>
public abstract partial class RowStoreContract : IAsyncLifetime
{
    protected const string Partition = "pool-2022-001";

    protected IRowStore Store { get; private set; } = null!;

    protected string Table { get; private set; } = null!;

    public async Task InitializeAsync() => (Store, Table) = await OpenAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>The store and an empty table of this test's own.</summary>
    protected abstract Task<(IRowStore Store, string Table)> OpenAsync();

    [Fact]
    public async Task A_row_that_was_never_written_is_null() => Assert.Null(await Read("none"));

    [Fact]
    public async Task Every_type_of_column_comes_back_as_it_was_written()
    {
        byte[] bytes = [0, 1, 255];
        await Commit(
            new RowWrite.Add(
                "row",
                new RowColumns
                {
                    ["text"] = "申报即享 \"'<>&\\ 𠮷\t\n",
                    ["empty"] = "",
                    ["fen"] = (1L << 53) + 1,
                    ["least"] = long.MinValue,
                    ["most"] = long.MaxValue,
                    ["one"] = 1L,
                    ["flag"] = true,
                    ["bytes"] = bytes,
                }
            )
        );

        RowColumns columns = (await Read("row"))!.Columns;

        Assert.Equal(8, columns.Count);
        Assert.Equal("申报即享 \"'<>&\\ 𠮷\t\n", columns.Text("text"));
        Assert.Equal("", columns.Text("empty"));
        Assert.Equal((1L << 53) + 1, columns.Number("fen"));
        Assert.Equal(long.MinValue, columns.Number("least"));
        Assert.Equal(long.MaxValue, columns.Number("most"));
        Assert.Equal(1L, columns.Number("one"));
        Assert.True(columns.Flag("flag"));
        Assert.Equal(bytes, (byte[])columns["bytes"]);
    }

    [Fact]
    public async Task A_scan_gives_every_row_of_every_partition_by_partition_and_key()
    {
        foreach (string partition in new[] { "b", "a!1", "a" })
        {
            foreach (string row in new[] { "z", "!", "m" })
                await Store.CommitAsync(Table, partition, [new RowWrite.Add(row, new RowColumns { ["at"] = partition + row })], default);
        }

        var all = new List<string>();
        await foreach (var row in Store.ScanAsync(Table, null, default))
        {
            Assert.Equal(row.Partition + row.RowKey, row.Columns.Text("at"));
            all.Add($"{row.Partition} {row.RowKey}");
        }

        Assert.Equal(["a !", "a m", "a z", "a!1 !", "a!1 m", "a!1 z", "b !", "b m", "b z"], all);
    }

    [Fact]
    public async Task What_looks_like_a_date_or_an_id_stays_text()
    {
        await Commit(
            new RowWrite.Add(
                "row",
                new RowColumns
                {
                    ["day"] = "2022-12-31T00:00:00Z",
                    ["id"] = "6f9619ff-8b86-d011-b42d-00cf4fc964ff",
                    ["number"] = "12",
                }
            )
        );

        RowColumns columns = (await Read("row"))!.Columns;

        Assert.Equal("2022-12-31T00:00:00Z", columns.Text("day"));
        Assert.Equal("6f9619ff-8b86-d011-b42d-00cf4fc964ff", columns.Text("id"));
        Assert.Equal("12", columns.Text("number"));
    }

    [Fact]
    public async Task Neither_writer_nor_reader_holds_on_to_what_is_stored()
    {
        var columns = new RowColumns { ["bytes"] = new byte[] { 1 }, ["n"] = 1L };
        await Commit(new RowWrite.Add("row", columns));
        columns["n"] = 2L;
        ((byte[])columns["bytes"])[0] = 2;
        StoredRow first = (await Read("row"))!;
        first.Columns["n"] = 3L;
        ((byte[])first.Columns["bytes"])[0] = 3;

        StoredRow second = (await Read("row"))!;

        Assert.Equal(1L, second.Columns.Number("n"));
        Assert.Equal(new byte[] { 1 }, (byte[])second.Columns["bytes"]);
    }

    [Fact]
    public async Task An_update_replaces_the_whole_row_and_gives_it_another_version()
    {
        await Commit(new RowWrite.Add("row", new RowColumns { ["a"] = 1L, ["b"] = 2L }));
        StoredRow before = (await Read("row"))!;

        Assert.IsType<CommitOutcome.Committed>(await Commit(new RowWrite.Update("row", before.Version, new RowColumns { ["b"] = 3L })));

        StoredRow after = (await Read("row"))!;
        Assert.NotEqual(before.Version, after.Version);
        Assert.Equal(["b"], after.Columns.Keys);
        Assert.Equal(3L, after.Columns.Number("b"));
    }

    [Fact]
    public async Task A_put_adds_and_replaces_the_whole_row()
    {
        await Commit(new RowWrite.Put("row", new RowColumns { ["a"] = 1L }));
        await Commit(new RowWrite.Put("row", new RowColumns { ["b"] = 2L }));

        Assert.Equal(["b"], (await Read("row"))!.Columns.Keys);
    }

    [Fact]
    public async Task A_row_deleted_and_added_again_has_a_version_of_its_own()
    {
        await Commit(new RowWrite.Add("row", Content(1)));
        StoredRow first = (await Read("row"))!;
        await Commit(new RowWrite.Delete("row", first.Version));
        Assert.Null(await Read("row"));
        await Commit(new RowWrite.Add("row", Content(1)));

        CommitOutcome outcome = await Commit(new RowWrite.Update("row", first.Version, Content(2)));

        Assert.Equal(new CommitOutcome.Changed("row"), outcome);
        Assert.Equal(1L, (await Read("row"))!.Columns.Number("n"));
    }

    [Fact]
    public async Task Partitions_and_tables_do_not_see_each_other()
    {
        await Commit(new RowWrite.Add("row", Content(1)));

        Assert.Null(await Store.GetAsync(Table, "other", "row", CancellationToken.None));
        Assert.IsType<CommitOutcome.Committed>(
            await Store.CommitAsync(Table, "other", [new RowWrite.Add("row", Content(2))], CancellationToken.None)
        );
        Assert.Equal(1L, (await Read("row"))!.Columns.Number("n"));
    }

    [Fact]
    public async Task Keys_differ_by_case_and_may_have_quotes_blanks_percent_signs_and_Chinese()
    {
        string[] keys = ["a", "A", "it's", "''", "a b", "100%25", "p:1+2&x=3", "免申即享", "~"];
        foreach (string key in keys)
        {
            Assert.IsType<CommitOutcome.Committed>(
                await Store.CommitAsync(
                    Table,
                    "p'%20 城",
                    [new RowWrite.Add(key, new RowColumns { ["key"] = key })],
                    CancellationToken.None
                )
            );
        }

        foreach (string key in keys)
        {
            Assert.Equal(key, (await Store.GetAsync(Table, "p'%20 城", key, CancellationToken.None))!.Columns.Text("key"));
        }

        List<string> found = await Keys("p'%20 城", "", "\uffff");
        Assert.Equal(keys.Order(StringComparer.Ordinal), found);
        Assert.Equal(["it's"], await Keys("p'%20 城", "it's", "it't"));
    }

    [Fact]
    public async Task A_query_includes_its_start_excludes_its_end_and_is_in_ordinal_order()
    {
        foreach (string key in new[] { "e10", "e2", "E1", "e1", "f", "e1-a", "e1a" })
        {
            await Commit(new RowWrite.Add(key, Content(1)));
        }

        Assert.Equal(["e1", "e1-a", "e10", "e1a", "e2"], await Keys(Partition, "e1", "f"));
        Assert.Equal(["e10", "e1a"], await Keys(Partition, "e10", "e2"));
        Assert.Equal([], await Keys(Partition, "e3", "f"));
        Assert.Equal([], await Keys(Partition, "f", "e1"));
        Assert.Equal([], await Keys(Partition, "e1", "e1"));
        Assert.Equal([], await Keys("unknown", "", "z"));
    }

    [Fact]
    public async Task A_query_goes_on_over_many_pages()
    {
        for (int block = 0; block < 22; block++)
        {
            await Commit([.. Enumerable.Range(block * 100, 100).Select(n => new RowWrite.Add($"e{n:D8}", Content(n)))]);
        }

        List<StoredRow> rows = await Rows(Partition, "e", "f");

        Assert.Equal(Enumerable.Range(0, 2200).Select(n => (long)n), rows.Select(row => row.Columns.Number("n")));
    }

    [Fact]
    public async Task A_version_that_a_query_told_serves_an_update()
    {
        await Commit(new RowWrite.Add("row", Content(1)));
        StoredRow row = Assert.Single(await Rows(Partition, "row", "rox"));

        Assert.IsType<CommitOutcome.Committed>(await Commit(new RowWrite.Update("row", row.Version, Content(2))));
    }

    [Fact]
    public async Task Of_many_that_take_from_one_balance_none_is_lost()
    {
        await Commit(new RowWrite.Add("head", Content(0)));

        async Task<int> Take(int worker)
        {
            int taken = 0;
            for (int attempt = 0; taken < 5; attempt++)
            {
                StoredRow head = (await Read("head"))!;
                long n = head.Columns.Number("n");
                CommitOutcome outcome = await Commit(
                    new RowWrite.Update("head", head.Version, Content(n + 1)),
                    new RowWrite.Add($"e{n:D8}", new RowColumns { ["worker"] = (long)worker })
                );
                taken += outcome is CommitOutcome.Committed ? 1 : 0;
            }

            return taken;
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() => Take(worker))));

        Assert.Equal(20L, (await Read("head"))!.Columns.Number("n"));
        Assert.Equal(20, (await Keys(Partition, "e", "f")).Count);
    }

    [Fact]
    public async Task A_cancelled_call_stops()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.GetAsync(Table, Partition, "row", cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Store.CommitAsync(Table, Partition, [new RowWrite.Add("row", Content(1))], cancelled.Token)
        );
        Assert.Null(await Read("row"));
    }

    protected static RowColumns Content(long n) => new() { ["n"] = n };

    protected Task<StoredRow?> Read(string rowKey) => Store.GetAsync(Table, Partition, rowKey, CancellationToken.None);

    protected Task<CommitOutcome> Commit(params RowWrite[] writes) => Store.CommitAsync(Table, Partition, writes, CancellationToken.None);

    protected async Task<List<StoredRow>> Rows(string partition, string from, string below)
    {
        var rows = new List<StoredRow>();
        await foreach (StoredRow row in Store.QueryAsync(Table, partition, from, below, CancellationToken.None))
        {
            rows.Add(row);
        }

        return rows;
    }

    protected async Task<List<string>> Keys(string partition, string from, string below) =>
        [.. (await Rows(partition, from, below)).Select(row => row.RowKey)];
}
