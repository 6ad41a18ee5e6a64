using System.Globalization;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Domain.Deciding;

/// <summary>
/// How values and conditions are said to people, in plain Chinese and English. Receipts keep what was said, and verifying says it again. So
/// whoever rewords a sentence of a receipt raises <see cref="Latest"/> and leaves the old one to the numbers before: a round is explained
/// for ever as it was when it opened.
/// </summary>
public static class Wording
{
    /// <summary>The wording of rounds that do not say which.</summary>
    public const int First = 1;

    /// <summary>The wording of rounds that open now. From 2 on, English tells one from several, and tells values too.</summary>
    public const int Latest = 2;

    /// <summary>An amount in Chinese: "1,234.50元".</summary>
    public static string Yuan(Fen amount) => amount.ToYuanText() + "元";

    /// <summary>An amount in English: "1,234.50 yuan".</summary>
    public static string YuanEn(Fen amount) => amount.ToYuanText() + " yuan";

    /// <summary>An amount in both languages.</summary>
    public static Bilingual Amount(Fen amount) => new(Yuan(amount), YuanEn(amount));

    /// <summary>A value of a field with its unit, a code by its title.</summary>
    public static Bilingual Value(FactField field, FactValue value, int wording = Latest) =>
        value.Type switch
        {
            FieldType.Money => Amount(new Fen(value.Number)),
            FieldType.Flag => value.Number == 1 ? new("是", "yes") : new("否", "no"),
            FieldType.Code => field.TitleOf(value.Text!),
            FieldType.Text => new(value.Text!, value.Text!),
            FieldType.Rate => Both(value.ToDeliveredText() + "%"),
            FieldType.Date => Both(value.ToDeliveredText()),
            _ => new(value.ToDeliveredText() + UnitZh(field.Unit), Measured(value.ToDeliveredText(), field.Unit, wording)),
        };

    /// <summary>
    /// What the English of a value is beside its Chinese; null where both are written alike, and in the first wording, which did not tell
    /// it.
    /// </summary>
    public static string? English(Bilingual value, int wording) => wording == First || value.En == value.Zh ? null : value.En;

    /// <summary>A comparison, to be followed by the threshold: "不少于", "at least".</summary>
    public static Bilingual Comparison(Comparison comparison) =>
        comparison switch
        {
            Policies.Comparison.AtLeast => new("不少于", "at least"),
            Policies.Comparison.MoreThan => new("超过", "more than"),
            Policies.Comparison.AtMost => new("不超过", "at most"),
            Policies.Comparison.LessThan => new("低于", "less than"),
            Policies.Comparison.Equal => new("为", "is"),
            Policies.Comparison.NotEqual => new("不为", "is not"),
            _ => throw new ArgumentOutOfRangeException(nameof(comparison)),
        };

    /// <summary>A comparison with a threshold of its field: of days "不早于2022-01-01", otherwise "不少于3000头".</summary>
    public static Bilingual Compared(FactField field, Comparison comparison, FactValue threshold, int wording = Latest) =>
        Join(threshold.Type == FieldType.Date ? OfDays(comparison) : Comparison(comparison), Value(field, threshold, wording));

    /// <summary>A field with its kind, and the year if it is not the occasion's own.</summary>
    public static Bilingual Field(FieldRef reference, FactKind kind, FactField field, int wording = Latest)
    {
        var before = -reference.YearOffset;
        var year =
            before == 0
                ? new Bilingual("", "")
                : new Bilingual($"（前{before}年）", $" ({Several(Count(before), "year", wording)} before)");
        return new($"{kind.Title.Zh}·{field.Title.Zh}{year.Zh}", $"{kind.Title.En}: {field.Title.En}{year.En}");
    }

    /// <summary>Two texts, one behind the other: without a space in Chinese, with one in English.</summary>
    public static Bilingual Join(Bilingual a, Bilingual b) => new($"{a.Zh}{b.Zh}", $"{a.En} {b.En}".Trim());

    /// <summary>A whole number in digits.</summary>
    public static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);

    /// <summary>So many of a thing, in English.</summary>
    public static string Several(string number, string thing, int wording = Latest) =>
        wording == First ? $"{number} {thing}(s)" : $"{number} {thing}{(number == "1" ? "" : "s")}";

    /// <summary>So much of a unit, in English: "1 night", "3 nights", "12.5 km".</summary>
    public static string Measured(string number, string unit, int wording = Latest) =>
        wording == First || number == "1" ? $"{number} {unit}" : $"{number} {UnitsEn(unit)}";

    /// <summary>A unit in Chinese, or the unit itself where it is written alike.</summary>
    public static string UnitZh(string unit) =>
        unit switch
        {
            "person" => "人",
            "night" => "晚",
            "m2" => "平方米",
            "t" => "吨",
            "km" => "公里",
            "head" => "头",
            "mu" => "亩",
            "day" => "天",
            "show" => "场",
            "month" => "个月",
            "vehicle" => "台",
            "seat" => "座",
            "site" => "个",
            "flight" => "班次",
            "train" => "列",
            "run" => "班次",
            "embryo" => "支",
            "year" => "年",
            "place" => "位",
            "percent" => "%",
            "tce" => "吨标准煤",
            _ => unit,
        };

    /// <summary>Several of a unit in English; symbols have no plural, and herds are counted by the head.</summary>
    private static string UnitsEn(string unit) =>
        unit switch
        {
            "person" => "people",
            "m2" or "t" or "km" or "mu" or "tce" or "head" or "percent" or "" => unit,
            _ => unit + "s",
        };

    private static Bilingual OfDays(Comparison comparison) =>
        comparison switch
        {
            Policies.Comparison.AtLeast => new("不早于", "not before"),
            Policies.Comparison.MoreThan => new("晚于", "after"),
            Policies.Comparison.AtMost => new("不晚于", "not after"),
            Policies.Comparison.LessThan => new("早于", "before"),
            _ => Comparison(comparison),
        };

    private static Bilingual Both(string text) => new(text, text);
}
