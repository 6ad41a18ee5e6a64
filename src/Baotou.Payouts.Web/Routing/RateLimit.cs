using System.Collections.Concurrent;

namespace Baotou.Payouts.Web.Routing;

/// <summary>
/// Counts requests by name in minutes of the clock. What is counted is forgotten with its minute, so that many names cost no memory for
/// longer. Each instance counts for itself: the limit keeps one caller from starving the others, it is no quota.
/// </summary>
internal sealed class RateLimit(TimeProvider clock)
{
    private const int MostNames = 100_000;

    private sealed record Minute(long Number, ConcurrentDictionary<string, int> Counts);

    private Minute _minute = new(0, new());

    /// <summary>Counts a request.</summary>
    /// <returns>Zero if it is within the limit, else how long to wait.</returns>
    public TimeSpan Take(string name, int limit)
    {
        var now = clock.GetUtcNow();
        var number = now.ToUnixTimeSeconds() / 60;
        var minute = Volatile.Read(ref _minute);
        if (minute.Number != number)
        {
            var next = new Minute(number, new(StringComparer.Ordinal));
            minute = Interlocked.CompareExchange(ref _minute, next, minute) == minute ? next : Volatile.Read(ref _minute);
        }

        var known = minute.Counts.Count < MostNames || minute.Counts.ContainsKey(name) ? name : "*";
        var count = minute.Counts.AddOrUpdate(known, 1, (_, n) => Math.Min(n + 1, limit + 1));
        return count <= limit ? TimeSpan.Zero : TimeSpan.FromSeconds(60 - (now.ToUnixTimeSeconds() % 60));
    }
}
