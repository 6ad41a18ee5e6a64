using System.Runtime.CompilerServices;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.Application.Tests.Simulation;

/// <summary>
/// Rows at which every call waits for its turn. A query is one call for each page, and what is written between two pages shows up in the
/// second.
/// </summary>
internal sealed class ScheduledRows(IRowStore rows, Schedule schedule, int pageRows) : IRowStore
{
    public Task<StoredRow?> GetAsync(string table, string partition, string rowKey, CancellationToken cancellationToken) =>
        schedule.CallAsync(
            () => $"get {table} {partition} {rowKey}",
            reads: true,
            () => rows.GetAsync(table, partition, rowKey, cancellationToken)
        );

    public async IAsyncEnumerable<StoredRow> QueryAsync(
        string table,
        string partition,
        string from,
        string below,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string? last = null;
        while (true)
        {
            var page = await schedule.CallAsync(
                () => $"query {table} {partition} {last ?? from}..{below}",
                reads: true,
                () => PageAsync(table, partition, from, below, last, cancellationToken)
            );
            foreach (var row in page)
                yield return row;
            if (page.Count < pageRows)
                yield break;
            last = page[^1].RowKey;
        }
    }

    public IAsyncEnumerable<PlacedRow> ScanAsync(string table, string? rowKey, CancellationToken cancellationToken) =>
        rows.ScanAsync(table, rowKey, cancellationToken);

    public Task<CommitOutcome> CommitAsync(
        string table,
        string partition,
        IReadOnlyList<RowWrite> writes,
        CancellationToken cancellationToken
    ) =>
        schedule.CallAsync(
            () => $"commit {table} {partition} {string.Join(' ', writes.Take(4).Select(w => $"{w.GetType().Name} {w.RowKey}"))}",
            reads: false,
            () => rows.CommitAsync(table, partition, writes, cancellationToken)
        );

    private async Task<List<StoredRow>> PageAsync(
        string table,
        string partition,
        string from,
        string below,
        string? last,
        CancellationToken cancellationToken
    )
    {
        var page = new List<StoredRow>();
        await foreach (var row in rows.QueryAsync(table, partition, last ?? from, below, cancellationToken))
        {
            if (row.RowKey == last)
                continue;
            page.Add(row);
            if (page.Count == pageRows)
                break;
        }

        return page;
    }
}

/// <summary>Watches that no pool's head ever goes back, however a chain looks in the end.</summary>
internal sealed class HeadsGoOn(IRowStore rows) : IRowStore
{
    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);

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
        foreach (var entry in writes.Where(w => w.RowKey.StartsWith('e')))
        {
            var seq = long.Parse(entry.RowKey.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
            if (seq <= _seen.GetValueOrDefault(partition))
                throw new ViolationException($"Chain {partition}: entry {seq} is written over, behind entry {_seen[partition]}.");
            _seen[partition] = seq;
        }

        return outcome;
    }
}

/// <summary>Messages in a bag: taken in any order, lost, repeated soon or much later.</summary>
internal sealed class ScheduledQueue(Schedule schedule, Chance chance) : IWorkQueue
{
    private readonly List<(string Queue, string Body)> _waiting = [];
    private readonly List<(string Queue, string Body)> _old = [];

    public int Count => _waiting.Count;

    public Task SendAsync(string queue, string body, TimeSpan delay, CancellationToken cancellationToken) =>
        schedule.CallAsync(
            () => $"send {queue} {body}",
            reads: false,
            () =>
            {
                Put(queue, body);
                return Task.FromResult(true);
            }
        );

    /// <summary>Nobody hears how old messages are; in a bag they have no age.</summary>
    public Task<TimeSpan?> AgeAsync(string queue, CancellationToken cancellationToken) => Task.FromResult<TimeSpan?>(null);

    /// <summary>Puts a message, or loses it.</summary>
    public void Put(string queue, string body)
    {
        if (Hit(Trouble.MessageLost, schedule.Rates.MessageIsLost))
            return;
        _waiting.Add((queue, body));
        if (!chance.PerMille(schedule.Rates.MessageIsRepeated))
            return;
        var soon = chance.Next(2) == 0;
        schedule.Troubles.Hit(soon ? Trouble.MessageRepeated : Trouble.MessageRepeatedMuchLater);
        (soon ? _waiting : _old).Add((queue, body));
    }

    /// <summary>Takes any message.</summary>
    public (string Queue, string Body) Take()
    {
        var at = chance.Next(_waiting.Count);
        var taken = _waiting[at];
        _waiting.RemoveAt(at);
        return taken;
    }

    /// <summary>What was thought lost long ago shows up.</summary>
    public void BringOld()
    {
        _waiting.AddRange(_old);
        _old.Clear();
    }

    private bool Hit(Trouble trouble, int rate)
    {
        if (!chance.PerMille(rate))
            return false;
        schedule.Troubles.Hit(trouble);
        return true;
    }
}
