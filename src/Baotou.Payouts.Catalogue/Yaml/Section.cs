using System.Globalization;
using Baotou.Payouts.Domain.Facts;

namespace Baotou.Payouts.Catalogues.Yaml;

/// <summary>
/// One mapping being read: every getter notes what is wrong with the line it is on and gives null, and <see cref="Close"/> notes the keys
/// that nobody asked for.
/// </summary>
internal sealed class Section(YamlValue.Mapping mapping, string file, string entry, Problems problems)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    internal int Line => mapping.Line;

    internal string File => file;

    internal string Entry => entry;

    internal Problems Problems => problems;

    internal IEnumerable<string> Keys => mapping.Entries.Keys;

    internal bool Has(string key) => mapping.Entries.ContainsKey(key);

    /// <summary>The line of a key's value, or of the mapping where the key is missing.</summary>
    internal int LineOf(string key) => mapping.Entries.TryGetValue(key, out var value) ? value.Line : Line;

    internal void Wrong(string key, string problem, string remedy) => problems.Add(file, LineOf(key), entry, problem, remedy);

    internal void Doubtful(string key, string problem, string remedy) => problems.Warn(file, LineOf(key), entry, problem, remedy);

    /// <summary>The same mapping, with problems told under another entry.</summary>
    internal Section For(string other) => new(mapping, file, other, problems);

    internal YamlValue? Value(string key, bool required = true)
    {
        _asked.Add(key);
        if (mapping.Entries.TryGetValue(key, out var value))
            return value;
        if (required)
            Wrong(key, $"'{key}' is missing", $"write '{key}:'");
        return null;
    }

    internal string? Text(string key, bool required = true)
    {
        switch (Value(key, required))
        {
            case null:
                return null;
            case YamlValue.Scalar { Text: var text } when !string.IsNullOrWhiteSpace(text):
                return text.Trim();
            default:
                Wrong(key, $"'{key}' is empty or not a text", $"write a text after '{key}:'");
                return null;
        }
    }

    internal T? Choice<T>(string key, IReadOnlyDictionary<string, T> choices, bool required = true)
        where T : struct
    {
        if (Text(key, required) is not { } text)
            return null;
        if (choices.TryGetValue(text, out var choice))
            return choice;
        Wrong(key, $"'{key}' cannot be '{text}'", "write one of " + string.Join(", ", choices.Keys));
        return null;
    }

    internal bool? Flag(string key, bool required = true) => Choice(key, Flags, required);

    internal int? Whole(string key, int least, int most, bool required = true)
    {
        if (Text(key, required) is not { } text)
            return null;
        if (
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
        )
            return number;
        Wrong(key, $"'{key}' cannot be '{text}'", $"write a whole number from {least} to {most}");
        return null;
    }

    internal DateOnly? Day(string key, bool required = true)
    {
        if (Text(key, required) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        Wrong(key, $"'{key}' is not a day: '{text}'", "write a day that exists, as 2022-04-01");
        return null;
    }

    internal Bilingual? Bilingual(string key, bool required = true) => Child(key, required) is { } both ? both.ClosedTitle() : null;

    /// <summary>Reads <c>zh</c> and <c>en</c> of this mapping.</summary>
    internal Bilingual? Title()
    {
        var (zh, en) = (Text("zh"), Text("en"));
        return zh is null || en is null ? null : new Bilingual(zh, en);
    }

    internal Section? Child(string key, bool required = true)
    {
        switch (Value(key, required))
        {
            case null:
                return null;
            case YamlValue.Mapping child:
                return new Section(child, file, entry, problems);
            default:
                Wrong(key, $"'{key}' is not a mapping", $"write '{key}: {{…}}'");
                return null;
        }
    }

    /// <summary>The mappings of a list, or nothing.</summary>
    internal IReadOnlyList<Section> Children(string key, bool required = true)
    {
        var children = new List<Section>();
        foreach (var item in Items(key, required))
        {
            if (item is YamlValue.Mapping child)
                children.Add(new Section(child, file, entry, problems));
            else
                problems.Add(file, item.Line, entry, $"an item of '{key}' is not a mapping", "write '- key: value'");
        }

        return children;
    }

    /// <summary>The texts of a list, or nothing.</summary>
    internal IReadOnlyList<string> Texts(string key, bool required = true)
    {
        var texts = new List<string>();
        foreach (var item in Items(key, required))
        {
            if (item is YamlValue.Scalar { Text.Length: > 0 } scalar)
                texts.Add(scalar.Text.Trim());
            else
                problems.Add(file, item.Line, entry, $"an item of '{key}' is not a text", "write '- text'");
        }

        return texts;
    }

    /// <summary>The named mappings of a mapping of mappings, in written order.</summary>
    internal IReadOnlyList<(string Name, Section Section)> Named(string key, bool required = true)
    {
        var named = new List<(string, Section)>();
        if (Child(key, required) is not { } child)
            return named;
        foreach (var name in child.Keys)
        {
            if (child.Child(name) is { } section)
                named.Add((name, section));
        }

        return named;
    }

    /// <summary>Notes every key that was never asked for.</summary>
    internal void Close()
    {
        foreach (var key in Keys.Where(k => !_asked.Contains(k)))
            Wrong(
                key,
                $"'{key}' is not known here",
                "remove it or correct its spelling; known are " + string.Join(", ", _asked.Order(StringComparer.Ordinal))
            );
    }

    private static readonly Dictionary<string, bool> Flags = new() { ["true"] = true, ["false"] = false };

    private Bilingual? ClosedTitle()
    {
        var title = Title();
        Close();
        return title;
    }

    private IReadOnlyList<YamlValue> Items(string key, bool required)
    {
        switch (Value(key, required))
        {
            case null:
                return [];
            case YamlValue.Sequence list:
                return list.Items;
            default:
                Wrong(key, $"'{key}' is not a list", $"write '{key}: […]'");
                return [];
        }
    }
}
