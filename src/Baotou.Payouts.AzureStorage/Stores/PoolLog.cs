using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.AzureStorage.Stores;

/// <summary>Input logs, heads and chains.</summary>
internal sealed class PoolLog(IRowStore rows) : IPoolLog
{
    private readonly ConcurrentDictionary<PoolYear, int> _openSegments = new();

    public async Task<IReadOnlyList<PoolYear>> ListAsync(CancellationToken cancellationToken) =>
        await rows.ReadAllAsync<PoolYear>(StorageKeys.PoolLog, StorageKeys.PoolYears, "0", "~", cancellationToken);

    public async Task<long> SubmitAsync(PoolYear pool, PoolInput input, CancellationToken cancellationToken)
    {
        var partition = StorageKeys.LogPartition(pool);
        var hash = CanonicalJson.Hash(input);
        while (true)
        {
            if (await rows.GetAsync(StorageKeys.PoolLog, partition, StorageKeys.InputIdRow(input.Id), cancellationToken) is { } before)
            {
                return before.Columns.Text("hash") == hash.Hex
                    ? before.Columns.Number("n")
                    : throw new InvalidOperationException(
                        $"Act '{input.Id}' was submitted to {pool} before, with other content; an act's id is used once."
                    );
            }

            var tail = await rows.GetAsync(StorageKeys.PoolLog, partition, StorageKeys.Tail, cancellationToken);
            if (tail is null)
                await rows.PutAllAsync(
                    StorageKeys.PoolLog,
                    StorageKeys.PoolYears,
                    [new RowWrite.Put(StorageKeys.PoolRow(pool), RowBody.Write(pool))],
                    cancellationToken
                );
            var n = (tail?.Columns.Number("n") ?? 0) + 1;
            var moved = new RowColumns { ["n"] = n };
            RowWrite[] writes =
            [
                tail is null ? new RowWrite.Add(StorageKeys.Tail, moved) : new RowWrite.Update(StorageKeys.Tail, tail.Version, moved),
                new RowWrite.Add(StorageKeys.InputRow(n), RowBody.Write(input)),
                new RowWrite.Add(StorageKeys.InputIdRow(input.Id), new RowColumns { ["n"] = n, ["hash"] = hash.Hex }),
            ];
            if (await rows.CommitAsync(StorageKeys.PoolLog, partition, writes, cancellationToken) is CommitOutcome.Committed)
                return n;
        }
    }

    public async Task<IReadOnlyList<NumberedInput>> InputsAsync(PoolYear pool, long after, CancellationToken cancellationToken)
    {
        var inputs = new List<NumberedInput>();
        await foreach (
            var row in rows.QueryAsync(
                StorageKeys.PoolLog,
                StorageKeys.LogPartition(pool),
                StorageKeys.InputRow(after + 1),
                "j",
                cancellationToken
            )
        )
        {
            var number = after + inputs.Count + 1;
            if (row.RowKey != StorageKeys.InputRow(number))
                throw new InvalidDataException($"{pool}: input {number} is missing; the log goes on with '{row.RowKey}'.");
            inputs.Add(new NumberedInput(number, RowBody.Read<PoolInput>(row)));
        }

        return inputs;
    }

    public async Task<StoredHead> ReadHeadAsync(PoolYear pool, CancellationToken cancellationToken)
    {
        var segment = _openSegments.GetValueOrDefault(pool);
        while (true)
        {
            var row = await rows.GetAsync(
                StorageKeys.PoolChain,
                StorageKeys.SegmentPartition(pool, segment),
                StorageKeys.Head,
                cancellationToken
            );
            if (row is null)
            {
                // A chain begins with an input; whoever only asks about a pool-year, or was sent there by a stray message, leaves nothing
                // behind.
                if (
                    segment == 0
                    && await rows.GetAsync(StorageKeys.PoolLog, StorageKeys.LogPartition(pool), StorageKeys.Tail, cancellationToken) is null
                )
                    return new StoredHead(PoolHead.Fresh, 0, StorageKeys.EntriesPerSegment, "none");
                await StartSegmentAsync(pool, segment, cancellationToken);
                continue;
            }

            if (!row.Columns.Flag("sealed"))
            {
                _openSegments[pool] = segment;
                var head = RowBody.Read<PoolHead>(row);
                return new StoredHead(head, segment, (int)(LastOf(segment) - head.Seq), row.Version);
            }

            segment++;
        }
    }

