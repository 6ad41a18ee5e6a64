using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;
using static Baotou.Payouts.Domain.Tests.Deciding.Deciding;

namespace Baotou.Payouts.Domain.Tests.Deciding;

public sealed class An_occasion_has_a_day_a_year_and_a_name
{
    private static readonly Condition Small = new Condition.Compare(new("state", "size"), Comparison.Equal, Given.Code("small"));

    private static Fact Size(string day, string size) => Given.Record("state", "s" + day, day, ("size", Given.Code(size)));

    private static Fact Month(string period, string recordedOn) =>
        Given.Record("monthly", period, recordedOn, ("output", Given.Quantity(1000))) with
        {
            Period = period,
        };

    private static Terms Of(string anchor, OccasionKind kind, params Condition[] conditions) =>
        Given.Terms(Given.Fixed(1), conditions) with
        {
            Anchor = anchor,
            Occasion = kind,
        };

    [Theory]
    [InlineData("2023-12-31", "Entitled")]
    [InlineData("2024-01-01", "FactsMissing")]
    public void A_year_reads_states_as_of_its_last_day(string since, string outcome)
    {
        var policy = Given.Policy(Of("figure", OccasionKind.Year, Small)) with { Validity = new(null, null) };
        Assert.Equal(
            outcome,
            Assert
                .Single(
                    new Decider(Given.Catalogue(policy)).Decide(
                        [Given.Figure(2023, "2024-03-01"), Size(since, "small")],
                        Given.Day("2024-12-31")
                    )
                )
                .Outcome.ToString()
        );
    }

    [Theory]
    [InlineData("2023-02-28", "Entitled")]
    [InlineData("2023-03-01", "FactsMissing")]
    public void A_month_reads_states_as_of_its_last_day(string since, string outcome) =>
        Assert.Equal(
            outcome,
            One(Of("monthly", OccasionKind.Record, Small), Month("2023-02", "2023-05-01"), Size(since, "small")).Outcome.ToString()
        );

    [Fact]
    public void A_month_is_known_from_the_day_it_was_recorded_and_lies_in_its_own_year()
    {
        var terms = Of("monthly", OccasionKind.Record) with { Caps = [new Cap(new Fen(150), CapSpan.Year)] };
        var policy = Given.Policy(terms) with { Validity = new(Given.Day("2023-01-15"), Given.Day("2023-03-15")) };
        Assert.Equal(
            "2022-11=Expired:0 2022-12=Entitled:1 2023-01=Entitled:1 2023-02=Entitled:0 2023-03=Expired:0",
            Show(
                All(
                    [policy],
                    Month("2022-11", "2023-01-14"),
                    Month("2022-12", "2023-01-15"),
                    Month("2023-01", "2023-02-15"),
                    Month("2023-02", "2023-03-15"),
                    Month("2023-03", "2023-03-16")
                )
            )
        );
    }

    [Fact]
    public void A_year_is_named_by_its_period_or_else_by_the_year_of_its_day()
    {
        Assert.Equal("2022=Entitled:1", Show(All(Of("figure", OccasionKind.Year), Given.Figure(2022, "2023-03-01"))));
        Assert.Equal("2023=Entitled:1", Show(All(Of("trip", OccasionKind.Year), Given.Trip("r", "2023-06-15"))));
    }

    [Fact]
    public void Months_of_an_entry_by_year_are_each_one_occasion_and_the_later_figure_counts() =>
        Assert.Equal(
            "2023-01=Entitled:1 2023-02=Entitled:1",
            Show(
                All(
                    Of("monthly", OccasionKind.Year),
                    Month("2023-01", "2023-02-01"),
                    Month("2023-01", "2023-03-01") with
                    {
                        RecordId = "other",
                    },
                    Month("2023-02", "2023-03-02")
                )
            )
        );

    [Fact]
    public void Figures_of_one_year_are_one_occasion_if_any_version_of_the_entry_says_so()
    {
        var old = Given.Policy(null) with { Validity = new(null, Given.Day("2022-12-31")) };
        var young = Given.Policy(Of("figure", OccasionKind.Year)) with { Validity = new(Given.Day("2023-01-01"), null) };
        Assert.Equal(
            "2022=Entitled:1",
            Show(All([old, young], Given.Figure(2022, "2023-02-01"), Given.Figure(2022, "2023-03-01") with { RecordId = "other" }))
        );
    }

