using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;
using CsCheck;
using static Baotou.Payouts.Domain.Tests.Deciding.Deciding;

namespace Baotou.Payouts.Domain.Tests.Deciding;

public sealed class Every_decision_has_one_outcome_with_reasons
{
    private static readonly Condition Many = new Condition.Compare(Trip("visitors"), Comparison.AtLeast, Given.Count(10));

    [Fact]
    public void Entitled_carries_values_records_and_shares()
    {
        var terms = Given.Terms(new Award.PerUnit(Trip("visitors"), null, 1, new Fen(3), null), Many) with
        {
            Funding = new Funding.Ratio(1, 1),
        };
        var trip = Given.Trip("r1", "2023-06-15", ("visitors", Given.Count(11)));
        var decision = One(terms, trip);
        Assert.Equal((Outcome.Entitled, "r1", new Fen(33)), (decision.Outcome, decision.Occasion, decision.Amount));
        Assert.Equal(new Shares(new Fen(17), new Fen(16)), decision.Shares);
        var step = Assert.Single(decision.Steps);
        Assert.Equal(
            ("11人", true, "culture", "r1", Given.Day("2023-06-15")),
            (step.Value, step.Holds, step.Source, step.RecordId, step.EffectiveOn)
        );
        Assert.Equal(new("trip: visitors", "at least 10 people"), (Domain.Facts.Bilingual)new(step.Condition.En, step.Threshold.En));
        Assert.Equal(new("团队·人数", "不少于10人"), (Domain.Facts.Bilingual)new(step.Condition.Zh, step.Threshold.Zh));
        Assert.Equal("条件全部符合，应付0.33元", decision.Reason.Zh);
        Assert.Same(trip, decision.Anchor);
        Assert.Same(trip, Assert.Single(decision.Facts));
    }

    [Fact]
    public void Shares_may_follow_what_each_level_kept()
    {
        var terms = Given.Terms(Given.Fixed(1)) with { Funding = new Funding.ByFact(Trip("city"), Trip("county")) };
        Assert.Equal(
            new Shares(new Fen(25), new Fen(75)),
            One(terms, Given.Trip("r", "2023-06-15", ("city", Given.Yuan(1)), ("county", Given.Yuan(3)))).Shares
        );
        Assert.Equal(
            new Shares(new Fen(50), new Fen(50)),
            One(terms, Given.Trip("r", "2023-06-15", ("city", Given.Yuan(3)), ("county", Given.Yuan(3)))).Shares
        );
        Assert.Equal(Outcome.FactsMissing, One(terms, Given.Trip("r", "2023-06-15", ("city", Given.Yuan(1)))).Outcome);
        Assert.Equal(
            Outcome.FactsMissing,
            One(terms, Given.Trip("r", "2023-06-15", ("city", Given.Yuan(0)), ("county", Given.Yuan(0)))).Outcome
        );
    }

    [Fact]
    public void A_condition_that_fails_outweighs_one_that_is_unknown()
    {
        Condition local = new Condition.Compare(Trip("local"), Comparison.Equal, FactValue.Of(true));
        var terms = Given.Terms(Given.Fixed(1), local, Many);
        var decision = One(terms, Given.Trip("r", "2023-06-15", ("visitors", Given.Count(9))));
        Assert.Equal(Outcome.NotEntitled, decision.Outcome);
        Assert.Equal([null, false], decision.Steps.Select(s => s.Holds));
        Assert.Equal("does not hold: trip: visitors 9 people, asked: at least 10 people", decision.Reason.En);
        decision = One(terms, Given.Trip("r", "2023-06-15", ("visitors", Given.Count(10))));
        Assert.Equal(Outcome.FactsMissing, decision.Outcome);
        Assert.Equal("missing: trip: local, asked: is yes", decision.Reason.En);
        Assert.Equal("culture", decision.Steps[0].Source);
    }

