using Baotou.Payouts.Domain.Time;

namespace Baotou.Payouts.Catalogues.Tests;

/// <summary>Working days are data: the yearly notices of the State Council's general office, each with its number.</summary>
public sealed class The_calendar_of_working_days
{
    private static readonly WorkCalendar Calendar = The_embedded_list.Catalogue.Calendar;

    /// <summary>
    /// Exchanging days changes no sum: a year has its days without Saturdays, Sundays and the 11 public holidays (13 from 2025 on).
    /// </summary>
    [Theory]
    [InlineData(2022, 11)]
    [InlineData(2023, 11)]
    [InlineData(2024, 11)]
    [InlineData(2025, 13)]
    public void Has_as_many_working_days_as_the_law_leaves(int year, int holidays)
    {
        var days = Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(new DateOnly(year, 1, 1).AddDays).ToList();
        var weekends = days.Count(d => d.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);

        Assert.Equal(days.Count - weekends - holidays, days.Count(d => Calendar.IsWorked(d) == true));
    }

    [Theory]
    [InlineData(2022, 1, 28, 3, 2022, 2, 7)]
    [InlineData(2024, 2, 9, 1, 2024, 2, 18)]
    [InlineData(2024, 9, 30, 5, 2024, 10, 12)]
    [InlineData(2025, 1, 26, 2, 2025, 2, 5)]
    public void Counts_over_Spring_Festival_and_National_Day(
        int year,
        int month,
        int day,
        int count,
        int lastYear,
        int lastMonth,
        int lastDay
    )
    {
        var last = Assert.IsType<DayReckoned.On>(Calendar.After(new DateOnly(year, month, day), count));
        Assert.Equal(new DateOnly(lastYear, lastMonth, lastDay), last.Day);
    }

    [Fact]
    public void Knows_the_years_of_the_list_and_no_other()
    {
        Assert.Equal([2022, 2023, 2024, 2025], Calendar.Years);
        Assert.Equal(new DayReckoned.NoCalendar(2026), Calendar.After(new DateOnly(2025, 12, 31), 1));
    }

    [Fact]
    public void Is_no_part_of_what_decisions_rest_on()
    {
        var without = CatalogueLoader
            .Load([.. CatalogueLoader.EmbeddedFiles("entries/").Where(f => f.Path != CalendarFile.Path)])
            .Required();
        Assert.Empty(without.Calendar.Years);
        Assert.Equal(The_embedded_list.Catalogue.Version, without.Version);
    }

    [Theory]
    [InlineData("off: [2022-02-30], worked: []", "'2022-02-30' is not a day")]
    [InlineData("off: [2022-02-03..2022-02-01], worked: []", "is no span of days off")]
    [InlineData("off: [2021-12-30..2021-12-31], worked: []", "does not end in 2022")]
    [InlineData("off: [], worked: [2022-01-31]", "is a Monday and worked anyway")]
    [InlineData("off: [], worked: [2023-01-28]", "is not in 2022")]
    [InlineData("off: [2022-01-29], worked: [2022-01-29]", "is off and worked")]
    [InlineData("off: []", "'worked' is missing")]
    [InlineData("off: [], worked: [], closed: []", "'closed' is not known here")]
    public void Broken_is_refused_with_file_and_line(string year, string problem)
    {
        var loading = Lists.LoadWith(CalendarFile.Path, _ => $"years:\n  - {{year: 2022, source: 国办发明电〔2021〕11号, {year}}}\n");
        var told = Assert.Single(Assert.IsType<CatalogueLoading.Refused>(loading).Problems);
        Assert.Equal((CalendarFile.Path, 2), (told.File, told.Line));
        Assert.Contains(problem, told.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Written_twice_for_a_year_is_refused()
    {
        const string year = "  - {year: 2022, source: s, off: [], worked: []}\n";
        var loading = Lists.LoadWith(CalendarFile.Path, _ => "years:\n" + year + year);
        Assert.Contains(
            "twice",
            Assert.Single(Assert.IsType<CatalogueLoading.Refused>(loading).Problems).Problem,
            StringComparison.Ordinal
        );
    }
}
