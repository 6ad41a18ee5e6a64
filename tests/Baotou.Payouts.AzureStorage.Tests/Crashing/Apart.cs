using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.AzureStorage.Tests.Crashing;

/// <summary>
/// Rows of many tables in one, their partitions apart: one city of many in one account. No transaction spans two partitions, so nothing is
/// promised by a table of its own, and making seventeen tables for each of hundreds of cities would take longer than what is done with
/// them.
/// </summary>
internal sealed class RowsApart(IRowStore rows, string name) : IRowStore
{
    private const char Below = '~';

    public Task<StoredRow?> GetAsync(string table, string partition, string rowKey, CancellationToken cancellationToken) =>
        rows.GetAsync(name, table + Below + partition, rowKey, cancellationToken);

    public IAsyncEnumerable<StoredRow> QueryAsync(
        string table,
        string partition,
        string from,
        string below,
        CancellationToken cancellationToken
    ) => rows.QueryAsync(name, table + Below + partition, from, below, cancellationToken);

    public Task<CommitOutcome> CommitAsync(
        string table,
        string partition,
        IReadOnlyList<RowWrite> writes,
        CancellationToken cancellationToken
    ) => rows.CommitAsync(name, table + Below + partition, writes, cancellationToken);

    public IAsyncEnumerable<PlacedRow> ScanAsync(string table, string? rowKey, CancellationToken cancellationToken) =>
        AllAsync(rowKey, cancellationToken).Where(row => row.Table == table);

    /// <summary>Every row of every table.</summary>
    public IAsyncEnumerable<PlacedRow> AllAsync(string? rowKey, CancellationToken cancellationToken) =>
        rows.ScanAsync(name, rowKey, cancellationToken)
            .Select(row =>
            {
                var end = row.Partition.IndexOf(Below, StringComparison.Ordinal);
                return row with { Table = row.Partition[..end], Partition = row.Partition[(end + 1)..] };
            });
}

/// <summary>Queues whose names begin with a prefix.</summary>
internal sealed class QueuesApart<TQueue>(TQueue queues, string prefix) : IWorkQueue, IWorkSource
    where TQueue : IWorkQueue, IWorkSource
{
    public Task SendAsync(string queue, string body, TimeSpan delay, CancellationToken cancellationToken) =>
        queues.SendAsync(prefix + queue, body, delay, cancellationToken);

    public async Task<IReadOnlyList<ReceivedWork>> ReceiveAsync(
        string queue,
        int most,
        TimeSpan visibility,
        CancellationToken cancellationToken
    ) => [.. (await queues.ReceiveAsync(prefix + queue, most, visibility, cancellationToken)).Select(work => work with { Queue = queue })];

    public Task<bool> CompleteAsync(ReceivedWork work, CancellationToken cancellationToken) =>
        queues.CompleteAsync(Named(work), cancellationToken);

    public Task AbandonAsync(ReceivedWork work, TimeSpan delay, CancellationToken cancellationToken) =>
        queues.AbandonAsync(Named(work), delay, cancellationToken);

    public Task<int> CountAsync(string queue, CancellationToken cancellationToken) => queues.CountAsync(prefix + queue, cancellationToken);

    public Task<TimeSpan?> AgeAsync(string queue, CancellationToken cancellationToken) =>
        queues.AgeAsync(prefix + queue, cancellationToken);

    private ReceivedWork Named(ReceivedWork work) => work with { Queue = prefix + work.Queue };
}
