using System.Globalization;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Domain.Deciding;

/// <summary>
/// What a payment of the past was for, as people write it, in the form that keys have. What is written otherwise would be the key of
/// nothing, and what was paid would be paid again.
/// </summary>
/// <param name="Key">The occasion as decisions show it; null if what is written cannot be one.</param>
/// <param name="Problem">Why not, and what to write; empty if it can.</param>
public readonly record struct WrittenOccasion(string? Key, string Problem)
{
    private const string Once = "once";
    private const string OnceBy = "once:";
    private const int DigestBytes = 10;

    /// <summary>
    /// Reads it: of a yearly award the year ("2022"), of a monthly figure its month ("2022-05"), of one given once "once", of one given
    /// once for each object the object's code, its title or its text (or the key of it, as decisions show it), of any other the number of
    /// the record.
    /// </summary>
    public static WrittenOccasion Read(Terms terms, FactDictionary facts, string text) =>
        terms.Occasion switch
        {
            OccasionKind.Year when facts.Find(terms.Anchor)?.Period == PeriodKind.Month => OfPeriod(
                text,
                "yyyy-MM",
                "the month, as 2022-05"
            ),
            OccasionKind.Year => OfPeriod(text, "yyyy", "the year, as 2022"),
            OccasionKind.Once when terms.OnceBy is { } by => OfObject(facts.Find(by.Kind)!.Field(by.Field)!, text),
            OccasionKind.Once => text == Once ? new(text, "") : new(null, $"the entry pays once; write '{Once}'"),
            _ => new(text, ""),
        };

    /// <summary>
    /// The key of what an award is given for once: a code stands as it is. Of a text its digest: a key has room for few characters, and a
    /// person's pseudonym has no place in it.
    /// </summary>
    internal static string OnceFor(FactValue? of) =>
        OnceBy
        + of switch
        {
            { Type: FieldType.Text, Text: { } text } => Convert.ToHexStringLower(ContentHash.OfParts(text).AsSpan(0, DigestBytes)),
            { Text: { } code } => code,
            _ => "",
        };

    private static WrittenOccasion OfPeriod(string text, string form, string what) =>
        DateOnly.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? new(text, "")
            : new(null, $"'{text}' is not {what}, for which the entry pays");

    private static WrittenOccasion OfObject(FactField field, string text)
    {
        var name = text.StartsWith(OnceBy, StringComparison.Ordinal) ? text[OnceBy.Length..] : text;
        if (field.Type == FieldType.Code)
        {
            return field.Codes.FirstOrDefault(c => c.Code == name || c.Title.Zh == name) is { } code
                ? new(OnceFor(new FactValue(FieldType.Code, 0, code.Code)), "")
                : new(
                    null,
                    $"'{text}' is none of {string.Join(", ", field.Codes.Select(c => $"{c.Code} ({c.Title.Zh})"))}: the entry pays once for each {field.Title.Zh}"
                );
        }

        if (name != text && name.Length == 2 * DigestBytes && name.All(char.IsAsciiHexDigitLower))
            return new(text, "");
        return name.Length == 0 || name != text
            ? new(null, $"'{text}' does not say for which {field.Title.Zh} ({field.Name}) the entry paid; write it as the record has it")
            : new(OnceFor(new FactValue(FieldType.Text, 0, text)), "");
    }
}
