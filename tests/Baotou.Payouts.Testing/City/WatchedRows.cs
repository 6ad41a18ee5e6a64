using System.Text;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.Testing.City;

/// <summary>
/// Rows that know their partitions, so that a test can see all of them, change one behind the engine's back, or run something between two
/// calls.
/// </summary>
internal sealed class WatchedRows : IRowStore, ITableScan
{
    /// <summary>
    /// Every table whose content may not depend on how a run went. Fact logs hold repeats; freezes and standings depend on them.
    /// </summary>
    private static readonly string[] Outcome =
    [
        StorageKeys.Entitlements,
        StorageKeys.Claims,
        StorageKeys.Holds,
        StorageKeys.PoolLog,
        StorageKeys.PoolChain,
        StorageKeys.Payouts,
        StorageKeys.Acts,
    ];

    private readonly InMemoryRowStore _rows = new();
    private long _calls;

    /// <summary>Runs before each call with the call's number; it may use the rows itself.</summary>
    public Func<long, Task>? Before { get; set; }

    /// <summary>How many calls there were.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    /// <summary>Runs something once, before the n-th call from now; nothing waits any more once it ran.</summary>
    public void Meet(long call, Func<Task> other)
    {
        var meeting = Calls + call;
        Before = async number =>
        {
            if (number != meeting)
                return;
            Before = null;
            await other();
        };
    }

    public async Task<StoredRow?> GetAsync(string table, string partition, string rowKey, CancellationToken cancellationToken)
    {
        await CountAsync();
        return await _rows.GetAsync(table, partition, rowKey, cancellationToken);
    }

    public async IAsyncEnumerable<StoredRow> QueryAsync(
        string table,
        string partition,
        string from,
        string below,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await CountAsync();
        await foreach (var row in _rows.QueryAsync(table, partition, from, below, cancellationToken))
            yield return row;
    }

    public async Task<CommitOutcome> CommitAsync(
        string table,
        string partition,
        IReadOnlyList<RowWrite> writes,
        CancellationToken cancellationToken
    )
    {
        await CountAsync();
        return await _rows.CommitAsync(table, partition, writes, cancellationToken);
    }

    /// <summary>The same rows without anybody watching.</summary>
    public InMemoryRowStore Unwatched => _rows;

    /// <summary>Reads a whole table; not counted, so that it may run between two calls.</summary>
    public IAsyncEnumerable<PlacedRow> ScanAsync(string table, string? rowKey, CancellationToken cancellationToken) =>
        _rows.ScanAsync(table, rowKey, cancellationToken);

    /// <summary>
    /// All rows of a table with their partitions, in order, as whoever wrote them knows them: without seals and censuses.
    /// </summary>
    public async Task<List<(string Partition, StoredRow Row)>> AllAsync(string table)
    {
        var all = (await AsStoredAsync(table)).Where(r => r.Row.RowKey != "!census").ToList();
        foreach (var (_, row) in all)
            row.Columns.Remove(RowSeal.Column);
        return all;
    }

    /// <summary>All rows of a table with their partitions, in order, seals and censuses among them.</summary>
    public async Task<List<(string Partition, StoredRow Row)>> AsStoredAsync(string table)
    {
        var all = new List<(string, StoredRow)>();
        await foreach (var row in _rows.ScanAsync(table, null, default))
            all.Add((row.Partition, (await _rows.GetAsync(table, row.Partition, row.RowKey, default))!));
        return all;
    }

    /// <summary>The same rows once more, to go on from apart.</summary>
    public async Task<WatchedRows> CopyAsync()
    {
        var copy = new WatchedRows();
        await WriteToAsync(copy);
        return copy;
    }

    /// <summary>Rows as they are stored somewhere else.</summary>
    public static async Task<WatchedRows> OfAsync(IEnumerable<PlacedRow> rows)
    {
        var copy = new WatchedRows();
        await WriteAsync(rows, copy);
        return copy;
    }

    /// <summary>Puts all rows into another store, as they are stored here.</summary>
    public async Task WriteToAsync(IRowStore other)
    {
        foreach (var table in StorageKeys.Tables)
            await WriteAsync(
                (await AsStoredAsync(table)).Select(r => new PlacedRow(table, r.Partition, r.Row.RowKey, r.Row.Columns)),
                other
            );
    }

    /// <summary>Puts a row behind the engine's back, by a hand that knows the seal.</summary>
    public Task PlantAsync(string table, string partition, string rowKey, RowColumns columns) =>
        PlantAsItIsAsync(table, partition, rowKey, RowSeal.Put(table, partition, rowKey, columns));

    /// <summary>Puts a row behind the engine's back, whatever its seal says.</summary>
    public Task PlantAsItIsAsync(string table, string partition, string rowKey, RowColumns columns) =>
        _rows.CommitAsync(table, partition, [new RowWrite.Put(rowKey, columns)], default);

    /// <summary>Takes a row away behind the engine's back.</summary>
    public Task TakeAsync(string table, string partition, StoredRow row) =>
        _rows.CommitAsync(table, partition, [new RowWrite.Delete(row.RowKey, row.Version)], default);

    /// <summary>Everything that may not depend on how a run went, as one text.</summary>
    public async Task<string> OutcomeAsync()
    {
        var text = new StringBuilder();
        foreach (var table in Outcome)
        {
            foreach (var (partition, row) in await AllAsync(table))
            {
                text.Append(table).Append(' ').Append(partition).Append(' ').Append(row.RowKey);
                foreach (var (name, value) in row.Columns.OrderBy(c => c.Key, StringComparer.Ordinal))
                    text.Append(' ').Append(name).Append('=').Append(value);
                text.Append('\n');
            }
        }

        return text.ToString();
    }

    private static async Task WriteAsync(IEnumerable<PlacedRow> rows, IRowStore to)
    {
        foreach (var partition in rows.GroupBy(r => (r.Table, r.Partition)))
        {
            foreach (var some in partition.Select(r => new RowWrite.Put(r.RowKey, r.Columns)).Chunk(100))
                await to.CommitAsync(partition.Key.Table, partition.Key.Partition, some, default);
        }
    }

    private Task CountAsync()
    {
        var call = Interlocked.Increment(ref _calls);
        return Before is { } before ? before(call) : Task.CompletedTask;
    }
}
