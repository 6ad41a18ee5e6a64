using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;
using static Baotou.Payouts.Domain.Tests.Deciding.Deciding;

namespace Baotou.Payouts.Domain.Tests.Deciding;

public sealed class Conditions_hold_on_the_right_side_of_each_edge
{
    [Theory]
    [InlineData(Comparison.AtLeast, false, true, true)]
    [InlineData(Comparison.MoreThan, false, false, true)]
    [InlineData(Comparison.AtMost, true, true, false)]
    [InlineData(Comparison.LessThan, true, false, false)]
    [InlineData(Comparison.Equal, false, true, false)]
    [InlineData(Comparison.NotEqual, true, false, true)]
    public void A_comparison(Comparison comparison, bool below, bool at, bool above)
    {
        foreach (var (number, holds) in new[] { (99L, below), (100L, at), (101L, above) })
        {
            Expect(holds, Under(new Condition.Compare(Trip("visitors"), comparison, Given.Count(100)), ("visitors", Given.Count(number))));
            Expect(
                holds,
                Under(new Condition.Compare(Trip("cost"), comparison, new(FieldType.Money, 100)), ("cost", new(FieldType.Money, number)))
            );
            Expect(holds, Under(new Condition.Compare(Trip("from"), comparison, DayAt(100)), ("from", DayAt(number))));
        }
    }

    [Fact]
    public void A_flag_and_a_code_by_equality()
    {
        Expect(true, Under(new Condition.Compare(Trip("local"), Comparison.Equal, FactValue.Of(false)), ("local", FactValue.Of(false))));
        Expect(false, Under(new Condition.Compare(Trip("local"), Comparison.Equal, FactValue.Of(false)), ("local", FactValue.Of(true))));
        Expect(true, Under(new Condition.Compare(Trip("mode"), Comparison.Equal, Given.Code("rail")), ("mode", Given.Code("rail"))));
        Expect(true, Under(new Condition.Compare(Trip("mode"), Comparison.NotEqual, Given.Code("rail")), ("mode", Given.Code("air"))));
    }

    [Theory]
    [InlineData("rail", true)]
    [InlineData("air", true)]
    [InlineData("road", false)]
    public void One_of_a_list(string mode, bool holds) =>
        Expect(holds, Under(new Condition.OneOf(Trip("mode"), ["rail", "air"]), ("mode", Given.Code(mode))));

    [Theory]
    [InlineData("2023-06-16", false)]
    [InlineData("2023-06-15", true)]
    [InlineData("2023-06-05", true)]
    [InlineData("2023-06-04", false)]
    public void Within_days_both_ends_included_and_never_before(string from, bool holds) =>
        Expect(holds, Under(new Condition.WithinDays(Trip("from"), null, 10), ("from", FactValue.Of(Given.Day(from)))));

    [Fact]
    public void Within_days_between_two_facts()
    {
        var condition = new Condition.WithinDays(new("state", "established"), Trip("from"), 0);
        Fact State(string day) => Given.Record("state", "s", "2022-01-01", ("established", FactValue.Of(Given.Day(day))));
        Fact trip = Given.Trip("r1", "2023-06-15", ("from", FactValue.Of(Given.Day("2023-06-01"))));
        Expect(true, One(Given.Terms(Given.Fixed(1), condition), trip, State("2023-06-01")));
        Expect(false, One(Given.Terms(Given.Fixed(1), condition), trip, State("2023-05-31")));
        Expect(false, One(Given.Terms(Given.Fixed(1), condition), trip, State("2023-06-02")));
    }

    [Theory]
    [InlineData("2020-06-15", true)]
    [InlineData("2020-06-16", false)]
    [InlineData("2024-01-01", false)]
    public void Whole_years_since(string from, bool holds) =>
        Expect(holds, Under(new Condition.YearsSince(Trip("from"), Comparison.AtLeast, 3), ("from", FactValue.Of(Given.Day(from)))));

