using Baotou.Payouts.Catalogues.Yaml;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues.Entries;

/// <summary>Reads conditions, each by the word that only it has.</summary>
internal sealed class ConditionReader(FieldReader fields)
{
    private static readonly string[] Words = ["field", "within-days", "years-since", "count", "total", "any-of"];

    internal IReadOnlyList<Condition> ReadAll(Section section, string key, bool required = true)
    {
        var conditions = new List<Condition>();
        foreach (var child in section.Children(key, required))
        {
            if (Read(child) is { } condition)
                conditions.Add(condition);
        }

        return conditions;
    }

    private Condition? Read(Section section)
    {
        var words = Words.Where(section.Has).ToArray();
        if (words.Length != 1)
        {
            section.Problems.Add(
                section.File,
                section.Line,
                section.Entry,
                words.Length == 0 ? "this is no condition" : $"this is two conditions: {string.Join(" and ", words)}",
                "write exactly one of " + string.Join(", ", Words)
            );
            return null;
        }

        Condition? condition = words[0] switch
        {
            "field" => section.Has("one-of") ? OneOf(section) : Compare(section),
            "within-days" => WithinDays(section),
            "years-since" => YearsSince(section),
            "count" => Count(section),
            "total" => Total(section),
            _ => AnyOf(section),
        };
        section.Close();
        return condition;
    }

    private Condition.Compare? Compare(Section section)
    {
        if (fields.Field(section, "field", true) is not { } named || Comparison(section) is not var (word, comparison))
            return null;
        var field = named.Field;
        if (
            field.Type is FieldType.Flag or FieldType.Code
            && comparison is not (Domain.Policies.Comparison.Equal or Domain.Policies.Comparison.NotEqual)
        )
        {
            section.Wrong(word, $"'{named.Ref}' is a {FieldReader.Word(field.Type)} and has no order", "write 'is' or 'is-not'");
            return null;
        }

        return Threshold(section, word, field) is { } threshold ? new(named.Ref, comparison, threshold) : null;
    }

    private Condition.OneOf? OneOf(Section section)
    {
        if (fields.Field(section, "field", true, FieldType.Code) is not { } named)
            return null;
        var codes = section.Texts("one-of");
        foreach (var code in codes.Where(c => named.Field.Codes.All(k => k.Code != c)))
            section.Wrong(
                "one-of",
                $"'{named.Ref}' has no code '{code}'",
                "write codes of " + string.Join(", ", named.Field.Codes.Select(c => c.Code))
            );
        if (codes.Distinct().Count() != codes.Count)
            section.Wrong("one-of", "a code is listed twice", "list each code once");
        return new(named.Ref, codes);
    }

    private Condition.WithinDays? WithinDays(Section section)
    {
        var days = section.Whole("within-days", 0, 36_600);
        var from = fields.Field(section, "from", true, FieldType.Date);
        var to = fields.Field(section, "to", false, FieldType.Date);
        return days is null || from is null || (to is null && section.Has("to")) ? null : new(from.Ref, to?.Ref, days.Value);
    }

    private Condition.YearsSince? YearsSince(Section section)
    {
        var from = fields.Field(section, "years-since", true, FieldType.Date);
        if (Comparison(section) is not var (word, comparison))
            return null;
        var years = section.Whole(word, 0, 200);
        return from is null || years is null ? null : new(from.Ref, comparison, years.Value);
    }

    private Condition.Count? Count(Section section)
    {
        var kind = fields.Kind(section, "count");
        var where = ReadAll(section, "where", required: false);
        var years = section.Texts("years");
        var distinct = section.Flag("distinct-years", required: false) ?? false;
        if (Comparison(section) is not var (word, comparison))
            return null;
        var threshold = section.Whole(word, 1, 1_000_000);
        if (
            years.Count != 2
            || !int.TryParse(years[0], out var first)
            || !int.TryParse(years[1], out var last)
            || first > last
            || last > 0
            || first < -50
        )
        {
            section.Wrong(
                "years",
                "'years' is not a span of years",
                "write the first and the last year relative to the occasion's, as [-1, 0]"
            );
            return null;
        }

        if (distinct && comparison is Domain.Policies.Comparison.AtLeast && threshold > last - first + 1)
            section.Wrong(word, $"{last - first + 1} years cannot hold {threshold} different years", "widen 'years' or lower the number");
        return kind is null || threshold is null ? null : new(kind.Id, where, first, last, distinct, comparison, threshold.Value);
    }

    private Condition.Total? Total(Section section)
    {
        var named = fields.Field(section, "total", true, FieldType.Money, FieldType.Count, FieldType.Quantity);
        var where = ReadAll(section, "where", required: false);
        if (Comparison(section) is not var (word, comparison) || named is null)
            return null;
        return Threshold(section, word, named.Field) is { } threshold ? new(named.Ref, where, comparison, threshold) : null;
    }

    private Condition.AnyOf? AnyOf(Section section)
    {
        var conditions = ReadAll(section, "any-of");
        if (section.Children("any-of").Count >= 2)
            return new(conditions);
        section.Wrong(
            "any-of",
            "'any-of' has fewer than two conditions",
            "write the conditions of which one is enough, or the one condition without 'any-of'"
        );
        return null;
    }

    private static FactValue? Threshold(Section section, string word, FactField field)
    {
        if (section.Text(word) is not { } text)
            return null;
        if (Units.Read(field, text, out var expected) is { } value && field.Type is not FieldType.Text)
            return value;
        section.Wrong(word, $"'{text}' does not fit the {FieldReader.Word(field.Type)} '{field.Name}'", "write " + expected);
        return null;
    }

    private static (string Word, Comparison Comparison)? Comparison(Section section)
    {
        var words = Vocabulary.Comparisons.Keys.Where(section.Has).ToArray();
        if (words.Length == 1)
            return (words[0], Vocabulary.Comparisons[words[0]]);
        section.Problems.Add(
            section.File,
            section.Line,
            section.Entry,
            words.Length == 0 ? "nothing is compared" : "two comparisons in one condition",
            "write exactly one of " + string.Join(", ", Vocabulary.Comparisons.Keys)
        );
        return null;
    }
}