    [Theory]
    [InlineData("2023-12-30", "2023-12-31", "Entitled")]
    [InlineData("2023-12-31", "2024-01-05", "Entitled")]
    [InlineData("2024-01-01", "2023-12-31", "Expired")]
    public void A_record_without_a_period_counts_on_its_own_day_whenever_it_was_recorded(string day, string recordedOn, string outcome)
    {
        var trip = Given.Trip("r", day) with { RecordedAt = Given.Morning(recordedOn) };
        Assert.Equal(
            outcome,
            Assert
                .Single(new Decider(Given.Catalogue(Given.Policy(Of("trip", OccasionKind.Record)))).Decide([trip], Given.Day("2024-12-31")))
                .Outcome.ToString()
        );
    }

    [Fact]
    public void Two_records_of_one_year_are_two_occasions_where_each_record_is_one() =>
        Assert.Equal(
            "f2022=Entitled:1 other=Entitled:1",
            Show(
                All(
                    Of("figure", OccasionKind.Record),
                    Given.Figure(2022, "2023-02-01"),
                    Given.Figure(2022, "2023-03-01") with
                    {
                        RecordId = "other",
                    }
                )
            )
        );

    [Fact]
    public void Two_records_of_a_kind_without_periods_are_two_even_where_the_year_is_the_occasion() =>
        Assert.Equal(
            "2023=Entitled:1 2023=Entitled:1",
            Show(All(Of("trip", OccasionKind.Year), Given.Trip("q", "2023-01-15"), Given.Trip("r", "2023-06-15")))
        );

    [Fact]
    public void What_is_given_once_is_named_once_and_by_its_code()
    {
        Assert.Equal("once=Entitled:1", Show(All(Of("trip", OccasionKind.Once), Given.Trip("r", "2023-06-15"))));
        Assert.Equal(
            "once:air=Entitled:1",
            Show(
                All(
                    Of("trip", OccasionKind.Once) with
                    {
                        OnceBy = Trip("mode"),
                    },
                    Given.Trip("r", "2023-06-15", ("mode", Given.Code("air")))
                )
            )
        );
        Assert.Equal(
            "once:=Entitled:1",
            Show(All(Of("trip", OccasionKind.Once) with { OnceBy = Trip("mode") }, Given.Trip("r", "2023-06-15")))
        );
    }

    [Fact]
    public void A_field_of_another_year_is_not_read_from_the_record_itself()
    {
        var terms = Of("figure", OccasionKind.Year, new Condition.Compare(new("figure", "staff", -1), Comparison.Equal, Given.Count(5)));
        Fact[] figures =
        [
            Given.Figure(2021, "2022-03-01", ("staff", Given.Count(5))),
            Given.Figure(2022, "2023-03-01", ("staff", Given.Count(6))),
        ];
        Assert.Equal("2021=FactsMissing:0 2022=Entitled:1", Show(All(terms, figures)));
    }

    [Fact]
    public void Awards_of_a_group_whose_unit_is_unknown_exclude_each_other()
    {
        Policy Member(string id, int yuan) =>
            Given.Policy(Given.Terms(Given.Fixed(yuan)) with { Group = new("g", Trip("number"), GroupSpan.Field, yuan) }, id);
        Assert.Equal(
            "q=Superseded:0 r=Superseded:0 q=Entitled:3 r=Superseded:0",
            Show(All([Member("a", 2), Member("b", 3)], Given.Trip("q", "2023-01-01"), Given.Trip("r", "2023-02-01")))
        );
    }

    [Fact]
    public void An_entry_that_speaks_of_what_the_dictionary_lacks_is_refused_by_name()
    {
        string Said(FieldRef field) =>
            Assert
                .Throws<InvalidOperationException>(() =>
                    One(
                        Given.Terms(Given.Fixed(1), new Condition.Compare(field, Comparison.Equal, Given.Count(1))),
                        Given.Trip("r", "2023-06-15")
                    )
                )
                .Message;
        Assert.Contains("'nothing'", Said(new("nothing", "x")), StringComparison.Ordinal);
        Assert.Contains("'trip.nothing'", Said(Trip("nothing")), StringComparison.Ordinal);
    }
}
