namespace Baotou.Payouts.Domain.Time;

/// <summary>The one place where legal days (UTC+8, no summer time) and moments (UTC) are converted.</summary>
public static class ChinaTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The moment at which <paramref name="day"/> begins: 00:00 in UTC+8, as UTC.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Offset).ToUniversalTime();

    /// <summary>The last whole millisecond of <paramref name="day"/> in UTC+8, as UTC.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => StartOf(day).AddDays(1).AddMilliseconds(-1);

    /// <summary>The legal day in which <paramref name="moment"/> lies.</summary>
    public static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.ToOffset(Offset).DateTime);
}

/// <summary>
/// A span of legal days. Both ends are included, as in 17号 article 3(5): "4月15日至10月15日". An end that the text does not give stays unknown.
/// </summary>
/// <param name="From">First day, included; null if unknown.</param>
/// <param name="To">Last day, included; null if unknown.</param>
public readonly record struct DayPeriod(DateOnly? From, DateOnly? To)
{
    /// <summary>Whether the day is inside as far as the ends are known.</summary>
    public bool Contains(DateOnly day) => !(day < From) && !(day > To);
}
