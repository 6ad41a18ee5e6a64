using Baotou.Payouts.Domain.Time;

namespace Baotou.Payouts.Application;

/// <summary>The business day: fixed in a sandbox, else today in UTC+8.</summary>
public sealed class BusinessDay(EngineOptions options, TimeProvider clock)
{
    /// <summary>The legal day that answers are given as of, and on which deadlines are looked at.</summary>
    public DateOnly Today => options.FixedDay ?? ChinaTime.DayOf(clock.GetUtcNow());

    /// <summary>The moment acts take effect at: now, or the end of the sandbox's day.</summary>
    public DateTimeOffset Moment => options.FixedDay is { } day ? ChinaTime.EndOf(day) : clock.GetUtcNow();
}
