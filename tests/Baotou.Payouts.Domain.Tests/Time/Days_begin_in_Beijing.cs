using Baotou.Payouts.Domain.Time;
using CsCheck;

namespace Baotou.Payouts.Domain.Tests.Time;

public sealed class Days_begin_in_Beijing
{
    private static readonly DateOnly Day = new(2023, 5, 31);

    [Fact]
    public void A_day_begins_at_16_o_clock_UTC_of_the_day_before()
    {
        Assert.Equal(new DateTimeOffset(2023, 5, 30, 16, 0, 0, TimeSpan.Zero), ChinaTime.StartOf(Day));
        Assert.Equal(TimeSpan.Zero, ChinaTime.StartOf(Day).Offset);
        Assert.Equal(new DateTimeOffset(2023, 5, 31, 15, 59, 59, 999, TimeSpan.Zero), ChinaTime.EndOf(Day));
    }

    [Fact]
    public void Both_ends_of_a_day_lie_in_it_and_the_next_millisecond_does_not() =>
        Gen.Int[new DateOnly(1900, 1, 1).DayNumber, new DateOnly(2199, 12, 31).DayNumber]
            .Sample(number =>
            {
                var day = DateOnly.FromDayNumber(number);
                return ChinaTime.DayOf(ChinaTime.StartOf(day)) == day
                    && ChinaTime.DayOf(ChinaTime.EndOf(day)) == day
                    && ChinaTime.DayOf(ChinaTime.EndOf(day).AddMilliseconds(1)) == day.AddDays(1);
            });

    [Fact]
    public void A_moment_of_any_zone_has_one_day() =>
        Assert.Equal(new DateOnly(2023, 6, 1), ChinaTime.DayOf(new DateTimeOffset(2023, 5, 31, 12, 0, 0, TimeSpan.FromHours(-4))));

    [Theory]
    [InlineData("2022-04-14", false)]
    [InlineData("2022-04-15", true)]
    [InlineData("2022-10-15", true)]
    [InlineData("2022-10-16", false)]
    public void A_period_includes_both_ends(string day, bool inside) =>
        Assert.Equal(inside, new DayPeriod(new DateOnly(2022, 4, 15), new DateOnly(2022, 10, 15)).Contains(DateOnly.Parse(day, null)));

    [Fact]
    public void An_unknown_end_excludes_nothing()
    {
        Assert.True(new DayPeriod(null, Day).Contains(DateOnly.MinValue));
        Assert.True(new DayPeriod(Day, null).Contains(DateOnly.MaxValue));
        Assert.False(new DayPeriod(Day, null).Contains(Day.AddDays(-1)));
        Assert.True(new DayPeriod(null, null).Contains(Day));
    }
}
