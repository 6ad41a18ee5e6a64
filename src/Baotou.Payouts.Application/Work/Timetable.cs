namespace Baotou.Payouts.Application.Work;

/// <summary>
/// What happens by itself and how often, for both hosts alike. Expressions have six fields (second first) and are read in UTC; Baotou is
/// UTC+8 all year. Each says the same as the period beside it. A firing that is missed or doubled does no harm: it only asks for what rows
/// say is due.
/// </summary>
public static class Timetable
{
    /// <summary>
    /// When sources are asked for new facts: every full hour, so that an agency's nightly load is in before offices open.
    /// </summary>
    public const string Pull = "0 0 * * * *";

    /// <summary>
    /// When the sweep derives lost messages from rows and finishes what was begun: every five minutes, the longest a lost hint delays
    /// anything.
    /// </summary>
    public const string Sweep = "0 */5 * * * *";

    /// <summary>When everything is verified: every night at 18:30 UTC, which is 02:30 in Baotou (UTC+8), between two pulls.</summary>
    public const string Verify = "0 30 18 * * *";

    /// <summary>The period of <see cref="Pull"/>.</summary>
    public static readonly TimeSpan PullEvery = TimeSpan.FromHours(1);

    /// <summary>The period of <see cref="Sweep"/>.</summary>
    public static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(5);

    /// <summary>The time of day of <see cref="Verify"/>, UTC.</summary>
    public static readonly TimeOnly VerifyAt = new(18, 30);

    /// <summary>The first moment after <paramref name="now"/> at which everything is verified.</summary>
    public static DateTimeOffset NextVerify(DateTimeOffset now)
    {
        var today = new DateTimeOffset(DateOnly.FromDateTime(now.UtcDateTime), VerifyAt, TimeSpan.Zero);
        return today > now ? today : today.AddDays(1);
    }
}
