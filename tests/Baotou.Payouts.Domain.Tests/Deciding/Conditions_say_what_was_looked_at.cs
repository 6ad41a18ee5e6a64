using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;
using static Baotou.Payouts.Domain.Tests.Deciding.Deciding;

namespace Baotou.Payouts.Domain.Tests.Deciding;

public sealed class Conditions_say_what_was_looked_at
{
    private static readonly DateOnly On = Given.Day("2023-06-15");

    private static Step StepOf(Condition condition, params Fact[] facts) => StepsOf(condition, facts).Single();

    private static IReadOnlyList<Step> StepsOf(Condition condition, params Fact[] facts) =>
        All(Given.Terms(Given.Fixed(1), condition), facts).Single(d => d.Occasion == "r").Steps;

    private static Fact Trip1(params (string, FactValue)[] values) => Given.Trip("r", "2023-06-15", values);

    [Fact]
    public void A_comparison() =>
        Assert.Equal(
            new Step(new("团队·方式", "trip: mode"), "rail码", new("为air码", "is air"), false, "culture", "r", On, "rail"),
            StepOf(new Condition.Compare(Trip("mode"), Comparison.Equal, Given.Code("air")), Trip1(("mode", Given.Code("rail"))))
        );

    [Fact]
    public void A_comparison_of_a_fact_that_is_missing_names_who_would_hold_it() =>
        Assert.Equal(
            new Step(
                new("年报·人数（前1年）", "figure: staff (1 year before)"),
                "",
                new("不少于5人", "at least 5 people"),
                null,
                "tax",
                "",
                null
            ),
            StepOf(new Condition.Compare(new("figure", "staff", -1), Comparison.AtLeast, Given.Count(5)), Trip1())
        );

    [Fact]
    public void One_of_a_list() =>
        Assert.Equal(
            new Step(
                new("团队·方式", "trip: mode"),
                "road码",
                new("属于：rail码、air码", "one of: rail, air"),
                false,
                "culture",
                "r",
                On,
                "road"
            ),
            StepOf(new Condition.OneOf(Trip("mode"), ["rail", "air"]), Trip1(("mode", Given.Code("road"))))
        );

    [Fact]
    public void Within_days() =>
        Assert.Equal(
            new Step(
                new("团队·出发日至发生日", "trip: from to the day of the occasion"),
                "2023-06-10 – 2023-06-15",
                new("相隔0至10天（含首尾）", "0 to 10 days apart, both ends included"),
                true,
                "culture",
                "r",
                On
            ),
            StepOf(new Condition.WithinDays(Trip("from"), null, 10), Trip1(("from", FactValue.Of(Given.Day("2023-06-10")))))
        );

    [Fact]
    public void Years_since() =>
        Assert.Equal(
            new Step(
                new("团队·出发日", "trip: from"),
                "2020-06-15",
                new("至2023-06-15不少于3年", "at least 3 whole years until 2023-06-15"),
                true,
                "culture",
                "r",
                On
            ),
            StepOf(new Condition.YearsSince(Trip("from"), Comparison.AtLeast, 3), Trip1(("from", FactValue.Of(Given.Day("2020-06-15")))))
        );

    [Fact]
    public void A_count_of_the_year() =>
        Assert.Equal(
            new Step(new("当年团队记录数", "trip: records, in the year"), "2", new("不少于3", "at least 3"), false, "culture", "q,r", On),
            StepOf(new Condition.Count("trip", [], 0, 0, false, Comparison.AtLeast, 3), Given.Trip("q", "2023-02-01"), Trip1())
        );

    [Fact]
    public void A_count_of_years() =>
        Assert.Equal(
            new Step(
                new("2021—2022年团队年数", "trip: years with a record, 2021 to 2022"),
                "1",
                new("为1", "is 1"),
                true,
                "culture",
                "q",
                Given.Day("2022-02-01")
            ),
            StepOf(new Condition.Count("trip", [], -2, -1, true, Comparison.Equal, 1), Given.Trip("q", "2022-02-01"), Trip1())
        );

    [Fact]
    public void A_count_of_one_other_year_or_up_to_this_one_names_the_years()
    {
        Assert.Equal(
            "trip: records, 2022 to 2022",
            StepOf(new Condition.Count("trip", [], -1, -1, false, Comparison.Equal, 1), Trip1()).Condition.En
        );
        Assert.Equal(
            "trip: records, 2022 to 2023",
            StepOf(new Condition.Count("trip", [], -1, 0, false, Comparison.Equal, 1), Trip1()).Condition.En
        );
        Assert.Equal(
            "trip: records, 2023 to 2024",
            StepOf(new Condition.Count("trip", [], 0, 1, false, Comparison.Equal, 1), Trip1()).Condition.En
        );
    }

    [Fact]
    public void A_count_of_nothing_names_who_would_hold_it() =>
        Assert.Equal(
            new Step(new("当年上市记录数", "listing: records, in the year"), "0", new("为0", "is 0"), true, "finance-office", "", null),
            StepOf(new Condition.Count("listing", [], 0, 0, false, Comparison.Equal, 0), Trip1())
        );

    [Fact]
    public void A_total() =>
        Assert.Equal(
            new Step(
                new("2023年累计费用", "cost, total of 2023"),
                "30.00元",
                new("超过30.00元", "more than 30.00 yuan"),
                false,
                "culture",
                "q,r",
                On,
                "30.00 yuan"
            ),
            StepOf(
                new Condition.Total(Trip("cost"), [], Comparison.MoreThan, Given.Yuan(30)),
                Given.Trip("q", "2023-02-01", ("cost", Given.Yuan(10))),
                Trip1(("cost", Given.Yuan(20)))
            )
        );

