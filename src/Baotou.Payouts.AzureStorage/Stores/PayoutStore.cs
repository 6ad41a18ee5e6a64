using System.Runtime.CompilerServices;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.AzureStorage.Stores;

/// <summary>Payout rows and their transitions, both in the bucket of the enterprise and in one transaction.</summary>
internal sealed class PayoutStore(IRowStore rows) : IPayoutStore
{
    private const int PayoutsPerTransaction = 50;

    public async Task AddAsync(int bucket, IReadOnlyList<Payout> payouts, CancellationToken cancellationToken)
    {
        var partition = StorageKeys.BucketPartition(bucket);
        foreach (var chunk in payouts.Chunk(PayoutsPerTransaction))
        {
            IReadOnlyList<Payout> rest = chunk;
            while (rest.Count > 0)
            {
                var writes = rest.SelectMany(p =>
                    new RowWrite[]
                    {
                        new RowWrite.Add(StorageKeys.PayoutRow(p.Id), RowBody.Write(p)),
                        new RowWrite.Add(StorageKeys.TransitionRow(p.Id, 0), RowBody.Write(p)),
                    }
                );
                if (await rows.CommitAsync(StorageKeys.Payouts, partition, [.. writes], cancellationToken) is CommitOutcome.Committed)
                    break;
                rest = await MissingAsync(partition, rest, cancellationToken);
            }
        }
    }

    public async Task<StoredPayout?> ReadAsync(string payoutId, CancellationToken cancellationToken)
    {
        if (PayoutId.BucketOf(payoutId) is not { } bucket)
            return null;
        var row = await rows.GetAsync(
            StorageKeys.Payouts,
            StorageKeys.BucketPartition(bucket),
            StorageKeys.PayoutRow(payoutId),
            cancellationToken
        );
        return row is null ? null : ToStored(row);
    }

    public IAsyncEnumerable<StoredPayout> ReadBucketAsync(int bucket, CancellationToken cancellationToken) =>
        ReadAsync(bucket, "p", cancellationToken);

    public IAsyncEnumerable<StoredPayout> ReadBehindAsync(string payoutId, CancellationToken cancellationToken) =>
        PayoutId.BucketOf(payoutId) is { } bucket
            ? ReadAsync(bucket, StorageKeys.PayoutRow(payoutId) + "!", cancellationToken)
            : throw new ArgumentException($"'{payoutId}' is no payout's id.", nameof(payoutId));

    public async Task<IReadOnlyList<Payout>> HistoryAsync(string payoutId, CancellationToken cancellationToken) =>
        PayoutId.BucketOf(payoutId) is not { } bucket
            ? []
            : await rows.ReadAllAsync<Payout>(
                StorageKeys.Payouts,
                StorageKeys.BucketPartition(bucket),
                $"t{payoutId}!",
                $"t{payoutId}\"",
                cancellationToken
            );

    public async IAsyncEnumerable<Payout> ReadTransitionsAsync(int bucket, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in rows.QueryAsync(StorageKeys.Payouts, StorageKeys.BucketPartition(bucket), "t", "u", cancellationToken))
            yield return RowBody.Read<Payout>(row);
    }

    public async Task<bool> MoveAsync(StoredPayout before, Payout after, CancellationToken cancellationToken)
    {
        if (after.Id != before.Payout.Id || after.Version != before.Payout.Version + 1)
            throw new ArgumentException(
                $"Payout {before.Payout.Id} version {before.Payout.Version} cannot be followed by {after.Id} version {after.Version}.",
                nameof(after)
            );
        var partition = StorageKeys.BucketPartition(PayoutId.BucketOf(after.Id)!.Value);
        return await rows.CommitAsync(StorageKeys.Payouts, partition, [.. WritesOf(before, after)], cancellationToken)
            is CommitOutcome.Committed;
    }

    public async Task<int> MoveAllAsync(
        int bucket,
        IReadOnlyList<(StoredPayout Before, Payout After)> moves,
        CancellationToken cancellationToken
    )
    {
        var written = 0;
        foreach (var chunk in moves.Chunk(PayoutsPerTransaction))
        {
            var writes = chunk.SelectMany(m => WritesOf(m.Before, m.After)).ToList();
            if (
                await rows.CommitAsync(StorageKeys.Payouts, StorageKeys.BucketPartition(bucket), writes, cancellationToken)
                is CommitOutcome.Committed
            )
            {
                written += chunk.Length;
                continue;
            }

            foreach (var (before, after) in chunk)
            {
                if (await MoveAsync(before, after, cancellationToken))
                    written++;
            }
        }

        return written;
    }

    internal static IEnumerable<RowWrite> WritesOf(StoredPayout before, Payout after) =>
        [
            new RowWrite.Update(StorageKeys.PayoutRow(after.Id), before.Version, RowBody.Write(after)),
            new RowWrite.Add(StorageKeys.TransitionRow(after.Id, after.Version), RowBody.Write(after)),
        ];

    public async Task<(long Seq, string? Version)> OffsetAsync(PoolYear pool, CancellationToken cancellationToken)
    {
        var row = await rows.GetAsync(StorageKeys.Payouts, StorageKeys.Offsets, StorageKeys.PoolRow(pool), cancellationToken);
        return row is null ? (0, null) : (row.Columns.Number("seq"), row.Version);
    }

    public async Task<IReadOnlyDictionary<PoolYear, long>> OffsetsAsync(IReadOnlyList<PoolYear> pools, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var row in rows.QueryAsync(StorageKeys.Payouts, StorageKeys.Offsets, "0", "~", cancellationToken))
            known[row.RowKey] = row.Columns.Number("seq");
        return pools.ToDictionary(p => p, p => known.GetValueOrDefault(StorageKeys.PoolRow(p)));
    }

    public async Task<bool> MoveOffsetAsync(PoolYear pool, long seq, string? version, CancellationToken cancellationToken)
    {
        var columns = new RowColumns { ["seq"] = seq };
        var key = StorageKeys.PoolRow(pool);
        RowWrite write = version is null ? new RowWrite.Add(key, columns) : new RowWrite.Update(key, version, columns);
        return await rows.CommitAsync(StorageKeys.Payouts, StorageKeys.Offsets, [write], cancellationToken) is CommitOutcome.Committed;
    }

    /// <summary>Those that are not there yet; the others must have been made with the same content.</summary>
    private async Task<IReadOnlyList<Payout>> MissingAsync(
        string partition,
        IReadOnlyList<Payout> payouts,
        CancellationToken cancellationToken
    )
    {
        var missing = new List<Payout>();
        foreach (var payout in payouts)
        {
            var made = await rows.GetAsync(StorageKeys.Payouts, partition, StorageKeys.TransitionRow(payout.Id, 0), cancellationToken);
            if (made is null)
                missing.Add(payout);
            else if (RowBody.Read<Payout>(made) != payout)
                throw new InvalidOperationException(
                    $"Broken promise 2: payout {payout.Id} exists with other content than entry {payout.EntrySeq} of {payout.Pool} makes."
                );
        }

        return missing;
    }

    private async IAsyncEnumerable<StoredPayout> ReadAsync(
        int bucket,
        string from,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var row in rows.QueryAsync(StorageKeys.Payouts, StorageKeys.BucketPartition(bucket), from, "q", cancellationToken))
            yield return ToStored(row);
    }

    private static StoredPayout ToStored(StoredRow row) => new(RowBody.Read<Payout>(row), row.Version);
}
