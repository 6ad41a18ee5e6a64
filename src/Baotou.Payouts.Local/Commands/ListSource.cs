using System.CommandLine;
using Baotou.Payouts.Catalogues;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Local.Commands;

/// <summary>The list a verb works with: the one inside the program, or an edited copy in a folder.</summary>
internal static class ListSource
{
    /// <summary>The option that names the folder.</summary>
    public static Option<string?> Option() =>
        new("--directory")
        {
            Description = "Use the list in this folder (facts.yaml, pools.yaml, entries/*.yaml) instead of the one inside the program.",
            HelpName = "DIR",
        };

    /// <summary>Loads the list.</summary>
    /// <param name="directory">The folder; null for the list inside the program.</param>
    /// <returns>What came of it, or why the folder cannot be read.</returns>
    public static (CatalogueLoading? Loading, InputProblem? Problem) Load(string? directory)
    {
        if (directory is null)
            return (CatalogueLoader.LoadEmbedded(), null);
        try
        {
            return (CatalogueLoader.Load(directory), null);
        }
        catch (DirectoryNotFoundException)
        {
            return (null, new(directory, "there is no such folder", "name the folder that holds facts.yaml"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, new(directory, $"the folder cannot be read ({e.Message})", "check its rights"));
        }
    }

    /// <summary>Loads a list that has to hold together.</summary>
    public static (Catalogue? Catalogue, InputProblem? Problem) Require(string? directory)
    {
        var (loading, problem) = Load(directory);
        return loading switch
        {
            null => (null, problem),
            CatalogueLoading.Refused refused => (
                null,
                new(
                    Place(directory, refused.Problems[0]),
                    $"the list does not hold together ({refused.Problems.Count} problem(s)): {refused.Problems[0].Problem}",
                    refused.Problems[0].Remedy + "; 'payouts catalogue check' shows all"
                )
            ),
            _ => (loading.Required(), null),
        };
    }

    /// <summary>"DIR/entries/17-art03.yaml:12", so that an editor can open it.</summary>
    public static string Place(string? directory, CatalogueProblem problem) =>
        $"{(directory is null ? problem.File : Path.Combine(directory, problem.File))}:{problem.Line}";

    /// <summary>The versions of an entry, or why there are none.</summary>
    public static (IReadOnlyList<Policy> Versions, InputProblem? Problem) Entry(Catalogue catalogue, string where, string id)
    {
        var versions = catalogue.VersionsOf(id);
        return versions.Count > 0
            ? (versions, null)
            : (
                versions,
                new(
                    where,
                    $"the list has no entry '{id}'{Nearest.Hint(id, catalogue.Policies.Select(p => p.Id).Distinct())}",
                    "'payouts catalogue list' shows the ids"
                )
            );
    }
}
