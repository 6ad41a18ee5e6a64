using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;
using static Baotou.Payouts.Domain.Tests.Deciding.Deciding;

namespace Baotou.Payouts.Domain.Tests.Deciding;

public sealed class Caps_and_once_only_awards
{
    private static readonly Award PerHead = new Award.PerUnit(Trip("visitors"), null, 1, Fen.FromYuan(1), null);

    private static Fact Of(string id, string day, long visitors) => Given.Trip(id, day, ("visitors", Given.Count(visitors)));

    [Theory]
    [InlineData(99, 99)]
    [InlineData(100, 100)]
    [InlineData(101, 100)]
    public void A_ceiling_of_an_occasion_may_still_be_paid(long visitors, long yuan)
    {
        var terms = Given.Terms(PerHead) with { Caps = [new Cap(Fen.FromYuan(100), CapSpan.Occasion)] };
        Assert.Equal(yuan * 100, One(terms, Of("r", "2023-06-15", visitors)).Amount.Value);
    }

    [Fact]
    public void A_ceiling_of_a_year_is_used_up_in_the_order_of_the_records_and_begins_anew()
    {
        var terms = Given.Terms(PerHead) with { Caps = [new Cap(Fen.FromYuan(100), CapSpan.Year)] };
        var decisions = All(
            terms,
            Of("c", "2023-03-01", 30),
            Of("a", "2023-01-01", 60),
            Of("b", "2023-02-01", 50),
            Of("z", "2022-02-01", 90)
        );
        Assert.Equal("z=Entitled:90 a=Entitled:60 b=Entitled:40 c=NotEntitled:0", Show(decisions));
        Assert.EndsWith("年度上限余额40.00元", decisions[2].Arithmetic.Zh, StringComparison.Ordinal);
        Assert.EndsWith("left of the yearly ceiling 0.00 yuan", decisions[3].Reason.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ceiling_for_ever_goes_on_over_the_years()
    {
        var terms = Given.Terms(PerHead) with { Caps = [new Cap(Fen.FromYuan(100), CapSpan.Lifetime)] };
        Assert.Equal(
            "z=Entitled:90 a=Entitled:10 b=NotEntitled:0",
            Show(All(terms, Of("a", "2023-01-01", 60), Of("b", "2023-02-01", 50), Of("z", "2022-02-01", 90)))
        );
    }

    [Fact]
    public void A_ceiling_by_a_field_is_one_for_each_of_its_values()
    {
        Fact By(string id, string day, string mode) => Given.Trip(id, day, ("visitors", Given.Count(60)), ("mode", Given.Code(mode)));
        var terms = Given.Terms(PerHead) with { Caps = [new Cap(Fen.FromYuan(100), CapSpan.Lifetime, Trip("mode"))] };
        Assert.Equal(
            "a=Entitled:60 b=Entitled:60 c=Entitled:40 d=Entitled:40 e=NotEntitled:0",
            Show(
                All(
                    terms,
                    By("a", "2022-01-01", "x"),
                    By("b", "2022-02-01", "y"),
                    By("c", "2023-03-01", "x"),
                    By("d", "2023-04-01", "y"),
                    By("e", "2023-05-01", "x")
                )
            )
        );
        Assert.Contains(Trip("mode"), TermsWalk.FieldsOf(terms));
    }

    [Fact]
    public void Several_ceilings_all_count()
    {
        var terms = Given.Terms(PerHead) with
        {
            Caps =
            [
                new Cap(Fen.FromYuan(50), CapSpan.Occasion),
                new Cap(Fen.FromYuan(80), CapSpan.Year),
                new Cap(Fen.FromYuan(120), CapSpan.Lifetime),
            ],
        };
        Assert.Equal(
            "a=Entitled:50 b=Entitled:30 c=NotEntitled:0 d=Entitled:40 e=NotEntitled:0",
            Show(
                All(
                    terms,
                    Of("a", "2022-01-01", 60),
                    Of("b", "2022-02-01", 60),
                    Of("c", "2022-03-01", 60),
                    Of("d", "2023-01-01", 60),
                    Of("e", "2023-02-01", 60)
                )
            )
        );
    }

    [Theory]
    [InlineData(CapSpan.Occasion)]
    [InlineData(CapSpan.Year)]
    [InlineData(CapSpan.Lifetime)]
    public void A_ceiling_that_is_just_reached_cuts_nothing_and_is_not_spoken_of(CapSpan span) =>
        Assert.Equal(
            "visitors 60 × 1.00 yuan = 60.00 yuan",
            One(Given.Terms(PerHead) with { Caps = [new Cap(Fen.FromYuan(60), span)] }, Of("a", "2023-01-01", 60)).Arithmetic.En
        );

    [Fact]
    public void A_later_version_with_a_lower_ceiling_pays_nothing_more_and_says_so_only_of_what_it_cuts()
    {
        var many = new Condition.Compare(Trip("visitors"), Comparison.AtLeast, Given.Count(10));
        Policy Version(long cap, string from, string to) =>
            Given.Policy(Given.Terms(PerHead, many) with { Caps = [new Cap(Fen.FromYuan(cap), CapSpan.Lifetime)] }) with
            {
                Validity = new(Given.Day(from), Given.Day(to)),
            };
        var decisions = All(
            [Version(100, "2022-01-01", "2022-12-31"), Version(40, "2023-01-01", "2023-12-31")],
            Of("a", "2022-02-01", 90),
            Of("b", "2023-02-01", 60),
            Of("c", "2023-03-01", 9),
            Of("d", "2023-04-01", 60)
        );
        Assert.Equal("a=Entitled:90 b=NotEntitled:0 c=NotEntitled:0 d=NotEntitled:0", Show(decisions));
        Assert.EndsWith("left of the ceiling for all years 0.00 yuan", decisions[1].Arithmetic.En, StringComparison.Ordinal);
        Assert.Equal("", decisions[2].Arithmetic.En);
        Assert.StartsWith("does not hold", decisions[2].Reason.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ceiling_of_one_version_alone_counts()
    {
        Policy Version(Cap[] caps, string from, string to) =>
            Given.Policy(Given.Terms(PerHead) with { Caps = caps }) with
            {
                Validity = new(Given.Day(from), Given.Day(to)),
            };
        Assert.Equal(
            "a=Entitled:90 b=Entitled:40 c=NotEntitled:0",
            Show(
                All(
                    [
                        Version([], "2022-01-01", "2022-12-31"),
                        Version([new Cap(Fen.FromYuan(40), CapSpan.Year)], "2023-01-01", "2023-12-31"),
                    ],
                    Of("a", "2022-02-01", 90),
                    Of("b", "2023-02-01", 60),
                    Of("c", "2023-03-01", 60)
                )
            )
        );
    }

    [Fact]
    public void Once_means_the_first_record_that_fits()
    {
        var terms = Given.Terms(Given.Fixed(5), new Condition.Compare(Trip("visitors"), Comparison.AtLeast, Given.Count(10))) with
        {
            Occasion = OccasionKind.Once,
        };
        var decisions = All(terms, Of("c", "2023-03-01", 30), Of("a", "2023-01-01", 9), Of("b", "2023-02-01", 10));
        Assert.Equal("once=NotEntitled:0 once=Entitled:5 once=NotEntitled:0", Show(decisions));
        Assert.Equal("b", decisions[1].Anchor!.RecordId);
        Assert.Equal("one-time award", decisions[2].Steps[^1].Condition.En);
        Assert.Equal(
            "does not hold: one-time award 2023-03-01, asked: the first time (there is a record of 2023-02-01)",
            decisions[2].Reason.En
        );
    }

    [Fact]
    public void Once_by_a_code_means_once_for_each_code()
    {
        var terms = Given.Terms(Given.Fixed(5)) with { Occasion = OccasionKind.Once, OnceBy = Trip("mode") };
        Fact By(string id, string day, string mode) => Given.Trip(id, day, ("mode", Given.Code(mode)));
        Assert.Equal(
            "once:rail=Entitled:5 once:air=Entitled:5 once:rail=NotEntitled:0",
            Show(All(terms, By("a", "2023-01-01", "rail"), By("b", "2023-02-01", "air"), By("c", "2023-03-01", "rail")))
        );
    }

    [Fact]
    public void Once_by_a_text_means_once_for_each_text_and_keeps_it_out_of_the_key()
    {
        var terms = Given.Terms(Given.Fixed(5)) with { Occasion = OccasionKind.Once, OnceBy = Trip("note") };
        Fact By(string id, string day, string number) => Given.Trip(id, day, ("note", new FactValue(FieldType.Text, 0, number)));
        var decisions = All(terms, By("a", "2023-01-01", "T1"), By("b", "2023-02-01", new string('长', 200)), By("c", "2023-03-01", "T1"));
        Assert.Equal([Outcome.Entitled, Outcome.Entitled, Outcome.NotEntitled], decisions.Select(d => d.Outcome));
        Assert.Equal(2, decisions.Select(d => d.Occasion).Distinct().Count());
        Assert.All(decisions, d => Assert.Matches("^once:[0-9a-f]{20}$", d.Occasion));
        Assert.Equal(decisions[0].Occasion, decisions[2].Occasion);
    }

    [Fact]
    public void A_once_only_award_uses_up_no_ceiling_where_it_is_not_the_first()
    {
        var terms = Given.Terms(PerHead) with
        {
            Occasion = OccasionKind.Once,
            OnceBy = Trip("mode"),
            Caps = [new Cap(Fen.FromYuan(100), CapSpan.Lifetime)],
        };
        Fact By(string id, string day, string mode) => Given.Trip(id, day, ("mode", Given.Code(mode)), ("visitors", Given.Count(60)));
        Assert.Equal(
            "once:rail=Entitled:60 once:rail=NotEntitled:0 once:air=Entitled:40",
            Show(All(terms, By("a", "2023-01-01", "rail"), By("b", "2023-02-01", "rail"), By("c", "2023-03-01", "air")))
        );
    }

    [Fact]
    public void Two_figures_of_one_year_are_one_occasion_and_the_later_counts()
    {
        var terms = Given.Terms(new Award.PerUnit(new("figure", "staff"), null, 1, Fen.FromYuan(1), null)) with
        {
            Anchor = "figure",
            Occasion = OccasionKind.Year,
        };
        var first = Given.Figure(2022, "2023-02-01", ("staff", Given.Count(5)));
        Assert.Equal(
            "2022=Entitled:7",
            Show(All(terms, first, Given.Figure(2022, "2023-03-01", ("staff", Given.Count(7))) with { RecordId = "other" }))
        );
    }
}