    [Theory]
    [InlineData("2023-06-15", Comparison.AtLeast, 0, true)]
    [InlineData("2023-06-15", Comparison.AtMost, 0, true)]
    [InlineData("2023-06-16", Comparison.AtLeast, 0, false)]
    [InlineData("2024-06-15", Comparison.AtLeast, 0, false)]
    [InlineData("2024-06-15", Comparison.AtLeast, 1, false)]
    [InlineData("2022-06-16", Comparison.Equal, 0, true)]
    [InlineData("2022-06-15", Comparison.Equal, 1, true)]
    public void Whole_years_begin_with_none_and_a_day_to_come_has_not_even_that(
        string from,
        Comparison comparison,
        int years,
        bool holds
    ) => Expect(holds, Under(new Condition.YearsSince(Trip("from"), comparison, years), ("from", FactValue.Of(Given.Day(from)))));

    [Fact]
    public void Whatever_fact_is_missing_the_answer_is_unknown()
    {
        Expect(null, Under(new Condition.Compare(Trip("visitors"), Comparison.LessThan, Given.Count(1))));
        Expect(null, Under(new Condition.OneOf(Trip("mode"), ["rail"])));
        Expect(null, Under(new Condition.YearsSince(Trip("from"), Comparison.AtLeast, 1)));
        Expect(null, Under(new Condition.WithinDays(Trip("from"), null, 1)));
        Expect(
            null,
            Under(new Condition.WithinDays(new("state", "established"), Trip("from"), 1), ("from", FactValue.Of(Given.Day("2023-06-01"))))
        );
        Expect(
            null,
            Under(new Condition.WithinDays(Trip("from"), new("state", "established"), 1), ("from", FactValue.Of(Given.Day("2023-06-01"))))
        );
    }

    [Fact]
    public void A_figure_is_counted_and_summed_in_the_year_it_is_for_not_in_the_year_it_came()
    {
        Fact Figure(int year) =>
            Given.Figure(year, $"{year + 1}-03-01", ("staff", Given.Count(year))) with
            {
                EffectiveOn = new DateOnly(year + 1, 3, 1),
            };
        Fact[] facts = [Figure(2021), Figure(2022), Given.Trip("r", "2022-06-15")];
        Decision Decided(Condition condition) => All(Given.Terms(Given.Fixed(1), condition), facts).Single();
        Expect(true, Decided(new Condition.Count("figure", [], -1, -1, false, Comparison.Equal, 1)));
        Expect(true, Decided(new Condition.Count("figure", [], -1, 0, true, Comparison.Equal, 2)));
        Expect(true, Decided(new Condition.Total(new("figure", "staff"), [], Comparison.Equal, Given.Count(2022))));
    }

