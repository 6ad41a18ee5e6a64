using System.Globalization;
using Baotou.Payouts.Domain.Money;

namespace Baotou.Payouts.Domain.Facts;

/// <summary>
/// The value of one field. Numbers are integers in the smallest unit of their type: fen, things, thousandths, basis points, 0 or 1 for
/// flags, and the day number of <see cref="DateOnly"/> for dates; codes and texts are strings.
/// </summary>
/// <param name="Type">What it holds.</param>
/// <param name="Number">The number; 0 for codes and texts.</param>
/// <param name="Text">The code or text; null for numbers.</param>
public readonly record struct FactValue(FieldType Type, long Number, string? Text = null)
{
    /// <summary>Money.</summary>
    public static FactValue Of(Fen amount) => new(FieldType.Money, amount.Value);

    /// <summary>A whole number of things.</summary>
    public static FactValue OfCount(long count) => new(FieldType.Count, count);

    /// <summary>A day.</summary>
    public static FactValue Of(DateOnly day) => new(FieldType.Date, day.DayNumber);

    /// <summary>Yes or no.</summary>
    public static FactValue Of(bool flag) => new(FieldType.Flag, flag ? 1 : 0);

    /// <summary>A code.</summary>
    public static FactValue OfCode(string code) => new(FieldType.Code, 0, code);

    /// <summary>Whether this is a code or a text.</summary>
    public bool IsText => Type is FieldType.Code or FieldType.Text;

    /// <summary>
    /// Reads a delivered text for a field: yuan, thousandths and per cent with their decimals, days as yyyy-MM-dd, flags as true or false.
    /// </summary>
    /// <param name="field">The field it is for.</param>
    /// <param name="text">What was delivered.</param>
    /// <param name="value">The value.</param>
    /// <param name="problem">What is wrong and what is expected; empty on success.</param>
    public static bool TryRead(FactField field, string text, out FactValue value, out string problem)
    {
        value = default;
        problem = "";
        long number;
        switch (field.Type)
        {
            case FieldType.Money when Fen.TryParseYuan(text, out var fen) && fen >= Fen.Zero:
                value = Of(fen);
                return true;
            case FieldType.Count when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number):
                value = OfCount(number);
                return true;
            case FieldType.Quantity when TryReadScaled(text, 3, out number):
            case FieldType.Rate when TryReadScaled(text, 2, out number):
                value = new FactValue(field.Type, number);
                return true;
            case FieldType.Flag when text is "true" or "false":
                value = Of(text == "true");
                return true;
            case FieldType.Date
                when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day):
                value = Of(day);
                return true;
            case FieldType.Code when field.Codes.Any(c => c.Code == text):
                value = OfCode(text);
                return true;
            case FieldType.Text when text.Length <= 200:
                value = new FactValue(FieldType.Text, 0, text);
                return true;
            default:
                problem = $"field '{field.Name}' expects {Expected(field)}, got '{Shorten(text)}'";
                return false;
        }
    }

    /// <summary>The value as it would be delivered: yuan for money, decimals for quantities and rates.</summary>
    public string ToDeliveredText() =>
        Type switch
        {
            FieldType.Money => (Number / 100m).ToString("0.##", CultureInfo.InvariantCulture),
            FieldType.Quantity => (Number / 1000m).ToString("0.###", CultureInfo.InvariantCulture),
            FieldType.Rate => (Number / 100m).ToString("0.##", CultureInfo.InvariantCulture),
            FieldType.Flag => Number == 1 ? "true" : "false",
            FieldType.Date => DateOnly.FromDayNumber((int)Number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            FieldType.Code or FieldType.Text => Text!,
            _ => Number.ToString(CultureInfo.InvariantCulture),
        };

    private static bool TryReadScaled(string text, int decimals, out long scaled)
    {
        scaled = 0;
        if (text.Length > 24 || !decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            return false;
        for (var i = 0; i < decimals; i++)
            value *= 10;
        if (value != decimal.Truncate(value) || value > long.MaxValue)
            return false;
        scaled = (long)value;
        return true;
    }

    private static string Expected(FactField field) =>
        field.Type switch
        {
            FieldType.Money => "yuan, not negative, at most two decimals and within 64 bits of fen",
            FieldType.Count => "a whole number, not negative",
            FieldType.Quantity => $"a quantity in {field.Unit}, not negative, at most three decimals",
            FieldType.Rate => "per cent, not negative, at most two decimals",
            FieldType.Flag => "true or false",
            FieldType.Date => "a day that exists, as yyyy-MM-dd",
            FieldType.Code => "one of " + string.Join(", ", field.Codes.Select(c => c.Code)),
            _ => "a text of at most 200 characters",
        };

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
