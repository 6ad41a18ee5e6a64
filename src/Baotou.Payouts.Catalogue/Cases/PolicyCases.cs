using Baotou.Payouts.Catalogues.Yaml;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues.Cases;

/// <summary>What came of reading cases.</summary>
public abstract record CasesLoading
{
    private CasesLoading() { }

    /// <summary>All of them, in the order of files and lines.</summary>
    public sealed record Loaded(IReadOnlyList<PolicyCase> Cases) : CasesLoading;

    /// <summary>None of them: every problem found; never empty.</summary>
    public sealed record Refused(IReadOnlyList<CatalogueProblem> Problems) : CasesLoading;
}

/// <summary>The cases that stand beside the entries, in <c>cases/*.yaml</c>.</summary>
public static class PolicyCases
{
    /// <summary>The cases that travel inside this assembly.</summary>
    public static CasesLoading LoadEmbedded(Catalogue catalogue) => Load(CatalogueLoader.EmbeddedFiles("cases/"), catalogue);

    /// <summary>The cases of a list's folder; none if it has no folder <c>cases</c>.</summary>
    public static CasesLoading Load(string directory, Catalogue catalogue) =>
        Load(CatalogueLoader.FilesBelow(directory, "cases"), catalogue);

    internal static CasesLoading Load(IReadOnlyList<CatalogueFile> files, Catalogue catalogue)
    {
        var problems = new Problems();
        var cases = new List<PolicyCase>();
        foreach (var file in files.Where(f => f.Path.StartsWith("cases/", StringComparison.Ordinal)))
        {
            if (YamlFile.Read(file, problems) is { } root)
                cases.AddRange(new CasesFile(catalogue, problems).Read(root, file.Path));
        }

        return problems.Any ? new CasesLoading.Refused(problems.Errors) : new CasesLoading.Loaded(cases);
    }
}