    [Theory]
    [InlineData("2023-02-28", 3, true)]
    [InlineData("2023-02-27", 3, false)]
    [InlineData("2023-02-27", 2, true)]
    public void A_29th_of_February_has_its_years_on_the_28th(string day, int years, bool holds)
    {
        var terms = Given.Terms(Given.Fixed(1), new Condition.YearsSince(Trip("from"), Comparison.AtLeast, years));
        Expect(holds, One(terms, Given.Trip("r1", day, ("from", FactValue.Of(Given.Day("2020-02-29"))))));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void A_count_of_records_of_the_year(int records, bool holds)
    {
        var terms = Given.Terms(Given.Fixed(1), new Condition.Count("trip", [], 0, 0, false, Comparison.AtLeast, 3));
        Fact[] facts = [.. Enumerable.Range(1, records).Select(i => Given.Trip($"r{i}", $"2023-0{i}-01")), Given.Trip("x", "2022-12-31")];
        Expect(holds, All(terms, facts).Single(d => d.Occasion == "r1"));
    }

    [Fact]
    public void A_count_of_those_that_fit_and_in_years_around_with_both_ends()
    {
        Condition air = new Condition.Compare(Trip("mode"), Comparison.Equal, Given.Code("air"));
        Fact[] facts =
        [
            Given.Trip("a", "2020-12-31", ("mode", Given.Code("air"))),
            Given.Trip("b", "2021-01-01", ("mode", Given.Code("air"))),
            Given.Trip("c", "2022-05-01", ("mode", Given.Code("air"))),
            Given.Trip("d", "2022-06-01", ("mode", Given.Code("air"))),
            Given.Trip("e", "2022-07-01", ("mode", Given.Code("rail"))),
            Given.Trip("f", "2022-08-01"),
            Given.Trip("z", "2023-06-15"),
        ];
        Decision Counted(bool distinct, long n) =>
            All(Given.Terms(Given.Fixed(1), new Condition.Count("trip", [air], -2, -1, distinct, Comparison.Equal, n)), facts)
                .Single(d => d.Occasion == "z");
        Expect(true, Counted(false, 3));
        Expect(true, Counted(true, 2));
        Expect(false, Counted(false, 4));
        Assert.Equal("b,c,d", Counted(false, 3).Steps.Single().RecordId);
    }

    [Theory]
    [InlineData(10_000, true)]
    [InlineData(9_999, false)]
    public void A_total_over_the_year(long second, bool holds)
    {
        var terms = Given.Terms(Given.Fixed(1), new Condition.Total(Trip("cost"), [], Comparison.AtLeast, Given.Yuan(30_000)));
        Fact[] facts =
        [
            Given.Trip("a", "2023-01-01", ("cost", Given.Yuan(20_000))),
            Given.Trip("b", "2023-12-31", ("cost", Given.Yuan(second))),
            Given.Trip("c", "2022-12-31", ("cost", Given.Yuan(99_999))),
        ];
        Expect(holds, All(terms, facts).Single(d => d.Occasion == "a"));
    }

    [Fact]
    public void Any_of_several_holds_when_one_does_even_if_another_is_unknown()
    {
        Condition rail = new Condition.Compare(Trip("mode"), Comparison.Equal, Given.Code("rail"));
        Condition many = new Condition.Compare(Trip("visitors"), Comparison.AtLeast, Given.Count(10));
        var any = new Condition.AnyOf([rail, many]);
        Expect(true, Under(any, ("mode", Given.Code("rail"))));
        Expect(true, Under(any, ("visitors", Given.Count(10))));
        Expect(true, Under(any, ("mode", Given.Code("air")), ("visitors", Given.Count(10))));
        Expect(false, Under(any, ("mode", Given.Code("air")), ("visitors", Given.Count(9))));
        Expect(null, Under(any, ("mode", Given.Code("air"))));
        Expect(null, Under(any));
    }

    [Fact]
    public void A_state_is_read_as_it_was_on_the_occasions_day()
    {
        var terms = Given.Terms(Given.Fixed(1), new Condition.Compare(new("state", "size"), Comparison.Equal, Given.Code("small")));
        Fact[] states =
        [
            Given.Record("state", "s1", "2022-01-01", ("size", Given.Code("small"))),
            Given.Record("state", "s2", "2023-06-15", ("size", Given.Code("large"))),
        ];
        Assert.Equal(
            "a=Entitled:1 b=NotEntitled:0",
            Show(All(terms, [.. states, Given.Trip("a", "2023-06-14"), Given.Trip("b", "2023-06-15")]))
        );
    }

    [Fact]
    public void A_figure_of_the_year_before_is_read_by_its_offset()
    {
        var terms = Given.Terms(Given.Fixed(1), new Condition.Compare(new("figure", "staff", -1), Comparison.AtLeast, Given.Count(5)));
        var trip = Given.Trip("a", "2023-06-15");
        Expect(true, One(terms, trip, Given.Figure(2022, "2023-03-01", ("staff", Given.Count(5)))));
        Expect(null, One(terms, trip, Given.Figure(2021, "2022-03-01", ("staff", Given.Count(5)))));
        Expect(
            false,
            One(
                terms,
                trip,
                Given.Figure(2022, "2023-03-01", ("staff", Given.Count(4))),
                Given.Figure(2021, "2022-03-01", ("staff", Given.Count(9)))
            )
        );
    }

    [Fact]
    public void A_month_is_read_by_the_occasions_month()
    {
        var terms = Given.Terms(Given.Fixed(1), new Condition.Compare(new("monthly", "output"), Comparison.AtLeast, Given.Quantity(1000)));
        Fact Month(string period, long output) =>
            Given.Record("monthly", period, "2023-07-01", ("output", Given.Quantity(output))) with
            {
                Period = period,
            };
        var trip = Given.Trip("a", "2023-06-15");
        Expect(true, One(terms, trip, Month("2023-06", 1000), Month("2023-05", 0)));
        Expect(null, One(terms, trip, Month("2023-05", 1000)));
    }

    private static FactValue DayAt(long number) => new(FieldType.Date, 738_000 + number);

    private static void Expect(bool? holds, Decision decision) =>
        Assert.Equal(
            holds switch
            {
                true => Outcome.Entitled,
                false => Outcome.NotEntitled,
                _ => Outcome.FactsMissing,
            },
            decision.Outcome
        );
}
