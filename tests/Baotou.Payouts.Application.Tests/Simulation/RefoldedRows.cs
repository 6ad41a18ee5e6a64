using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Tests.Simulation;

/// <summary>
/// Rows that after every write into a chain hold the sums of pools and claims against a plain refold of the inputs that the head has
/// consumed. Nothing else moves a sum, so what holds after each such write holds at every call.
/// </summary>
internal sealed class RefoldedRows(IRowStore rows, IRowStore truth) : IRowStore
{
    private readonly Engine _reader = new(new TinyCity(), truth);

    /// <summary>How many times sums were compared.</summary>
    public long Compared { get; private set; }

    public Task<StoredRow?> GetAsync(string table, string partition, string rowKey, CancellationToken cancellationToken) =>
        rows.GetAsync(table, partition, rowKey, cancellationToken);

    public IAsyncEnumerable<StoredRow> QueryAsync(
        string table,
        string partition,
        string from,
        string below,
        CancellationToken cancellationToken
    ) => rows.QueryAsync(table, partition, from, below, cancellationToken);

    public IAsyncEnumerable<PlacedRow> ScanAsync(string table, string? rowKey, CancellationToken cancellationToken) =>
        rows.ScanAsync(table, rowKey, cancellationToken);

    public async Task<CommitOutcome> CommitAsync(
        string table,
        string partition,
        IReadOnlyList<RowWrite> writes,
        CancellationToken cancellationToken
    )
    {
        var outcome = await rows.CommitAsync(table, partition, writes, cancellationToken);
        if (table != StorageKeys.PoolChain || outcome is not CommitOutcome.Committed)
            return outcome;
        foreach (var pool in await _reader.Get<IPoolLog>().ListAsync(cancellationToken))
            await CompareAsync(pool);
        return outcome;
    }

    /// <summary>
    /// An input is consumed when nothing more can be granted; so grants lie between those due before the last one and those due with it.
    /// </summary>
    private async Task CompareAsync(PoolYear pool)
    {
        Compared++;
        var head = await _reader.HeadAsync(pool);
        var granted = (await _reader.ChainAsync(pool)).Where(e => e.Kind == EntryKind.Reserved).Select(e => (e.Claim!, e.Amount)).ToList();
        var before = await PlainLedger.RefoldAsync(_reader, pool, head.Done - 1);
        var with = await PlainLedger.RefoldAsync(_reader, pool, head.Done);
        var due = with.Grants.Skip(granted.Count).Aggregate(Fen.Zero, (sum, g) => sum + g.Item2);
        if (!granted.SequenceEqual(with.Grants.Take(granted.Count)) || !before.Grants.SequenceEqual(granted.Take(before.Grants.Count)))
            throw new ViolationException(
                $"{pool} after {head.Done} inputs: {granted.Count} grants, which are not those of a refold of the log"
            );
        if (head.Free != with.Free + due || head.Reserved != with.Reserved - due)
            throw new ViolationException(
                $"{pool} after {head.Done} inputs: free {head.Free}, reserved {head.Reserved}; a refold of the log has {with.Free + due} and {with.Reserved - due}"
            );
    }
}
