using Baotou.Payouts.Catalogues.Yaml;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues;

/// <summary>Reads <c>overlaps.yaml</c>: what the print leaves unruled between entries, for the bureaus to settle.</summary>
internal static class OverlapsFile
{
    /// <summary>The file's path below the list's folder; a list may be without it.</summary>
    internal const string Path = "overlaps.yaml";

    /// <summary>The overlaps, as written; what could not be read is left out and noted.</summary>
    internal static IReadOnlyList<Overlap> Read(IReadOnlyList<CatalogueFile> files, IReadOnlyCollection<string> ids, Problems problems)
    {
        var overlaps = new List<Overlap>();
        foreach (var file in files.Where(f => f.Path == Path))
        {
            if (YamlFile.Read(file, problems) is not { } root)
                continue;
            var section = new Section(root, file.Path, "", problems);
            foreach (var child in section.Children("overlaps"))
            {
                var between = child.Texts("between");
                if (child.Title() is { } question)
                    overlaps.Add(new(between, question));
                if (between.Distinct().Count() < 2)
                    child.Wrong(
                        "between",
                        "an overlap is between two entries or more",
                        "name each entry once, as '[19-cont-2, 19-cont-29]'"
                    );
                else if (between.Distinct().Count() < between.Count)
                    child.Wrong("between", "an entry is named twice", "name each entry once");
                foreach (var unknown in between.Where(b => !ids.Contains(b)))
                    child.Wrong("between", $"there is no entry '{unknown}'", "write the id of an entry");
                child.Close();
            }

            section.Close();
        }

        return overlaps;
    }
}
