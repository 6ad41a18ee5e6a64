namespace Baotou.Payouts.Application;

/// <summary>What is chosen once for a store or a host.</summary>
public sealed record EngineOptions
{
    /// <summary>Partitions that enterprises are spread over, 1 to 1,000; fixed when the store is made. 8 for a machine, 256 for a city.</summary>
    public int Buckets { get; init; } = 8;

    /// <summary>Most records asked for in one page of a walk, 1 to 1,000.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>How long a round waits for sources that are behind before it opens without them. Their pools then stand still; the others go on.</summary>
    public TimeSpan RoundPatience { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long a source may go without a whole walk before officers are alarmed.</summary>
    public TimeSpan SilenceAlarm { get; init; } = TimeSpan.FromDays(3);

    /// <summary>The business day of a sandbox; null for today in UTC+8.</summary>
    public DateOnly? FixedDay { get; init; }

    /// <summary>Throws <see cref="ArgumentOutOfRangeException"/> naming the value that is out of range.</summary>
    public EngineOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Buckets, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Buckets, 1_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(PageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PageSize, 1_000);
        return this;
    }
}
