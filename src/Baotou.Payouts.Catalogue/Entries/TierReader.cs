using Baotou.Payouts.Catalogues.Yaml;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues.Entries;

/// <summary>
/// Reads tiers and proves that, within what the conditions leave possible, every value has one case and every case has a value.
/// </summary>
internal sealed class TierReader(FieldReader fields, AwardReader awards)
{
    internal Award.Tier? Read(Section section, Bounds bounds)
    {
        var named = fields.Field(
            section,
            "field",
            true,
            FieldType.Code,
            FieldType.Money,
            FieldType.Count,
            FieldType.Quantity,
            FieldType.Rate
        );
        var children = section.Children("cases");
        if (named is null)
            return null;
        if (children.Count < 2)
            section.Wrong("cases", "a tier has at least two cases", "write the other cases, or the one award without 'tier'");
        var cases =
            named.Field.Type is FieldType.Code ? ByCode(section, named, children, bounds) : ByRange(section, named, children, bounds);
        return new(named.Ref, cases);
    }

    private List<TierCase> ByCode(Section section, NamedField named, IReadOnlyList<Section> children, Bounds bounds)
    {
        var cases = new List<TierCase>();
        var possible = bounds.Of(named.Ref, named.Field);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var child in children)
        {
            var code = child.Text("code");
            var award = awards.Read(child, code is null ? bounds : bounds.With(named.Ref, named.Field, [code]));
            child.Close();
            if (code is null)
                continue;
            if (named.Field.Codes.All(c => c.Code != code))
                child.Wrong(
                    "code",
                    $"'{named.Ref}' has no code '{code}'",
                    "write one of " + string.Join(", ", named.Field.Codes.Select(c => c.Code))
                );
            else if (!seen.Add(code))
                child.Wrong("code", $"the case '{code}' overlaps an earlier one", "keep one case for each code");
            else if (!possible.Contains(code))
                child.Wrong(
                    "code",
                    $"the case '{code}' is never reached: the conditions exclude it",
                    "remove the case or widen the conditions"
                );
            if (award is not null)
                cases.Add(new TierCase.ByCode(code, award));
        }

        var missing = possible.Except(seen);
        if (!missing.IsEmpty)
            section.Wrong(
                "cases",
                $"gap: no case for {string.Join(", ", missing.Order(StringComparer.Ordinal))}",
                "add the cases, or a condition that excludes them"
            );
        return cases;
    }

    private List<TierCase> ByRange(Section section, NamedField named, IReadOnlyList<Section> children, Bounds bounds)
    {
        var cases = new List<TierCase>();
        var (least, most) = bounds.Of(named.Ref);
        var next = least;
        foreach (var child in children)
        {
            var from = Edge(child, named.Field, "from", "above");
            var below = Edge(child, named.Field, "below", "to");
            var inner = bounds.With(named.Ref, from ?? 0, (below ?? long.MaxValue) - (below is null ? 0 : 1));
            var award = awards.Read(child, inner);
            child.Close();
            var (first, last) = inner.Of(named.Ref);
            var at = child.Has("from") ? "from" : "above";
            if (first > last)
                child.Wrong(at, "this case is never reached", "check its ends against each other and against the conditions");
            else if (first < next)
                child.Wrong(at, "this case overlaps the one before", $"begin it where the one before ends, at {Shown(named.Field, next)}");
            else if (first > next)
                child.Wrong(
                    at,
                    $"gap: nothing for {Shown(named.Field, next)} up to this case",
                    "begin it where the one before ends, or add a condition"
                );
            next = last == long.MaxValue ? last : Math.Max(next, last + 1);
            if (award is not null)
                cases.Add(new TierCase.ByRange(from, below, award));
        }

        if (children.Count > 0 && next <= most && next != long.MaxValue)
            section.Wrong(
                "cases",
                $"gap: nothing from {Shown(named.Field, next)} on",
                "leave the last case open above, or add a condition"
            );
        return cases;
    }

    /// <summary>
    /// An edge in the smallest unit: the second key means the number itself lies on the other side (以下 includes, 超过 does not).
    /// </summary>
    private static long? Edge(Section section, FactField field, string plain, string shifted)
    {
        if (section.Has(plain) && section.Has(shifted))
            section.Wrong(shifted, $"'{plain}' and '{shifted}' are both written", "keep one");
        var key = section.Has(plain) ? plain : shifted;
        if (section.Text(key, required: false) is not { } text)
            return null;
        if (Units.Read(field, text, out var expected) is { } value)
            return key == plain ? value.Number : value.Number + 1;
        section.Wrong(key, $"'{text}' does not fit '{field.Name}'", "write " + expected);
        return null;
    }

    private static string Shown(FactField field, long number) => $"{new FactValue(field.Type, number).ToDeliveredText()} {field.Unit}";
}
