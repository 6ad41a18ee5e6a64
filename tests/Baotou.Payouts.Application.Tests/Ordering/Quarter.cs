using System.Globalization;
using Baotou.Payouts.Domain.Facts;
using CsCheck;

namespace Baotou.Payouts.Application.Tests.Ordering;

/// <summary>A month by the end of which the agencies have told so much more.</summary>
internal sealed record Month(string Last, IReadOnlyList<DeliveredRecord> Visits, IReadOnlyList<DeliveredRecord> Figures);

/// <summary>
/// A quarter of a tiny city as its facts alone: what is told in which month, whatever its own days are. Six days make for ties, for records
/// that are told a month late and for such that are told before they count; few numbers make for corrections and withdrawals.
/// </summary>
/// <param name="Yuan">Appropriated at the beginning.</param>
/// <param name="More">Appropriated after February's round.</param>
/// <param name="Months">January, February, March.</param>
internal sealed record Quarter(int Yuan, int More, IReadOnlyList<Month> Months)
{
    public const int Enterprises = 6;

    private static readonly string[] Lasts = ["2023-01-31", "2023-02-28", "2023-03-31"];
    private static readonly string[] Days = ["2023-01-05", "2023-01-20", "2023-02-10", "2023-02-20", "2023-03-05", "2023-03-20"];
    private static readonly string[] Batches = ["", "notice 4", "notice 5"];

    private static readonly Gen<int> GenDay = Gen.Int[0, Days.Length - 1];

    /// <summary>A record of a few, told once or more often.</summary>
    private static readonly Gen<DeliveredRecord> GenVisit = Gen.Select(
            Gen.Int[1, Enterprises],
            Gen.Int[1, 3],
            GenDay,
            GenDay,
            Gen.Int[0, 2],
            Gen.Int[1, 60],
            Gen.Int[0, 9]
        )
        .Select(
            (enterprise, number, day, recorded, batch, visitors, withdrawn) =>
                TinyCity.Visit(enterprise, $"v{enterprise}-{number}", Days[day], visitors, Days[recorded], Batches[batch], withdrawn == 0)
        );

    private static readonly Gen<DeliveredRecord> GenFigure = Gen.Select(
            Gen.Int[1, Enterprises],
            Gen.Int[2020, 2022],
            GenDay,
            Gen.Int[1, 900]
        )
        .Select((enterprise, year, recorded, yuan) => TinyCity.Figure(enterprise, year, Days[recorded], yuan));

    /// <summary>With corrections and withdrawals, and too little money.</summary>
    public static readonly Gen<Quarter> Whole = Of(GenVisit.Array[1, 8], 120);

    /// <summary>Each record told once: what has to come of it can be said without deciding anything.</summary>
    public static readonly Gen<Quarter> OnceEach = Of(
            Gen.Select(Gen.Int[1, Enterprises], GenDay, Gen.Int[0, 2], Gen.Int[1, 60])
                .Select((enterprise, day, batch, visitors) => (enterprise, day, batch, visitors))
                .Array[1, 8]
                .Select(all =>
                    all.Select(v => TinyCity.Visit(v.enterprise, "", Days[v.day], v.visitors, null, Batches[v.batch])).ToArray()
                ),
            120
        )
        .Select(q => q.Numbered());

    /// <summary>How a failing one is shown.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Yuan} and {More} yuan\n{string.Join('\n', Months.Select(m => $"{m.Last}: {string.Join("; ", m.Visits.Concat(m.Figures).Select(Text))}"))}"
        );

    private static Gen<Quarter> Of(Gen<DeliveredRecord[]> visits, int most) =>
        Gen.Select(Gen.Int[1, most], Gen.Int[1, most], visits.Array[3], GenFigure.Array[0, 3].Array[3])
            .Select(
                (yuan, more, told, figures) => new Quarter(yuan, more, [.. Lasts.Select((last, i) => new Month(last, told[i], figures[i]))])
            );

    /// <summary>Numbers that have nothing to do with the order in which records are told.</summary>
    private Quarter Numbered()
    {
        var number = 0;
        return this with
        {
            Months =
            [
                .. Months.Select(m => m with { Visits = [.. m.Visits.Select(v => v with { RecordId = $"v{number++ * 7 % 31:D2}" })] }),
            ],
        };
    }

    private static string Text(DeliveredRecord r) =>
        $"{r.Uscc?[10..16]} {r.RecordId} {r.EffectiveOn} recorded {r.RecordedAt?[..10]} '{r.Batch}' {(r.Withdrawn ? "withdrawn" : string.Join(' ', r.Values.Values))}";
}
