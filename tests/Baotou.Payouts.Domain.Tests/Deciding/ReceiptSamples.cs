using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;
using static Baotou.Payouts.Domain.Tests.Deciding.Deciding;

namespace Baotou.Payouts.Domain.Tests.Deciding;

/// <summary>Something that is due, to see what its receipt says.</summary>
internal sealed record ReceiptSample(string Name, Terms Terms, IReadOnlyList<Fact> Facts);

/// <summary>Every form of condition and award, each of them due.</summary>
internal static class ReceiptSamples
{
    private static readonly FieldRef Staff = new("figure", "staff");

    private static readonly string[] Units =
    [
        "person",
        "night",
        "m2",
        "t",
        "km",
        "head",
        "mu",
        "day",
        "show",
        "month",
        "vehicle",
        "seat",
        "site",
        "flight",
        "train",
        "run",
        "embryo",
        "year",
        "place",
        "percent",
        "tce",
        "another",
    ];

    private static readonly Fact[] Facts =
    [
        Given.Record(
            "state",
            "s",
            "2022-01-01",
            ("size", Given.Code("small")),
            ("established", Day("2020-03-01")),
            ("active", FactValue.Of(true))
        ),
        Given.Figure(2021, "2022-03-01", ("staff", Given.Count(4)), ("revenue", Given.Yuan(900))),
        Given.Figure(2022, "2023-03-01", ("staff", Given.Count(5)), ("revenue", Given.Yuan(1_000))),
        Given.Trip("q", "2022-02-01", ("visitors", Given.Count(40)), ("cost", Given.Yuan(10))),
        Given.Trip(
            "r",
            "2023-06-15",
            ("visitors", Given.Count(1_001)),
            ("nights", Given.Count(2)),
            ("distance", Given.Quantity(1_250)),
            ("cost", Given.Yuan(100)),
            ("rate", new FactValue(FieldType.Rate, 435)),
            ("mode", Given.Code("rail")),
            ("from", Day("2021-06-10")),
            ("local", FactValue.Of(false)),
            ("note", new FactValue(FieldType.Text, 0, "a note"))
        ),
    ];

    public static IReadOnlyList<ReceiptSample> All { get; } =
    [
        .. Conditions().Select(c => new ReceiptSample(c.Name, Given.Terms(Given.Fixed(1), c.Condition), Facts)),
        .. Awards().Select(a => new ReceiptSample(a.Name, Given.Terms(a.Award), Facts)),
        .. Caps().Select(c => new ReceiptSample(c.Name, Given.Terms(Given.Fixed(10)) with { Caps = [c.Cap] }, c.Facts)),
        new(
            "count of many",
            Given.Terms(Given.Fixed(1), new Condition.Count("trip", [], 0, 0, false, Comparison.AtLeast, 1)),
            [.. Enumerable.Range(10, 22).Select(i => Given.Trip($"t{i}", "2023-06-15"))]
        ),
    ];

    /// <summary>How each unit is said.</summary>
    public static IEnumerable<string> OfUnits() => Units.Select(u => $"unit {u}: {Wording.UnitZh(u)}");

