using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Baotou.Payouts.Solution.Tests.Structure;

/// <summary>Two lists of projects that must not drift apart: a project missing from one is not built or not tested.</summary>
public sealed partial class SolutionFiles
{
    [Fact]
    public void The_solution_has_every_project() => Assert.Equal(Projects(), InSolution());

    [Fact]
    public void The_filter_has_every_project_but_the_functions_host() =>
        Assert.Equal(Projects().Where(project => project != "src/Baotou.Payouts.Functions/Baotou.Payouts.Functions.csproj"), InFilter());

    [Fact]
    public void Every_project_of_the_product_has_its_tests() =>
        Assert.Empty(
            Projects()
                .Where(project =>
                    project.StartsWith("src/", StringComparison.Ordinal) && !project.Contains("Functions", StringComparison.Ordinal)
                )
                .Select(project =>
                    $"tests/{Path.GetFileNameWithoutExtension(project)}.Tests/{Path.GetFileNameWithoutExtension(project)}.Tests.csproj"
                )
                .Except(Projects())
        );

    private static List<string> Projects() =>
        Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();

    private static List<string> InSolution() =>
        ProjectPath()
            .Matches(Repository.Read("Baotou.Payouts.sln"))
            .Select(match => match.Groups[1].Value.Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .ToList();

    private static List<string> InFilter() =>
        JsonNode.Parse(Repository.Read("Baotou.Payouts.Feed.slnf"))!["solution"]!["projects"]!
            .AsArray()
            .Select(project => project!.GetValue<string>().Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .ToList();

    [GeneratedRegex("\"([^\"]+\\.csproj)\"")]
    private static partial Regex ProjectPath();
}
