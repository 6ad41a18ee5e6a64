using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;
using static Baotou.Payouts.Domain.Tests.Deciding.Deciding;

namespace Baotou.Payouts.Domain.Tests.Deciding;

public sealed class The_arithmetic_can_be_read
{
    private static readonly Dictionary<string, BasisPoints> NoRates = [];

    private static void Reads(string zh, string en, Award award, params (string, FactValue)[] values) =>
        Assert.Equal(new(zh, en), One(Given.Terms(award), Given.Trip("r", "2023-06-15", values)).Arithmetic);

    [Fact]
    public void Of_a_sum() => Reads("1,000.00元", "1,000.00 yuan", Given.Fixed(1000));

    [Fact]
    public void Of_a_sum_in_a_tier()
    {
        var tier = new Award.Tier(Trip("mode"), [new TierCase.ByCode("rail", Given.Fixed(7))]);
        Reads("方式rail码：7.00元 = 7.00元", "mode rail: 7.00 yuan = 7.00 yuan", tier, ("mode", Given.Code("rail")));
    }

    [Fact]
    public void Of_a_percentage() =>
        Reads(
            "100.00元 × 2.75% = 2.75元",
            "100.00 yuan × 2.75% = 2.75 yuan",
            new Award.Percent(Trip("cost"), null, NoRates, new(275)),
            ("cost", Given.Yuan(100))
        );

    [Fact]
    public void Of_a_percentage_by_class() =>
        Reads(
            "100.00元 × 3%（方式：air码） = 3.00元",
            "100.00 yuan × 3% (mode: air) = 3.00 yuan",
            new Award.Percent(Trip("cost"), Trip("mode"), new Dictionary<string, BasisPoints> { ["air"] = new(300) }, null),
            ("cost", Given.Yuan(100)),
            ("mode", Given.Code("air"))
        );

    [Fact]
    public void Of_nothing_that_is_due()
    {
        Reads(
            "方式air码没有对应的档次",
            "no case for mode air",
            new Award.Tier(Trip("mode"), [new TierCase.ByCode("rail", Given.Fixed(7))]),
            ("mode", Given.Code("air"))
        );
        Reads("", "", new Award.Percent(Trip("cost"), Trip("mode"), NoRates, null), ("cost", Given.Yuan(100)), ("mode", Given.Code("air")));
        Reads(
            "人数9人不足10人",
            "visitors 9 people, fewer than 10 people",
            new Award.Steps(Trip("visitors"), 10, new Fen(1), 2, new Fen(1)),
            ("visitors", Given.Count(9))
        );
        Reads(
            "10.00元，已享受10.00元，无需补足",
            "10.00 yuan, 10.00 yuan received already, nothing to add",
            new Award.TopUp(Given.Fixed(10), Trip("cost")),
            ("cost", Given.Yuan(10))
        );
        var yearly = new Award.YearlySchedule(Trip("cost"), Trip("from"), [new(1), new(2)]);
        Reads(
            "第3年，只奖励前2年",
            "year 3; only the first 2 years have an award",
            yearly,
            ("cost", Given.Yuan(1)),
            ("from", FactValue.Of(Given.Day("2021-01-01")))
        );
        Reads(
            "2023年早于首个奖励年度2024年",
            "2023 is before the first year, 2024",
            yearly,
            ("cost", Given.Yuan(1)),
            ("from", FactValue.Of(Given.Day("2024-01-01")))
        );
    }

    [Fact]
    public void Of_so_much_for_each_unit()
    {
        var each = new Award.PerUnit(Trip("visitors"), null, 1, Fen.FromYuan(5), null);
        Reads("人数3 × 5.00元 = 15.00元", "visitors 3 × 5.00 yuan = 15.00 yuan", each, ("visitors", Given.Count(3)));
        Reads("人数2 × 5.00元 = 10.00元", "visitors 2 × 5.00 yuan = 10.00 yuan", each with { AtMost = 2 }, ("visitors", Given.Count(3)));
        Reads(
            "里程1.25 × 4.00元 = 5.00元",
            "distance 1.25 × 4.00 yuan = 5.00 yuan",
            new Award.PerUnit(Trip("distance"), null, 1, Fen.FromYuan(4), null),
            ("distance", Given.Quantity(1250))
        );
    }