    [Fact]
    public void Of_several_conditions_of_which_one_is_enough_only_that_one_is_named()
    {
        Condition local = new Condition.Compare(Trip("local"), Comparison.Equal, FactValue.Of(true));
        Condition rail = new Condition.Compare(Trip("mode"), Comparison.Equal, Given.Code("rail"));
        var terms = Given.Terms(Given.Fixed(1), local, new Condition.AnyOf([rail, Many]));
        var decision = One(
            terms,
            Given.Trip("r", "2023-06-15", ("local", FactValue.Of(false)), ("mode", Given.Code("air")), ("visitors", Given.Count(10)))
        );
        Assert.Equal([false, true], decision.Steps.Select(s => s.Holds));
        Assert.Equal("团队·人数（符合其一即可）", decision.Steps[1].Condition.Zh);
        Assert.Equal("does not hold: trip: local no, asked: is yes", decision.Reason.En.Replace("否", "no", StringComparison.Ordinal));
        decision = One(
            terms,
            Given.Trip("r", "2023-06-15", ("local", FactValue.Of(true)), ("mode", Given.Code("air")), ("visitors", Given.Count(9)))
        );
        Assert.Equal([true, false, false], decision.Steps.Select(s => s.Holds));
    }

    [Fact]
    public void A_sum_names_its_records_up_to_twenty()
    {
        Decision Summed(int records) =>
            All(
                Given.Terms(Given.Fixed(1), new Condition.Total(Trip("visitors"), [], Comparison.AtLeast, Given.Count(1))),
                [.. Enumerable.Range(1, records).Select(i => Given.Trip($"r{i:00}", $"2023-05-{i:00}", ("visitors", Given.Count(1))))]
            )[0];
        var twenty = string.Join(',', Enumerable.Range(1, 20).Select(i => $"r{i:00}"));
        Assert.Equal("r01,r02", Summed(2).Steps.Single().RecordId);
        Assert.Equal(twenty, Summed(20).Steps.Single().RecordId);
        Assert.Equal(twenty + ",…(21)", Summed(21).Steps.Single().RecordId);
    }

    [Fact]
    public void Days_and_years_are_counted_to_a_day_that_is_named()
    {
        var years = Under(new Condition.YearsSince(Trip("from"), Comparison.AtLeast, 3), ("from", FactValue.Of(Given.Day("2020-06-15"))));
        Assert.Equal(
            ("至2023-06-15不少于3年", "at least 3 whole years until 2023-06-15"),
            (years.Steps.Single().Threshold.Zh, years.Steps.Single().Threshold.En)
        );
        var days = Under(new Condition.WithinDays(Trip("from"), null, 30), ("from", FactValue.Of(Given.Day("2023-06-01"))));
        Assert.Equal(("2023-06-01 – 2023-06-15", "相隔0至30天（含首尾）"), (days.Steps.Single().Value, days.Steps.Single().Threshold.Zh));
    }

    [Theory]
    [InlineData("2021-12-31", Outcome.Expired)]
    [InlineData("2022-01-01", Outcome.Entitled)]
    [InlineData("2023-12-31", Outcome.Entitled)]
    public void The_records_day_must_lie_in_the_validity_both_ends_included(string day, Outcome outcome) =>
        Assert.Equal(outcome, One(Given.Terms(Given.Fixed(1)), Given.Trip("r", day)).Outcome);

    [Fact]
    public void After_the_last_day_it_is_expired_and_says_so()
    {
        var policy = Given.Policy(Given.Terms(Given.Fixed(1))) with { Validity = new(Given.Day("2022-01-01"), Given.Day("2022-12-31")) };
        var decision = Assert.Single(All([policy], Given.Trip("r", "2023-01-01")));
        Assert.Equal(
            (Outcome.Expired, "r", "outside the validity of the entry"),
            (decision.Outcome, decision.Occasion, decision.Reason.En)
        );
        Assert.Equal("2022-01-01 – 2022-12-31, both ends included", Assert.Single(decision.Steps).Threshold.En);
        Assert.Equal(Outcome.Expired, Assert.Single(All([policy])).Outcome);
    }

    [Fact]
    public void A_periods_figure_counts_on_the_day_it_became_known()
    {
        var terms = Given.Terms(Given.Fixed(1)) with { Anchor = "figure", Occasion = OccasionKind.Year };
        var policy = Given.Policy(terms) with { Validity = new(Given.Day("2023-01-01"), Given.Day("2023-03-01")) };
        Assert.Equal("2022=Entitled:1", Show(All([policy], Given.Figure(2022, "2023-03-01"))));
        Assert.Equal("2022=Expired:0", Show(All([policy], Given.Figure(2022, "2023-03-02"))));
    }

    [Fact]
    public void Without_any_record_it_is_not_entitled_if_the_agency_would_have_one_and_missing_otherwise()
    {
        Assert.Equal(Outcome.NotEntitled, One(Given.Terms(Given.Fixed(1))).Outcome);
        var figure = One(Given.Terms(Given.Fixed(1)) with { Anchor = "figure", Occasion = OccasionKind.Year });
        Assert.Equal((Outcome.FactsMissing, "missing: figure (held by tax)"), (figure.Outcome, figure.Reason.En));
        Assert.Equal(Outcome.FactsMissing, One(Given.Terms(Given.Fixed(1)) with { Anchor = "listing" }).Outcome);
    }

