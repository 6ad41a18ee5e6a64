using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.AzureStorage.Tests.Rows;

/// <summary>
/// Each limit of the service from both sides: what just fits is stored, what just does not is refused before anything is sent.
/// </summary>
public abstract partial class RowStoreContract
{
    [Fact]
    public async Task A_hundred_writes_pass()
    {
        Assert.IsType<CommitOutcome.Committed>(
            await Commit([.. Enumerable.Range(0, 100).Select(n => new RowWrite.Add($"e{n:D3}", Content(n)))])
        );
        Assert.Equal(100, (await Keys(Partition, "e", "f")).Count);
    }

    [Fact]
    public Task A_hundred_and_one_writes_are_refused() =>
        Refused("1 to 100 writes", [.. Enumerable.Range(0, 101).Select(n => new RowWrite.Add($"e{n:D3}", Content(n)))]);

    [Fact]
    public Task A_transaction_without_a_write_is_refused() => Refused("1 to 100 writes");

    [Fact]
    public Task A_row_named_twice_is_refused() =>
        Refused("named twice", new RowWrite.Add("row", Content(1)), new RowWrite.Put("row", Content(2)));

    [Theory]
    [InlineData('x')]
    [InlineData('免')]
    public async Task A_text_of_32768_units_passes(char unit)
    {
        string text = new(unit, 32_768);
        await Commit(new RowWrite.Add("row", new RowColumns { ["text"] = text }));

        Assert.Equal(text, (await Read("row"))!.Columns.Text("text"));
    }

    [Fact]
    public Task A_text_of_32769_units_is_refused() =>
        Refused("32769 UTF-16 units", new RowWrite.Add("row", new RowColumns { ["text"] = new string('x', 32_769) }));

    [Fact]
    public async Task A_binary_of_64_KiB_passes()
    {
        byte[] bytes = new byte[65_536];
        bytes[^1] = 1;
        await Commit(new RowWrite.Add("row", new RowColumns { ["bytes"] = bytes }));

        Assert.Equal(bytes, (byte[])(await Read("row"))!.Columns["bytes"]);
    }

    [Fact]
    public Task A_binary_above_64_KiB_is_refused() =>
        Refused("65537 bytes", new RowWrite.Add("row", new RowColumns { ["bytes"] = new byte[65_537] }));

    [Fact]
    public async Task A_row_just_under_1_MiB_passes() =>
        Assert.IsType<CommitOutcome.Committed>(await Commit(new RowWrite.Add("row", Texts(15, 32_768, ("last", 32_000)))));

    [Fact]
    public Task A_row_above_1_MiB_is_refused() => Refused("more than 1048576", new RowWrite.Add("row", Texts(16, 32_768)));

    [Fact]
    public async Task A_transaction_just_under_4_MiB_passes()
    {
        RowWrite[] writes =
        [
            .. Enumerable.Range(0, 7).Select(n => new RowWrite.Add($"e{n}", Texts(15, 32_768, ("last", 32_000)))),
            new RowWrite.Add("e8", Texts(15, 32_768, ("last", 25_000))),
        ];

        Assert.IsType<CommitOutcome.Committed>(await Commit(writes));
    }

    [Fact]
    public Task A_transaction_above_4_MiB_is_refused() =>
        Refused(
            "more than 4194304",
            [
                .. Enumerable.Range(0, 8).Select(n => new RowWrite.Add($"e{n}", Texts(15, 32_768, ("last", 32_000)))),
                new RowWrite.Add("e8", Texts(8, 32_000)),
            ]
        );

    [Fact]
    public Task Chinese_counts_as_what_is_sent() =>
        Refused(
            "more than 4194304",
            [.. Enumerable.Range(0, 22).Select(n => new RowWrite.Add($"e{n:D2}", new RowColumns { ["text"] = new string('免', 32_768) }))]
        );

    [Fact]
    public async Task As_much_Chinese_as_passes_is_taken()
    {
        RowWrite[] writes =
        [
            .. Enumerable.Range(0, 21).Select(n => new RowWrite.Add($"e{n:D2}", new RowColumns { ["text"] = new string('免', 32_768) })),
        ];

        Assert.IsType<CommitOutcome.Committed>(await Commit(writes));
    }