    [Fact]
    public void A_total_of_nothing_is_zero_and_names_who_would_hold_it() =>
        Assert.Equal(
            new Step(
                new("2023年累计收入", "revenue, total of 2023"),
                "0.00元",
                new("不超过1.00元", "at most 1.00 yuan"),
                true,
                "tax",
                "",
                null,
                "0.00 yuan"
            ),
            StepOf(new Condition.Total(new("figure", "revenue"), [], Comparison.AtMost, Given.Yuan(1)), Trip1())
        );

    [Fact]
    public void A_total_takes_only_records_that_fit_and_a_record_without_the_figure_adds_nothing()
    {
        Condition air = new Condition.Compare(Trip("mode"), Comparison.Equal, Given.Code("air"));
        Fact[] facts =
        [
            Given.Trip("a", "2023-01-01", ("cost", Given.Yuan(5)), ("mode", Given.Code("air"))),
            Given.Trip("b", "2023-01-02", ("cost", Given.Yuan(7)), ("mode", Given.Code("rail"))),
            Given.Trip("c", "2023-01-03", ("mode", Given.Code("air"))),
            Given.Trip("d", "2023-01-04", ("cost", Given.Yuan(9))),
            Trip1(),
        ];
        var step = StepOf(new Condition.Total(Trip("cost"), [air], Comparison.Equal, Given.Yuan(5)), facts);
        Assert.Equal(("5.00元", true, "a,c", Given.Day("2023-01-03")), (step.Value, step.Holds, step.RecordId, step.EffectiveOn));
    }

    [Fact]
    public void What_was_counted_or_summed_names_the_source_of_the_last_record()
    {
        Fact[] facts = [Trip1(("cost", Given.Yuan(1))), Given.Trip("s", "2023-07-01", ("cost", Given.Yuan(1))) with { Source = "file" }];
        Assert.Equal("file", StepOf(new Condition.Count("trip", [], 0, 0, false, Comparison.AtLeast, 1), facts).Source);
        Assert.Equal("file", StepOf(new Condition.Total(Trip("cost"), [], Comparison.AtLeast, Given.Yuan(1)), facts).Source);
    }

    [Fact]
    public void Within_days_of_a_day_that_is_missing_names_that_day() =>
        Assert.Equal(
            new Step(
                new("登记·成立日期", "registration: established"),
                "",
                new("相隔0至10天（含首尾）", "0 to 10 days apart, both ends included"),
                null,
                "market",
                "",
                null
            ),
            StepOf(
                new Condition.WithinDays(Trip("from"), new("state", "established"), 10),
                Trip1(("from", FactValue.Of(Given.Day("2023-06-10"))))
            )
        );

    [Fact]
    public void Any_of_several_says_what_holds_or_else_each_of_them()
    {
        var any = new Condition.AnyOf([
            new Condition.Compare(Trip("visitors"), Comparison.AtLeast, Given.Count(10)),
            new Condition.Compare(Trip("nights"), Comparison.MoreThan, Given.Count(1)),
        ]);
        IEnumerable<(string, string, bool?)> Said(params (string, FactValue)[] values) =>
            StepsOf(any, Trip1(values)).Select(s => (s.Condition.Zh, s.Condition.En, s.Holds));
        (string, string) visitors = ("团队·人数（符合其一即可）", "trip: visitors (one of several is enough)"),
            nights = ("团队·过夜数（符合其一即可）", "trip: nights (one of several is enough)");
        Assert.Equal([(visitors.Item1, visitors.Item2, true)], Said(("visitors", Given.Count(10))));
        Assert.Equal([(visitors.Item1, visitors.Item2, true)], Said(("visitors", Given.Count(10)), ("nights", Given.Count(1))));
        Assert.Equal([(visitors.Item1, visitors.Item2, false), (nights.Item1, nights.Item2, null)], Said(("visitors", Given.Count(9))));
        Assert.Equal(
            [(visitors.Item1, visitors.Item2, false), (nights.Item1, nights.Item2, (bool?)false)],
            Said(("visitors", Given.Count(9)), ("nights", Given.Count(1)))
        );
    }

    [Fact]
    public void What_was_counted_summed_or_read_is_what_the_decision_rests_on()
    {
        Fact[] facts =
        [
            Given.Trip("q", "2023-02-01", ("cost", Given.Yuan(1))),
            Trip1(("cost", Given.Yuan(1))),
            Given.Record("state", "s", "2022-01-01", ("size", Given.Code("small"))),
        ];
        string Used(Condition condition) =>
            string.Join(
                ',',
                All(Given.Terms(Given.Fixed(1), condition), facts).Single(d => d.Occasion == "r").Facts.Select(f => f.RecordId)
            );
        Assert.Equal("r,q", Used(new Condition.Count("trip", [], 0, 0, false, Comparison.AtLeast, 1)));
        Assert.Equal("r,q", Used(new Condition.Total(Trip("cost"), [], Comparison.AtLeast, Given.Yuan(1))));
        Assert.Equal("r,s", Used(new Condition.Compare(new("state", "size"), Comparison.Equal, Given.Code("small"))));
        Assert.Equal("r", Used(new Condition.Compare(new("state", "established"), Comparison.Equal, FactValue.Of(On))));
    }
}