    [Fact]
    public void An_entry_that_cannot_be_computed_says_why()
    {
        var decision = Assert.Single(All([Given.Policy(null)], Given.Trip("r", "2023-06-15")));
        Assert.Equal((Outcome.NotAutomatic, "why", ""), (decision.Outcome, decision.Reason.En, decision.Occasion));
    }

    [Fact]
    public void The_version_is_chosen_by_the_records_day()
    {
        var old = Given.Policy(Given.Terms(Given.Fixed(1))) with
        {
            Validity = new(Given.Day("2022-01-01"), Given.Day("2022-12-31")),
            Hash = ContentHash.OfText("old"),
        };
        var young = Given.Policy(Given.Terms(Given.Fixed(2))) with
        {
            Validity = new(Given.Day("2023-01-01"), null),
            Hash = ContentHash.OfText("young"),
            PublishedOn = Given.Day("2022-06-01"),
        };
        var decisions = All([old, young], Given.Trip("a", "2022-12-31"), Given.Trip("b", "2023-01-01"));
        Assert.Equal("a=Entitled:1 b=Entitled:2", Show(decisions));
        Assert.Equal([old.Hash, young.Hash], decisions.Select(d => d.EntryHash));
    }

    [Fact]
    public void A_version_counts_from_the_day_it_is_published()
    {
        var policy = Given.Policy(Given.Terms(Given.Fixed(1))) with { PublishedOn = Given.Day("2023-06-01") };
        var trip = Given.Trip("a", "2023-05-01");
        Assert.Equal(Outcome.Expired, Assert.Single(new Decider(Given.Catalogue(policy)).Decide([trip], Given.Day("2023-05-31"))).Outcome);
        Assert.Equal(Outcome.Entitled, Assert.Single(new Decider(Given.Catalogue(policy)).Decide([trip], Given.Day("2023-06-01"))).Outcome);
    }

    [Fact]
    public void What_is_recorded_after_the_day_asked_for_is_not_known_yet()
    {
        var decider = new Decider(Given.Catalogue(Given.Policy(Given.Terms(Given.Fixed(1)))));
        Assert.Equal(Outcome.NotEntitled, Assert.Single(decider.Decide([Given.Trip("a", "2023-05-02")], Given.Day("2023-05-01"))).Outcome);
        Assert.Equal(Outcome.Entitled, Assert.Single(decider.Decide([Given.Trip("a", "2023-05-02")], Given.Day("2023-05-02"))).Outcome);
    }

    [Fact]
    public void The_order_of_facts_changes_nothing()
    {
        Fact[] facts =
        [
            .. Enumerable.Range(1, 9).Select(i => Given.Trip($"r{i % 7}", $"2023-0{i}-01", ("visitors", Given.Count(i * 3)))),
            Given.Trip("q", "2023-03-01", ("visitors", Given.Count(8))),
        ];
        var terms = Given.Terms(new Award.PerUnit(Trip("visitors"), null, 1, Fen.FromYuan(1), null), Many) with
        {
            Caps = [new Cap(Fen.FromYuan(40), CapSpan.Year)],
        };
        var expected = Show(All(terms, facts));
        Gen.Int.Sample(seed =>
        {
            var shuffled = facts.ToArray();
            new Random(seed).Shuffle(shuffled);
            return Show(All(terms, shuffled)) == expected;
        });
    }

    [Theory]
    [InlineData(Comparison.AtLeast, "不早于2022-01-01", "not before 2022-01-01")]
    [InlineData(Comparison.MoreThan, "晚于2022-01-01", "after 2022-01-01")]
    [InlineData(Comparison.AtMost, "不晚于2022-01-01", "not after 2022-01-01")]
    [InlineData(Comparison.LessThan, "早于2022-01-01", "before 2022-01-01")]
    [InlineData(Comparison.Equal, "为2022-01-01", "is 2022-01-01")]
    public void Days_are_said_to_be_earlier_or_later(Comparison comparison, string zh, string en) =>
        Assert.Equal(
            new Bilingual(zh, en),
            Wording.Compared(Given.Facts.Find("trip")!.Field("from")!, comparison, FactValue.Of(Given.Day("2022-01-01")))
        );
}
