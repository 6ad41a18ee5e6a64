using System.Runtime.CompilerServices;

namespace Baotou.Payouts.AzureStorage.Rows;

/// <summary>
/// Rows with their seals and censuses, over rows of any kind. What is read has to fit its seal: acting on a row that somebody changed is
/// worse than stopping, and writing it again would hide the change.
/// </summary>
public sealed class SealedRows(IRowStore rows) : IRowStore
{
    private readonly KnownSeals _known = new();

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The row does not fit its seal.</exception>
    public async Task<StoredRow?> GetAsync(string table, string partition, string rowKey, CancellationToken cancellationToken)
    {
        if (await rows.GetAsync(table, partition, rowKey, cancellationToken) is not { } row)
            return null;
        var seal = SealOf(table, partition, row);
        if (StorageKeys.IsCounted(table, partition, rowKey))
            _known.Keep(table, partition, row, seal);
        row.Columns.Remove(RowSeal.Column);
        return row;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A row does not fit its seal.</exception>
    public IAsyncEnumerable<StoredRow> QueryAsync(
        string table,
        string partition,
        string from,
        string below,
        CancellationToken cancellationToken
    )
    {
        RowRules.CheckRange(table, partition, from, below);
        return OpenedAsync(table, partition, from, below, cancellationToken);
    }

    /// <summary>The rows as they are stored, seals and censuses among them, and nothing of it checked.</summary>
    internal ITableScan AsStored => rows;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A row does not fit its seal.</exception>
    public async IAsyncEnumerable<PlacedRow> ScanAsync(
        string table,
        string? rowKey,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var row in rows.ScanAsync(table, rowKey, cancellationToken))
        {
            if (row.RowKey != Census.RowKey)
                yield return row with
                {
                    Columns = Opened(table, row.Partition, new StoredRow(row.RowKey, "", row.Columns)).Columns,
                };
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The census does not fit its seal.</exception>
    public async Task<string?> StampAsync(string table, string partition, CancellationToken cancellationToken) =>
        await rows.GetAsync(table, partition, Census.RowKey, cancellationToken) is { } row ? SealOf(table, partition, row) : null;

    /// <inheritdoc/>
    public async Task<CommitOutcome> CommitAsync(
        string table,
        string partition,
        IReadOnlyList<RowWrite> writes,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(writes);
        RowRules.CheckTransaction(table, partition, writes);
        if (!writes.Any(w => StorageKeys.IsCounted(table, partition, w.RowKey)))
            return await rows.CommitAsync(table, partition, [.. writes.Select(w => Sealed(table, partition, w))], cancellationToken);
        for (var looks = false; ; looks = true)
        {
            var (counted, census, refusal) = await CountAsync(table, partition, writes, looks, cancellationToken);
            if (refusal is not null)
                return refusal;
            _known.Forget(table, partition);
            var outcome = await rows.CommitAsync(table, partition, counted, cancellationToken);
            if (outcome is CommitOutcome.Committed done && done.Versions.Count == counted.Count)
            {
                _known.Keep(table, partition, census, done.Versions[^1]);
                return done with { Versions = [.. done.Versions.Take(writes.Count)] };
            }

            if (!IsOurs(outcome, writes, r => StorageKeys.IsCounted(table, partition, r)))
                return outcome;
        }
    }

    /// <summary>
    /// The writes with what they do to the census, each naming the version that was counted. Without looking, what is known is taken for
    /// what is stored and what is put for new: the commit tells if it is otherwise.
    /// </summary>
    private async Task<(List<RowWrite> Counted, Census After, CommitOutcome? Refusal)> CountAsync(
        string table,
        string partition,
        IReadOnlyList<RowWrite> writes,
        bool looks,
        CancellationToken cancellationToken
    )
    {
        var (version, census) =
            (looks ? null : _known.Count(table, partition)) ?? await ReadCensusAsync(table, partition, cancellationToken);
        var counted = new List<RowWrite>(writes.Count + 1);
        foreach (var write in writes)
        {
            if (!StorageKeys.IsCounted(table, partition, write.RowKey))
            {
                counted.Add(Sealed(table, partition, write));
                continue;
            }

            var named = (write as RowWrite.Update)?.Version ?? (write as RowWrite.Delete)?.Version;
            var known = looks || named is null ? null : _known.Seal(table, partition, write.RowKey, named);
            var before =
                known is not null || write is RowWrite.Add || (write is RowWrite.Put && !looks)
                    ? null
                    : await rows.GetAsync(table, partition, write.RowKey, cancellationToken);
            if (before is not null)
                known = SealOf(table, partition, before);
            if (known is not null)
                census = census.Without(known);
            var now = write switch
            {
                RowWrite.Update or RowWrite.Delete when known is null || (before is not null && before.Version != named) => null,
                RowWrite.Put w => before is null
                    ? new RowWrite.Add(w.RowKey, w.Columns)
                    : new RowWrite.Update(w.RowKey, before.Version, w.Columns),
                _ => write,
            };
            if (now is null)
                return ([], census, new CommitOutcome.Changed(write.RowKey));
            now = Sealed(table, partition, now);
            if (ColumnsOf(now) is { } columns)
                census = census.With(columns.Text(RowSeal.Column));
            counted.Add(now);
        }

        var moved = RowSeal.Put(table, partition, Census.RowKey, census.Columns());
        counted.Add(version is null ? new RowWrite.Add(Census.RowKey, moved) : new RowWrite.Update(Census.RowKey, version, moved));
        return (counted, census, null);
    }

    /// <summary>Between two reads somebody else may have begun the partition; its rows and their census come together.</summary>
    private async Task<(string? Version, Census Census)> ReadCensusAsync(
        string table,
        string partition,
        CancellationToken cancellationToken
    )
    {
        var row = await rows.GetAsync(table, partition, Census.RowKey, cancellationToken);
        if (
            row is null
            && await AnyAsync(table, partition, cancellationToken)
            && (row = await rows.GetAsync(table, partition, Census.RowKey, cancellationToken)) is null
        )
            throw new InvalidDataException(
                $"table {table}, partition '{partition}': it has rows and no row '{Census.RowKey}' that counts them; somebody took it away. Run payouts verify."
            );
        return row is null ? (null, Census.Empty) : (row.Version, Census.Read(Opened(table, partition, row)));
    }

    /// <summary>
    /// Whether a refusal concerns only what was added here: the census, or the version of a row that the caller did not ask about.
    /// </summary>
    private static bool IsOurs(CommitOutcome outcome, IReadOnlyList<RowWrite> writes, Func<string, bool> counts)
    {
        var refused = (outcome as CommitOutcome.Changed)?.RowKey ?? (outcome as CommitOutcome.Exists)?.RowKey;
        return refused is not null
            && (refused == Census.RowKey || writes.Any(w => w is RowWrite.Put && w.RowKey == refused && counts(refused)));
    }

    private async Task<bool> AnyAsync(string table, string partition, CancellationToken cancellationToken)
    {
        await foreach (var row in rows.QueryAsync(table, partition, Census.RowKey, "\ufffd", cancellationToken))
        {
            if (row.RowKey != Census.RowKey && StorageKeys.IsCounted(table, partition, row.RowKey))
                return true;
        }

        return false;
    }

    private async IAsyncEnumerable<StoredRow> OpenedAsync(
        string table,
        string partition,
        string from,
        string below,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var row in rows.QueryAsync(table, partition, from, below, cancellationToken))
        {
            if (row.RowKey != Census.RowKey)
                yield return Opened(table, partition, row);
        }
    }

    private static string SealOf(string table, string partition, StoredRow row) =>
        RowSeal.Problem(table, partition, row) is { } problem ? throw new InvalidDataException(problem) : row.Columns.Text(RowSeal.Column);

    private static StoredRow Opened(string table, string partition, StoredRow row)
    {
        SealOf(table, partition, row);
        row.Columns.Remove(RowSeal.Column);
        return row;
    }

    private static RowWrite Sealed(string table, string partition, RowWrite write) =>
        write switch
        {
            RowWrite.Add w => w with { Columns = RowSeal.Put(table, partition, w.RowKey, w.Columns) },
            RowWrite.Update w => w with { Columns = RowSeal.Put(table, partition, w.RowKey, w.Columns) },
            RowWrite.Put w => w with { Columns = RowSeal.Put(table, partition, w.RowKey, w.Columns) },
            _ => write,
        };

    private static RowColumns? ColumnsOf(RowWrite write) =>
        write switch
        {
            RowWrite.Add w => w.Columns,
            RowWrite.Update w => w.Columns,
            _ => null,
        };
}
