namespace Baotou.Payouts.Application;

/// <summary>What is chosen once for a store or a host.</summary>
public sealed record EngineOptions
{
    /// <summary>
    /// Partitions that enterprises are spread over, 1 to 1,000; fixed when the store is made. 8 for a machine, 256 for a city.
    /// </summary>
    public int Buckets { get; init; } = 8;

    /// <summary>Most records asked for in one page of a walk, 1 to 1,000.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>
    /// How long a round waits for sources that are behind before it opens without them. Their pools then stand still; the others go on.
    /// </summary>
    public TimeSpan RoundPatience { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long a source may go without a whole walk before officers are alarmed.</summary>
    public TimeSpan SilenceAlarm { get; init; } = TimeSpan.FromDays(3);

    /// <summary>The business day of a sandbox; null for today in UTC+8.</summary>
    public DateOnly? FixedDay { get; init; }

    /// <summary>What of it cannot work.</summary>
    public IEnumerable<OptionProblem> Problems() =>
        [
            .. OptionProblem.Unless(Buckets is >= 1 and <= 1_000, nameof(Buckets), "1 to 1,000, as it was when the store was made"),
            .. OptionProblem.Unless(PageSize is >= 1 and <= 1_000, nameof(PageSize), "1 to 1,000"),
            .. OptionProblem.Unless(RoundPatience >= TimeSpan.Zero, nameof(RoundPatience), "zero or longer"),
            .. OptionProblem.Unless(SilenceAlarm > TimeSpan.Zero, nameof(SilenceAlarm), "longer than zero"),
        ];

    /// <summary>Itself; throws <see cref="ArgumentException"/> naming the first option that cannot work.</summary>
    public EngineOptions Validated() => Problems().FirstOrDefault() is { } problem ? throw new ArgumentException($"{problem}.") : this;
}
