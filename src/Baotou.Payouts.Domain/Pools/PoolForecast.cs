using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;

namespace Baotou.Payouts.Domain.Pools;

/// <summary>What a forecast says.</summary>
public enum ForecastOutcome
{
    /// <summary>The year is closed: nothing more is granted.</summary>
    Closed,

    /// <summary>It is dry already: a claim waits, or nothing is free.</summary>
    Dry,

    /// <summary>At this rate it runs dry on a day of its fiscal year.</summary>
    RunsDry,

    /// <summary>At this rate it lasts through its fiscal year.</summary>
    Lasts,

    /// <summary>Too little is known to say.</summary>
    Unknown,
}

/// <summary>
/// The day a pool runs dry if as much is asked of it each day as in the days before: what is free, divided by what the claims of those days
/// ask for each day. It says so of the past, not of the future: a deadline or a new entry is not in it.
/// </summary>
/// <param name="Outcome">What it says.</param>
/// <param name="From">First day that is reckoned with, included.</param>
/// <param name="Through">Last day that is reckoned with, included.</param>
/// <param name="Claims">Claims of those days.</param>
/// <param name="Asked">City share that they ask for.</param>
/// <param name="Free">What is free.</param>
/// <param name="RunsDryOn">The first day on which less is free than is asked for; null unless
/// <see cref="ForecastOutcome.RunsDry"/>.</param>
/// <param name="Why">How it was worked out, or why it cannot be.</param>
public sealed record PoolForecast(
    ForecastOutcome Outcome,
    DateOnly From,
    DateOnly Through,
    int Claims,
    Fen Asked,
    Fen Free,
    DateOnly? RunsDryOn,
    Bilingual Why
)
{
    /// <summary>Fewer claims than this say nothing about a rate.</summary>
    public const int LeastClaims = 5;

    /// <summary>Fewer days than this say nothing about a rate.</summary>
    public const int LeastDays = 7;

    /// <summary>Works it out.</summary>
    /// <param name="pool">The pool-year.</param>
    /// <param name="head">Where its chain stands.</param>
    /// <param name="waits">Whether a claim waits.</param>
    /// <param name="asked">Every claim of the year by its day (UTC+8) with what it asks for; those that ask for nothing any more may be
    /// left out.</param>
    /// <param name="through">The last day of which all claims are known, included.</param>
    /// <param name="days">How many days to look back, <see cref="LeastDays"/> or more; fewer are reckoned with if the first claim came
    /// later.</param>
    public static PoolForecast Of(
        PoolYear pool,
        PoolHead head,
        bool waits,
        IReadOnlyCollection<(DateOnly Day, Fen Amount)> asked,
        DateOnly through,
        int days
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, LeastDays);
        var from = through.AddDays(1 - days);
        if (asked.Count > 0 && asked.Min(a => a.Day) is var first && first > from)
            from = first;
        var window = asked.Where(a => a.Day >= from && a.Day <= through && a.Amount > Fen.Zero).ToList();
        var sum = window.Aggregate(Fen.Zero, (total, a) => total + a.Amount);
        var span = through.DayNumber - from.DayNumber + 1;

        PoolForecast Says(ForecastOutcome outcome, string zh, string en, DateOnly? on = null) =>
            new(outcome, from, through, window.Count, sum, head.Free, on, new Bilingual(zh, en));

        if (head.Closed)
            return Says(ForecastOutcome.Closed, "该年度资金池已关闭", "the year is closed");
        if (waits || head.Free == Fen.Zero)
            return Says(ForecastOutcome.Dry, "资金已用完或已有申领排队等待", "nothing is free, or a claim waits already");
        if (span < LeastDays)
            return Says(ForecastOutcome.Unknown, $"可供推算的日数不足 {LeastDays} 天", $"claims are known of fewer than {LeastDays} days");
        if (window.Count < LeastClaims)
            return Says(
                ForecastOutcome.Unknown,
                $"{span} 天内申领不足 {LeastClaims} 笔",
                $"fewer than {LeastClaims} claims came in {span} days"
            );
        var left = (((Int128)head.Free.Value * span) + sum.Value - 1) / sum.Value;
        var lastDay = new DateOnly(pool.FiscalYear, 12, 31);
        var zhRate = $"近 {span} 天 {window.Count} 笔共申领 {sum.ToYuanText()} 元，现余 {head.Free.ToYuanText()} 元";
        var enRate = $"{window.Count} claims asked for {sum.ToYuanText()} yuan in {span} days; {head.Free.ToYuanText()} yuan are free";
        return through.DayNumber + left > lastDay.DayNumber
            ? Says(ForecastOutcome.Lasts, zhRate + "，按此速度可用至年度末", enRate + ", which lasts through the fiscal year")
            : Says(
                ForecastOutcome.RunsDry,
                zhRate + $"，按此速度还可用 {left} 天",
                enRate + $", which lasts {left} days",
                through.AddDays((int)left)
            );
    }
}
