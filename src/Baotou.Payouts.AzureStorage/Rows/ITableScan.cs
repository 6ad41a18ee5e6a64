namespace Baotou.Payouts.AzureStorage.Rows;

/// <summary>A row with its place.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="RowKey">Its key within the partition.</param>
/// <param name="Columns">Its columns, keys not among them.</param>
public sealed record PlacedRow(string Table, string Partition, string RowKey, RowColumns Columns);

/// <summary>Reads whole tables: for backups and for verifying, never for the engine's own work, which knows its partitions.</summary>
public interface ITableScan
{
    /// <summary>
    /// Every row of a table in ordinal order of partition and key; with <paramref name="rowKey"/> only rows of that key. No snapshot: what
    /// is written meanwhile may show or not, but a row that stood before the call began and still stands is never left out.
    /// </summary>
    IAsyncEnumerable<PlacedRow> ScanAsync(string table, string? rowKey, CancellationToken cancellationToken);
}
