namespace Baotou.Payouts.AzureStorage.Rows;

/// <summary>
/// The columns of a row by name: <see cref="string"/>, <see cref="long"/>, <see cref="bool"/> or <see cref="T:byte[]"/>. No other type, so
/// that money cannot become a double.
/// </summary>
public sealed class RowColumns : Dictionary<string, object>
{
    /// <summary>No columns yet.</summary>
    public RowColumns()
        : base(StringComparer.Ordinal) { }

    /// <summary>No columns yet, with room for so many.</summary>
    internal RowColumns(int capacity)
        : base(capacity, StringComparer.Ordinal) { }

    /// <summary>A text column; throws <see cref="KeyNotFoundException"/> if it is missing.</summary>
    public string Text(string name) => (string)this[name];

    /// <summary>A whole number column; throws <see cref="KeyNotFoundException"/> if it is missing.</summary>
    public long Number(string name) => (long)this[name];

    /// <summary>A flag column; throws <see cref="KeyNotFoundException"/> if it is missing.</summary>
    public bool Flag(string name) => (bool)this[name];
}

/// <summary>A row as it was read.</summary>
/// <param name="RowKey">Its key within the partition.</param>
/// <param name="Version">The ETag that an update must name.</param>
/// <param name="Columns">Its columns, keys not among them.</param>
public sealed record StoredRow(string RowKey, string Version, RowColumns Columns);

/// <summary>One write of a transaction. A transaction names each row once.</summary>
/// <param name="RowKey">The row.</param>
public abstract record RowWrite(string RowKey)
{
    /// <summary>Adds a row that must not exist.</summary>
    public sealed record Add(string RowKey, RowColumns Columns) : RowWrite(RowKey);

    /// <summary>Replaces a row that must still have that version.</summary>
    public sealed record Update(string RowKey, string Version, RowColumns Columns) : RowWrite(RowKey);

    /// <summary>Adds or replaces; only where the last writer is meant to win.</summary>
    public sealed record Put(string RowKey, RowColumns Columns) : RowWrite(RowKey);

    /// <summary>Deletes a row that must still have that version.</summary>
    public sealed record Delete(string RowKey, string Version) : RowWrite(RowKey);
}

/// <summary>What became of a transaction. Anything but <see cref="Committed"/> changed nothing.</summary>
public abstract record CommitOutcome
{
    private CommitOutcome() { }

    /// <summary>All writes took effect together.</summary>
    /// <param name="Versions">The versions that the rows have now, in the order of the writes, a deleted row's empty; or none, where the
    /// service told none.</param>
    public sealed record Committed(IReadOnlyList<string> Versions) : CommitOutcome;

    /// <summary>An added row exists already. Asking again cannot help: read it.</summary>
    public sealed record Exists(string RowKey) : CommitOutcome;

    /// <summary>A row was changed or deleted by somebody else. Read it and decide anew.</summary>
    public sealed record Changed(string RowKey) : CommitOutcome;
}

/// <summary>
/// Rows in tables with the real service's rules: a transaction has one table and one partition, 1 to 100 writes of different rows and at
/// most 4 MiB; a row at most 1 MiB and 252 columns; a text at most 32,768 UTF-16 units; keys at most 1,024 characters without <c>/ \ #
/// ?</c> and control characters. Breaking a rule throws <see cref="ArgumentException"/> before anything is sent, on every implementation
/// alike. Trouble on the way is thrown: whether the write took effect is then unknown, and the caller reads.
/// </summary>
public interface IRowStore : ITableScan
{
    /// <summary>Reads one row; null if there is none.</summary>
    Task<StoredRow?> GetAsync(string table, string partition, string rowKey, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the rows from <paramref name="from"/> (included) to <paramref name="below"/> (not included) in ordinal order of their keys.
    /// </summary>
    IAsyncEnumerable<StoredRow> QueryAsync(string table, string partition, string from, string below, CancellationToken cancellationToken);

    /// <summary>
    /// A text that changes whenever rows of a counted partition are added, changed or taken away by this program, for one read; null where
    /// nothing tells, and then the rows have to be read.
    /// </summary>
    Task<string?> StampAsync(string table, string partition, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>Writes all or nothing.</summary>
    Task<CommitOutcome> CommitAsync(string table, string partition, IReadOnlyList<RowWrite> writes, CancellationToken cancellationToken);
}
