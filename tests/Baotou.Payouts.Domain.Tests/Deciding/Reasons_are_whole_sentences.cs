using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;
using static Baotou.Payouts.Domain.Tests.Deciding.Deciding;

namespace Baotou.Payouts.Domain.Tests.Deciding;

public sealed class Reasons_are_whole_sentences
{
    private static readonly Condition Many = new Condition.Compare(Trip("visitors"), Comparison.AtLeast, Given.Count(10));
    private static readonly Condition Far = new Condition.Compare(Trip("nights"), Comparison.MoreThan, Given.Count(1));

    private static Bilingual Reason(Terms terms, params Fact[] facts) => One(terms, facts).Reason;

    private static Fact Of(params (string, FactValue)[] values) => Given.Trip("r", "2023-06-15", values);

    [Fact]
    public void Of_what_is_due() =>
        Assert.Equal(new("条件全部符合，应付7.00元", "all conditions hold; 7.00 yuan due"), Reason(Given.Terms(Given.Fixed(7)), Of()));

    [Fact]
    public void Of_what_another_award_excludes()
    {
        Policy Member(string id, long yuan) =>
            Given.Policy(Given.Terms(Given.Fixed(yuan)) with { Group = new("g", null, GroupSpan.Year, (int)yuan) }, id);
        var decision = All([Member("a", 5), Member("b", 9)], Of())[0];
        Assert.Equal(new("与b不得重复享受，按该项计发", "excluded by b, which counts instead"), decision.Reason);
        Assert.Equal(
            ("b", Outcome.Superseded, Fen.Zero, default(Shares)),
            (decision.SupersededBy, decision.Outcome, decision.Amount, decision.Shares)
        );
    }

    [Fact]
    public void Of_what_is_not_in_force()
    {
        var late = Given.Trip("r", "2021-06-15");
        var decision = One(Given.Terms(Given.Fixed(7)), late);
        Assert.Equal(new("不在政策有效期内", "outside the validity of the entry"), decision.Reason);
        Assert.Equal(
            [
                new Step(
                    new("政策有效期", "validity of the entry"),
                    "2021-06-15",
                    new("2022-01-01 – 2023-12-31（含首尾）", "2022-01-01 – 2023-12-31, both ends included"),
                    false,
                    "culture",
                    "r",
                    Given.Day("2021-06-15")
                ),
            ],
            decision.Steps
        );
        Assert.Same(late, Assert.Single(decision.Facts));
    }

    [Fact]
    public void Of_what_is_not_in_force_and_has_no_record()
    {
        var policy = Given.Policy(Given.Terms(Given.Fixed(7))) with { Validity = new(null, Given.Day("2023-12-30")) };
        var decision = Assert.Single(All([policy]));
        Assert.Equal(
            (Outcome.Expired, "", new("不在政策有效期内", "outside the validity of the entry")),
            (decision.Outcome, decision.Occasion, decision.Reason)
        );
        Assert.Equal(
            [
                new Step(
                    new("政策有效期", "validity of the entry"),
                    "2023-12-31",
                    new("至2023-12-30止（含），起始日原文未定", "until 2023-12-30 (included), no first day known"),
                    false,
                    "",
                    "",
                    null
                ),
            ],
            decision.Steps
        );
    }

    [Fact]
    public void Of_several_facts_that_are_missing() =>
        Assert.Equal(
            new(
                "缺少所需数据：团队·人数，须不少于10人；团队·过夜数，须超过1晚",
                "missing: trip: visitors, asked: at least 10 people; trip: nights, asked: more than 1 night"
            ),
            Reason(Given.Terms(Given.Fixed(7), Many, Far), Of())
        );

    [Fact]
    public void Of_a_missing_fact_beside_one_that_is_known() =>
        Assert.Equal(
            new("缺少所需数据：团队·过夜数，须超过1晚", "missing: trip: nights, asked: more than 1 night"),
            Reason(Given.Terms(Given.Fixed(7), Many, Far), Of(("visitors", Given.Count(10))))
        );

    [Fact]
    public void Of_a_fact_that_the_amount_needs()
    {
        var decision = One(Given.Terms(new Award.TopUp(Given.Fixed(10), Trip("cost")), Many), Of(("visitors", Given.Count(10))));
        Assert.Equal(
            new("缺少所需数据：团队·费用，须有数据（用于计算金额）", "missing: trip: cost, asked: known, for the amount"),
            decision.Reason
        );
        Assert.Equal(
            new Step(new("团队·费用", "trip: cost"), "", new("有数据（用于计算金额）", "known, for the amount"), null, "culture", "", null),
            decision.Steps[^1]
        );
    }

    [Fact]
    public void Of_conditions_that_do_not_hold() =>
        Assert.Equal(
            new(
                "不符合：团队·人数 9人，须不少于10人；团队·过夜数 1晚，须超过1晚",
                "does not hold: trip: visitors 9 people, asked: at least 10 people; trip: nights 1 night, asked: more than 1 night"
            ),
            Reason(Given.Terms(Given.Fixed(7), Many, Far), Of(("visitors", Given.Count(9)), ("nights", Given.Count(1))))
        );

