using System.Globalization;
using System.Text.RegularExpressions;
using Baotou.Payouts.Catalogues.Yaml;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues.Entries;

/// <summary>A field that an entry names, looked up.</summary>
internal sealed record NamedField(FieldRef Ref, FactKind Kind, FactField Field);

/// <summary>Looks up "kind.field" and "kind.field@-1" (the year before) for one entry and remembers which kinds it read.</summary>
internal sealed partial class FieldReader(FactDictionary facts)
{
    private readonly HashSet<string> _kinds = new(StringComparer.Ordinal);

    /// <summary>Kinds read so far.</summary>
    internal IReadOnlyCollection<string> Kinds => _kinds;

    internal FactKind? Kind(Section section, string key)
    {
        if (section.Text(key) is not { } id)
            return null;
        if (facts.Find(id) is not { } kind)
        {
            section.Wrong(
                key,
                $"there is no kind of fact '{id}'",
                "write a kind of facts.yaml" + Nearest(id, facts.Kinds.Select(k => k.Id))
            );
            return null;
        }

        _kinds.Add(id);
        return kind;
    }

    /// <summary>The field under a key; noted as wrong if it is unknown or of none of <paramref name="types"/>.</summary>
    internal NamedField? Field(Section section, string key, bool required, params ReadOnlySpan<FieldType> types)
    {
        if (section.Text(key, required) is not { } text)
            return null;
        var match = Shape().Match(text);
        if (!match.Success)
        {
            section.Wrong(key, $"'{text}' is not a field", "write kind.field, or kind.field@-1 for the year before");
            return null;
        }

        if (facts.Find(match.Groups[1].Value) is not { } kind)
        {
            section.Wrong(
                key,
                $"there is no kind of fact '{match.Groups[1].Value}'",
                "write a kind of facts.yaml" + Nearest(match.Groups[1].Value, facts.Kinds.Select(k => k.Id))
            );
            return null;
        }

        if (kind.Field(match.Groups[2].Value) is not { } field)
        {
            section.Wrong(
                key,
                $"'{kind.Id}' has no field '{match.Groups[2].Value}'",
                "write one of " + string.Join(", ", kind.Fields.Select(f => f.Name))
            );
            return null;
        }

        var offset = match.Groups[3].Success ? int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture) : 0;
        if (offset != 0 && kind.Period is not PeriodKind.Year)
        {
            section.Wrong(key, $"'{kind.Id}' is not a yearly figure", "remove '@' and what follows; only yearly figures have another year");
            return null;
        }

        if (types.Length > 0 && !types.Contains(field.Type))
        {
            section.Wrong(
                key,
                $"'{text}' is a {Word(field.Type)}",
                "name a field that is a " + string.Join(" or a ", types.ToArray().Select(Word))
            );
            return null;
        }

        _kinds.Add(kind.Id);
        return new(new FieldRef(kind.Id, field.Name, offset), kind, field);
    }

    internal static string Word(FieldType type) => type.ToString().ToLowerInvariant();

    private static string Nearest(string wrong, IEnumerable<string> names) =>
        names.FirstOrDefault(n => n.Length > 2 && wrong.Length > 2 && n[..3] == wrong[..3]) is { } near ? $"; '{near}' is near" : "";

    [GeneratedRegex(@"^([a-z0-9-]+)\.([a-z0-9-]+)(?:@(-[1-9]))?$")]
    private static partial Regex Shape();
}
