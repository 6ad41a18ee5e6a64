using System.Collections.Frozen;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;
using static Baotou.Payouts.Domain.Tests.Deciding.Deciding;

namespace Baotou.Payouts.Domain.Tests.Deciding;

public sealed class Reasons_read_plainly
{
    private static readonly Condition Rail = new Condition.Compare(Trip("mode"), Comparison.Equal, Given.Code("rail"));
    private static readonly Condition Many = new Condition.Compare(Trip("visitors"), Comparison.AtLeast, Given.Count(10));
    private static readonly Condition Local = new Condition.Compare(Trip("local"), Comparison.Equal, FactValue.Of(true));

    [Fact]
    public void What_does_not_hold_names_value_and_threshold() =>
        Assert.Equal("不符合：团队·本地 否，须为是", Under(Local, ("local", FactValue.Of(false))).Reason.Zh);

    [Fact]
    public void What_is_missing_names_what_it_is_needed_for()
    {
        Assert.Equal("缺少所需数据：团队·本地，须为是", Under(Local).Reason.Zh);
        var percent = new Award.Percent(Trip("cost"), null, FrozenDictionary<string, BasisPoints>.Empty, new BasisPoints(500));
        Assert.Equal(
            "缺少所需数据：团队·费用，须有数据（用于计算金额）",
            One(Given.Terms(percent), Given.Trip("r", "2023-06-15")).Reason.Zh
        );
    }

    [Fact]
    public void Days_between_two_dates_name_both_dates()
    {
        var condition = new Condition.WithinDays(new("state", "established"), Trip("from"), 30);
        var state = Given.Record("state", "s", "2022-01-01", ("established", FactValue.Of(Given.Day("2023-06-02"))));
        var decision = One(
            Given.Terms(Given.Fixed(1), condition),
            Given.Trip("r1", "2023-06-15", ("from", FactValue.Of(Given.Day("2023-06-01")))),
            state
        );
        Assert.Equal("不符合：登记·成立日期至出发日 2023-06-02 – 2023-06-01，须相隔0至30天（含首尾）", decision.Reason.Zh);
        Assert.Equal(
            "does not hold: registration: established to from 2023-06-02 – 2023-06-01, asked: 0 to 30 days apart, both ends included",
            decision.Reason.En
        );
        Assert.Equal("s", Assert.Single(decision.Steps).RecordId);
    }

    [Fact]
    public void Days_up_to_the_occasion_name_its_day()
    {
        var step = Assert.Single(
            Under(new Condition.WithinDays(Trip("from"), null, 30), ("from", FactValue.Of(Given.Day("2023-06-01")))).Steps
        );
        Assert.Equal(("团队·出发日至发生日", "2023-06-01 – 2023-06-15", true), (step.Condition.Zh, step.Value, step.Holds));
    }

    [Fact]
    public void Of_two_dates_the_one_that_is_not_known_is_missing()
    {
        var condition = new Condition.WithinDays(new("state", "established"), Trip("from"), 30);
        var state = Given.Record("state", "s", "2022-01-01", ("established", FactValue.Of(Given.Day("2023-06-02"))));
        var missing = Assert.Single(One(Given.Terms(Given.Fixed(1), condition), Given.Trip("r1", "2023-06-15"), state).Steps);
        Assert.Equal(("团队·出发日", "", null, "culture"), (missing.Condition.Zh, missing.Value, missing.Holds, missing.Source));
        missing = Assert.Single(
            One(
                Given.Terms(Given.Fixed(1), condition),
                Given.Trip("r1", "2023-06-15", ("from", FactValue.Of(Given.Day("2023-06-01"))))
            ).Steps
        );
        Assert.Equal(("登记·成立日期", "", null, "market"), (missing.Condition.Zh, missing.Value, missing.Holds, missing.Source));
    }

    [Fact]
    public void Of_several_of_which_one_is_enough_the_reason_says_so()
    {
        var refused = Under(new Condition.AnyOf([Rail, Many]), ("mode", Given.Code("air")), ("visitors", Given.Count(9)));
        Assert.Equal("不符合：团队·方式（符合其一即可） air码，须为rail码；团队·人数（符合其一即可） 9人，须不少于10人", refused.Reason.Zh);
    }