    public async Task<bool> CommitAsync(
        PoolYear pool,
        StoredHead before,
        PoolHead after,
        IReadOnlyList<PoolEntry> entries,
        CancellationToken cancellationToken
    )
    {
        if (
            entries.Count == 0
            || entries.Count > Math.Min(99, before.Room)
            || entries[^1].Seq != after.Seq
            || entries[^1].Hash != after.Hash
        )
            throw new ArgumentException(
                $"{pool}: {entries.Count} entries up to {after.Seq} do not fit behind entry {before.Head.Seq}.",
                nameof(entries)
            );
        var columns = RowBody.Write(after);
        columns["sealed"] = after.Seq == LastOf(before.Segment);
        var writes = new List<RowWrite> { new RowWrite.Update(StorageKeys.Head, before.Version, columns) };
        writes.AddRange(entries.Select(e => new RowWrite.Add(StorageKeys.EntryRow(e.Seq), EntryColumns(e))));
        return await rows.CommitAsync(
            StorageKeys.PoolChain,
            StorageKeys.SegmentPartition(pool, before.Segment),
            writes,
            cancellationToken
        ) switch
        {
            CommitOutcome.Committed => true,
            CommitOutcome.Exists exists => throw new InvalidDataException(
                $"{pool}: row '{exists.RowKey}' stands behind the head at entry {before.Head.Seq}; somebody changed the chain or its head. Run payouts verify."
            ),
            _ => false,
        };
    }

    public async IAsyncEnumerable<PoolHead> SealedHeadsAsync(PoolYear pool, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (
            var segment = 0;
            await rows.GetAsync(StorageKeys.PoolChain, StorageKeys.SegmentPartition(pool, segment), StorageKeys.Head, cancellationToken)
                is { } row;
            segment++
        )
        {
            if (row.Columns.Flag("sealed"))
                yield return RowBody.Read<PoolHead>(row);
        }
    }

    public async IAsyncEnumerable<PoolEntry> EntriesAsync(
        PoolYear pool,
        long after,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var seq = after;
        for (var segment = (int)(after / StorageKeys.EntriesPerSegment); ; segment++)
        {
            await foreach (
                var row in rows.QueryAsync(
                    StorageKeys.PoolChain,
                    StorageKeys.SegmentPartition(pool, segment),
                    StorageKeys.EntryRow(seq + 1),
                    "f",
                    cancellationToken
                )
            )
            {
                var entry = RowBody.Read<PoolEntry>(row);
                if (row.RowKey != StorageKeys.EntryRow(++seq) || entry.Seq != seq)
                    throw new InvalidDataException($"{pool}: entry {seq} is missing or misplaced; the chain goes on with '{row.RowKey}'.");
                if (entry.Hash.Hex != row.Columns.Text("hash"))
                    throw new InvalidDataException($"{pool} entry {seq}: its content does not have its hash.");
                yield return entry;
            }

            if (seq < LastOf(segment))
                yield break;
        }
    }

    private static long LastOf(int segment) => (segment + 1L) * StorageKeys.EntriesPerSegment;

    private static RowColumns EntryColumns(PoolEntry entry)
    {
        var columns = RowBody.Write(entry);
        columns["hash"] = entry.Hash.Hex;
        return columns;
    }

    /// <summary>A segment begins with the values its predecessor was sealed with; whoever comes first adds them.</summary>
    private async Task StartSegmentAsync(PoolYear pool, int segment, CancellationToken cancellationToken)
    {
        var head = PoolHead.Fresh;
        if (segment > 0)
        {
            var before =
                await rows.GetAsync(
                    StorageKeys.PoolChain,
                    StorageKeys.SegmentPartition(pool, segment - 1),
                    StorageKeys.Head,
                    cancellationToken
                ) ?? throw new InvalidDataException($"{pool}: segment {segment - 1} has no head.");
            head = RowBody.Read<PoolHead>(before);
        }

        var columns = RowBody.Write(head);
        columns["sealed"] = false;
        await rows.AddMissingAsync(
            StorageKeys.PoolChain,
            StorageKeys.SegmentPartition(pool, segment),
            [new RowWrite.Add(StorageKeys.Head, columns)],
            cancellationToken
        );
    }
}
