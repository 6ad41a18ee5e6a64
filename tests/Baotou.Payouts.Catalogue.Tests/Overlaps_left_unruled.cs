using System.Text.RegularExpressions;

namespace Baotou.Payouts.Catalogues.Tests;

/// <summary>What the print leaves open between awards stands in one file for the bureaus, and nowhere decides anything.</summary>
public sealed partial class Overlaps_left_unruled
{
    private static readonly IReadOnlyList<Domain.Policies.Overlap> All = The_embedded_list.Catalogue.Overlaps;

    [Fact]
    public void Name_every_entry_that_calls_itself_doubtful_beside_another()
    {
        var named = All.SelectMany(o => o.Between).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(
            The_embedded_list
                .Catalogue.Policies.Where(p => Doubt().IsMatch(p.Ambiguity) && !named.Contains(p.Id))
                .Select(p => $"{p.Id}: {p.Ambiguity}")
        );
    }

    [Fact]
    public void Are_asked_once_each() => Assert.Distinct(All.Select(o => string.Join(' ', o.Between.Order(StringComparer.Ordinal))));

    [Fact]
    public void Are_not_between_awards_of_one_group()
    {
        var groups = The_embedded_list
            .Catalogue.Policies.Where(p => p.Terms?.Group is not null)
            .GroupBy(p => p.Id)
            .ToDictionary(g => g.Key, g => g.Last().Terms!.Group!.Id);
        Assert.All(
            All,
            o =>
                Assert.False(
                    o.Between.Select(id => groups.GetValueOrDefault(id, id)).Distinct().Count() == 1,
                    $"a group settles {string.Join(", ", o.Between)}"
                )
        );
    }

    [Fact]
    public void Change_neither_decisions_nor_the_version_of_the_list()
    {
        var without = CatalogueLoader
            .Load([.. CatalogueLoader.EmbeddedFiles("entries/").Where(f => f.Path != OverlapsFile.Path)])
            .Required();
        Assert.Empty(without.Overlaps);
        Assert.Equal(The_embedded_list.Catalogue.Version, without.Version);
    }

    [Theory]
    [InlineData("- {between: [19-cont-2], zh: 甲, en: A}", "two entries or more")]
    [InlineData("- {between: [19-cont-2, 19-cont-2, 19-cont-29], zh: 甲, en: A}", "named twice")]
    [InlineData("- {between: [19-cont-2, 19-cont-999], zh: 甲, en: A}", "there is no entry '19-cont-999'")]
    [InlineData("- {between: [19-cont-2, 19-cont-29], zh: 甲}", "'en' is missing")]
    [InlineData("- {between: [19-cont-2, 19-cont-29], zh: 甲, en: A, ruled: true}", "'ruled' is not known here")]
    public void That_are_broken_are_refused_with_file_and_line(string overlap, string problem)
    {
        var loading = Lists.LoadWith(OverlapsFile.Path, _ => "overlaps:\n  " + overlap + "\n");
        var told = Assert.Single(Assert.IsType<CatalogueLoading.Refused>(loading).Problems);
        Assert.Equal((OverlapsFile.Path, 2), (told.File, told.Line));
        Assert.Contains(problem, told.Problem, StringComparison.Ordinal);
    }

    [GeneratedRegex("是否(重复|并用|补差|分别奖励)")]
    private static partial Regex Doubt();
}