    [Fact]
    public void Of_one_that_does_not_hold_beside_one_that_does() =>
        Assert.Equal(
            new("不符合：团队·过夜数 1晚，须超过1晚", "does not hold: trip: nights 1 night, asked: more than 1 night"),
            Reason(Given.Terms(Given.Fixed(7), Many, Far), Of(("visitors", Given.Count(10)), ("nights", Given.Count(1))))
        );

    [Fact]
    public void Of_conditions_that_hold_where_nothing_is_paid() =>
        Assert.Equal(
            new(
                "条件符合，但没有可付的金额：人数10人没有对应的档次",
                "the conditions hold, but nothing is due: no case for visitors 10 people"
            ),
            Reason(
                Given.Terms(new Award.Tier(Trip("visitors"), [new TierCase.ByRange(11, null, Given.Fixed(1))]), Many),
                Of(("visitors", Given.Count(10)))
            )
        );

    [Fact]
    public void Of_conditions_that_hold_where_no_rate_is_given() =>
        Assert.Equal(
            new("条件符合，但没有可付的档次或金额", "the conditions hold, but no tier or amount applies"),
            Reason(
                Given.Terms(new Award.Percent(Trip("cost"), null, new Dictionary<string, BasisPoints>(), null)),
                Of(("cost", Given.Yuan(1)))
            )
        );

    [Fact]
    public void Of_a_record_that_an_agency_would_have()
    {
        var decision = One(Given.Terms(Given.Fixed(7)));
        Assert.Equal((Outcome.NotEntitled, new("没有“团队”记录", "no record of: trip")), (decision.Outcome, decision.Reason));
        Assert.Equal(
            [new Step(new("团队", "trip"), "", new("应有记录", "a record is needed"), false, "culture", "", null)],
            decision.Steps
        );
    }

    [Theory]
    [InlineData("figure", "缺少“年报”数据（由tax提供）", "missing: figure (held by tax)", "年报", "tax")]
    [InlineData("listing", "缺少“上市”数据（由finance-office提供）", "missing: listing (held by finance-office)", "上市", "finance-office")]
    public void Of_a_record_that_nobody_is_known_to_have(string anchor, string zh, string en, string title, string agency)
    {
        var decision = One(Given.Terms(Given.Fixed(7)) with { Anchor = anchor });
        Assert.Equal((Outcome.FactsMissing, new(zh, en)), (decision.Outcome, decision.Reason));
        Assert.Equal([new Step(new(title, anchor), "", new("应有记录", "a record is needed"), null, agency, "", null)], decision.Steps);
    }

    [Fact]
    public void There_is_no_arithmetic_where_nothing_is_worked_out()
    {
        var nothing = new Bilingual("", "");
        Assert.Equal(nothing, One(Given.Terms(Given.Fixed(7))).Arithmetic);
        Assert.Equal(nothing, One(Given.Terms(Given.Fixed(7), Many), Of(("visitors", Given.Count(9)))).Arithmetic);
        Assert.Equal(nothing, One(Given.Terms(Given.Fixed(7)), Given.Trip("r", "2021-06-15")).Arithmetic);
    }

    [Fact]
    public void Of_an_award_given_once_already() =>
        Assert.Equal(
            new Step(
                new("一次性奖励", "one-time award"),
                "2023-07-01",
                new("首次（2023-06-15已有记录）", "the first time (there is a record of 2023-06-15)"),
                false,
                "culture",
                "s",
                Given.Day("2023-07-01")
            ),
            All(Given.Terms(Given.Fixed(5)) with { Occasion = OccasionKind.Once }, Of(), Given.Trip("s", "2023-07-01"))[1].Steps.Single()
        );

    [Fact]
    public void An_entry_without_an_occasion_speaks_by_the_version_of_the_day_or_else_the_last()
    {
        Policy Version(long yuan, string from, string to) =>
            Given.Policy(null) with
            {
                Validity = new(Given.Day(from), Given.Day(to)),
                Why = new($"{yuan}", $"{yuan}"),
                Hash = Domain.Hashing.ContentHash.OfText($"{yuan}"),
            };
        Policy[] versions =
        [
            Version(1, "2022-01-01", "2022-12-31"),
            Version(2, "2023-01-01", "2023-12-31"),
            Version(3, "2024-01-01", "2024-12-31"),
        ];
        string Why(string day) => Assert.Single(new Decider(Given.Catalogue(versions)).Decide([], Given.Day(day))).Reason.En;
        Assert.Equal(
            ("3", "1", "1", "2", "2", "3", "3"),
            (
                Why("2021-12-31"),
                Why("2022-01-01"),
                Why("2022-12-31"),
                Why("2023-01-01"),
                Why("2023-12-31"),
                Why("2024-01-01"),
                Why("2025-01-01")
            )
        );
    }
}
