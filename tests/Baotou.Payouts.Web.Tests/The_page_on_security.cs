using System.Reflection;
using System.Text.RegularExpressions;

namespace Baotou.Payouts.Web.Tests;

/// <summary>The page names tests; a name that changed would leave a promise without its proof.</summary>
public sealed partial class The_page_on_security
{
    /// <summary>Those of other projects, which the page names as such.</summary>
    private static readonly string[] Elsewhere =
    [
        "A_name_that_was_made_to_point_here_gets_nothing",
        "There_is_no_local_issuer_in_a_cloud",
        "The_key_is_readable_by_its_owner_only_and_one_that_is_not_is_refused",
        "An_issuer_of_one_machine_is_refused",
        "When_an_answer_is_not_as_agreed",
        "When_answers_go_wrong",
    ];

    [Fact]
    public void Names_tests_that_are_there()
    {
        var named = TestName().Matches(File.ReadAllText(Page())).Select(m => m.Groups[1].Value).Distinct().ToList();
        var types = Assembly.GetExecutingAssembly().GetTypes();
        var known = types
            .Select(t => t.Name)
            .Concat(types.SelectMany(t => t.GetMethods()).Select(m => m.Name))
            .Concat(Elsewhere)
            .ToHashSet(StringComparer.Ordinal);

        Assert.True(named.Count > 25);
        Assert.Empty(named.Except(known));
    }

    private static string Page()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Baotou.Payouts.sln")))
                return Path.Combine(folder, "docs", "security.md");
        }

        throw new InvalidOperationException("These tests run inside a checkout.");
    }

    [GeneratedRegex("`([A-Z][A-Za-z]*(?:_[A-Za-z]+){2,})`")]
    private static partial Regex TestName();
}
