using Baotou.Payouts.Domain.Time;

namespace Baotou.Payouts.Local.Sandbox;

/// <summary>
/// The sandbox's fixed calendar. It lies in the first half of 2023, inside the validity of the list's entries (most are valid in 2022–2024
/// only), and does not depend on today.
/// </summary>
public static class SandboxCalendar
{
    /// <summary>The day on which the sandbox lives: the legal day of the last tick.</summary>
    public static readonly DateOnly BusinessDay = new(2023, 6, 30);

    /// <summary>
    /// The moments, UTC, up to which all agencies have told everything, one after the other: the end of each month, last millisecond
    /// included.
    /// </summary>
    public static readonly IReadOnlyList<DateTimeOffset> Ticks =
    [
        .. new DateOnly[] { new(2023, 1, 31), new(2023, 2, 28), new(2023, 3, 31), new(2023, 4, 30), new(2023, 5, 31), BusinessDay }.Select(
            ChinaTime.EndOf
        ),
    ];

    /// <summary>The first tick by which a record of that moment is told.</summary>
    internal static int TickOf(DateTimeOffset recordedAt)
    {
        for (var tick = 0; tick < Ticks.Count; tick++)
            if (recordedAt <= Ticks[tick])
                return tick;
        throw new InvalidOperationException($"{recordedAt:O} lies behind the sandbox's calendar.");
    }
}
