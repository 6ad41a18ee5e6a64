using System.Runtime.CompilerServices;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Rerunning;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.AzureStorage.Backups;

/// <summary>What a backup held when it was done.</summary>
/// <param name="Rows">How many rows.</param>
/// <param name="ClosedRounds">Rounds that were closed when it was begun; the one after them is done again after a restore.</param>
public sealed record BackupTaken(long Rows, int ClosedRounds);

/// <summary>
/// Copies every table while the engine goes on. Nothing stands still for it, so the order of reading carries it: what was made of something
/// is read before that something, payouts before the chain, the chain before the log, claims before the facts; whatever a row rests on was
/// there when the row was, and is read after it. Where rows and their head move together the head is read first, and a restore drops what
/// came behind it.
/// </summary>
public sealed class TakeBackup
{
    private const int MostTries = 20;

    /// <summary>Tables in the order they are read, each with the key of its heads; every table stands here.</summary>
    public static readonly IReadOnlyList<(string Table, string? Heads)> Order =
    [
        (StorageKeys.Runs, null),
        (StorageKeys.Payouts, null),
        (StorageKeys.PoolChain, StorageKeys.Head),
        (StorageKeys.PoolLog, StorageKeys.Tail),
        (StorageKeys.Claims, null),
        (StorageKeys.Entitlements, null),
        (StorageKeys.Holds, StorageKeys.CurrentHolds),
        (StorageKeys.Rounds, null),
        (StorageKeys.Lists, null),
        (StorageKeys.Approvals, null),
        (StorageKeys.Acts, null),
        (StorageKeys.Sources, null),
        (StorageKeys.Quarantine, null),
        (StorageKeys.Accounts, null),
        (StorageKeys.Facts, StorageKeys.Head),
        (StorageKeys.Audit, StorageKeys.Head),
        (StorageKeys.Parked, null),
    ];

    private readonly SealedRows _rows;
    private int _closed;

    private TakeBackup(IRowStore rows) => _rows = rows as SealedRows ?? new SealedRows(rows);

    /// <summary>Writes a backup of everything to a stream, rows without their seals.</summary>
    /// <exception cref="InvalidDataException">A row was changed by somebody else; nothing usable was written.</exception>
    /// <exception cref="InvalidOperationException">Rounds or acts came faster than they could be read; nothing usable was written. Stop the
    /// schedule and repeat.</exception>
    public static async Task<BackupTaken> ToAsync(IRowStore rows, Stream stream, BackupLabel label, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var backup = new TakeBackup(rows);
        var count = await BackupFile.WriteAsync(stream, label, backup.RowsAsync(cancellationToken), cancellationToken);
        return new BackupTaken(count, backup._closed);
    }

