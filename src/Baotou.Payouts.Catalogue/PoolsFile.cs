using System.Globalization;
using Baotou.Payouts.Catalogues.Yaml;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues;

/// <summary>Reads <c>pools.yaml</c> and <c>pools/*.yaml</c>: the bureaus and their budget lines.</summary>
internal static class PoolsFile
{
    /// <summary>The bureaus and the pools; what could not be read is left out and noted.</summary>
    internal static (IReadOnlyDictionary<string, Bilingual> Bureaus, IReadOnlyList<PoolDefinition> Pools) Read(
        IReadOnlyList<(YamlValue.Mapping Root, string Path)> roots,
        IEnumerable<string> agencies,
        Problems problems
    )
    {
        var files = roots.Select(r => new Section(r.Root, r.Path, "", problems)).ToArray();
        var bureaus = new Dictionary<string, Bilingual>(StringComparer.Ordinal);
        foreach (var (id, bureau) in files.SelectMany(f => f.Named("bureaus", required: f == files[0])))
        {
            if (!bureaus.TryAdd(id, bureau.Title() ?? new Bilingual(id, id)))
                bureau.Wrong("zh", $"the bureau '{id}' is described twice", "describe each bureau once");
            bureau.Close();
        }

        var pools = new List<PoolDefinition>();
        foreach (var section in files.SelectMany(f => f.Children("pools")))
        {
            if (ReadPool(section, bureaus.Keys, agencies.ToHashSet(StringComparer.Ordinal)) is not { } pool)
                continue;
            if (pools.Any(p => p.Id == pool.Id))
                section.Wrong("id", $"the pool '{pool.Id}' is described twice", "give each pool its own id");
            else
                pools.Add(pool);
        }

        foreach (var file in files)
            file.Close();
        return (bureaus, pools);
    }

    private static PoolDefinition? ReadPool(Section unnamed, IReadOnlyCollection<string> bureaus, IReadOnlyCollection<string> agencies)
    {
        var id = unnamed.Text("id");
        var section = unnamed.For(id ?? "");
        section.Text("id");
        var title = section.Title();
        var bureau = section.Text("bureau");
        if (bureau is not null && !bureaus.Contains(bureau))
            section.Wrong("bureau", $"there is no bureau '{bureau}'", "write one of " + string.Join(", ", bureaus));
        var sources = section.Texts("sources");
        if (section.Has("sources") && sources.Count == 0)
            section.Wrong("sources", "the pool has no source", "list the agencies whose facts its policies read");
        foreach (var source in sources.Where(s => !agencies.Contains(s)))
            section.Wrong("sources", $"there is no agency '{source}'", "write one of " + string.Join(", ", agencies));
        if (sources.Distinct().Count() != sources.Count)
            section.Wrong("sources", "a source is listed twice", "list each source once");
        var wholeOnly = section.Flag("whole-only");
        var carriesUnused = section.Flag("carries-unused");
        var waitingCarries = section.Flag("waiting-carries");
        var fund = Fund(section);
        section.Close();
        return id is null || title is null || bureau is null || wholeOnly is null || carriesUnused is null || waitingCarries is null
            ? null
            : new(id, title, bureau, sources, wholeOnly.Value, carriesUnused.Value, waitingCarries.Value, fund);
    }

    private static long? Fund(Section section)
    {
        if (section.Text("printed-fund", required: false) is not { } text)
            return null;
        if (
            text.EndsWith(" yuan", StringComparison.Ordinal)
            && long.TryParse(text[..^5], NumberStyles.None, CultureInfo.InvariantCulture, out var yuan)
            && yuan > 0
        )
            return yuan;
        section.Wrong("printed-fund", $"'{text}' is not a fund", "write whole yuan, as '10000000 yuan'");
        return null;
    }
}
