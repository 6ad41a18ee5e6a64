using System.Runtime.CompilerServices;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.Web.Tests;

/// <summary>
/// Rows whose reads are answered in groups: none of a group before all of it were asked for. What is read one after another never comes to
/// an end.
/// </summary>
internal sealed class ReadsThatMeet(IRowStore rows) : IRowStore
{
    private readonly Lock _lock = new();
    private Queue<int> _groups = [];
    private TaskCompletionSource? _met;
    private int _missing;

    /// <summary>The sizes of the groups that are still to meet, 1 or more; where there are none, reads are answered at once.</summary>
    public IEnumerable<int> Groups
    {
        get => _groups;
        set => _groups = new Queue<int>(value);
    }

    public async Task<StoredRow?> GetAsync(string table, string partition, string rowKey, CancellationToken cancellationToken)
    {
        await MeetAsync();
        return await rows.GetAsync(table, partition, rowKey, cancellationToken);
    }

    public async IAsyncEnumerable<StoredRow> QueryAsync(
        string table,
        string partition,
        string from,
        string below,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await MeetAsync();
        await foreach (var row in rows.QueryAsync(table, partition, from, below, cancellationToken))
            yield return row;
    }

    public IAsyncEnumerable<PlacedRow> ScanAsync(string table, string? rowKey, CancellationToken cancellationToken) =>
        rows.ScanAsync(table, rowKey, cancellationToken);

    public Task<CommitOutcome> CommitAsync(
        string table,
        string partition,
        IReadOnlyList<RowWrite> writes,
        CancellationToken cancellationToken
    ) => rows.CommitAsync(table, partition, writes, cancellationToken);

    private Task MeetAsync()
    {
        lock (_lock)
        {
            if (_met is null)
            {
                if (!_groups.TryDequeue(out _missing))
                    return Task.CompletedTask;
                _met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            var met = _met;
            if (--_missing == 0)
            {
                _met = null;
                met.SetResult();
            }

            return met.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }
}
