using System.Diagnostics.Metrics;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Telemetry;

/// <summary>
/// Tells the numbers of <see cref="Metrics"/> to whoever listens. Nothing is told, kept or changed where nobody does; nothing here throws.
/// </summary>
public static class EngineMeter
{
    private static readonly Meter Meter = new(Metrics.Source);
    private static readonly Counter<long> FactsStored = CounterOf(Metrics.FactsStored);
    private static readonly Counter<long> FactsQuarantined = CounterOf(Metrics.FactsQuarantined);
    private static readonly Counter<long> ClaimsMade = CounterOf(Metrics.ClaimsMade);
    private static readonly Counter<long> PayoutsMade = CounterOf(Metrics.PayoutsMade);
    private static readonly Counter<long> MoneyReserved = CounterOf(Metrics.MoneyReserved);
    private static readonly Counter<long> MoneyPaid = CounterOf(Metrics.MoneyPaid);
    private static readonly Counter<long> MessagesParked = CounterOf(Metrics.MessagesParked);
    private static readonly Counter<long> StorageTransactions = CounterOf(Metrics.StorageTransactions);
    private static readonly Counter<long> StorageConflicts = CounterOf(Metrics.StorageConflicts);
    private static readonly Gauge<double> SourceLag = GaugeOf(Metrics.SourceLag);
    private static readonly Gauge<double> PoolUsed = GaugeOf(Metrics.PoolUsed);
    private static readonly Gauge<double> PaymentsOverdue = GaugeOf(Metrics.PaymentsOverdue);
    private static readonly Gauge<double> QueueAge = GaugeOf(Metrics.QueueAge);
    private static readonly Gauge<double> VerifyDifferences = GaugeOf(Metrics.VerifyDifferences);
    private static readonly KeyValuePair<string, object?> Table = new(Metrics.StorageTransactions.Tag!, "table");
    private static readonly KeyValuePair<string, object?> Queue = new(Metrics.StorageTransactions.Tag!, "queue");

    /// <summary>Facts were appended.</summary>
    public static void CountFacts(int stored) => Count(FactsStored, stored);

    /// <summary>Records were quarantined.</summary>
    public static void CountQuarantined(int records) => Count(FactsQuarantined, records);

    /// <summary>Payout rows were made from entries.</summary>
    public static void CountPayouts(int made) => Count(PayoutsMade, made);

    /// <summary>A message was parked.</summary>
    public static void CountParked() => MessagesParked.Add(1);

    /// <summary>A request went to tables.</summary>
    public static void CountTable() => StorageTransactions.Add(1, Table);

    /// <summary>A request went to queues.</summary>
    public static void CountQueue() => StorageTransactions.Add(1, Queue);

    /// <summary>A write was refused.</summary>
    public static void CountConflict() => StorageConflicts.Add(1);

    /// <summary>
    /// Entries were written behind a head. Called by the one writer whose commit went through, so each entry is told at most once.
    /// </summary>
    /// <param name="pool">The pool-year.</param>
    /// <param name="entries">The entries.</param>
    /// <param name="view">The inputs they consumed.</param>
    public static void CountEntries(PoolYear pool, IReadOnlyList<PoolEntry> entries, IPoolView view)
    {
        foreach (var entry in entries)
        {
            if (entry.Kind == EntryKind.Reserved)
                MoneyReserved.Add(entry.Amount.Value, TagOf(Metrics.MoneyReserved, pool.ToString()));
            if (entry.Kind == EntryKind.Settled)
                Count(MoneyPaid, entry.Amount.Value);
            if (entry.Kind == EntryKind.RoundJoined && view.Input(entry.Input) is PoolInput.RoundClosed round)
                Count(ClaimsMade, round.Claims);
        }
    }

    /// <summary>A source is about to be asked again.</summary>
    /// <param name="source">The dataset.</param>
    /// <param name="completeThrough">The moment up to which it was walked whole; null tells nothing.</param>
    /// <param name="now">The wall clock.</param>
    public static void TellLag(string source, DateTimeOffset? completeThrough, DateTimeOffset now)
    {
        if (completeThrough is { } through)
            SourceLag.Record(Math.Max(0, (now - through).TotalSeconds), TagOf(Metrics.SourceLag, source));
    }

    /// <summary>A pool-year's head was read.</summary>
    public static void TellUse(PoolYear pool, PoolHead head)
    {
        var bound = head.Reserved.Value + (double)head.Paid.Value;
        var all = bound + head.Free.Value;
        if (!head.Closed && all > 0)
            PoolUsed.Record(bound / all * 100, TagOf(Metrics.PoolUsed, pool.ToString()));
    }

    /// <summary>All payouts were looked at.</summary>
    public static void TellOverdue(int payouts) => PaymentsOverdue.Record(payouts);

    /// <summary>Whether anybody hears how old messages are; asking for it costs a request to each queue.</summary>
    public static bool HearsQueues => QueueAge.Enabled;

    /// <summary>A queue was asked.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="oldest">How long its oldest message waits; null if none does.</param>
    public static void TellQueue(string queue, TimeSpan? oldest) =>
        QueueAge.Record(oldest?.TotalSeconds ?? 0, TagOf(Metrics.QueueAge, queue));

    /// <summary>Everything was verified.</summary>
    public static void TellVerified(bool holds) => VerifyDifferences.Record(holds ? 0 : 1);

    private static void Count(Counter<long> counter, long count)
    {
        if (count > 0)
            counter.Add(count);
    }

    private static KeyValuePair<string, object?> TagOf(Metric metric, string value) => new(metric.Tag!, value);

    private static Counter<long> CounterOf(Metric metric) => Meter.CreateCounter<long>(metric.Name, metric.Unit);

    private static Gauge<double> GaugeOf(Metric metric) => Meter.CreateGauge<double>(metric.Name, metric.Unit);
}
