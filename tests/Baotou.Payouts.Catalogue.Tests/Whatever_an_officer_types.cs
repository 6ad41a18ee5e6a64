using Baotou.Payouts.Catalogues.Entries;
using Baotou.Payouts.Catalogues.Yaml;

namespace Baotou.Payouts.Catalogues.Tests;

/// <summary>The loader answers; it never throws.</summary>
public sealed class Whatever_an_officer_types
{
    private static readonly ListContext Context = new(
        The_embedded_list.Catalogue.Facts,
        [.. The_embedded_list.Catalogue.Bureaus.Keys],
        The_embedded_list.Catalogue.Pools
    );

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("~")]
    [InlineData("-1")]
    [InlineData("[a, {b: [c]}]")]
    [InlineData("92233720368547758.07 yuan")]
    [InlineData("9223372036854775807 head")]
    [InlineData("99999999999999999999999%")]
    [InlineData("kind.field@-9")]
    public void In_place_of_any_value_gets_an_answer(string typed)
    {
        var lines = Lists.Entries.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            foreach (var end in Ends(lines[i]))
                Read(lines, i, lines[i][..end.From] + " " + typed + lines[i][end.To..]);
        }
    }

    [Fact]
    public void By_leaving_out_any_line_gets_an_answer()
    {
        var lines = Lists.Entries.Split('\n');
        for (var i = 0; i < lines.Length; i++)
            Read(lines, i, "");
    }

    /// <summary>Where the values of a line begin and end: behind each colon, up to the next comma, bracket or the line's end.</summary>
    private static IEnumerable<(int From, int To)> Ends(string line)
    {
        for (var colon = line.IndexOf(':', StringComparison.Ordinal); colon >= 0; colon = line.IndexOf(':', colon + 1))
        {
            var end = line.AsSpan(colon + 1).IndexOfAny(",}]");
            yield return (colon + 1, end < 0 ? line.Length : colon + 1 + end);
        }
    }

    private static void Read(string[] lines, int at, string line)
    {
        var text = string.Join('\n', lines[..at].Append(line).Concat(lines[(at + 1)..]));
        var problems = new Problems();
        if (YamlFile.Read(new CatalogueFile("entries/typed.yaml", text), problems) is not { } root)
            return;
        ListChecks.Run(EntriesFile.Read(root, "entries/typed.yaml", Context, problems), problems);
        Assert.All(problems.Errors, p => Assert.InRange(p.Line, 1, lines.Length));
    }
}