    [Fact]
    public void Of_so_much_for_each_block()
    {
        var block = new Award.PerUnit(Trip("visitors"), null, 500, Fen.FromYuan(5), null);
        Reads(
            "人数1001人，每500人为一个单元，计2个 × 5.00元 = 10.00元",
            "visitors 1001 people, 2 whole blocks of 500 people × 5.00 yuan = 10.00 yuan",
            block,
            ("visitors", Given.Count(1001))
        );
        Reads(
            "人数1001人，每500人为一个单元，计1个 × 5.00元 = 5.00元",
            "visitors 1001 people, 1 whole block of 500 people × 5.00 yuan = 5.00 yuan",
            block with
            {
                AtMost = 1,
            },
            ("visitors", Given.Count(1001))
        );
    }

    [Fact]
    public void Of_a_product_of_two_numbers()
    {
        var product = new Award.PerUnit(Trip("visitors"), Trip("nights"), 1, Fen.FromYuan(40), null);
        (string, FactValue)[] values = [("visitors", Given.Count(3)), ("nights", Given.Count(2))];
        Reads("人数3 × 过夜数2 × 40.00元 = 240.00元", "visitors 3 × nights 2 × 40.00 yuan = 240.00 yuan", product, values);
        Reads("人数5 × 40.00元 = 200.00元", "visitors 5 × 40.00 yuan = 200.00 yuan", product with { AtMost = 5 }, values);
        Reads(
            "人数3人，每2人为一个单元，计3个 × 40.00元 = 120.00元",
            "visitors 3 people, 3 whole blocks of 2 people × 40.00 yuan = 120.00 yuan",
            product with
            {
                Each = 2,
            },
            values
        );
    }

    [Fact]
    public void Of_steps() =>
        Reads(
            "10.00元 + 2 × 3.00元 = 16.00元",
            "10.00 yuan + 2 × 3.00 yuan = 16.00 yuan",
            new Award.Steps(Trip("visitors"), 1, Fen.FromYuan(10), 2, Fen.FromYuan(3)),
            ("visitors", Given.Count(6))
        );

    [Fact]
    public void Of_a_rate_by_the_number_of_the_year() =>
        Reads(
            "第2年：100.00元 × 2% = 2.00元",
            "year 2: 100.00 yuan × 2% = 2.00 yuan",
            new Award.YearlySchedule(Trip("cost"), Trip("from"), [new(100), new(200)]),
            ("cost", Given.Yuan(100)),
            ("from", FactValue.Of(Given.Day("2022-12-31")))
        );

    [Fact]
    public void Of_interest_paid_and_of_interest_computed()
    {
        Reads(
            "100.00元 × 50% = 50.00元",
            "100.00 yuan × 50% = 50.00 yuan",
            new Award.Interest(new InterestBasis.Paid(Trip("cost")), new(5000)),
            ("cost", Given.Yuan(100))
        );
        Reads(
            "1,000,000.00元 × 3.65% × 90天 ÷ 360 × 50% = 4,562.50元",
            "1,000,000.00 yuan × 3.65% × 90 days ÷ 360 × 50% = 4,562.50 yuan",
            new Award.Interest(new InterestBasis.Computed(Trip("cost"), Trip("rate"), Trip("nights"), 360), new(5000)),
            ("cost", Given.Yuan(1_000_000)),
            ("rate", new(FieldType.Rate, 365)),
            ("nights", Given.Count(90))
        );
    }

    [Fact]
    public void Of_the_lowest_of_several() =>
        Reads(
            "取低：50.00元、80.00元 × 50% = 40.00元",
            "the lowest of 50.00 yuan, 80.00 yuan × 50% = 40.00 yuan",
            new Award.LowestOf([Given.Fixed(50), new Award.Percent(Trip("cost"), null, NoRates, new(5000))]),
            ("cost", Given.Yuan(80))
        );

