using System.Globalization;
using Baotou.Payouts.Domain.Time;

namespace Baotou.Payouts.Domain.Tests.Time;

public sealed class Working_days_come_from_a_calendar
{
    /// <summary>The end of September 2023 and what follows, as 国办发明电〔2022〕16号 orders it.</summary>
    private static readonly WorkCalendar Calendar = new([
        new(
            2023,
            "国办发明电〔2022〕16号",
            [Span("2022-12-31", "2023-01-02"), Span("2023-01-21", "2023-01-27"), Span("2023-09-29", "2023-10-06")],
            [Day("2023-01-28"), Day("2023-01-29"), Day("2023-10-07"), Day("2023-10-08")]
        ),
    ]);

    [Theory]
    [InlineData("2023-01-20", true)]
    [InlineData("2023-01-21", false)]
    [InlineData("2023-01-27", false)]
    [InlineData("2023-01-28", true)]
    [InlineData("2023-01-29", true)]
    [InlineData("2023-02-04", false)]
    [InlineData("2023-10-06", false)]
    [InlineData("2023-10-07", true)]
    [InlineData("2023-10-14", false)]
    public void A_holiday_is_off_and_a_weekend_in_exchange_is_worked(string day, bool worked) =>
        Assert.Equal(worked, Calendar.IsWorked(Day(day)));

    [Theory]
    [InlineData("2023-09-28", 1, "2023-10-07")]
    [InlineData("2023-09-28", 5, "2023-10-11")]
    [InlineData("2023-01-19", 1, "2023-01-20")]
    [InlineData("2023-01-20", 1, "2023-01-28")]
    [InlineData("2023-01-20", 3, "2023-01-30")]
    [InlineData("2023-01-24", 1, "2023-01-28")]
    [InlineData("2023-06-02", 1, "2023-06-05")]
    [InlineData("2023-06-03", 1, "2023-06-05")]
    [InlineData("2022-12-31", 1, "2023-01-03")]
    public void The_first_day_does_not_count_and_the_last_does(string day, int count, string last) =>
        Assert.Equal(new DayReckoned.On(Day(last)), Calendar.After(Day(day), count));

    [Fact]
    public void A_year_without_a_calendar_is_refused_and_not_guessed()
    {
        Assert.Equal(new DayReckoned.NoCalendar(2024), Calendar.After(Day("2023-12-28"), 2));
        Assert.Equal(new DayReckoned.NoCalendar(2022), Calendar.After(Day("2022-06-01"), 1));
        Assert.Null(Calendar.IsWorked(Day("2024-01-02")));
        Assert.Equal(new DayReckoned.On(Day("2023-12-29")), Calendar.After(Day("2023-12-28"), 1));
        Assert.Empty(WorkCalendar.None.Years);
    }

    [Fact]
    public void None_of_days_is_no_period() => Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.After(Day("2023-06-01"), 0));

    private static DayPeriod Span(string from, string to) => new(Day(from), Day(to));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
