using System.Collections.Concurrent;

namespace Baotou.Payouts.AzureStorage.Rows;

/// <summary>
/// What this process last read or wrote of counted partitions, so that it need not be read again before every commit. A version stands for
/// one content: whoever changed a row since gave it another version, the commit that names the old one is refused, and everything is read
/// anew. Bounded: what does not fit any more is forgotten whole, which costs reads. Safe for many threads.
/// </summary>
internal sealed class KnownSeals
{
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<(string Table, string Partition), (string Version, Census Census)> _counts = new();
    private readonly ConcurrentDictionary<(string Table, string Partition, string Row), (string Version, string Seal)> _rows = new();

    /// <summary>The census of a partition and its version; null if it is not known.</summary>
    public (string Version, Census Census)? Count(string table, string partition) =>
        _counts.TryGetValue((table, partition), out var known) ? known : null;

    /// <summary>The seal of a row under that version; null if it is not known.</summary>
    public string? Seal(string table, string partition, string row, string version) =>
        _rows.TryGetValue((table, partition, row), out var known) && known.Version == version ? known.Seal : null;

    /// <summary>A row was read, and its seal fits.</summary>
    public void Keep(string table, string partition, StoredRow row, string seal)
    {
        if (_rows.Count >= Most)
            _rows.Clear();
        _rows[(table, partition, row.RowKey)] = (row.Version, seal);
    }

    /// <summary>A commit moved the census of a partition; a version that the answer did not tell is none.</summary>
    public void Keep(string table, string partition, Census census, string? version)
    {
        if (string.IsNullOrEmpty(version))
            return;
        if (_counts.Count >= Most)
            _counts.Clear();
        _counts[(table, partition)] = (version, census);
    }

    /// <summary>A commit was refused or its answer lost: the census is read again.</summary>
    public void Forget(string table, string partition) => _counts.TryRemove((table, partition), out _);
}
