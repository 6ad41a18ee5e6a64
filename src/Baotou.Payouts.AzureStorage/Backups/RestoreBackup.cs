using System.Globalization;
using Baotou.Payouts.Application;
using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.AzureStorage.Stores;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.AzureStorage.Backups;

/// <summary>What a restore did, or why it did nothing.</summary>
public abstract record BackupRestored
{
    private BackupRestored() { }

    /// <summary>The store holds what the backup held, and instructing is stopped.</summary>
    /// <param name="Label">What the backup says of itself.</param>
    /// <param name="Rows">Rows written.</param>
    /// <param name="Dropped">Rows of the backup that came behind their head, and are made again.</param>
    /// <param name="Stop">The stop of all instructing that the store begins with, besides those rows.</param>
    public sealed record Done(BackupLabel Label, long Rows, long Dropped, SwitchAct Stop) : BackupRestored;

    /// <summary>Nothing was written.</summary>
    /// <param name="Reason">Why, and what to do.</param>
    public sealed record Refused(string Reason) : BackupRestored;
}

/// <summary>
/// Writes a backup into an empty store. The file is read twice: first it is checked to its last line, so that a file that was cut off or
/// changed writes nothing. A restored store never pays again what it knows to be paid: keys, claims and chain are those of the backup, and
/// what was made after it is made anew under the same keys. What was paid after it the store does not know, so it begins with instructing
/// stopped.
/// </summary>
public static class RestoreBackup
{
    private const long MostBytes = 3 * 1024 * 1024;

    /// <summary>Reads a backup to its last line, writing nothing.</summary>
    /// <exception cref="InvalidDataException">It is no backup, or not as it was written.</exception>
    public static async Task<BackupLabel> CheckAsync(Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var (label, _) = await BackupFile.ReadAsync(stream, _ => Task.CompletedTask, cancellationToken);
        stream.Position = 0;
        return label;
    }

    /// <summary>
    /// Restores from a stream that can be read twice. The audit log of the restored store tells of it: who restored which backup, written
    /// before the store may be used. A restore that was cut off leaves nothing that could be used, so whoever repeats it into an empty
    /// store is told of once.
    /// </summary>
    /// <param name="rows">Where to; empty.</param>
    /// <param name="stream">The backup.</param>
    /// <param name="by">Who restores it, as the audit log names them.</param>
    /// <param name="clock">The wall clock.</param>
    /// <param name="cancellationToken">Stops on the way; what is written then cannot be used.</param>
    public static async Task<BackupRestored> FromAsync(
        IRowStore rows,
        Stream stream,
        string by,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(stream);
        var into = rows as SealedRows ?? new SealedRows(rows);
        foreach (var table in StorageKeys.Tables)
        {
            await foreach (var row in into.ScanAsync(table, null, cancellationToken))
                return new BackupRestored.Refused(
                    $"The store is not empty: table {table} has row '{row.RowKey}' in '{row.Partition}'. Restore into a new store, or delete this one's tables first."
                );
        }

        var kept = new KeptRows();
        BackupLabel label;
        ContentHash hash;
        try
        {
            (label, hash) = await BackupFile.ReadAsync(
                stream,
                row =>
                {
                    kept.See(row);
                    return Task.CompletedTask;
                },
                cancellationToken
            );
        }
        catch (Exception e) when (e is InvalidDataException or KeyNotFoundException or InvalidCastException)
        {
            return new BackupRestored.Refused(e.Message);
        }

        stream.Position = 0;
        var mark = new RestoreMark(into);
        await mark.PutAsync(label, cancellationToken);
        var write = new Writing(into);
        long dropped = 0;
        await BackupFile.ReadAsync(
            stream,
            async row =>
            {
                if (kept.Judge(row) is { } judged)
                    await write.AddAsync(judged, cancellationToken);
                else
                    dropped++;
            },
            cancellationToken
        );
        await write.FlushAsync(cancellationToken);
        var stop = SwitchAct.OfRestore(kept.LastSwitch + 1, label.TakenAt, new RequestMark(by, $"restore {hash}", hash));
        var about = string.Create(
            CultureInfo.InvariantCulture,
            $"takenAt={label.TakenAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}; rows={write.Written}; stop={stop.Number}"
        );
        var record = new RecordAct(new AuditLog(into, new EngineOptions { Buckets = label.Buckets }), clock);
        await record.HandleAsync(
            new LocalAct(by, "restore", about, stop.Why, hash),
            () => mark.TakeAwayAsync(stop, cancellationToken),
            cancellationToken
        );
        return new BackupRestored.Done(label, write.Written, dropped, stop);
    }

    /// <summary>Gathers neighbours of one partition into transactions.</summary>
    private sealed class Writing(IRowStore rows)
    {
        private readonly List<RowWrite.Add> _writes = [];
        private (string Table, string Partition) _place;
        private long _bytes;

        public long Written { get; private set; }

        public async Task AddAsync(PlacedRow row, CancellationToken cancellationToken)
        {
            var size = RowSize.Sent(row.Partition, row.RowKey, row.Columns);
            if (_writes.Count == RowRules.MostWrites - 1 || _bytes + size > MostBytes || _place != (row.Table, row.Partition))
                await FlushAsync(cancellationToken);
            _place = (row.Table, row.Partition);
            _writes.Add(new RowWrite.Add(row.RowKey, row.Columns));
            _bytes += size;
        }

        public async Task FlushAsync(CancellationToken cancellationToken)
        {
            if (_writes.Count == 0)
                return;

            // A request that the client library sent twice finds its own rows.
            var existing = await rows.AddMissingAsync(_place.Table, _place.Partition, _writes, cancellationToken);
            if (
                _writes.Find(w =>
                    existing.TryGetValue(w.RowKey, out var stands) && !RowSeal.IsAdded(_place.Table, _place.Partition, w, stands)
                ) is
                { } other
            )
                throw RestoreMark.Disturbed(other.RowKey);
            Written += _writes.Count;
            _writes.Clear();
            _bytes = 0;
        }
    }
}
