using Baotou.Payouts.Catalogues.Cases;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues.Tests;

/// <summary>Does what <c>docs/catalogue.md</c> tells, with the very blocks that it prints.</summary>
public sealed class The_page_for_policy_officers
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Root(), "docs", "catalogue.md")).ReplaceLineEndings("\n");

    [Fact]
    public void Changes_an_amount_from_a_day_on()
    {
        var files = Files(
            "entries/17-art09-11.yaml",
            text =>
                text.Replace("  - id: 17-art10c\n", "  - id: 17-art10c\n" + Block("end"), StringComparison.Ordinal)
                + "\n"
                + Block("version")
        );
        var list = CatalogueLoader.Load(files).Required();
        Assert.Equal(2, list.VersionsOf("17-art10c").Count);
        Holds(
            list,
            """
            as-of: 2023-12-31
            given:
              rating: {kind: tourism-rating, on: 2022-12-31, rated-object: x, type: travel-agency, grade: 3a, new: true}
            cases:
              - {policy: 17-art10c, says: the last day of the old amount, facts: [{like: rating}], pays: 50000 yuan}
              - {policy: 17-art10c, says: the first day of the new amount, facts: [{like: rating, on: 2023-01-01}], pays: 60000 yuan}
              - {policy: 17-art10c, says: one of each, facts: [{like: rating}, {like: rating, on: 2023-01-01, rated-object: y}], pays: 110000 yuan}
              - {policy: 17-art10c, says: one agency has the old amount alone, facts: [{like: rating}, {like: rating, on: 2023-01-01}], pays: 50000 yuan}
            """
        );
    }

    [Fact]
    public void Says_what_happens_when_the_old_version_gets_no_end() =>
        Assert.Contains(
            Assert
                .IsType<CatalogueLoading.Refused>(
                    CatalogueLoader.Load(Files("entries/17-art09-11.yaml", text => text + "\n" + Block("version")))
                )
                .Problems,
            p => p.Entry == "17-art10c" && p.Problem.StartsWith("this version overlaps", StringComparison.Ordinal)
        );

    [Fact]
    public void Adds_a_tier()
    {
        var files = Files(
            "entries/19-cont.yaml",
            text =>
            {
                Assert.Contains(Block("tier-before"), text, StringComparison.Ordinal);
                return text.Replace(Block("tier-before"), Block("tier-after"), StringComparison.Ordinal);
            }
        );
        Holds(
            CatalogueLoader.Load(files).Required(),
            """
            as-of: 2022-12-31
            given:
              plant: {kind: plant-project, on: 2022-06-01, project-number: F, rare-earth: true, land-bought-and-built: true, meets-plan: true, area: 10, fixed-investment: 1000000000, on-time: true, investment-complete: true}
            cases:
              - {policy: 19-cont-83, says: one billion, facts: [{like: plant}], pays: 4000 yuan, county: 2000 yuan}
              - {policy: 19-cont-83, says: one fen less, facts: [{like: plant, fixed-investment: 999999999.99}], pays: 3000 yuan, county: 1500 yuan}
            """
        );
    }

    [Fact]
    public void Adds_an_award_with_its_pool_and_cases()
    {
        List<CatalogueFile> files = [.. Files("pools.yaml", text => text + Block("pool")), new("entries/24.yaml", Block("entry"))];
        Holds(CatalogueLoader.Load(files).Required(), Block("cases"));
    }

    [Fact]
    public void Names_every_word_that_an_entry_may_use()
    {
        var words = Lists
            .Entries.Split('\n')
            .Select(l => l.Trim().TrimStart('-', ' '))
            .Where(l => l.Contains(':', StringComparison.Ordinal))
            .Select(l => l[..l.IndexOf(':', StringComparison.Ordinal)]);
        Assert.All(words.Where(w => !w.StartsWith('{')).Distinct(), w => Assert.Contains(w, Page, StringComparison.Ordinal));
        Assert.All(
            Entries.Vocabulary.Comparisons.Keys.Concat(Entries.Vocabulary.Classes.Keys).Concat(Entries.Vocabulary.Roundings.Keys),
            w => Assert.Contains(w, Page, StringComparison.Ordinal)
        );
    }

    private static List<CatalogueFile> Files(string path, Func<string, string> change) =>
        [
            .. CatalogueLoader
                .EmbeddedFiles("entries/")
                .Select(f => f with { Text = f.Text.ReplaceLineEndings("\n") })
                .Select(f => f.Path == path ? f with { Text = change(f.Text) } : f),
        ];

    private static void Holds(Catalogue list, string cases)
    {
        var loaded = Assert.IsType<CasesLoading.Loaded>(PolicyCases.Load([new CatalogueFile("cases/page.yaml", cases)], list));
        Assert.NotEmpty(loaded.Cases);
        Assert.All(loaded.Cases, c => Assert.Null(c.Difference(new Decider(list))));
    }

    private static string Block(string name)
    {
        var head = $"<!-- try: {name} -->\n```yaml\n";
        var from = Page.IndexOf(head, StringComparison.Ordinal);
        Assert.True(from >= 0, $"the page has no block '{name}'");
        from += head.Length;
        return Page[from..Page.IndexOf("```", from, StringComparison.Ordinal)];
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Baotou.Payouts.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests do not run below the solution.");
    }
}
