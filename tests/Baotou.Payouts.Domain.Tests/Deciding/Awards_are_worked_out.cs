using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;
using static Baotou.Payouts.Domain.Tests.Deciding.Deciding;

namespace Baotou.Payouts.Domain.Tests.Deciding;

public sealed class Awards_are_worked_out
{
    [Fact]
    public void A_fixed_amount() => Assert.Equal(30_000_000, Worth(Given.Fixed(300_000)));

    [Theory]
    [InlineData("rail", 100)]
    [InlineData("air", 700)]
    [InlineData("road", 0)]
    public void A_tier_by_code(string mode, long fen) =>
        Assert.Equal(
            fen,
            Worth(
                new Award.Tier(Trip("mode"), [new TierCase.ByCode("rail", Given.Fixed(1)), new TierCase.ByCode("air", Given.Fixed(7))]),
                ("mode", Given.Code(mode))
            )
        );

    [Theory]
    [InlineData(99, 0)]
    [InlineData(100, 100)]
    [InlineData(299, 100)]
    [InlineData(300, 600)]
    [InlineData(long.MaxValue, 600)]
    public void A_tier_by_bracket_from_included_below_not(long visitors, long fen) =>
        Assert.Equal(
            fen,
            Worth(
                new Award.Tier(
                    Trip("visitors"),
                    [new TierCase.ByRange(100, 300, Given.Fixed(1)), new TierCase.ByRange(300, null, Given.Fixed(6))]
                ),
                ("visitors", Given.Count(visitors))
            )
        );

    [Fact]
    public void A_tier_open_at_its_lower_end_and_with_another_award_within() =>
        Assert.Equal(
            150,
            Worth(
                new Award.Tier(
                    Trip("visitors"),
                    [new TierCase.ByRange(null, 4, new Award.PerUnit(Trip("visitors"), null, 1, new Fen(50), null))]
                ),
                ("visitors", Given.Count(3))
            )
        );

    [Fact]
    public void A_percentage_by_class()
    {
        var award = new Award.Percent(
            Trip("cost"),
            Trip("mode"),
            new Dictionary<string, BasisPoints> { ["rail"] = new(1000), ["air"] = new(5) },
            null
        );
        Assert.Equal(1_000, Worth(award, ("cost", Given.Yuan(100)), ("mode", Given.Code("rail"))));
        Assert.Equal(5, Worth(award, ("cost", Given.Yuan(100)), ("mode", Given.Code("air"))));
        Assert.Equal(0, Worth(award, ("cost", Given.Yuan(100)), ("mode", Given.Code("road"))));
        Assert.Equal(200, Worth(award with { Otherwise = new(200) }, ("cost", Given.Yuan(100)), ("mode", Given.Code("road"))));
        Assert.Equal(300, Worth(award with { Class = null, Otherwise = new(300) }, ("cost", Given.Yuan(100))));
        Assert.Equal(0, Worth(award with { Otherwise = new(200) }, ("cost", Given.Yuan(0)), ("mode", Given.Code("rail"))));
    }