    [Fact]
    public void A_choice_that_holds_is_not_among_what_does_not()
    {
        var terms = Given.Terms(Given.Fixed(1), new Condition.AnyOf([Rail, Many]), Local);
        var decision = One(
            terms,
            Given.Trip("r", "2023-06-15", ("mode", Given.Code("rail")), ("visitors", Given.Count(1)), ("local", FactValue.Of(false)))
        );
        Assert.Equal("不符合：团队·本地 否，须为是", decision.Reason.Zh);
    }

    [Fact]
    public void A_rate_by_class_says_which_class()
    {
        var rates = new Dictionary<string, BasisPoints> { ["rail"] = new(500) }.ToFrozenDictionary();
        var award = new Award.Percent(Trip("cost"), Trip("mode"), rates, new BasisPoints(300));
        string Said(string mode) =>
            One(Given.Terms(award), Given.Trip("r", "2023-06-15", ("cost", Given.Yuan(100)), ("mode", Given.Code(mode)))).Arithmetic.Zh;
        Assert.Equal("100.00元 × 5%（方式：rail码） = 5.00元", Said("rail"));
        Assert.Equal("100.00元 × 3%（方式：air码） = 3.00元", Said("air"));
    }

    [Theory]
    [InlineData("2023-01-01", null, "自2023-01-01起（含），截止日原文未定")]
    [InlineData(null, "2021-12-31", "至2021-12-31止（含），起始日原文未定")]
    [InlineData("2021-01-01", "2021-12-31", "2021-01-01 – 2021-12-31（含首尾）")]
    public void A_validity_says_which_end_is_not_known(string? from, string? to, string said)
    {
        var policy = Given.Policy(Given.Terms(Given.Fixed(1))) with
        {
            Validity = new(from is null ? null : Given.Day(from), to is null ? null : Given.Day(to)),
        };
        Assert.Equal(said, Assert.Single(Assert.Single(All([policy], Given.Trip("r", "2022-06-15"))).Steps).Threshold.Zh);
    }

    [Fact]
    public void Where_nothing_is_due_the_reason_says_why()
    {
        string Said(Award award, params (string, FactValue)[] values) =>
            One(Given.Terms(award), Given.Trip("r", "2023-06-15", values)).Reason.Zh;
        var units = new Award.PerUnit(Trip("visitors"), null, 5, Fen.FromYuan(5), null);
        Assert.Equal(
            "条件符合，但没有可付的金额：人数4人，每5人为一个单元，计0个 × 5.00元 = 0.00元",
            Said(units, ("visitors", Given.Count(4)))
        );
        var tier = new Award.Tier(Trip("mode"), [new TierCase.ByCode("rail", Given.Fixed(7))]);
        Assert.Equal("条件符合，但没有可付的金额：方式air码没有对应的档次", Said(tier, ("mode", Given.Code("air"))));
        var steps = new Award.Steps(Trip("visitors"), 10, Fen.FromYuan(1), 2, Fen.FromYuan(1));
        Assert.Equal("条件符合，但没有可付的金额：人数9人不足10人", Said(steps, ("visitors", Given.Count(9))));
        var yearly = new Award.YearlySchedule(Trip("cost"), Trip("from"), [new BasisPoints(10_000), new BasisPoints(5_000)]);
        Assert.Equal(
            "条件符合，但没有可付的金额：第3年，只奖励前2年",
            Said(yearly, ("cost", Given.Yuan(1)), ("from", FactValue.Of(Given.Day("2021-01-01"))))
        );
        Assert.Equal(
            "条件符合，但没有可付的金额：2023年早于首个奖励年度2024年",
            Said(yearly, ("cost", Given.Yuan(1)), ("from", FactValue.Of(Given.Day("2024-01-01"))))
        );
        var topUp = new Award.TopUp(Given.Fixed(10), Trip("cost"));
        Assert.Equal("条件符合，但没有可付的金额：10.00元，已享受10.00元，无需补足", Said(topUp, ("cost", Given.Yuan(10))));
    }
}
