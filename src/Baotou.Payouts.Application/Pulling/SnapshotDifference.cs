using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;

namespace Baotou.Payouts.Application.Pulling;

/// <summary>A whole set of records beside the one before it. Pure.</summary>
internal sealed class SnapshotDifference
{
    /// <summary>From so many records on that vanish at once, more than <see cref="PercentTooMany"/> of them are too many.</summary>
    public const int LeastTooMany = 20;

    /// <summary>Share of the records known, in per cent, above which vanishing is not believed by itself.</summary>
    public const int PercentTooMany = 1;

    /// <summary>Compares.</summary>
    /// <param name="before">The lines of the last snapshot that counted.</param>
    /// <param name="records">The records of this one.</param>
    public SnapshotDifference(IReadOnlyList<SnapshotLine> before, IReadOnlyList<DeliveredRecord> records)
    {
        var known = before.ToLookup(l => l.RecordId, StringComparer.Ordinal);
        var lines = records.Select(LineOf).Distinct().ToList();
        var present = lines.ToLookup(l => l.RecordId, StringComparer.Ordinal);
        Changed =
        [
            .. records
                .Where(r => !known[r.RecordId ?? ""].Any(l => l.Hash == LineOf(r).Hash))
                .Select(r => (r, known.Contains(r.RecordId ?? ""))),
        ];
        Moved =
        [
            .. before
                .Where(l => Stood(l) && present.Contains(l.RecordId) && present[l.RecordId].All(p => p.Uscc != l.Uscc))
                .DistinctBy(l => (l.RecordId, l.Uscc)),
        ];
        var absent = known
            .Where(l => l.Key.Length > 0 && !present.Contains(l.Key))
            .Select(l => l.MinBy(v => v.Hash, StringComparer.Ordinal)!)
            .ToList();
        Vanished = [.. absent.Where(Stood).OrderBy(l => l.RecordId, StringComparer.Ordinal)];
        Known = known.Count(l => l.Any(Stood));
        Lines = [.. lines, .. absent.Select(l => Stood(l) ? l with { Hash = SnapshotLine.Withdrawn } : l)];
    }

    /// <summary>Records that the set before did not have so, and whether it had their number.</summary>
    public IReadOnlyList<(DeliveredRecord Record, bool WasKnown)> Changed { get; }

    /// <summary>Lines of records that stand under another enterprise now: they are withdrawn from this one.</summary>
    public IReadOnlyList<SnapshotLine> Moved { get; }

    /// <summary>Lines of records that are not there any more.</summary>
    public IReadOnlyList<SnapshotLine> Vanished { get; }

    /// <summary>How many records the set before had.</summary>
    public int Known { get; }

    /// <summary>What the next set is compared with, if those that vanished are withdrawn.</summary>
    public IReadOnlyList<SnapshotLine> Lines { get; }

    /// <summary>Whether so many vanished that the set may be a torn one.</summary>
    public bool LacksTooMuch => Vanished.Count >= LeastTooMany && Vanished.Count * 100L > (long)PercentTooMany * Known;

    /// <summary>What is kept of a record to know it again.</summary>
    public static SnapshotLine LineOf(DeliveredRecord record) =>
        new(
            record.RecordId ?? "",
            record.Uscc ?? "",
            record.Kind ?? "",
            record.Period ?? "",
            ContentHash.OfText(RecordIntake.TextOf(record)).Hex[..32]
        );

    private static bool Stood(SnapshotLine line) => line is { Hash: not SnapshotLine.Withdrawn, Kept: false };
}