    [Theory]
    [InlineData(Rounding.FenDown, 333)]
    [InlineData(Rounding.FenHalfUp, 334)]
    [InlineData(Rounding.YuanDown, 300)]
    [InlineData(Rounding.YuanHalfUp, 300)]
    public void Rounding_comes_once_at_the_end_by_the_policys_mode(Rounding rounding, long fen)
    {
        var award = new Award.Percent(Trip("cost"), null, new Dictionary<string, BasisPoints>(), new(5000));
        var terms = Given.Terms(award) with { Rounding = rounding };
        Assert.Equal(fen, One(terms, Given.Trip("r", "2023-06-15", ("cost", new(FieldType.Money, 667)))).Amount.Value);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 5)]
    [InlineData(20, 100)]
    [InlineData(21, 100)]
    public void So_much_for_each_up_to_a_number(long visitors, long fen) =>
        Assert.Equal(fen, Worth(new Award.PerUnit(Trip("visitors"), null, 1, new Fen(5), 20), ("visitors", Given.Count(visitors))));

    [Theory]
    [InlineData(499, 0)]
    [InlineData(500, 7)]
    [InlineData(999, 7)]
    [InlineData(1000, 14)]
    public void A_started_block_does_not_count(long units, long fen)
    {
        Assert.Equal(fen, Worth(new Award.PerUnit(Trip("visitors"), null, 500, new Fen(7), null), ("visitors", Given.Count(units))));
        Assert.Equal(
            fen,
            Worth(new Award.PerUnit(Trip("distance"), null, 500, new Fen(7), null), ("distance", Given.Quantity((units * 1000) + 999)))
        );
    }

    [Fact]
    public void A_quantity_is_paid_to_its_thousandth_and_capped_in_whole_units()
    {
        var award = new Award.PerUnit(Trip("distance"), null, 1, new Fen(1000), 3);
        Assert.Equal(1234, Worth(award, ("distance", Given.Quantity(1234))));
        Assert.Equal(3000, Worth(award, ("distance", Given.Quantity(3000))));
        Assert.Equal(3000, Worth(award, ("distance", Given.Quantity(3001))));
    }

    [Fact]
    public void Units_may_be_a_product()
    {
        var award = new Award.PerUnit(Trip("visitors"), Trip("nights"), 1, Fen.FromYuan(40), null);
        Assert.Equal(24_000, Worth(award, ("visitors", Given.Count(3)), ("nights", Given.Count(2))));
        Assert.Equal(0, Worth(award, ("visitors", Given.Count(3)), ("nights", Given.Count(0))));
    }

    [Theory]
    [InlineData(2999, 0)]
    [InlineData(3000, 720_000_000)]
    [InlineData(3499, 720_000_000)]
    [InlineData(3500, 840_000_000)]
    [InlineData(4000, 960_000_000)]
    public void Steps_from_a_threshold(long head, long fen) =>
        Assert.Equal(
            fen,
            Worth(
                new Award.Steps(Trip("visitors"), 3000, Fen.FromYuan(7_200_000), 500, Fen.FromYuan(1_200_000)),
                ("visitors", Given.Count(head))
            )
        );

    [Fact]
    public void Steps_of_a_quantity_are_in_whole_units() =>
        Assert.Equal(12, Worth(new Award.Steps(Trip("distance"), 100, new Fen(10), 10, new Fen(2)), ("distance", Given.Quantity(119_999))));

    [Theory]
    [InlineData(2020, 0)]
    [InlineData(2021, 5000)]
    [InlineData(2022, 10000)]
    [InlineData(2023, 10000)]
    [InlineData(2024, 0)]
    public void A_rate_by_the_number_of_the_year(int first, long fen)
    {
        var terms = Given.Terms(
            new Award.YearlySchedule(new("figure", "revenue"), new("figure", "first"), [new(10_000), new(10_000), new(5_000)])
        ) with
        {
            Anchor = "figure",
            Occasion = OccasionKind.Year,
        };
        var figure = Given.Figure(2023, "2023-12-01", ("revenue", Given.Yuan(100)), ("first", Given.Count(first)));
        Assert.Equal(fen, One(terms, figure).Amount.Value);
    }

    [Fact]
    public void The_first_year_may_be_a_day()
    {
        var award = new Award.YearlySchedule(Trip("cost"), Trip("from"), [new(100), new(200)]);
        Assert.Equal(200, Worth(award, ("cost", Given.Yuan(100)), ("from", FactValue.Of(Given.Day("2022-12-31")))));
        Assert.Equal(100, Worth(award, ("cost", Given.Yuan(100)), ("from", FactValue.Of(Given.Day("2023-12-31")))));
    }

    [Theory]
    [InlineData(99, 4_950)]
    [InlineData(100, 5_000)]
    [InlineData(101, 5_000)]
    public void The_lowest_of_a_sum_and_a_share(long cost, long fen) => Assert.Equal(fen, Worth(Lowest, ("cost", Given.Yuan(cost))));

    [Fact]
    public void The_lowest_of_amounts_one_of_which_is_unknown_or_nothing()
    {
        Assert.Equal(Outcome.FactsMissing, One(Given.Terms(Lowest), Given.Trip("r1", "2023-06-15")).Outcome);
        var none = new Award.LowestOf([Given.Fixed(1), new Award.Tier(Trip("mode"), [new TierCase.ByCode("rail", Given.Fixed(7))])]);
        Assert.Equal(0, Worth(none, ("mode", Given.Code("air"))));
        Assert.Equal(100, Worth(none, ("mode", Given.Code("rail"))));
    }

    private static Award.LowestOf Lowest =>
        new([Given.Fixed(50), new Award.Percent(Trip("cost"), null, new Dictionary<string, BasisPoints>(), new(5000))]);

    [Fact]
    public void Interest_paid_and_interest_computed()
    {
        Assert.Equal(5_000, Worth(new Award.Interest(new InterestBasis.Paid(Trip("cost")), new(5000)), ("cost", Given.Yuan(100))));
        var computed = new InterestBasis.Computed(Trip("cost"), Trip("rate"), Trip("nights"), 360);
        var trip = new[] { ("cost", Given.Yuan(1_000_000)), ("rate", new FactValue(FieldType.Rate, 365)), ("nights", Given.Count(90)) };
        Assert.Equal(456_250, Worth(new Award.Interest(computed, new(5000)), trip));
        Assert.Equal(450_000, Worth(new Award.Interest(computed with { DayCount = 365 }, new(5000)), trip));
    }

    [Fact]
    public void The_largest_amounts_do_not_wrap()
    {
        var award = new Award.Percent(Trip("cost"), null, new Dictionary<string, BasisPoints>(), new(10_000));
        Assert.Equal(long.MaxValue, Worth(award, ("cost", new(FieldType.Money, long.MaxValue))));
        Assert.Throws<OverflowException>(() =>
            Worth(new Award.PerUnit(Trip("visitors"), null, 1, new Fen(long.MaxValue), null), ("visitors", Given.Count(2)))
        );
        Assert.Throws<OverflowException>(() =>
            Worth(
                new Award.PerUnit(Trip("visitors"), Trip("nights"), 1, new Fen(long.MaxValue), null),
                ("visitors", Given.Count(long.MaxValue)),
                ("nights", Given.Count(long.MaxValue))
            )
        );
        var interest = new Award.Interest(new InterestBasis.Computed(Trip("cost"), Trip("rate"), Trip("nights"), 360), new(10_000));
        Assert.Throws<OverflowException>(() =>
            Worth(
                interest,
                ("cost", new(FieldType.Money, long.MaxValue)),
                ("rate", new(FieldType.Rate, long.MaxValue)),
                ("nights", Given.Count(long.MaxValue))
            )
        );
    }

    [Fact]
    public void What_an_award_needs_and_nobody_knows_is_missing()
    {
        Award[] awards =
        [
            new Award.Tier(Trip("mode"), []),
            new Award.Percent(Trip("cost"), null, new Dictionary<string, BasisPoints>(), new(1)),
            new Award.PerUnit(Trip("visitors"), null, 1, new Fen(1), null),
            new Award.Steps(Trip("visitors"), 1, new Fen(1), 1, new Fen(1)),
            new Award.Interest(new InterestBasis.Paid(Trip("cost")), new(1)),
            new Award.Interest(new InterestBasis.Computed(Trip("cost"), Trip("rate"), Trip("nights"), 360), new(1)),
            new Award.YearlySchedule(Trip("cost"), Trip("from"), [new(1)]),
        ];
        foreach (var award in awards)
        {
            var decision = One(Given.Terms(award), Given.Trip("r", "2023-06-15"));
            Assert.Equal(Outcome.FactsMissing, decision.Outcome);
            Assert.Equal((null, "culture", ""), (decision.Steps[^1].Holds, decision.Steps[^1].Source, decision.Steps[^1].RecordId));
        }
    }

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(350, 650)]
    [InlineData(999, 1)]
    [InlineData(1000, null)]
    [InlineData(1001, null)]
    public void A_top_up_pays_what_is_missing_and_never_less_than_nothing(int received, int? fen)
    {
        var decision = One(
            Given.Terms(new Award.TopUp(Given.Fixed(10), Trip("cost"))),
            Given.Trip("r", "2023-06-15", ("cost", FactValue.Of(new Fen(received))))
        );
        Assert.Equal(fen is null ? Outcome.NotEntitled : Outcome.Entitled, decision.Outcome);
        Assert.Equal(new Fen(fen ?? 0), decision.Amount);
        if (fen == 650)
            Assert.Equal(new("10.00元 − 3.50元 = 6.50元", "10.00 yuan − 3.50 yuan = 6.50 yuan"), decision.Arithmetic);
    }

    [Fact]
    public void A_top_up_does_not_guess_what_was_received() =>
        Assert.Equal(
            Outcome.FactsMissing,
            One(Given.Terms(new Award.TopUp(Given.Fixed(10), Trip("cost"))), Given.Trip("r", "2023-06-15")).Outcome
        );
}
