using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;

namespace Baotou.Payouts.AzureStorage.Stores;

/// <summary>
/// Fact logs: one transaction moves the bucket's head and adds the facts behind it, so that numbers have no gap and no reader sees half a
/// page. What was read stays in memory up to a bound: a log only grows, so a round reads what came since the last one.
/// </summary>
internal sealed class FactLog(IRowStore rows) : IFactLog
{
    private const int FactsPerTransaction = 99;
    private const int FactsInMemory = 500_000;

    private readonly ConcurrentDictionary<int, IReadOnlyList<StoredFact>> _read = new();
    private readonly ConcurrentDictionary<string, LogHead> _heads = new(StringComparer.Ordinal);

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

    public void Forget()
    {
        _read.Clear();
        _heads.Clear();
    }

    public async Task<long> CountAsync(int bucket, CancellationToken cancellationToken) =>
        (await rows.GetAsync(StorageKeys.Facts, StorageKeys.BucketPartition(bucket), StorageKeys.Head, cancellationToken))?.Columns.Number(
            "n"
        ) ?? 0;

    public async IAsyncEnumerable<StoredFact> ReadAsync(
        int bucket,
        long after,
        long upTo,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (upTo <= after)
            yield break;
        var known = _read.GetValueOrDefault(bucket) ?? [];
        for (var i = (int)Math.Min(after, known.Count); i < known.Count && i < upTo; i++)
            yield return known[i];
        var seq = Math.Max(after, Math.Min(known.Count, upTo));
        if (seq >= upTo)
            yield break;
        var fresh = new List<StoredFact>();
        var begun = seq;
        var range = rows.QueryAsync(
            StorageKeys.Facts,
            StorageKeys.BucketPartition(bucket),
            StorageKeys.FactRow(seq + 1),
            StorageKeys.FactRow(upTo + 1),
            cancellationToken
        );
        await foreach (var row in range)
        {
            if (row.RowKey != StorageKeys.FactRow(++seq))
                throw new InvalidDataException($"Bucket {bucket}: fact {seq} is missing; the log goes on with '{row.RowKey}'.");
            var fact = new StoredFact(seq, RowBody.Read<Fact>(row));
            fresh.Add(fact);
            yield return fact;
        }

        if (seq < upTo)
            throw new InvalidDataException($"Bucket {bucket}: facts {seq + 1} to {upTo} are missing.");
        if (begun == known.Count && _read.Values.Sum(r => r.Count) + fresh.Count <= FactsInMemory)
            _read[bucket] = [.. known, .. fresh];
    }

    /// <summary>The hash of a log one fact later: whoever changes, drops or swaps facts changes it.</summary>
    internal static string Roll(string before, Fact fact) => ContentHash.OfText(before + "\n" + fact.Hash.Hex).Hex;

    /// <summary>
    /// The head that this process left is taken for the one that is stored; if somebody else moved it, the commit is refused and it is
    /// read.
    /// </summary>
    private async Task<bool> TryAppendAsync(string partition, Fact[] facts, CancellationToken cancellationToken)
    {
        if (!_heads.TryRemove(partition, out var head))
            head = await ReadHeadAsync(partition, cancellationToken);
        var next = new LogHead(head.Facts + facts.Length, facts.Aggregate(head.Hash, Roll), null);
        var moved = new RowColumns { ["n"] = next.Facts, ["hash"] = next.Hash };
        var writes = new List<RowWrite>
        {
            head.Version is null ? new RowWrite.Add(StorageKeys.Head, moved) : new RowWrite.Update(StorageKeys.Head, head.Version, moved),
        };
        writes.AddRange(facts.Select((f, i) => new RowWrite.Add(StorageKeys.FactRow(head.Facts + 1 + i), RowBody.Write(f))));
        if (await rows.CommitAsync(StorageKeys.Facts, partition, writes, cancellationToken) is not CommitOutcome.Committed done)
            return false;
        if (done.Versions is [{ Length: > 0 } version, ..])
            _heads[partition] = next with { Version = version };
        return true;
    }

    private async Task<LogHead> ReadHeadAsync(string partition, CancellationToken cancellationToken) =>
        await rows.GetAsync(StorageKeys.Facts, partition, StorageKeys.Head, cancellationToken) is { } row
            ? new LogHead(row.Columns.Number("n"), row.Columns.Text("hash"), row.Version)
            : new LogHead(0, ContentHash.None.Hex, null);

    /// <summary>The head of a bucket's log; without a version while there is no row.</summary>
    private sealed record LogHead(long Facts, string Hash, string? Version);
}
