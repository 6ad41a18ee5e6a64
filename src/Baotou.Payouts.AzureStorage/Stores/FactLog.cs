using System.Runtime.CompilerServices;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Facts;

namespace Baotou.Payouts.AzureStorage.Stores;

/// <summary>Fact logs: one transaction moves the bucket's head and adds the facts behind it, so that numbers have no gap and no reader sees half a page.</summary>
internal sealed class FactLog(IRowStore rows) : IFactLog
{
    private const int FactsPerTransaction = 99;

    public async Task AppendAsync(int bucket, IReadOnlyList<Fact> facts, CancellationToken cancellationToken)
    {
        var partition = StorageKeys.BucketPartition(bucket);
        foreach (var chunk in facts.Chunk(FactsPerTransaction))
        {
            while (!await TryAppendAsync(partition, chunk, cancellationToken))
            {
                // Somebody else appended first: read the head again.
            }
        }
    }

    public async Task<long> CountAsync(int bucket, CancellationToken cancellationToken) =>
        (await rows.GetAsync(StorageKeys.Facts, StorageKeys.BucketPartition(bucket), StorageKeys.Head, cancellationToken))?.Columns.Number("n") ?? 0;

    public async IAsyncEnumerable<StoredFact> ReadAsync(int bucket, long after, long upTo, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seq = after;
        if (upTo <= after) yield break;
        var range = rows.QueryAsync(
            StorageKeys.Facts, StorageKeys.BucketPartition(bucket), StorageKeys.FactRow(after + 1), StorageKeys.FactRow(upTo + 1), cancellationToken);
        await foreach (var row in range)
        {
            if (row.RowKey != StorageKeys.FactRow(++seq)) throw new InvalidDataException($"Bucket {bucket}: fact {seq} is missing; the log goes on with '{row.RowKey}'.");
            yield return new StoredFact(seq, RowBody.Read<Fact>(row));
        }

        if (seq < upTo) throw new InvalidDataException($"Bucket {bucket}: facts {seq + 1} to {upTo} are missing.");
    }

    private async Task<bool> TryAppendAsync(string partition, Fact[] facts, CancellationToken cancellationToken)
    {
        var head = await rows.GetAsync(StorageKeys.Facts, partition, StorageKeys.Head, cancellationToken);
        var n = head?.Columns.Number("n") ?? 0;
        var moved = new RowColumns { ["n"] = n + facts.Length };
        var writes = new List<RowWrite>
        {
            head is null ? new RowWrite.Add(StorageKeys.Head, moved) : new RowWrite.Update(StorageKeys.Head, head.Version, moved),
        };
        writes.AddRange(facts.Select((f, i) => new RowWrite.Add(StorageKeys.FactRow(n + 1 + i), RowBody.Write(f))));
        return await rows.CommitAsync(StorageKeys.Facts, partition, writes, cancellationToken) is CommitOutcome.Committed;
    }
}
