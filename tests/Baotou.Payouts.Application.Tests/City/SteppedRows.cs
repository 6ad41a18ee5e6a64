using System.Runtime.CompilerServices;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.Application.Tests.City;

/// <summary>Rows that a reader goes through only step by step: a call, or a few rows of a scan, each time it is let.</summary>
internal sealed class SteppedRows(InMemoryRowStore rows) : IRowStore, ITableScan
{
    private const int RowsPerStep = 5;

    private readonly SemaphoreSlim _go = new(0);
    private readonly SemaphoreSlim _waits = new(0);
    private bool _ended;

    /// <summary>Runs a reader up to its first step.</summary>
    public async Task<Task> StartAsync(Func<Task> reader)
    {
        var running = RunAsync(reader);
        await _waits.WaitAsync();
        return running;
    }

    /// <summary>Lets the reader do one step; nothing if it is through.</summary>
    public async Task StepAsync()
    {
        if (_ended)
            return;
        _go.Release();
        await _waits.WaitAsync();
    }

    public async Task<StoredRow?> GetAsync(string table, string partition, string rowKey, CancellationToken cancellationToken)
    {
        await StopAsync();
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
        await StopAsync();
        await foreach (var row in rows.QueryAsync(table, partition, from, below, cancellationToken))
            yield return row;
    }

    public Task<CommitOutcome> CommitAsync(
        string table,
        string partition,
        IReadOnlyList<RowWrite> writes,
        CancellationToken cancellationToken
    ) => throw new InvalidOperationException("A backup writes nothing into the store.");

    public async IAsyncEnumerable<PlacedRow> ScanAsync(
        string table,
        string? rowKey,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await StopAsync();
        var read = 0;
        await foreach (var row in rows.ScanAsync(table, rowKey, cancellationToken))
        {
            yield return row;
            if (++read % RowsPerStep == 0)
                await StopAsync();
        }
    }

    private async Task RunAsync(Func<Task> reader)
    {
        try
        {
            await reader();
        }
        finally
        {
            _ended = true;
            _waits.Release();
        }
    }

    private async Task StopAsync()
    {
        _waits.Release();
        await _go.WaitAsync();
    }
}
