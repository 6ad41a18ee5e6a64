using System.Globalization;
using Baotou.Payouts.Application;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.AzureStorage.Backups;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.AzureStorage.Verifying;

/// <summary>
/// Goes through every row of every table: seal, kind, form and key of each, and then logs and censuses against the rows they count.
/// </summary>
internal sealed class RowAudit(SealedRows rows, EngineOptions options) : IRowAudit
{
    private readonly IReadOnlyList<RowKind> _kinds = RowKinds.Of(options.Buckets);

    public IReadOnlyList<string> Kinds => [.. _kinds.Select(k => k.Name).Distinct()];

    public string? KindOf(string table, string partition, string row) => Find(table, partition, row)?.Name;

    public async Task<RowsFound> HandleAsync(IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var counts = new RowCounts();
        long seen = 0;
        var done = 0;
        foreach (var table in StorageKeys.Tables)
        {
            await foreach (var placed in rows.AsStored.ScanAsync(table, null, cancellationToken))
            {
                var (partition, row) = (placed.Partition, new StoredRow(placed.RowKey, "", placed.Columns));
                seen++;
                if (ProblemOf(table, partition, row) is { } problem)
                    return new RowsFound(problem, null, seen, []);
                counts.Add(table, partition, row);
            }

            progress?.Report(++done / (double)StorageKeys.Tables.Count);
        }

        return new RowsFound(counts.Headless(), counts.Problem(), seen, counts.ClaimLines);
    }

    private string? ProblemOf(string table, string partition, StoredRow row)
    {
        if (RowSeal.Problem(table, partition, row) is { } broken)
            return broken;
        if (RestoreMark.Is(table, partition, row.RowKey))
            return RestoreMark.Unfinished;
        if (Find(table, partition, row.RowKey) is not { } kind)
            return $"table {table}, partition '{partition}', row '{row.RowKey}': no row belongs there";
        if (BucketOf(partition) >= options.Buckets || BucketOf(row.RowKey) >= options.Buckets && kind.Table == StorageKeys.Rounds)
            return $"table {table}, partition '{partition}', row '{row.RowKey}' ({kind.Name}): the store has buckets 0 to {options.Buckets - 1} only";
        return kind.ProblemOf(partition, row) is { } problem
            ? $"table {table}, partition '{partition}', row '{row.RowKey}' ({kind.Name}): {problem}"
            : null;
    }

    private static int? BucketOf(string key) =>
        key.Length >= 4
        && key[^4] == 'b'
        && (key.Length == 4 || key[^5] == '!')
        && int.TryParse(key.AsSpan(key.Length - 3), NumberStyles.None, CultureInfo.InvariantCulture, out var bucket)
            ? bucket
            : null;

    private RowKind? Find(string table, string partition, string row) => _kinds.FirstOrDefault(k => k.Fits(table, partition, row));
}
