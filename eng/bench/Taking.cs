using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.Bench;

/// <summary>The ways to take <c>n</c> payouts from one pool, each in a table of its own.</summary>
internal sealed class Taking(IRowStore rows, string table)
{
    private const long PayoutFen = 500_000;
    private const int EntriesOfSegment = 990;
    private const int EntriesOfCommit = 99;
    private const string Balance = "balance";

    private long _conflicts;

    /// <summary>How often somebody was faster.</summary>
    internal long Conflicts => Interlocked.Read(ref _conflicts);

    /// <summary>
    /// Read the balance, write it back under the version read, again if somebody was faster. Without <paramref name="withPayout"/> the
    /// payout itself is not even written, which flatters this way.
    /// </summary>
    internal async Task OneByOneAsync(int payouts, int contenders, bool withPayout)
    {
        await CommitAsync("pool", [new RowWrite.Add(Balance, new RowColumns { ["fen"] = payouts * PayoutFen })]);
        int next = -1;
        await Task.WhenAll(
            Enumerable
                .Range(0, contenders)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        for (int payout = Interlocked.Increment(ref next); payout < payouts; payout = Interlocked.Increment(ref next))
                        {
                            await TakeAsync(payout, withPayout);
                        }
                    })
                )
        );
        await ExpectAsync("pool", Balance, 0);
    }

    /// <summary>
    /// The way of the engine: one transaction of the head under its version and up to 99 entries, a new partition about every thousand.
    /// </summary>
    internal async Task FoldedAsync(int payouts)
    {
        long free = payouts * PayoutFen;
        for (int segment = 0; segment * EntriesOfSegment < payouts; segment++)
        {
            string partition = $"pool-{segment:D4}";
            await CommitAsync(partition, [new RowWrite.Add("head", new RowColumns { ["fen"] = free })]);
            int end = Math.Min(payouts, (segment + 1) * EntriesOfSegment);
            for (int payout = segment * EntriesOfSegment; payout < end; payout += EntriesOfCommit)
            {
                StoredRow head = (await rows.GetAsync(table, partition, "head", CancellationToken.None))!;
                int count = Math.Min(EntriesOfCommit, end - payout);
                free -= count * PayoutFen;
                await CommitAsync(
                    partition,
                    [
                        new RowWrite.Update("head", head.Version, new RowColumns { ["fen"] = free }),
                        .. Enumerable.Range(payout, count).Select(Entry),
                    ]
                );
            }

            await ExpectAsync(partition, "head", free);
        }
    }

    private async Task TakeAsync(int payout, bool withPayout)
    {
        while (true)
        {
            StoredRow balance = (await rows.GetAsync(table, "pool", Balance, CancellationToken.None))!;
            var taken = new RowWrite.Update(
                Balance,
                balance.Version,
                new RowColumns { ["fen"] = balance.Columns.Number("fen") - PayoutFen }
            );
            RowWrite[] writes = withPayout ? [taken, Entry(payout)] : [taken];
            if (await rows.CommitAsync(table, "pool", writes, CancellationToken.None) is CommitOutcome.Committed)
            {
                return;
            }

            Interlocked.Increment(ref _conflicts);
        }
    }

    private static RowWrite Entry(int payout) =>
        new RowWrite.Add(
            $"e{payout:D8}",
            new RowColumns
            {
                ["kind"] = "reserved",
                ["payout"] = $"A7{payout:D24}",
                ["uscc"] = $"91150200MA0{payout:D7}",
                ["policy"] = "17-art3-1",
                ["occasion"] = "2022",
                ["fen"] = PayoutFen,
                ["part"] = 0L,
                ["freeAfter"] = 0L,
                ["claim"] = $"{payout:D12}",
                ["hash"] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            }
        );

    private async Task CommitAsync(string partition, RowWrite[] writes)
    {
        CommitOutcome outcome = await rows.CommitAsync(table, partition, writes, CancellationToken.None);
        if (outcome is not CommitOutcome.Committed)
        {
            throw new InvalidOperationException($"The only writer was told {outcome}.");
        }
    }

    private async Task ExpectAsync(string partition, string rowKey, long fen)
    {
        long left = (await rows.GetAsync(table, partition, rowKey, CancellationToken.None))!.Columns.Number("fen");
        if (left != fen)
        {
            throw new InvalidOperationException($"{left} fen are left where {fen} must be: money was lost or made.");
        }
    }
}
