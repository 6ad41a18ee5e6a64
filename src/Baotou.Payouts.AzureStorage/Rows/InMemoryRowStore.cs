using System.Globalization;
using System.Runtime.CompilerServices;
using Baotou.Payouts.Application.Telemetry;

namespace Baotou.Payouts.AzureStorage.Rows;

/// <summary>
/// Rows in memory under the same rules as the service: same limits, versions, order and answers, held to them by the contract suite that
/// the real one passes too. For tests and for whole runs that leave nothing behind. Tables come into being when first written. Safe for
/// many threads.
/// </summary>
public sealed class InMemoryRowStore : IRowStore, ITableScan
{
    // The service's page: a long query is no snapshot, rows written between two pages show up.
    private const int PageRows = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Table, string Partition), Partition> _partitions = [];
    private readonly StorageMeter _meter;
    private long _versions;

    /// <summary>No rows yet; requests are counted by <paramref name="meter"/> or, without one, not at all.</summary>
    public InMemoryRowStore(StorageMeter? meter = null) => _meter = meter ?? new StorageMeter();

    /// <inheritdoc/>
    public Task<StoredRow?> GetAsync(string table, string partition, string rowKey, CancellationToken cancellationToken)
    {
        RowRules.CheckRow(table, partition, rowKey);
        cancellationToken.ThrowIfCancellationRequested();
        _meter.CountTable();
        lock (_lock)
        {
            StoredRow? row = Find(table, partition)?.Rows.GetValueOrDefault(rowKey);
            return Task.FromResult(row is null ? null : Copy(row));
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredRow> QueryAsync(
        string table,
        string partition,
        string from,
        string below,
        CancellationToken cancellationToken
    )
    {
        RowRules.CheckRange(table, partition, from, below);
        return Pages(table, partition, from, below, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CommitOutcome> CommitAsync(
        string table,
        string partition,
        IReadOnlyList<RowWrite> writes,
        CancellationToken cancellationToken
    )
    {
        RowRules.CheckTransaction(table, partition, writes);
        cancellationToken.ThrowIfCancellationRequested();
        _meter.CountTable();
        lock (_lock)
        {
            Partition? found = Find(table, partition);
            foreach (RowWrite write in writes)
            {
                if (Refuse(found, write) is { } refusal)
                {
                    EngineMeter.CountConflict();
                    return Task.FromResult(refusal);
                }
            }

            if (found is null)
            {
                found = new Partition();
                _partitions.Add((table, partition), found);
            }

            return Task.FromResult<CommitOutcome>(new CommitOutcome.Committed([.. writes.Select(write => Apply(found, write))]));
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<PlacedRow> ScanAsync(
        string table,
        string? rowKey,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        RowRules.CheckTable(table);
        string? last = null;
        while (true)
        {
            _meter.CountTable();
            string? partition;
            lock (_lock)
            {
                partition = _partitions
                    .Keys.Where(key => key.Table == table && string.CompareOrdinal(key.Partition, last) > 0)
                    .Select(key => key.Partition)
                    .Min(StringComparer.Ordinal);
            }

            if (partition is null)
            {
                yield break;
            }

            await foreach (
                StoredRow row in Pages(
                    table,
                    partition,
                    rowKey ?? "\u0020",
                    rowKey is null ? "\uFFFF" : rowKey + "\u0020",
                    cancellationToken
                )
            )
            {
                yield return new PlacedRow(table, partition, row.RowKey, row.Columns);
            }

            last = partition;
        }
    }

    private async IAsyncEnumerable<StoredRow> Pages(
        string table,
        string partition,
        string from,
        string below,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string? last = null;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _meter.CountTable();
            List<StoredRow> page = Page(table, partition, from, below, last);
            foreach (StoredRow row in page)
            {
                yield return row;
            }

            if (page.Count < PageRows)
            {
                yield break;
            }

            last = page[^1].RowKey;
            await Task.Yield();
        }
    }

    private List<StoredRow> Page(string table, string partition, string from, string below, string? last)
    {
        var page = new List<StoredRow>();
        string start = last ?? from;
        lock (_lock)
        {
            if (Find(table, partition) is not { } found || string.CompareOrdinal(start, below) >= 0)
            {
                return page;
            }

            foreach (string rowKey in found.Order.GetViewBetween(start, below))
            {
                if (rowKey == last || rowKey == below)
                {
                    continue;
                }

                page.Add(Copy(found.Rows[rowKey]));
                if (page.Count == PageRows)
                {
                    break;
                }
            }
        }

        return page;
    }

    private Partition? Find(string table, string partition) => _partitions.GetValueOrDefault((table, partition));

    private static CommitOutcome? Refuse(Partition? partition, RowWrite write)
    {
        StoredRow? present = partition?.Rows.GetValueOrDefault(write.RowKey);
        return write switch
        {
            RowWrite.Add when present is not null => new CommitOutcome.Exists(write.RowKey),
            RowWrite.Update update when present?.Version != update.Version => new CommitOutcome.Changed(write.RowKey),
            RowWrite.Delete delete when present?.Version != delete.Version => new CommitOutcome.Changed(write.RowKey),
            _ => null,
        };
    }

    /// <summary>Writes one row and answers its version now; empty if it is deleted.</summary>
    private string Apply(Partition partition, RowWrite write)
    {
        RowColumns? columns = write switch
        {
            RowWrite.Add add => add.Columns,
            RowWrite.Update update => update.Columns,
            RowWrite.Put put => put.Columns,
            _ => null,
        };
        if (columns is null)
        {
            partition.Rows.Remove(write.RowKey);
            partition.Order.Remove(write.RowKey);
            return "";
        }

        _versions++;
        string version = "W/\"" + _versions.ToString(CultureInfo.InvariantCulture) + "\"";
        partition.Rows[write.RowKey] = new StoredRow(write.RowKey, version, Copy(columns));
        partition.Order.Add(write.RowKey);
        return version;
    }

    private static StoredRow Copy(StoredRow row) => row with { Columns = Copy(row.Columns) };

    /// <summary>Neither the writer nor a reader holds on to what is stored.</summary>
    private static RowColumns Copy(RowColumns columns)
    {
        var copy = new RowColumns(columns.Count);
        foreach ((string name, object value) in columns)
        {
            copy.Add(name, value is byte[] bytes ? bytes.Clone() : value);
        }

        return copy;
    }

    private sealed class Partition
    {
        internal Dictionary<string, StoredRow> Rows { get; } = new(StringComparer.Ordinal);

        internal SortedSet<string> Order { get; } = new(StringComparer.Ordinal);
    }
}