    private async IAsyncEnumerable<PlacedRow> RowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var standing = await StandingAsync(cancellationToken);
        _closed = (int)standing.Columns.Number("closed");
        yield return standing;
        var done = await DoneApprovalsAsync(cancellationToken);
        var runs = new HashSet<(string, string)>();
        foreach (var (table, heads) in Order)
        {
            foreach (var head in await HeadsAsync(table, heads, cancellationToken))
                yield return head;
            await foreach (var row in _rows.ScanAsync(table, null, cancellationToken))
            {
                if (IsHead(row, heads) || IsStanding(row))
                    continue;
                if (table == StorageKeys.Runs)
                    runs.Add((row.Partition, row.RowKey));
                yield return table == StorageKeys.Approvals ? ToFinish(row, done) : row;
            }

            if (table == StorageKeys.PoolLog)
                await CheckRoundsAsync(cancellationToken);
            if (table != StorageKeys.Rounds)
                continue;
            await foreach (var row in _rows.ScanAsync(StorageKeys.Runs, null, cancellationToken))
            {
                if (!runs.Contains((row.Partition, row.RowKey)) && LateRun(row) is { } late)
                    yield return late;
            }
        }
    }

    /// <summary>
    /// An approval is done when what it does was written, and that may have been read before. So what was not done when the backup was
    /// begun is to be finished by the restored store; done twice it is done once.
    /// </summary>
    private static PlacedRow ToFinish(PlacedRow row, HashSet<string> done)
    {
        var approval = RowBody.Read<Approval>(new StoredRow(row.RowKey, "", row.Columns));
        return approval.State != ApprovalState.Done || done.Contains(row.RowKey)
            ? row
            : row with
            {
                Columns = RowBody.Write(approval with { State = ApprovalState.Approved }),
            };
    }

    /// <summary>
    /// What became of a run's lines is read first, with the runs; what was decided of them is what payouts and grants rest on, and what of
    /// it came meanwhile is read again. A run that began meanwhile begins again.
    /// </summary>
    private static PlacedRow? LateRun(PlacedRow row)
    {
        if (row.RowKey.StartsWith('o'))
            return null;
        if (row.Partition != StorageKeys.AllRuns)
            return row;
        var run = RowBody.Read<Run>(new StoredRow(row.RowKey, "", row.Columns));
        return run.State is RunState.Applying or RunState.Applied
            ? row with
            {
                Columns = RowBody.Write(run with { State = RunState.Shown, Approval = null }),
            }
            : row;
    }

    private async Task<HashSet<string>> DoneApprovalsAsync(CancellationToken cancellationToken)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in _rows.ScanAsync(StorageKeys.Approvals, null, cancellationToken))
        {
            if (RowBody.Read<Approval>(new StoredRow(row.RowKey, "", row.Columns)).State == ApprovalState.Done)
                done.Add(row.RowKey);
        }

        return done;
    }

    /// <summary>
    /// Heads of logs are read until two readings agree: between the two there was a moment at which all of them stood so, and an act on one
    /// pool that follows from another pool is never read without the other.
    /// </summary>
    private async Task<List<PlacedRow>> HeadsAsync(string table, string? rowKey, CancellationToken cancellationToken)
    {
        if (table == StorageKeys.Payouts)
            return await OffsetsAsync(cancellationToken);
        if (rowKey is null)
            return [];
        var heads = await ScanAsync(table, rowKey, cancellationToken);
        if (table != StorageKeys.PoolLog)
            return heads;
        for (var tries = 1; ; tries++)
        {
            var again = await ScanAsync(table, rowKey, cancellationToken);
            if (again.Select(Text).SequenceEqual(heads.Select(Text)))
                return heads;
            if (tries == MostTries)
                throw TooBusy("acts on pools");
            heads = again;
        }

        static (string, long) Text(PlacedRow row) => (row.Partition, row.Columns.Number("n"));
    }

    private async Task<List<PlacedRow>> OffsetsAsync(CancellationToken cancellationToken)
    {
        var offsets = new List<PlacedRow>();
        await foreach (var row in _rows.QueryAsync(StorageKeys.Payouts, StorageKeys.Offsets, "!", "~~", cancellationToken))
            offsets.Add(new PlacedRow(StorageKeys.Payouts, StorageKeys.Offsets, row.RowKey, row.Columns));
        return offsets;
    }

    private async Task<List<PlacedRow>> ScanAsync(string table, string rowKey, CancellationToken cancellationToken)
    {
        var found = new List<PlacedRow>();
        await foreach (var row in _rows.ScanAsync(table, rowKey, cancellationToken))
            found.Add(row);
        return found;
    }

    // The log may hold the round that was open at the beginning, or the one opened after it; a restore does that one round again, and no
    // more than one.
    private async Task CheckRoundsAsync(CancellationToken cancellationToken)
    {
        var now = await StandingAsync(cancellationToken);
        if (Math.Max(now.Columns.Number("closed"), now.Columns.Number("open")) > _closed + 1)
            throw TooBusy("rounds");
    }

    // Before the first round there is no such row; the first one may be opened while the rest is read.
    private async Task<PlacedRow> StandingAsync(CancellationToken cancellationToken)
    {
        var row = await _rows.GetAsync(StorageKeys.Rounds, StorageKeys.RoundStanding, StorageKeys.Head, cancellationToken);
        return new(
            StorageKeys.Rounds,
            StorageKeys.RoundStanding,
            StorageKeys.Head,
            row?.Columns ?? new() { ["closed"] = 0L, ["open"] = 0L }
        );
    }

    private static bool IsHead(PlacedRow row, string? heads) =>
        row.RowKey == heads || row is { Table: StorageKeys.Payouts, Partition: StorageKeys.Offsets };

    private static bool IsStanding(PlacedRow row) =>
        row is { Table: StorageKeys.Rounds, Partition: StorageKeys.RoundStanding, RowKey: StorageKeys.Head };

    private static InvalidOperationException TooBusy(string what) =>
        new(
            $"While the backup was taken, {what} came faster than they could be read; nothing usable was written. Stop the schedule for a while and take it again."
        );
}
