using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Time;

namespace Baotou.Payouts.Application.Tests.Ordering;

/// <summary>A claim in line.</summary>
/// <param name="Record">The record that makes it.</param>
/// <param name="Round">The round it belongs to.</param>
/// <param name="Moment">When it counts.</param>
/// <param name="IsLate">Whether it is marked late.</param>
internal sealed record PlacedRecord(string Record, int Round, DateTimeOffset Moment, bool IsLate);

/// <summary>
/// The line of the pool of visits as the rules say it, written down a second time: without deciding, replaying or storing anything. A
/// record counts from its day or from when it was recorded; one that is told later than that counts at the edge of the round that sees it
/// first; records of one moment and batch are drawn.
/// </summary>
internal static class ExpectedLine
{
    /// <summary>The line, first come first, of a quarter that tells each record once.</summary>
    public static List<PlacedRecord> Of(Quarter quarter, PoolYear pool, string seed)
    {
        var through = quarter.Months.Select(m => TinyCity.End(m.Last)).ToList();
        var line =
            from month in Enumerable.Range(0, quarter.Months.Count)
            from record in quarter.Months[month].Visits
            let own = MomentOf(record)
            let round = through.FindIndex(month, w => own <= w)
            where round >= 0
            let late = round > 0 && own <= through[round - 1]
            let moment = late ? through[round - 1] : own
            orderby round, moment
            select (
                Placed: new PlacedRecord(record.RecordId!, round + 1, moment, late),
                Batch: record.Batch ?? "",
                Lot: Lot(pool, seed, record.Uscc!)
            );
        return
        [
            .. line.OrderBy(c => c.Placed.Round)
                .ThenBy(c => c.Placed.Moment)
                .ThenBy(c => c.Batch, StringComparer.Ordinal)
                .ThenBy(c => c.Lot, StringComparer.Ordinal)
                .ThenBy(c => c.Placed.Record, StringComparer.Ordinal)
                .Select(c => c.Placed),
        ];
    }

    /// <summary>The lot of a code, by the words of the published rule.</summary>
    public static string Lot(PoolYear pool, string seed, string uscc) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{pool.Pool}\n{pool.FiscalYear}\n{seed}\n{uscc}"))
            )
        );

    private static DateTimeOffset MomentOf(DeliveredRecord record)
    {
        var effective = ChinaTime.StartOf(DateOnly.ParseExact(record.EffectiveOn!, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        var recorded = DateTimeOffset.Parse(record.RecordedAt!, CultureInfo.InvariantCulture);
        return effective > recorded ? effective : recorded;
    }
}