    [Fact]
    public void Of_a_top_up() =>
        Reads(
            "10.00元 − 3.50元 = 6.50元",
            "10.00 yuan − 3.50 yuan = 6.50 yuan",
            new Award.TopUp(Given.Fixed(10), Trip("cost")),
            ("cost", FactValue.Of(new Fen(350)))
        );

    [Theory]
    [InlineData(CapSpan.Occasion, "9.00元；上限4.00元", "9.00 yuan; ceiling 4.00 yuan")]
    [InlineData(CapSpan.Year, "9.00元；年度上限余额4.00元", "9.00 yuan; left of the yearly ceiling 4.00 yuan")]
    [InlineData(CapSpan.Lifetime, "9.00元；累计上限余额4.00元", "9.00 yuan; left of the ceiling for all years 4.00 yuan")]
    public void Of_a_ceiling(CapSpan span, string zh, string en) =>
        Assert.Equal(
            new(zh, en),
            One(Given.Terms(Given.Fixed(9)) with { Caps = [new Cap(Fen.FromYuan(4), span)] }, Given.Trip("r", "2023-06-15")).Arithmetic
        );

    [Theory]
    [InlineData(FieldType.Flag, 1, "是", "yes")]
    [InlineData(FieldType.Flag, 0, "否", "no")]
    [InlineData(FieldType.Rate, 365, "3.65%", "3.65%")]
    [InlineData(FieldType.Money, 123_450, "1,234.50元", "1,234.50 yuan")]
    [InlineData(FieldType.Quantity, 1500, "1.5公里", "1.5 km")]
    [InlineData(FieldType.Count, 7, "7公里", "7 km")]
    public void A_value_has_its_unit(FieldType type, long number, string zh, string en) =>
        Assert.Equal(new(zh, en), Domain.Deciding.Wording.Value(new("x", type, "km", new("", ""), [], false), new(type, number)));

    [Fact]
    public void A_day_a_text_and_a_code_are_said_as_they_are()
    {
        FactField Field(FieldType type) => new("x", type, "", new("", ""), [new("a", new("甲", "first"))], false);
        Assert.Equal(
            new("2023-06-15", "2023-06-15"),
            Domain.Deciding.Wording.Value(Field(FieldType.Date), FactValue.Of(Given.Day("2023-06-15")))
        );
        Assert.Equal(new("甲", "first"), Domain.Deciding.Wording.Value(Field(FieldType.Code), Given.Code("a")));
    }

    [Theory]
    [InlineData(Comparison.AtLeast, "不少于", "at least")]
    [InlineData(Comparison.MoreThan, "超过", "more than")]
    [InlineData(Comparison.AtMost, "不超过", "at most")]
    [InlineData(Comparison.LessThan, "低于", "less than")]
    [InlineData(Comparison.Equal, "为", "is")]
    [InlineData(Comparison.NotEqual, "不为", "is not")]
    public void A_comparison_has_its_words(Comparison comparison, string zh, string en) =>
        Assert.Equal(new(zh, en), Domain.Deciding.Wording.Comparison(comparison));

    [Theory]
    [InlineData("person", "人")]
    [InlineData("night", "晚")]
    [InlineData("m2", "平方米")]
    [InlineData("t", "吨")]
    [InlineData("km", "公里")]
    [InlineData("head", "头")]
    [InlineData("mu", "亩")]
    [InlineData("day", "天")]
    [InlineData("month", "个月")]
    [InlineData("show", "场")]
    [InlineData("vehicle", "台")]
    [InlineData("seat", "座")]
    [InlineData("site", "个")]
    [InlineData("flight", "班次")]
    [InlineData("train", "列")]
    [InlineData("run", "班次")]
    [InlineData("embryo", "支")]
    [InlineData("year", "年")]
    [InlineData("place", "位")]
    [InlineData("percent", "%")]
    [InlineData("tce", "吨标准煤")]
    [InlineData("kWh", "kWh")]
    public void A_unit_is_said_in_Chinese(string unit, string zh) => Assert.Equal(zh, Domain.Deciding.Wording.UnitZh(unit));
}
