using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.Application.Tests.Simulation;

/// <summary>Rows that change what is written or read on the way.</summary>
internal sealed class TamperedRows(
    IRowStore rows,
    Func<string, IReadOnlyList<RowWrite>, IReadOnlyList<RowWrite>>? writing = null,
    Func<string, List<StoredRow>, IEnumerable<StoredRow>>? reading = null
) : IRowStore
{
    public Task<StoredRow?> GetAsync(string table, string partition, string rowKey, CancellationToken cancellationToken) =>
        rows.GetAsync(table, partition, rowKey, cancellationToken);

    public async IAsyncEnumerable<StoredRow> QueryAsync(
        string table,
        string partition,
        string from,
        string below,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var all = new List<StoredRow>();
        await foreach (var row in rows.QueryAsync(table, partition, from, below, cancellationToken))
            all.Add(row);
        foreach (var row in reading?.Invoke(table, all) ?? all)
            yield return row with
            {
                Columns = RowSeal.Put(table, partition, row.RowKey, row.Columns),
            };
    }

    public IAsyncEnumerable<PlacedRow> ScanAsync(string table, string? rowKey, CancellationToken cancellationToken) =>
        rows.ScanAsync(table, rowKey, cancellationToken);

    public Task<CommitOutcome> CommitAsync(
        string table,
        string partition,
        IReadOnlyList<RowWrite> writes,
        CancellationToken cancellationToken
    )
    {
        var left = writing?.Invoke(table, writes) ?? writes;
        return left.Count == 0
            ? Task.FromResult<CommitOutcome>(new CommitOutcome.Committed([]))
            : rows.CommitAsync(table, partition, [.. left.Select(w => Resealed(table, partition, w))], cancellationToken);
    }

    /// <summary>A bug of the program would seal what it writes.</summary>
    private static RowWrite Resealed(string table, string partition, RowWrite write) =>
        write switch
        {
            RowWrite.Add w => w with { Columns = RowSeal.Put(table, partition, w.RowKey, w.Columns) },
            RowWrite.Update w => w with { Columns = RowSeal.Put(table, partition, w.RowKey, w.Columns) },
            RowWrite.Put w => w with { Columns = RowSeal.Put(table, partition, w.RowKey, w.Columns) },
            _ => write,
        };
}

/// <summary>The bugs that the simulation must find.</summary>
internal static partial class Plants
{
    /// <summary>
    /// A table whose updates name no version. The rows added beside the head would still stand in a stale writer's way, so they are
    /// overwritten too.
    /// </summary>
    public static Plant WithoutVersion(string table) =>
        new(rows => new TamperedRows(
            rows,
            (t, writes) => t == table && writes.Any(w => w is RowWrite.Update) ? [.. writes.Select(Unconditional)] : writes
        ));

    public static Plant NoInputIds() =>
        new(rows => new TamperedRows(
            rows,
            (table, writes) => table == StorageKeys.PoolLog ? [.. writes.Where(w => !w.RowKey.StartsWith('k'))] : writes
        ));

    public static Plant EntriesSwapped() =>
        new(rows => new TamperedRows(
            rows,
            (table, writes) =>
            {
                if (
                    table != StorageKeys.PoolChain
                    || writes.Count < 3
                    || writes[^2] is not RowWrite.Add first
                    || writes[^1] is not RowWrite.Add second
                )
                    return writes;
                return [.. writes.SkipLast(2), first with { Columns = second.Columns }, second with { Columns = first.Columns }];
            }
        ));

    public static Plant ServedBackwards() =>
        new(rows => new TamperedRows(
            rows,
            reading: (table, all) => table == StorageKeys.Claims && all.TrueForAll(IsClaim) ? Enumerable.Reverse(all) : all
        ));

    public static Plant OneFenMore() =>
        new(rows => new TamperedRows(
            rows,
            reading: (table, all) => table == StorageKeys.Claims ? all.Select(r => IsClaim(r) ? OneMore(r) : r) : all
        ));

    public static Plant ReservedTwice() =>
        new(rows => new TamperedRows(
            rows,
            reading: (table, all) => table == StorageKeys.Claims && all.Count > 0 && all.TrueForAll(IsClaim) ? all.Prepend(all[0]) : all
        ));

    /// <summary>
    /// Carrying over leaves the standing of the rounds alone, so that a round may open that was planned before the close.
    /// </summary>
    public static Plant NoRenewal() =>
        new(rows =>
        {
            var closed = new HashSet<long> { 0 };
            return new TamperedRows(
                rows,
                (table, writes) =>
                    table == StorageKeys.Rounds
                    && writes is [RowWrite.Update { RowKey: "head" } move, ..]
                    && !closed.Add(move.Columns.Number("closed"))
                        ? []
                        : writes
            );
        });

    public static Plant NoSweep(Disturbances rates) => new(Sweeps: false, Rates: rates);

    private static RowWrite Unconditional(RowWrite write) =>
        write switch
        {
            RowWrite.Add w => new RowWrite.Put(w.RowKey, w.Columns),
            RowWrite.Update w => new RowWrite.Put(w.RowKey, w.Columns),
            _ => write,
        };

    private static bool IsClaim(StoredRow row) =>
        row.Columns.TryGetValue("body", out var body) && ((string)body).Contains("\"orderKey\"", StringComparison.Ordinal);

    private static StoredRow OneMore(StoredRow row)
    {
        var body = Amount()
            .Replace(
                row.Columns.Text("body"),
                m =>
                    $"\"amount\":{(long.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture)}",
                1
            );
        var columns = new RowColumns { ["body"] = body };
        return row with { Columns = columns };
    }

    [GeneratedRegex("\"amount\":([0-9]+)")]
    private static partial Regex Amount();
}
