using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Baotou.Payouts.Catalogues.Entries;
using Baotou.Payouts.Catalogues.Yaml;
using NJsonSchema;

namespace Baotou.Payouts.Catalogues.Tests;

public sealed partial class The_schema_for_editors
{
    private static readonly string Text = ReadSchema();

    [Fact]
    public async Task Accepts_every_file_of_the_list()
    {
        var schema = await JsonSchema.FromJsonAsync(Text);
        var files = CatalogueLoader.EmbeddedFiles("entries/").Where(f => f.Path.StartsWith("entries/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        Assert.All(files, f => Assert.Empty(schema.Validate(Json(f.Text).ToJsonString())));
        Assert.Empty(schema.Validate(Json(Lists.Entries).ToJsonString()));
    }

    [Theory]
    [InlineData("class: discretionary", "class: maybe")]
    [InlineData("bureau: science", "burau: science")]
    [InlineData("micro: 5%", "micro: 5")]
    [InlineData("{from: 300 yuan, fixed: 30 yuan}", "{from: 300 yuan, fixed: 30}")]
    [InlineData("more-than: 100 yuan", "more-then: 100 yuan")]
    [InlineData("rounding: fen-down\n      funding: {city: 1, county: 1}", "funding: {city: 1, county: 1}")]
    [InlineData("funding: {city: 1, county: 1}", "funding: {city: 0, county: 1}")]
    [InlineData("      award:\n        steps:", "      award:\n        fixed: 1 yuan\n        steps:")]
    public async Task Refuses_what_the_loader_refuses(string from, string to)
    {
        var schema = await JsonSchema.FromJsonAsync(Text);
        Assert.Contains(from, Lists.Entries, StringComparison.Ordinal);
        var planted = Lists.Entries.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEmpty(schema.Validate(Json(planted).ToJsonString()));
        Assert.IsType<CatalogueLoading.Refused>(Lists.Load(planted));
    }

    [Fact]
    public void Has_the_words_of_the_vocabulary()
    {
        var definitions = JsonNode.Parse(Text)!["definitions"]!;
        var terms = definitions["terms"]!["properties"]!;
        Assert.Equal(Vocabulary.Classes.Keys, Words(definitions["entry"]!["properties"]!["class"]));
        Assert.Equal(Vocabulary.Payees.Keys, Words(definitions["entry"]!["properties"]!["payee"]));
        Assert.Equal(Vocabulary.Occasions.Keys, Words(terms["occasion"]));
        Assert.Equal(Vocabulary.Roundings.Keys, Words(terms["rounding"]));
        Assert.Equal(Vocabulary.ChargedYears.Keys, Words(terms["charges"]));
        Assert.Equal(Vocabulary.Publicities.Keys, Words(terms["publicity"]));
        Assert.Equal(Vocabulary.GroupSpans.Keys, Words(terms["group"]!["properties"]!["span"]));
        Assert.Equal(Vocabulary.CapSpans.Keys, Words(terms["caps"]!["items"]!["properties"]!["span"]));
        Assert.All(Vocabulary.Comparisons.Keys, word => Assert.NotNull(definitions["condition"]!["properties"]![word]));
    }

    private static IEnumerable<string> Words(JsonNode? node) => node!["enum"]!.AsArray().Select(w => w!.GetValue<string>());

    private static JsonNode Json(string yaml) => Json(YamlFile.Read(new CatalogueFile("entries/x.yaml", yaml), new Problems())!);

    private static JsonNode Json(YamlValue value) =>
        value switch
        {
            YamlValue.Scalar { Text: "true" or "false" } flag => flag.Text == "true",
            YamlValue.Scalar scalar when Whole().IsMatch(scalar.Text) => int.Parse(scalar.Text, CultureInfo.InvariantCulture),
            YamlValue.Scalar scalar => scalar.Text,
            YamlValue.Sequence sequence => new JsonArray([.. sequence.Items.Select(Json)]),
            YamlValue.Mapping mapping => new JsonObject(mapping.Entries.Select(e => KeyValuePair.Create(e.Key, (JsonNode?)Json(e.Value)))),
            _ => throw new InvalidOperationException("Unknown kind of value."),
        };

    private static string ReadSchema()
    {
        using var stream = typeof(CatalogueLoader).Assembly.GetManifestResourceStream("catalogue/entries.schema.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("^-?[0-9]+$")]
    private static partial Regex Whole();
}
