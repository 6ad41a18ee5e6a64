using System.Runtime.CompilerServices;
using Baotou.Payouts.Application;
using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Hashing;

namespace Baotou.Payouts.AzureStorage.Stores;

/// <summary>
/// Audit logs by day and bucket: one transaction moves the head and adds the entry behind it. Logs are listed, so that one that is taken
/// away whole is missed; whoever finds that the first writer did not come to it lists it.
/// </summary>
internal sealed class AuditLog(IRowStore rows, EngineOptions options) : IAuditLog
{
    public async Task<long> AppendAsync(AuditAct act, CancellationToken cancellationToken)
    {
        var place = AuditPlace.Of(act, options.Buckets);
        var partition = StorageKeys.AuditPartition(place);
        while (true)
        {
            var row = await rows.GetAsync(StorageKeys.Audit, partition, StorageKeys.Head, cancellationToken);
            if (row is not null && !row.Columns.Flag("listed"))
                await ListAsync(place, cancellationToken);
            var entry = row is null
                ? new AuditEntry(1, act, place.Root)
                : new AuditEntry(row.Columns.Number("n") + 1, act, new ContentHash(row.Columns.Text("hash")));
            var moved = new RowColumns
            {
                ["n"] = entry.Number,
                ["hash"] = entry.Hash.Hex,
                ["listed"] = row is not null,
            };
            RowWrite head = row is null
                ? new RowWrite.Add(StorageKeys.Head, moved)
                : new RowWrite.Update(StorageKeys.Head, row.Version, moved);
            var outcome = await rows.CommitAsync(
                StorageKeys.Audit,
                partition,
                [head, new RowWrite.Add(StorageKeys.AuditRow(entry.Number), RowBody.Write(entry))],
                cancellationToken
            );
            if (outcome is not CommitOutcome.Committed && !await StandsAsync(partition, entry, cancellationToken))
                continue;
            if (row is null)
                await ListAsync(place, cancellationToken);
            return entry.Number;
        }
    }

    public async IAsyncEnumerable<AuditEntry> ReadAsync(
        AuditPlace place,
        long after,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (
            var row in rows.QueryAsync(
                StorageKeys.Audit,
                StorageKeys.AuditPartition(place),
                StorageKeys.AuditRow(after + 1),
                "b",
                cancellationToken
            )
        )
            yield return RowBody.Read<AuditEntry>(row);
    }

    public async Task<AuditHead?> HeadAsync(AuditPlace place, CancellationToken cancellationToken) =>
        await rows.GetAsync(StorageKeys.Audit, StorageKeys.AuditPartition(place), StorageKeys.Head, cancellationToken) is { } row
            ? new AuditHead(row.Columns.Number("n"), new ContentHash(row.Columns.Text("hash")))
            : null;

    public async Task<IReadOnlyList<AuditPlace>> PlacesAsync(CancellationToken cancellationToken) =>
        await rows.ReadAllAsync<AuditPlace>(StorageKeys.Audit, StorageKeys.AuditPlaces, "0", "a", cancellationToken);

    /// <summary>A request that the client library sent twice is refused for its own success.</summary>
    private async Task<bool> StandsAsync(string partition, AuditEntry entry, CancellationToken cancellationToken) =>
        await rows.GetAsync(StorageKeys.Audit, partition, StorageKeys.AuditRow(entry.Number), cancellationToken) is { } row
        && RowBody.Read<AuditEntry>(row).Hash == entry.Hash;

    private Task ListAsync(AuditPlace place, CancellationToken cancellationToken) =>
        rows.AddMissingAsync(
            StorageKeys.Audit,
            StorageKeys.AuditPlaces,
            [new RowWrite.Add(StorageKeys.AuditPartition(place), RowBody.Write(place))],
            cancellationToken
        );
}
