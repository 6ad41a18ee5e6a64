using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Domain.Tests.Pools;

public sealed class A_pool_is_forecast
{
    private static readonly DateOnly Through = new(2023, 6, 30);

    [Theory]
    [InlineData(1_000, "2023-07-10")]
    [InlineData(1_001, "2023-07-11")]
    [InlineData(1, "2023-07-01")]
    [InlineData(18_400, "2023-12-31")]
    public void By_the_rate_of_the_days_before_to_the_day(long freeYuan, string day)
    {
        var forecast = Of(freeYuan, Daily(10, 100));

        Assert.Equal((ForecastOutcome.RunsDry, DateOnly.Parse(day, null)), (forecast.Outcome, forecast.RunsDryOn));
        Assert.Equal(
            (new DateOnly(2023, 6, 21), Through, 10, Fen.FromYuan(1_000)),
            (forecast.From, forecast.Through, forecast.Claims, forecast.Asked)
        );
    }

    [Fact]
    public void To_last_if_the_day_lies_behind_its_fiscal_year() =>
        Assert.Equal((ForecastOutcome.Lasts, null), (Of(18_401, Daily(10, 100)).Outcome, Of(18_401, Daily(10, 100)).RunsDryOn));

    [Fact]
    public void Over_the_days_asked_for_and_no_earlier_ones()
    {
        var asked = Daily(60, 100).Append((new DateOnly(2023, 5, 31), Fen.FromYuan(1_000_000))).ToList();

        Assert.Equal((new DateOnly(2023, 6, 1), Fen.FromYuan(3_000)), (Of(100, asked).From, Of(100, asked).Asked));
        Assert.Equal(new DateOnly(2023, 7, 1), Of(100, asked).RunsDryOn);
    }

    /// <summary>Days on which nobody asked count, those before the first claim do not.</summary>
    [Fact]
    public void With_the_days_on_which_nothing_was_asked_for() =>
        Assert.Equal(
            new DateOnly(2023, 7, 20),
            Of(1_000, [.. Enumerable.Range(0, 5).Select(i => (Through.AddDays(-19 + i), Fen.FromYuan(200)))]).RunsDryOn
        );

    [Fact]
    public void As_unknown_if_there_is_too_little()
    {
        Assert.Equal(ForecastOutcome.Unknown, Of(1_000, []).Outcome);
        Assert.Equal(ForecastOutcome.Unknown, Of(1_000, Daily(30, 100).Take(4).ToList()).Outcome);
        Assert.Equal(ForecastOutcome.Unknown, Of(1_000, Daily(6, 100)).Outcome);
        Assert.Equal(ForecastOutcome.Unknown, Of(1_000, Daily(30, 0)).Outcome);
        Assert.Equal(ForecastOutcome.RunsDry, Of(1_000, Daily(7, 100)).Outcome);
    }

    [Fact]
    public void As_dry_if_something_waits_or_nothing_is_free_and_as_closed_if_it_is()
    {
        Assert.Equal(ForecastOutcome.Dry, Of(0, Daily(30, 100)).Outcome);
        Assert.Equal(ForecastOutcome.Dry, Of(5, Daily(30, 100), waits: true).Outcome);
        Assert.Equal(ForecastOutcome.Closed, Of(0, Daily(30, 100), closed: true).Outcome);
    }

    [Fact]
    public void Without_wrapping_at_the_largest_sums() =>
        Assert.Equal(
            ForecastOutcome.Lasts,
            PoolForecast
                .Of(new PoolYear("p", 2023), new PoolHead { Free = new Fen(long.MaxValue) }, false, Daily(30, 1), Through, 366)
                .Outcome
        );

    private static List<(DateOnly Day, Fen Amount)> Daily(int days, long yuan) =>
        [.. Enumerable.Range(0, days).Select(i => (Through.AddDays(-i), Fen.FromYuan(yuan)))];

    private static PoolForecast Of(
        long freeYuan,
        IReadOnlyCollection<(DateOnly Day, Fen Amount)> asked,
        bool waits = false,
        bool closed = false
    ) =>
        PoolForecast.Of(
            new PoolYear("p", 2023),
            new PoolHead { Free = Fen.FromYuan(freeYuan), Closed = closed },
            waits,
            asked,
            Through,
            30
        );
}
