using System.Collections.Immutable;
using System.Globalization;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Time;

namespace Baotou.Payouts.Domain.Tests;

/// <summary>
/// A small dictionary with a kind of every period and a field of every type, and the shortest way to facts and entries on it.
/// </summary>
internal static class Given
{
    public static readonly Uscc Enterprise = Uscc.Parse("91990200M000100Y4X");

    public static readonly FactDictionary Facts = new([
        new(
            "state",
            new("登记", "registration"),
            "market",
            PeriodKind.State,
            Held.Yes,
            [
                Field("size", FieldType.Code, "", "规模", ["micro", "small", "large"]),
                Field("established", FieldType.Date, "", "成立日期"),
                Field("active", FieldType.Flag, "", "存续"),
            ]
        ),
        new(
            "trip",
            new("团队", "trip"),
            "culture",
            PeriodKind.Record,
            Held.Yes,
            [
                Field("number", FieldType.Code, "", "团号", ["t1", "t2", "t3"]),
                Field("visitors", FieldType.Count, "person", "人数"),
                Field("nights", FieldType.Count, "night", "过夜数"),
                Field("distance", FieldType.Quantity, "km", "里程"),
                Field("cost", FieldType.Money, "yuan", "费用"),
                Field("rate", FieldType.Rate, "%", "利率"),
                Field("mode", FieldType.Code, "", "方式", ["rail", "air", "road"]),
                Field("from", FieldType.Date, "", "出发日"),
                Field("local", FieldType.Flag, "", "本地"),
                Field("city", FieldType.Money, "yuan", "市级"),
                Field("county", FieldType.Money, "yuan", "县级"),
                Field("note", FieldType.Text, "", "备注"),
            ]
        ),
        new(
            "figure",
            new("年报", "figure"),
            "tax",
            PeriodKind.Year,
            Held.Yes,
            [
                Field("revenue", FieldType.Money, "yuan", "收入"),
                Field("staff", FieldType.Count, "person", "人数"),
                Field("first", FieldType.Count, "year", "首年", []),
            ]
        ),
        new("monthly", new("月报", "monthly"), "tax", PeriodKind.Month, Held.Partly, [Field("output", FieldType.Quantity, "t", "产量")]),
        new(
            "listing",
            new("上市", "listing"),
            "finance-office",
            PeriodKind.Record,
            Held.No,
            [Field("stage", FieldType.Code, "", "阶段", ["filed", "listed"])]
        ),
    ]);

    private static FactField Field(string name, FieldType type, string unit, string zh, string[]? codes = null) =>
        new(name, type, unit, new(zh, name), [.. (codes ?? []).Select(c => new FieldCode(c, new(c + "码", c)))], false);

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>09:00 in Baotou on a day.</summary>
    public static DateTimeOffset Morning(string day) => ChinaTime.StartOf(Day(day)).AddHours(9);

    public static Fact Record(string kind, string id, string day, params (string Field, FactValue Value)[] values) =>
        new()
        {
            Uscc = Enterprise,
            Kind = kind,
            EffectiveOn = Day(day),
            RecordedAt = Morning(day),
            RecordId = id,
            Source = Facts.Find(kind)!.Agency,
            Values = values.ToImmutableSortedDictionary(v => v.Field, v => v.Value, StringComparer.Ordinal),
        };

    public static Fact Trip(string id, string day, params (string Field, FactValue Value)[] values) => Record("trip", id, day, values);

    /// <summary>A year's figure, recorded on a day of the year after.</summary>
    public static Fact Figure(int year, string recordedOn, params (string Field, FactValue Value)[] values) =>
        Record("figure", $"f{year}", recordedOn, values) with
        {
            Period = year.ToString(CultureInfo.InvariantCulture),
            EffectiveOn = new DateOnly(year, 12, 31),
        };

    public static Fact Correct(Fact fact, string day, params (string Field, FactValue Value)[] values) =>
        fact with
        {
            RecordedAt = Morning(day),
            Values = fact.Values.SetItems(values.Select(v => KeyValuePair.Create(v.Field, v.Value))),
        };

    public static Fact Withdraw(Fact fact, string day) =>
        fact with
        {
            RecordedAt = Morning(day),
            Withdrawn = true,
            Values = fact.Values.Clear(),
        };

    public static FactValue Yuan(long yuan) => FactValue.Of(Fen.FromYuan(yuan));

    public static FactValue Count(long count) => FactValue.OfCount(count);

    public static FactValue Code(string code) => FactValue.OfCode(code);

    public static FactValue Quantity(long thousandths) => new(FieldType.Quantity, thousandths);

    public static Award.Fixed Fixed(long yuan) => new(Fen.FromYuan(yuan));

    public static Terms Terms(Award award, params Condition[] conditions) =>
        new()
        {
            Anchor = "trip",
            Occasion = OccasionKind.Record,
            Conditions = conditions,
            Award = award,
            Rounding = Rounding.FenDown,
            Funding = new Funding.Ratio(1, 0),
            Pool = "pool",
            Charges = ChargedYear.OfMoment,
        };

    public static Policy Policy(Terms? terms, string id = "p") =>
        new()
        {
            Id = id,
            Title = new("标题", "title"),
            Summary = new("摘要", "summary"),
            Source = new("包府发〔2022〕17号", "一"),
            Bureau = "bureau",
            Class = terms is null ? PolicyClass.Discretionary : PolicyClass.Automatic,
            Why = new("原因", "why"),
            Validity = new(Day("2022-01-01"), Day("2023-12-31")),
            PublishedOn = Day("2022-01-01"),
            Payee = Payee.Enterprise,
            Terms = terms,
            Hash = ContentHash.OfText(id),
        };

    public static Catalogue Catalogue(params Policy[] policies) =>
        new(
            ContentHash.OfText("list"),
            policies,
            [new("pool", new("资金池", "pool"), "bureau", ["culture", "tax"], false, false, false, null)],
            Facts
        );
}
