using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;

namespace Baotou.Payouts.Catalogues.Entries;

/// <summary>
/// Reads values that carry their unit ("800000 yuan", "3000 person", "5%"), so that no number can be taken for another kind.
/// </summary>
internal static class Units
{
    /// <summary>A thousand billion yuan in fen. What is above is a slip and could overflow later.</summary>
    private const long Largest = 100_000_000_000_000;

    private static readonly FactField Yuan = new("amount", FieldType.Money, "yuan", new("", ""), [], false);
    private static readonly FactField PerCent = new("rate", FieldType.Rate, "%", new("", ""), [], false);

    /// <summary>The value for a field, or null with what is expected.</summary>
    internal static FactValue? Read(FactField field, string text, out string expected)
    {
        expected = Expected(field);
        var suffix = field.Unit.Length == 0 || field.Type is FieldType.Rate ? field.Unit : " " + field.Unit;
        if (!text.EndsWith(suffix, StringComparison.Ordinal))
            return null;
        if (!FactValue.TryRead(field, text[..^suffix.Length], out var value, out _))
            return null;
        if (value.IsText || value.Number <= Largest)
            return value;
        expected = "a smaller number";
        return null;
    }

    /// <summary>An amount of money.</summary>
    internal static Fen? Money(string text) => Read(Yuan, text, out _) is { } value ? new Fen(value.Number) : null;

    /// <summary>A rate in per cent.</summary>
    internal static BasisPoints? Rate(string text) =>
        Read(PerCent, text, out _) is { Number: <= int.MaxValue } value ? new BasisPoints((int)value.Number) : null;

    private static string Expected(FactField field) =>
        field.Type switch
        {
            FieldType.Money => "yuan with the unit, as '800000 yuan'",
            FieldType.Count => $"a whole number with its unit, as '3000 {field.Unit}'",
            FieldType.Quantity => $"a quantity with its unit, as '12.5 {field.Unit}'",
            FieldType.Rate => "a rate, as '3.65%'",
            FieldType.Flag => "true or false",
            FieldType.Date => "a day, as 2022-04-01",
            FieldType.Code => "one of " + string.Join(", ", field.Codes.Select(c => c.Code)),
            _ => "nothing: a text is shown, never computed with",
        };
}
