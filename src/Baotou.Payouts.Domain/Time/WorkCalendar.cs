namespace Baotou.Payouts.Domain.Time;

/// <summary>One year of the State Council's notice on holidays, as far as it departs from Monday to Friday.</summary>
/// <param name="Year">The year that the notice orders.</param>
/// <param name="Source">The notice ("国办发明电〔2022〕16号").</param>
/// <param name="DaysOff">Spans without work, both ends included; one may begin in the last days of the year before (31 December
/// 2022).</param>
/// <param name="WorkedDays">Saturdays and Sundays that are worked in exchange.</param>
public sealed record CalendarYear(int Year, string Source, IReadOnlyList<DayPeriod> DaysOff, IReadOnlyList<DateOnly> WorkedDays);

/// <summary>What counting working days gave, in order of precedence.</summary>
public abstract record DayReckoned
{
    private DayReckoned() { }

    /// <summary>Counting reached a year for which there is no calendar; nothing is guessed.</summary>
    /// <param name="Year">The first such year.</param>
    public sealed record NoCalendar(int Year) : DayReckoned;

    /// <summary>The day.</summary>
    public sealed record On(DateOnly Day) : DayReckoned;
}

/// <summary>
/// Working days (工作日) from a calendar that is data: Monday to Friday without the days off of the yearly notice, and the Saturdays and
/// Sundays that it has worked. Of a year without a notice nothing is known, not even its Mondays.
/// </summary>
public sealed class WorkCalendar
{
    private readonly HashSet<DateOnly> _off = [];
    private readonly HashSet<DateOnly> _worked = [];
    private readonly HashSet<int> _years = [];

    /// <summary>The calendar of these years; of a year that is not among them nothing is known.</summary>
    public WorkCalendar(IEnumerable<CalendarYear> years)
    {
        foreach (var year in years)
        {
            _years.Add(year.Year);
            _worked.UnionWith(year.WorkedDays);
            foreach (var span in year.DaysOff)
            {
                for (var day = span.From!.Value; day <= span.To!.Value; day = day.AddDays(1))
                    _off.Add(day);
            }
        }
    }

    /// <summary>A calendar that knows no year.</summary>
    public static WorkCalendar None { get; } = new([]);

    /// <summary>The years that are known, earliest first.</summary>
    public IReadOnlyList<int> Years => [.. _years.Order()];

    /// <summary>Whether a day is worked; null if there is no calendar of its year.</summary>
    public bool? IsWorked(DateOnly day) =>
        !_years.Contains(day.Year)
            ? null
            : _worked.Contains(day) || (!_off.Contains(day) && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

    /// <summary>
    /// The n-th working day after a day. As in article 201 of the Civil Code the day on which a period begins does not count, whether it is
    /// worked or not; the day of the answer does, and is the last of the period. Five working days from Thursday, 28 September 2023 end on
    /// 11 October: 29 September to 6 October are off, and Saturday the 7th and Sunday the 8th are worked.
    /// </summary>
    /// <param name="day">The day that does not count.</param>
    /// <param name="count">How many working days, 1 or more; throws <see cref="ArgumentOutOfRangeException"/> for less.</param>
    public DayReckoned After(DateOnly day, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var left = count;
        while (left > 0)
        {
            day = day.AddDays(1);
            if (IsWorked(day) is not { } worked)
                return new DayReckoned.NoCalendar(day.Year);
            if (worked)
                left--;
        }

        return new DayReckoned.On(day);
    }
}
