using Baotou.Payouts.Application.Telemetry;

namespace Baotou.Payouts.AzureStorage;

/// <summary>
/// Counts what the storage services would bill: every request is one transaction, a transaction of up to 100 rows and a page of a query one
/// each. Storage, not matching, is what limits the engine, so a run states its transactions and a test keeps them from rising. Safe for
/// many threads.
/// </summary>
public sealed class StorageMeter
{
    private long _table;
    private long _queue;

    /// <summary>Requests to tables so far, those that failed and were tried again included.</summary>
    public long TableTransactions => Interlocked.Read(ref _table);

    /// <summary>Requests to queues so far, those that failed and were tried again included.</summary>
    public long QueueTransactions => Interlocked.Read(ref _queue);

    /// <summary>Counts one request to a table.</summary>
    public void CountTable()
    {
        Interlocked.Increment(ref _table);
        EngineMeter.CountTable();
    }

    /// <summary>Counts one request to a queue.</summary>
    public void CountQueue()
    {
        Interlocked.Increment(ref _queue);
        EngineMeter.CountQueue();
    }
}
