using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Telemetry;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Hashing;

namespace Baotou.Payouts.AzureStorage.Stores;

/// <summary>Standings of the sources.</summary>
internal sealed class SourceLog(IRowStore rows) : ISourceLog
{
    internal const string TraceColumn = "trace";

    public async Task<(SourceStanding Standing, string? Version)> ReadAsync(string source, CancellationToken cancellationToken)
    {
        var row = await rows.GetAsync(StorageKeys.Sources, StorageKeys.SourceStandings, source, cancellationToken);
        return row is null ? (new SourceStanding(source, 0, "", null, 0), null) : (StandingOf(row), row.Version);
    }

    public async Task<IReadOnlyDictionary<string, SourceStanding>> ListAsync(CancellationToken cancellationToken)
    {
        var standings = new Dictionary<string, SourceStanding>(StringComparer.Ordinal);
        await foreach (var row in rows.QueryAsync(StorageKeys.Sources, StorageKeys.SourceStandings, "0", "~", cancellationToken))
            standings[row.RowKey] = StandingOf(row);
        return standings;
    }

    public async Task<bool> AdvanceAsync(SourceStanding next, string? version, CancellationToken cancellationToken)
    {
        var columns = RowBody.Write(next);
        if (Tracing.Current is { } trace)
            columns[TraceColumn] = trace;
        RowWrite write = version is null ? new RowWrite.Add(next.Source, columns) : new RowWrite.Update(next.Source, version, columns);
        return await rows.CommitAsync(StorageKeys.Sources, StorageKeys.SourceStandings, [write], cancellationToken)
            is CommitOutcome.Committed;
    }

    private static SourceStanding StandingOf(StoredRow row) =>
        RowBody.Read<SourceStanding>(row) with
        {
            Trace = row.Columns.GetValueOrDefault(TraceColumn) as string,
        };
}

/// <summary>What snapshots held, two hundred lines a row. The head row, written last, says how many rows count.</summary>
internal sealed class SnapshotIndex(IRowStore rows) : ISnapshotIndex
{
    private const int LinesPerRow = 200;

    public async Task<IReadOnlyList<SnapshotLine>> ReadAsync(string source, ContentHash? name, CancellationToken cancellationToken)
    {
        if (name is not { } known)
            return [];
        var partition = StorageKeys.SnapshotPartition(source, known);
        var head =
            await rows.GetAsync(StorageKeys.Sources, partition, StorageKeys.Head, cancellationToken)
            ?? throw new InvalidDataException($"The index {known.Hex[..12]} of the last snapshot of '{source}' is missing.");
        var below = StorageKeys.SnapshotRow((int)head.Columns.Number("rows"));
        var chunks = await rows.ReadAllAsync<List<SnapshotLine>>(
            StorageKeys.Sources,
            partition,
            StorageKeys.SnapshotRow(0),
            below,
            cancellationToken
        );
        List<SnapshotLine> lines = [.. chunks.SelectMany(c => c)];
        return NameOf(lines) == known
            ? lines
            : throw new InvalidDataException($"The index {known.Hex[..12]} of the last snapshot of '{source}' is not what was stored.");
    }

    public async Task<ContentHash> WriteAsync(string source, IReadOnlyList<SnapshotLine> lines, CancellationToken cancellationToken)
    {
        List<SnapshotLine> ordered =
        [
            .. lines
                .OrderBy(l => l.RecordId, StringComparer.Ordinal)
                .ThenBy(l => l.Hash, StringComparer.Ordinal)
                .ThenBy(l => l.Uscc, StringComparer.Ordinal),
        ];
        var name = NameOf(ordered);
        var partition = StorageKeys.SnapshotPartition(source, name);
        if (await rows.GetAsync(StorageKeys.Sources, partition, StorageKeys.Head, cancellationToken) is not null)
            return name;
        var chunks = ordered.Chunk(LinesPerRow).ToList();
        foreach (var group in chunks.Select((c, i) => new RowWrite.Put(StorageKeys.SnapshotRow(i), RowBody.Write(c.ToList()))).Chunk(25))
            await rows.PutAllAsync(StorageKeys.Sources, partition, group, cancellationToken);
        await rows.PutAllAsync(
            StorageKeys.Sources,
            partition,
            [new RowWrite.Put(StorageKeys.Head, new RowColumns { ["rows"] = (long)chunks.Count })],
            cancellationToken
        );
        return name;
    }

    private static ContentHash NameOf(List<SnapshotLine> lines) => CanonicalJson.Hash(lines);
}

/// <summary>Payee accounts by bucket, every recorded version a row.</summary>
internal sealed class AccountStore(IRowStore rows) : IAccountStore
{
    public Task PutAsync(int bucket, IReadOnlyList<StoredAccount> accounts, CancellationToken cancellationToken) =>
        rows.PutAllAsync(
            StorageKeys.Accounts,
            StorageKeys.BucketPartition(bucket),
            [.. accounts.Select(a => new RowWrite.Put(StorageKeys.AccountRow(a.Uscc, a.RecordedAt, a.RecordId), RowBody.Write(a)))],
            cancellationToken
        );

    public async Task<IReadOnlyDictionary<Domain.Enterprises.Uscc, StoredAccount>> ReadAsync(
        int bucket,
        CancellationToken cancellationToken
    )
    {
        var latest = new Dictionary<Domain.Enterprises.Uscc, StoredAccount>();
        await foreach (var row in rows.QueryAsync(StorageKeys.Accounts, StorageKeys.BucketPartition(bucket), "0", "~", cancellationToken))
        {
            var account = RowBody.Read<StoredAccount>(row);
            latest[account.Uscc] = account;
        }

        return latest;
    }
}
