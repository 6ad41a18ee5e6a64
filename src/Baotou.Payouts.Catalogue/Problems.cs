namespace Baotou.Payouts.Catalogues;

/// <summary>One text of the list, under its path below the list's folder.</summary>
internal sealed record CatalogueFile(string Path, string Text);

/// <summary>Collects errors and warnings while the list is read, so that an officer sees all of them at once.</summary>
internal sealed class Problems
{
    private readonly List<CatalogueProblem> _errors = [];
    private readonly List<CatalogueProblem> _warnings = [];

    internal bool Any => _errors.Count > 0;

    internal int Count => _errors.Count;

    internal IReadOnlyList<CatalogueProblem> Errors => Sorted(_errors);

    internal IReadOnlyList<CatalogueProblem> Warnings => Sorted(_warnings);

    internal void Add(string file, int line, string entry, string problem, string remedy) =>
        _errors.Add(new(file, line, entry, problem, remedy));

    internal void Warn(string file, int line, string entry, string problem, string remedy) =>
        _warnings.Add(new(file, line, entry, problem, remedy));

    private static List<CatalogueProblem> Sorted(IEnumerable<CatalogueProblem> problems) =>
        [.. problems.OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line)];
}
