using System.Globalization;
using System.Text;
using Baotou.Payouts.Local.Sandbox.World;

namespace Baotou.Payouts.Local.Sandbox;

/// <summary>The answer to a request for a page, before anything goes wrong with it.</summary>
/// <param name="Records">The records of the page.</param>
/// <param name="Earlier">A few records that stood before them, for repeats.</param>
/// <param name="Before">The JSON before the records.</param>
/// <param name="After">The JSON behind them.</param>
internal sealed record SandboxPage(IReadOnlyList<SandboxRecord> Records, IReadOnlyList<SandboxRecord> Earlier, string Before, string After);

/// <summary>A dataset that hands over its pages.</summary>
internal interface ISandboxDataset
{
    /// <summary>A page as of a tick; null if cursor or position make no sense.</summary>
    SandboxPage? Page(int tick, string position, int size, string snapshot);
}

/// <summary>
/// A dataset behind a cursor. The cursor is the number of records told so far, so that the size of pages does not matter.
/// </summary>
internal sealed class CursorDataset(IReadOnlyList<SandboxRecord> told) : ISandboxDataset
{
    /// <inheritdoc/>
    public SandboxPage? Page(int tick, string position, int size, string snapshot)
    {
        var known = Known(tick);
        var from = 0;
        if (position.Length > 0 && (!int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out from) || from > known))
            return null;
        var to = Math.Min(from + size, known);
        var asOf = to == known ? $"\"{SandboxJson.Moment(SandboxCalendar.Ticks[tick])}\"" : "null";
        return new SandboxPage(
            [.. told.Skip(from).Take(to - from)],
            [.. told.Skip(Math.Max(0, from - 3)).Take(Math.Min(3, from))],
            "{\"code\":200,\"message\":\"ok\",\"data\":{\"records\":[",
            string.Create(CultureInfo.InvariantCulture, $"],\"cursor\":\"{to}\",\"asOf\":{asOf}}}}}")
        );
    }

    private int Known(int tick)
    {
        var (low, high) = (0, told.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (told[middle].Tick <= tick)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}

/// <summary>A dataset delivered whole: of each record the last version told by the tick; withdrawn ones are left out.</summary>
internal sealed class SnapshotDataset(string source, IReadOnlyList<SandboxRecord> told) : ISandboxDataset
{
    private readonly Lock _gate = new();
    private (int Tick, SandboxRecord[] Records) _snapshot = (-1, []);

    /// <inheritdoc/>
    public SandboxPage? Page(int tick, string position, int size, string snapshot)
    {
        if (!int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var start))
            return null;
        var records = Snapshot(tick);
        var id = string.Create(
            CultureInfo.InvariantCulture,
            $"{source}-{SandboxCalendar.Ticks[tick].ToOffset(TimeSpan.FromHours(8)):yyyyMMdd}"
        );
        return new SandboxPage(
            [.. records.Skip(start).Take(size)],
            [.. records.Take(Math.Min(start, 3))],
            string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"code\":200,\"message\":\"ok\",\"data\":{{\"snapshotId\":\"{id}\",\"total\":{records.Length},\"start\":{start},\"size\":{size},\"asOf\":\"{SandboxJson.Moment(SandboxCalendar.Ticks[tick])}\",\"records\":["
            ),
            "]}}"
        );
    }

    private SandboxRecord[] Snapshot(int tick)
    {
        lock (_gate)
        {
            if (_snapshot.Tick == tick)
                return _snapshot.Records;
            var last = new Dictionary<string, SandboxRecord>(StringComparer.Ordinal);
            foreach (var record in told)
                if (record.Tick <= tick)
                    last[record.RecordId] = record;
            _snapshot = (tick, [.. last.Values.Where(r => !r.Withdrawn).OrderBy(r => r.RecordId, StringComparer.Ordinal)]);
            return _snapshot.Records;
        }
    }
}

/// <summary>Puts pages into bytes.</summary>
internal static class SandboxJson
{
    /// <summary>A moment with its milliseconds, in UTC+8.</summary>
    public static string Moment(DateTimeOffset moment) =>
        moment.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);

    /// <summary>The bytes of a page, as a fault has it.</summary>
    public static byte[] Of(SandboxPage page, SandboxFault fault, long seed)
    {
        IEnumerable<SandboxRecord> records = page.Records;
        if (fault == SandboxFault.Duplicated)
            records = page.Earlier.Where(r => r.Sound).Concat(page.Records).Concat(page.Records.Where(r => r.Sound).Take(2));
        if (fault == SandboxFault.Reordered)
        {
            var random = SplitMix64.For(seed, "order", page.Records.Count);
            records = page.Records.OrderBy(_ => random.Next()).ToList();
        }

        return Encoding.UTF8.GetBytes(page.Before + string.Join(',', records.Select(r => r.Json)) + page.After);
    }
}
