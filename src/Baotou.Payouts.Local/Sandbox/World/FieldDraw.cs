using System.Globalization;
using Baotou.Payouts.Domain.Facts;

namespace Baotou.Payouts.Local.Sandbox.World;

/// <summary>Values for fields that no agency's own story fills in: plausible, and always readable by the dictionary.</summary>
internal static class FieldDraw
{
    public static string Of(FactField field, Draft draft, SplitMix64 random) =>
        field.Type switch
        {
            FieldType.Money => Yuan(random.Skewed(20_000, 5_000_000)),
            FieldType.Count when field.Unit == "year" => draft.Period.Length > 0 ? draft.Period[..4] : Yuan(draft.EffectiveOn.Year),
            FieldType.Count => random.Skewed(1, 200).ToString(CultureInfo.InvariantCulture),
            FieldType.Quantity => Thousandths(random.Skewed(1_000, 4_000_000)),
            FieldType.Rate => Hundredths(random.Between(300, 650)),
            FieldType.Flag => random.Chance(850) ? "true" : "false",
            FieldType.Date => Day(draft.EffectiveOn),
            FieldType.Code => random.Pick(field.Codes).Code,
            _ => "沙盒" + draft.RecordId,
        };

    public static string Yuan(long yuan) => yuan.ToString(CultureInfo.InvariantCulture);

    public static string Hundredths(long hundredths) => (hundredths / 100m).ToString("0.##", CultureInfo.InvariantCulture);

    public static string Thousandths(long thousandths) => (thousandths / 1000m).ToString("0.###", CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Flag(bool flag) => flag ? "true" : "false";
}