    private static IEnumerable<(string Name, Condition Condition)> Conditions()
    {
        foreach (
            var (comparison, count, day) in new[]
            {
                (Comparison.AtLeast, 1_001L, "2021-06-10"),
                (Comparison.MoreThan, 1_000L, "2021-06-09"),
                (Comparison.AtMost, 1_001L, "2021-06-10"),
                (Comparison.LessThan, 1_002L, "2021-06-11"),
                (Comparison.Equal, 1_001L, "2021-06-10"),
                (Comparison.NotEqual, 1L, "2021-06-09"),
            }
        )
        {
            yield return ($"compare {comparison}", new Condition.Compare(Trip("visitors"), comparison, Given.Count(count)));
            yield return ($"compare {comparison} of days", new Condition.Compare(Trip("from"), comparison, Day(day)));
        }

        foreach (var (field, value) in Facts[^1].Values)
            yield return ($"compare {value.Type} {field}", new Condition.Compare(Trip(field), Comparison.Equal, value));
        yield return ("compare a flag that is set", new Condition.Compare(new("state", "active"), Comparison.Equal, FactValue.Of(true)));
        yield return ("compare one year before", new Condition.Compare(Staff with { YearOffset = -1 }, Comparison.AtLeast, Given.Count(5)));
        yield return (
            "compare two years before",
            new Condition.Compare(Staff with { YearOffset = -2 }, Comparison.AtLeast, Given.Count(4))
        );
        yield return ("one of", new Condition.OneOf(Trip("mode"), ["rail", "air"]));
        yield return ("within days of the occasion", new Condition.WithinDays(Trip("from"), null, 1_000));
        yield return ("within days of another day", new Condition.WithinDays(new("state", "established"), Trip("from"), 1_000));
        yield return ("years since", new Condition.YearsSince(Trip("from"), Comparison.AtLeast, 2));
        yield return ("count in the year", new Condition.Count("trip", [], 0, 0, false, Comparison.AtLeast, 1));
        yield return ("count over years", new Condition.Count("trip", [], -1, 0, false, Comparison.MoreThan, 1));
        yield return ("count of years", new Condition.Count("trip", [], -1, 0, true, Comparison.Equal, 2));
        yield return ("total", new Condition.Total(Trip("cost"), [], Comparison.AtMost, Given.Yuan(100)));
        yield return (
            "any of",
            new Condition.AnyOf([
                new Condition.OneOf(Trip("mode"), ["air"]),
                new Condition.Compare(Trip("nights"), Comparison.AtLeast, Given.Count(2)),
            ])
        );
    }

    private static IEnumerable<(string Name, Award Award)> Awards()
    {
        Dictionary<string, BasisPoints> rates = new() { ["rail"] = new(275) };
        var each = new Award.PerUnit(Trip("visitors"), null, 1, Fen.FromYuan(5), null);
        yield return ("fixed", Given.Fixed(1_234_567));
        yield return ("tier by code", new Award.Tier(Trip("mode"), [new TierCase.ByCode("rail", Given.Fixed(7))]));
        yield return ("tier by range", new Award.Tier(Trip("visitors"), [new TierCase.ByRange(1_000, null, Given.Fixed(7))]));
        yield return ("percent", new Award.Percent(Trip("cost"), null, new Dictionary<string, BasisPoints>(), new(1_000)));
        yield return ("percent by class", new Award.Percent(Trip("cost"), Trip("mode"), rates, null));
        yield return ("per unit", each);
        yield return ("per unit of a quantity", each with { Units = Trip("distance") });
        yield return ("per unit at most", each with { AtMost = 2 });
        yield return ("per unit and another", each with { Times = Trip("nights") });
        yield return ("per block, one", each with { Each = 1_000 });
        yield return ("per block, two", each with { Each = 500 });
        yield return ("steps", new Award.Steps(Trip("visitors"), 1, Fen.FromYuan(10), 2, Fen.FromYuan(3)));
        yield return ("yearly", new Award.YearlySchedule(Trip("cost"), Trip("from"), [new(100), new(200), new(300)]));
        yield return ("interest paid", new Award.Interest(new InterestBasis.Paid(Trip("cost")), new(5_000)));
        yield return (
            "interest computed",
            new Award.Interest(new InterestBasis.Computed(Trip("cost"), Trip("rate"), Trip("visitors"), 360), new(5_000))
        );
        yield return ("lowest of", new Award.LowestOf([Given.Fixed(9), each]));
        yield return ("top-up", new Award.TopUp(Given.Fixed(150), Trip("cost")));
    }

    private static IEnumerable<(string Name, Cap Cap, Fact[] Facts)> Caps()
    {
        var (first, second) = (Given.Trip("a", "2023-01-01"), Given.Trip("b", "2023-01-02"));
        yield return ("cap of the occasion", new Cap(Fen.FromYuan(6), CapSpan.Occasion), [first]);
        yield return ("cap of the year", new Cap(Fen.FromYuan(16), CapSpan.Year), [first, second]);
        yield return ("cap for life", new Cap(Fen.FromYuan(16), CapSpan.Lifetime), [first, second]);
    }

    private static FactValue Day(string day) => FactValue.Of(Given.Day(day));
}
