using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues.Tests;

public sealed class The_hash_of_an_entry
{
    private static readonly Catalogue Original = Lists.Load(Lists.Entries).Required();

    [Theory]
    [InlineData("    item: 一5", "    # a remark\n\n    item: \"一5\"   # another")]
    [InlineData("    item: 一5\n    title: {zh: 戊, en: E}", "    title:\n      en: E\n      zh: '戊'\n    item: 一5")]
    public void Does_not_depend_on_remarks_quotes_order_of_keys_or_layout(string from, string to)
    {
        var other = Lists.Load(Lists.Entries.Replace(from, to, StringComparison.Ordinal)).Required();
        Assert.Equal(Original.Policies.Select(p => p.Hash), other.Policies.Select(p => p.Hash));
        Assert.Equal(Original.Version, other.Version);
    }

    [Fact]
    public void Does_not_depend_on_the_file_it_stands_in()
    {
        var at = Lists.Entries.IndexOf("  - id: 19-x-4", StringComparison.Ordinal);
        var head = Lists.Entries[..Lists.Entries.IndexOf("  - id:", StringComparison.Ordinal)];
        CatalogueFile[] two = [new("entries/b.yaml", Lists.Entries[..at]), new("entries/a.yaml", head + Lists.Entries[at..])];
        var other = Lists.Load(two).Required();
        Assert.Equal(Original.Policies.Select(p => p.Hash).OrderBy(h => h.Hex), other.Policies.Select(p => p.Hash).OrderBy(h => h.Hex));
        Assert.Equal(Original.Version, other.Version);
    }

    [Fact]
    public void Does_not_depend_on_whether_the_file_or_the_entry_says_the_document()
    {
        var other = Lists
            .Load(
                Lists.Entries.Replace(
                    "    item: 一5",
                    "    document: 包府发〔2022〕19号\n    published: 2022-04-11\n    item: 一5",
                    StringComparison.Ordinal
                )
            )
            .Required();
        Assert.Equal(Original.Version, other.Version);
    }

    [Theory]
    [InlineData("    item: 一5", "    item: 一6", 1)]
    [InlineData("class: discretionary", "class: service", 1)]
    [InlineData("- {code: region, fixed: 10 yuan}", "- {code: region, fixed: 11 yuan}", 1)]
    [InlineData("to: 2024-04-10}", "to: 2024-04-11}", 5)]
    public void Changes_with_what_the_entry_says(string from, string to, int changed)
    {
        var other = Lists.Load(Lists.Entries.Replace(from, to, StringComparison.Ordinal)).Required();
        Assert.Equal(changed, Original.Policies.Zip(other.Policies).Count(pair => pair.First.Hash != pair.Second.Hash));
        Assert.NotEqual(Original.Version, other.Version);
    }

    [Fact]
    public void Is_the_same_for_the_embedded_list_and_for_the_folder_it_comes_from()
    {
        var folder = Directory.CreateTempSubdirectory("list-");
        try
        {
            foreach (var file in CatalogueLoader.EmbeddedFiles("entries/"))
            {
                var path = Path.Combine(folder.FullName, file.Path);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, file.Text.ReplaceLineEndings("\r\n"));
            }

            Assert.Equal(The_embedded_list.Catalogue.Version, CatalogueLoader.Load(folder.FullName).Required().Version);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
