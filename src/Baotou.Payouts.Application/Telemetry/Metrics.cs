namespace Baotou.Payouts.Application.Telemetry;

/// <summary>A number that the engine tells about itself.</summary>
/// <param name="Name">Its name; alerts and charts read it by this.</param>
/// <param name="Unit">What is counted or measured, in the notation of OpenTelemetry.</param>
/// <param name="Tag">What it is told apart by; null if by nothing.</param>
public sealed record Metric(string Name, string Unit, string? Tag = null);

/// <summary>
/// The one list of what is measured. A number is told by whoever did the work and is lost with a process that dies, so it is a sign and no
/// record: what was decided, reserved and paid stands in the rows.
/// </summary>
public static class Metrics
{
    /// <summary>The name of the meter and of the source of traces.</summary>
    public const string Source = "Baotou.Payouts";

    /// <summary>Facts appended to the logs, repeats included.</summary>
    public static readonly Metric FactsStored = new("payouts.facts.stored", "{fact}");

    /// <summary>Records that could not become facts, repeats included.</summary>
    public static readonly Metric FactsQuarantined = new("payouts.facts.quarantined", "{record}");

    /// <summary>Claims that joined the line of their pool; those carried in from the year before are not made again.</summary>
    public static readonly Metric ClaimsMade = new("payouts.claims.made", "{claim}");

    /// <summary>Payouts projected from chain entries.</summary>
    public static readonly Metric PayoutsMade = new("payouts.payouts.made", "{payout}");

    /// <summary>Money reserved by chain entries, in fen.</summary>
    public static readonly Metric MoneyReserved = new("payouts.money.reserved", "{fen}", "pool");

    /// <summary>Money that chain entries settled, in fen; what came back is not taken off.</summary>
    public static readonly Metric MoneyPaid = new("payouts.money.paid", "{fen}");

    /// <summary>
    /// Seconds since the moment up to which a source was walked whole, when it is asked again; nothing for one never walked whole.
    /// </summary>
    public static readonly Metric SourceLag = new("payouts.source.lag", "s", "source");

    /// <summary>
    /// Share of a pool-year's money that is reserved or paid, 0 to 100; nothing for a year that is closed or has no money.
    /// </summary>
    public static readonly Metric PoolUsed = new("payouts.pool.used", "%", "pool");

    /// <summary>Payouts that can be paid and are past the payment deadline of their entry.</summary>
    public static readonly Metric PaymentsOverdue = new("payouts.payments.overdue", "{payout}");

    /// <summary>Seconds since the oldest message that waits was sent; 0 for an empty queue.</summary>
    public static readonly Metric QueueAge = new("payouts.queue.age", "s", "queue");

    /// <summary>Messages that failed too often.</summary>
    public static readonly Metric MessagesParked = new("payouts.messages.parked", "{message}");

    /// <summary>Requests to storage, further tries included.</summary>
    public static readonly Metric StorageTransactions = new("payouts.storage.transactions", "{transaction}", "service");

    /// <summary>Writes that were refused because somebody else was faster or had done it before.</summary>
    public static readonly Metric StorageConflicts = new("payouts.storage.conflicts", "{conflict}");

    /// <summary>Whether the nightly verification found a difference, 0 or 1.</summary>
    public static readonly Metric VerifyDifferences = new("payouts.verify.differences", "{difference}");

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Metric> All =
    [
        FactsStored,
        FactsQuarantined,
        ClaimsMade,
        PayoutsMade,
        MoneyReserved,
        MoneyPaid,
        SourceLag,
        PoolUsed,
        PaymentsOverdue,
        QueueAge,
        MessagesParked,
        StorageTransactions,
        StorageConflicts,
        VerifyDifferences,
    ];
}
