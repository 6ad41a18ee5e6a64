using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Baotou.Payouts.Solution.Tests.Documents;

/// <summary>What the guarantees page says is tested has that test.</summary>
public sealed partial class Guarantees
{
    [Fact]
    public void Every_test_that_the_page_names_exists()
    {
        var named = NamedIn(Repository.Read("docs/guarantees.md"));
        Assert.True(named.Count >= 25, $"Only {named.Count} tests are named.");
        Assert.Empty(named.Except(ExistingTests()));
    }

    [Fact]
    public void A_test_that_does_not_exist_is_found()
    {
        var named = NamedIn("kept by `Guarantees.Every_test_that_the_page_names_exists` and `Guarantees.A_test_nobody_wrote`");
        Assert.Equal(["Guarantees.A_test_nobody_wrote"], named.Except(ExistingTests()));
    }

    private static HashSet<string> NamedIn(string page) => [.. TestName().Matches(page).Select(m => m.Groups[1].Value)];

    private static HashSet<string> ExistingTests() =>
        [
            .. Repository
                .Sources("tests")
                .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
                .Where(m => m.AttributeLists.SelectMany(l => l.Attributes).Any(a => a.Name.ToString() is "Fact" or "Theory"))
                .Select(m => $"{((TypeDeclarationSyntax)m.Parent!).Identifier.Text}.{m.Identifier.Text}"),
        ];

    [GeneratedRegex(@"`([A-Z]\w*\.[A-Z][a-z]*_\w+)`")]
    private static partial Regex TestName();
}
