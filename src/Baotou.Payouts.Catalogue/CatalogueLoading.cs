using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues;

/// <summary>Something in the list's files that is wrong or doubtful, put so that a policy officer can mend it.</summary>
/// <param name="File">Path below the list's folder ("entries/17-art03.yaml").</param>
/// <param name="Line">Line in that file, from 1.</param>
/// <param name="Entry">Id of the entry, fact kind or pool; empty if the file as a whole is meant.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record CatalogueProblem(string File, int Line, string Entry, string Problem, string Remedy)
{
    /// <summary>"entries/17-art03.yaml:12: 17-art4a: what is wrong; what to do".</summary>
    public override string ToString() => $"{File}:{Line}: {(Entry.Length == 0 ? "" : Entry + ": ")}{Problem}; {Remedy}";
}

/// <summary>What came of loading the list: all of it, or none of it with every reason at once.</summary>
public abstract record CatalogueLoading
{
    private CatalogueLoading() { }

    /// <summary>The list holds together.</summary>
    /// <param name="Catalogue">The list.</param>
    /// <param name="Warnings">What is allowed and yet doubtful, in the order of files and lines; empty if nothing is.</param>
    public sealed record Loaded(Catalogue Catalogue, IReadOnlyList<CatalogueProblem> Warnings) : CatalogueLoading;

    /// <summary>The list does not hold together; nothing of it may be used.</summary>
    /// <param name="Problems">Every error found, in the order of files and lines; never empty.</param>
    public sealed record Refused(IReadOnlyList<CatalogueProblem> Problems) : CatalogueLoading;

    /// <summary>
    /// The list, or <see cref="InvalidOperationException"/> naming every problem: for callers that cannot go on without it.
    /// </summary>
    public Catalogue Required() =>
        this switch
        {
            Loaded loaded => loaded.Catalogue,
            Refused refused => throw new InvalidOperationException("The catalogue does not load:\n" + string.Join('\n', refused.Problems)),
            _ => throw new InvalidOperationException("Unknown kind of loading."),
        };
}