    [Fact]
    public async Task A_row_of_252_columns_passes()
    {
        await Commit(new RowWrite.Add("row", Columns(252)));

        Assert.Equal(252, (await Read("row"))!.Columns.Count);
    }

    [Fact]
    public Task A_row_of_253_columns_is_refused() => Refused("253 columns", new RowWrite.Add("row", Columns(253)));

    [Fact]
    public async Task A_key_of_255_characters_passes()
    {
        string key = new('k', 255);
        await Commit(new RowWrite.Add(key, Content(1)));

        Assert.NotNull(await Read(key));
    }

    [Fact]
    public Task A_key_of_1025_characters_is_refused() => RefusedKey(new string('k', 1025));

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\tb")]
    [InlineData("a\u0000b")]
    [InlineData("a\u007fb")]
    [InlineData("a\u009fb")]
    [InlineData("")]
    public Task A_key_with_a_forbidden_character_or_none_at_all_is_refused(string key) => RefusedKey(key);

    [Fact]
    public Task A_key_with_half_of_a_surrogate_pair_is_refused() => RefusedKey("a\ud800b");

    [Fact]
    public Task A_text_with_half_of_a_surrogate_pair_is_refused() =>
        Refused("surrogate", new RowWrite.Add("row", new RowColumns { ["text"] = "a\udc00" }));

    public static TheoryData<object?> OtherTypes() =>
        new() { 1m, 1d, 1f, 1, 1u, 1ul, DateTime.UnixEpoch, DateTimeOffset.UnixEpoch, Guid.Empty, 'x', null };

    [Theory]
    [MemberData(nameof(OtherTypes))]
    public Task A_column_of_another_type_is_refused(object? value) =>
        Refused("only string, long, bool and byte[]", new RowWrite.Add("row", new RowColumns { ["value"] = value! }));

    [Theory]
    [InlineData("PartitionKey")]
    [InlineData("RowKey")]
    [InlineData("Timestamp")]
    [InlineData("")]
    [InlineData("1a")]
    [InlineData("a-b")]
    [InlineData("odata.etag")]
    [InlineData("金额")]
    public Task A_column_name_the_service_does_not_take_is_refused(string name) =>
        Refused("column", new RowWrite.Add("row", new RowColumns { [name] = 1L }));

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    public async Task A_version_that_would_match_anything_is_refused(string version)
    {
        await Refused("version", new RowWrite.Update("row", version, Content(1)));
        await Refused("version", new RowWrite.Delete("row", version));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("1abc")]
    [InlineData("a-b-c")]
    [InlineData("表格名")]
    public async Task A_table_name_the_service_does_not_take_is_refused(string table)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.GetAsync(table, Partition, "row", CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Store.CommitAsync(table, Partition, [new RowWrite.Add("row", Content(1))], CancellationToken.None)
        );
        Assert.Throws<ArgumentException>(() => Store.QueryAsync(table, Partition, "a", "b", CancellationToken.None));
    }

    private static RowColumns Columns(int count)
    {
        var columns = new RowColumns();
        for (int n = 0; n < count; n++)
        {
            columns.Add($"c{n:D3}", (long)n);
        }

        return columns;
    }

    private static RowColumns Texts(int count, int length, params (string Name, int Length)[] more)
    {
        var columns = new RowColumns();
        for (int n = 0; n < count; n++)
        {
            columns.Add($"t{n:D2}", new string('x', length));
        }

        foreach ((string name, int units) in more)
        {
            columns.Add(name, new string('x', units));
        }

        return columns;
    }

    /// <summary>Refused, and the rest of the transaction did not come through either.</summary>
    private async Task Refused(string why, params RowWrite[] writes)
    {
        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(() => Commit(writes));
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(await Rows(Partition, "", "~"));
    }

    private async Task RefusedKey(string key)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Commit(new RowWrite.Add("good", Content(1)), new RowWrite.Add(key, Content(1))));
        await Assert.ThrowsAsync<ArgumentException>(() => Read(key));
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Store.CommitAsync(Table, key, [new RowWrite.Add("row", Content(1))], CancellationToken.None)
        );
        Assert.Empty(await Rows(Partition, "", "~"));
    }
}
