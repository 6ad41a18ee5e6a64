using System.Text.RegularExpressions;
using Baotou.Payouts.Catalogues.Yaml;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Time;

namespace Baotou.Payouts.Catalogues.Entries;

/// <summary>An entry with the place it was read from.</summary>
internal sealed record ReadEntry(Policy Policy, Section Section);

/// <summary>Reads one file of <c>entries/</c>: what its document says for all, then one entry after the other.</summary>
internal static partial class EntriesFile
{
    /// <summary>Keys that a file may give once for all of its entries; an entry's own value comes first.</summary>
    private static readonly string[] Shared = ["document", "published", "in-force"];

    /// <summary>The entries that could be read; what could not is noted.</summary>
    internal static IReadOnlyList<ReadEntry> Read(YamlValue.Mapping root, string path, ListContext context, Problems problems)
    {
        var file = new Section(root, path, "", problems);
        foreach (var key in Shared)
            file.Value(key, required: false);
        var read = new List<ReadEntry>();
        if (file.Value("entries") is YamlValue.Sequence list)
        {
            foreach (var item in list.Items)
            {
                if (item is not YamlValue.Mapping own)
                    problems.Add(path, item.Line, "", "an entry is not a mapping", "begin it with '- id:'");
                else if (ReadEntry(Whole(own, root), path, context, problems) is { } entry)
                    read.Add(entry);
            }
        }
        else if (file.Has("entries"))
        {
            file.Wrong("entries", "'entries' is not a list", "begin each entry with '- id:'");
        }

        file.Close();
        return read;
    }

    /// <summary>The entry with what its file says for all, so that its hash covers both.</summary>
    private static YamlValue.Mapping Whole(YamlValue.Mapping own, YamlValue.Mapping root)
    {
        var entries = new Dictionary<string, YamlValue>(own.Entries, StringComparer.Ordinal);
        foreach (var key in Shared)
        {
            if (root.Entries.TryGetValue(key, out var value))
                entries.TryAdd(key, value);
        }

        return own with
        {
            Entries = entries,
        };
    }

    private static ReadEntry? ReadEntry(YamlValue.Mapping mapping, string path, ListContext context, Problems problems)
    {
        var id = new Section(mapping, path, "", problems).Text("id");
        if (id is null)
            return null;
        var section = new Section(mapping, path, id, problems);
        section.Text("id");
        if (!Id().IsMatch(id))
            section.Wrong("id", $"'{id}' is not an id", "write the document's number and the printed place, as '19-cont-3a'");
        var document = section.Text("document");
        if (document is not null && !document.Contains(id.Split('-')[0] + "号", StringComparison.Ordinal))
            section.Wrong("id", $"'{id}' does not belong to {document}", "begin the id with the document's number");
        var item = section.Text("item");
        var title = section.Bilingual("title");
        var summary = section.Bilingual("summary");
        var why = section.Bilingual("why");
        var bureau = section.Text("bureau");
        if (bureau is not null && !context.Bureaus.Contains(bureau))
            section.Wrong("bureau", $"there is no bureau '{bureau}'", "write one of " + string.Join(", ", context.Bureaus));
        var kind = section.Choice("class", Vocabulary.Classes);
        var payee = section.Choice("payee", Vocabulary.Payees);
        var published = section.Day("published");
        var inForce = InForce(section);
        var ambiguity = section.Text("ambiguity", required: false) ?? "";
        var duplicateOf = section.Text("duplicate-of", required: kind is PolicyClass.DuplicateOf);
        if (kind is not null and not PolicyClass.DuplicateOf && duplicateOf is not null)
            section.Wrong(
                "duplicate-of",
                "only class 'duplicate-of' prints another entry again",
                "remove it, or write 'class: duplicate-of'"
            );
        var terms = Terms(section, kind, context);
        section.Close();
        if (
            document is null
            || item is null
            || title is null
            || summary is null
            || why is null
            || bureau is null
            || kind is null
            || payee is null
            || published is null
            || inForce is null
        )
            return null;

        var policy = new Policy
        {
            Id = id,
            Title = title,
            Summary = summary,
            Source = new(document, item),
            Bureau = bureau,
            Class = kind.Value,
            Why = why,
            Validity = inForce.Value,
            PublishedOn = published.Value,
            Payee = payee.Value,
            Ambiguity = ambiguity,
            DuplicateOf = duplicateOf,
            Terms = terms,
            Hash = ContentHash.Of(mapping.WriteCanonical),
        };
        return new(policy, section);
    }

    private static Terms? Terms(Section section, PolicyClass? kind, ListContext context)
    {
        var computable = kind is PolicyClass.Automatic or PolicyClass.AutomaticPerson;
        if (!section.Has("terms"))
        {
            if (computable)
                section.Wrong(
                    "terms",
                    "an automatic entry has no terms",
                    "write 'terms:', or another class that says why it is not automatic"
                );
            return null;
        }

        if (kind is PolicyClass.Discretionary or PolicyClass.Service or PolicyClass.DuplicateOf)
            section.Wrong("terms", "this class is not computed and yet has terms", "remove 'terms', or write 'class: automatic'");
        return section.Child("terms") is { } terms ? new TermsReader(context).Read(terms) : null;
    }

    private static DayPeriod? InForce(Section section)
    {
        if (section.Child("in-force") is not { } child)
            return null;
        var from = Day(child, "from");
        var to = Day(child, "to");
        if (from > to)
            child.Wrong("to", "it ends before it begins", "correct the days; both are included");
        child.Close();
        return new(from, to);
    }

    private static DateOnly? Day(Section section, string key) => section.Text(key) is null or "unknown" ? null : section.Day(key);

    [GeneratedRegex("^[0-9]{2}(-[a-z0-9]+)+$")]
    private static partial Regex Id();
}
