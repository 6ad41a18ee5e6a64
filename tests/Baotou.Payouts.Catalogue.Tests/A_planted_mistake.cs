namespace Baotou.Payouts.Catalogues.Tests;

/// <summary>Each row plants one mistake into a list that loads; ¶ marks the line on which it must be told.</summary>
public sealed class A_planted_mistake
{
    [Fact]
    public void Is_not_in_the_list_that_the_others_start_from() =>
        Assert.Empty(Assert.IsType<CatalogueLoading.Loaded>(Lists.Load(Lists.Entries)).Warnings);

    [Theory]
    // words and shapes
    [InlineData("occasion: year", "¶occasion: yearly", "write one of record, year, once")]
    [InlineData("  - id: 19-x-1\n    item: 一1\n", "  - ¶id: 19-x-1\n", "'item' is missing")]
    [InlineData("    bureau: science\n", "    ¶burau: science\n", "'burau' is not known here")]
    [InlineData("bureau: science", "¶bureau: sciense", "there is no bureau 'sciense'")]
    [InlineData("class: discretionary", "class: automatic", "an automatic entry has no terms", "19-x-5")]
    [InlineData("title: {zh: 甲, en: A}", "¶title: {zh: 甲}", "'en' is missing")]
    [InlineData("document: 包府发〔2022〕19号\n", "", "'document' is missing", "19-x-1")]
    [InlineData("  - id: 19-x-1", "  - ¶id: 18-x-1", "does not belong to")]
    [InlineData("item: 一1", "item: 一1\n    ¶item: 一2", "the key 'item' is written twice")]
    [InlineData("published: 2022-04-11", "¶published: 2022-04-31", "write a day that exists")]
    [InlineData("{from: 2022-04-11, to: 2024-04-10}", "¶{from: 2024-04-11, to: 2024-04-10}", "it ends before it begins")]
    // fields, units and types
    [InlineData("anchor: rd-deduction", "¶anchor: rd-deductions", "there is no kind of fact 'rd-deductions'")]
    [InlineData("{field: rd-deduction.amount,", "¶{field: rd-deduction.sum,", "write one of amount")]
    [InlineData("more-than: 100 yuan", "¶more-than: 100", "write yuan with the unit")]
    [InlineData("more-than: 100 yuan", "¶more-than: 100 person", "does not fit the money 'amount'")]
    [InlineData("more-than: 100 yuan", "¶more-than: 100.005 yuan", "does not fit the money 'amount'")]
    [InlineData("is: true}", "¶at-least: true}", "has no order")]
    [InlineData("is: true}", "¶is: yes}", "write true or false")]
    [InlineData("{field: size-class.above-scale,", "¶{field: size-class.above-scale@-1,", "not a yearly figure")]
    [InlineData("at-least: 2021-01-01", "¶at-least: 2021", "write a day")]
    [InlineData("of: dairy-farm.heads", "¶of: dairy-farm.built-on", "name a field that is a count")]
    [InlineData("from: 3000 head", "¶from: 3000 mu", "write a whole number with its unit")]
    [InlineData(
        "occasion: record\n      conditions:\n        - {field: dairy",
        "¶occasion: year\n      conditions:\n        - {field: dairy",
        "not a yearly figure"
    )]
    [InlineData("occasion: year", "occasion: year\n      ¶once-by: rd-deduction.amount", "'rd-deduction.amount' is a money")]
    [InlineData(
        "occasion: record\n      conditions:\n        - {field: first",
        "occasion: record\n      ¶once-by: first-set-product.product-number\n      conditions:\n        - {field: first",
        "'once-by' belongs to 'occasion: once'"
    )]
    [InlineData(
        "occasion: record\n      conditions:\n        - {field: first",
        "occasion: once\n      ¶once-by: plant-project.project-number\n      conditions:\n        - {field: first",
        "name a code or a text of the anchor"
    )]
    [InlineData(
        "anchor: rd-deduction\n      occasion: year",
        "anchor: tour-trip\n      occasion: once\n      ¶once-by: tour-trip.flight-kind",
        "'tour-trip.flight-kind' may be missing from a record"
    )]
    // conditions
    [InlineData("distinct-years: true, at-least: 2", "distinct-years: true, ¶at-least: 3", "2 years cannot hold 3 different years")]
    [InlineData("years: [-1, 0]", "¶years: [0, -1]", "not a span of years")]
    [InlineData("more-than: 100 yuan}", "more-than: 100 yuan, ¶less-than: 50 yuan}", "two comparisons in one condition")]
    [InlineData(
        "        - {field: plant-project.fixed-investment, at-least: 100 yuan}",
        "        - ¶{field: plant-project.fixed-investment, at-least: 100 yuan}\n        - {field: plant-project.fixed-investment, less-than: 100 yuan}",
        "can never hold together"
    )]
    [InlineData("one-of: [national, region]", "¶one-of: [national, regional]", "has no code 'regional'")]
    // awards
    [InlineData("micro: 5%", "¶micro: 0%", "the rate is 0%")]
    [InlineData("micro: 5%", "¶micro: 5", "write per cent")]
    [InlineData("micro: 5%", "¶tiny: 5%", "has no code 'tiny'")]
    [InlineData("{above: 200 yuan,", "¶{from: 200 yuan,", "this case overlaps the one before")]
    [InlineData("{from: 300 yuan,", "¶{from: 400 yuan,", "gap: nothing for 300 yuan")]
    [InlineData(
        "{from: 300 yuan, fixed: 30 yuan}",
        "{from: 300 yuan, below: 400 yuan, fixed: 30 yuan}",
        "gap: nothing from 400 yuan on",
        "19-x-2"
    )]
    [InlineData("{to: 200 yuan, per-unit", "{to: 99 yuan, per-unit", "this case is never reached", "19-x-2")]
    [InlineData(
        "- {code: region, fixed: 10 yuan}",
        "- {code: region, fixed: 10 yuan}\n            - ¶{code: region, fixed: 5 yuan}",
        "the case 'region' overlaps an earlier one"
    )]
    [InlineData("one-of: [national, region]", "one-of: [national]", "the case 'region' is never reached", "19-x-3")]
    [InlineData("- {code: region, fixed: 10 yuan}", "- {code: national, fixed: 10 yuan}", "gap: no case for region", "19-x-3")]
    [InlineData("fixed: 20 yuan}\n            - {from", "¶fixed: 0 yuan}\n            - {from", "'fixed' is nothing")]
    [InlineData("steps: {of", "fixed: 5 yuan\n        steps: {of", "two awards are named", "19-x-4")]
    [InlineData(
        "steps: {of: dairy-farm.heads, from: 3000 head, base: 7200000 yuan, each: 500 head, more: 1200000 yuan}",
        "¶lowest-of: [{fixed: 5 yuan}]",
        "'lowest-of' has fewer than two awards"
    )]
    [InlineData(
        "steps: {of: dairy-farm.heads, from: 3000 head, base: 7200000 yuan, each: 500 head, more: 1200000 yuan}",
        "lowest-of: [{fixed: 5 yuan}, {¶fixed: 0 yuan}]",
        "'fixed' is nothing"
    )]
    [InlineData(
        "steps: {of: dairy-farm.heads, from: 3000 head, base: 7200000 yuan, each: 500 head, more: 1200000 yuan}",
        "top-up: ¶{to: {fixed: 5 yuan}}",
        "'received' is missing"
    )]
    [InlineData("{amount: 2000000 yuan, span: year}", "¶{amount: 2000000, span: year}", "write yuan with the unit")]
    [InlineData(
        "- {amount: 2000000 yuan, span: year}",
        "- {amount: 2000000 yuan, span: year}\n        - ¶{amount: 1000000 yuan, span: year}",
        "two ceilings count over the same span"
    )]
    [InlineData(
        "{amount: 2000000 yuan, span: year}",
        "{amount: 2000000 yuan, span: year, ¶by: size-class.size}",
        "'by' is not a field of the anchor"
    )]
    [InlineData(
        "{amount: 2000000 yuan, span: year}",
        "{amount: 2000000 yuan, span: occasion, ¶by: rd-deduction.amount}",
        "each occasion has its own ceiling anyway"
    )]
    [InlineData(
        "rounding: fen-down\n      funding: {city: 1, county: 1}",
        "funding: {city: 1, county: 1}",
        "'rounding' is missing",
        "19-x-1"
    )]
    // money
    [InlineData("funding: {city: 1, county: 1}", "¶funding: {city: 0, county: 0}", "the city bears nothing")]
    [InlineData("pool: dairy-support", "¶pool: dairy", "there is no pool 'dairy'")]
    [InlineData("pool: dairy-support", "¶pool: science-support", "does not wait for 'agriculture'")]
    [InlineData("unit: plant-project.project-number, order: 1", "order: 1", "'unit' is missing", "19-x-2")]
    [InlineData("unit: plant-project.project-number", "¶unit: first-set-product.product-number", "not a field of the anchor")]
    [InlineData("order: 2", "order: 1", "has order 1 twice", "19-x-3")]
    [InlineData(
        "group: {id: g, span: field, unit: first-set-product.product-number, order: 2}",
        "publicity: none",
        "has one member only",
        "19-x-2"
    )]
    [InlineData(
        "group: {id: g, span: field, unit: first-set-product.product-number, order: 2}",
        "group: {id: g, span: year, order: 2}",
        "has another span here",
        "19-x-3"
    )]
    // the list as a whole
    [InlineData("- id: 19-x-5", "- id: 19-x-4", "this version overlaps the one at", "19-x-4")]
    [InlineData("class: discretionary", "class: duplicate-of\n    ¶duplicate-of: 19-x-9", "there is no entry '19-x-9'")]
    public void Is_told_with_file_line_and_remedy(string from, string to, string words, string? entry = null)
    {
        var planted = Plant(from, to, out var line);
        var refused = Assert.IsType<CatalogueLoading.Refused>(Lists.Load(planted));
        var told = refused.Problems.FirstOrDefault(p => $"{p.Problem}; {p.Remedy}".Contains(words, StringComparison.Ordinal));
        Assert.True(told is not null, $"nobody says '{words}':\n{string.Join('\n', refused.Problems)}");
        Assert.Equal("entries/planted.yaml", told.File);
        Assert.NotEmpty(told.Remedy);
        if (line is not null)
            Assert.Equal(line, told.Line);
        if (entry is not null)
            Assert.Equal(entry, told.Entry);
        Assert.InRange(told.Line, 1, planted.Split('\n').Length);
    }

    [Theory]
    [InlineData("otherwise: 3%", "¶otherwise: 300%", "more than the whole")]
    [InlineData(", otherwise: 3%}", "¶}", "no rate for large, medium")]
    [InlineData(
        "{code: region, fixed: 10 yuan}\n      rounding",
        "{code: region, fixed: 10 yuan}\n      caps: [{amount: 5 yuan, span: lifetime}, ¶{amount: 6 yuan, span: year}]\n      rounding",
        "the ceiling for each year is above that for the lifetime"
    )]
    public void Is_told_as_a_warning_where_it_may_be_meant(string from, string to, string words)
    {
        var loaded = Assert.IsType<CatalogueLoading.Loaded>(Lists.Load(Plant(from, to, out var line)));
        var told = Assert.Single(loaded.Warnings);
        Assert.Contains(words, told.Problem, StringComparison.Ordinal);
        Assert.Equal(line, told.Line);
    }

    [Theory]
    [InlineData("type: money, unit: yuan, zh: 贷款金额", "type: money, unit: 万元, zh: 贷款金额", "money is not in yuan")]
    [InlineData("agency: human-resources", "agency: humans", "there is no agency 'humans'")]
    [InlineData("zh: 每次认定一条，", "cn: 每次认定一条，", "'zh' is missing")]
    [InlineData("- {name: insured-employees, type: count", "- {name: insured-employees, type: number", "'type' cannot be 'number'")]
    public void Is_told_in_the_facts_dictionary(string from, string to, string words) => ToldIn("facts.yaml", from, to, words);

    [Theory]
    [InlineData("sources: [finance-office]", "sources: [finance]", "there is no agency 'finance'")]
    [InlineData("printed-fund: 1000000 yuan", "printed-fund: 100万元", "is not a fund")]
    [InlineData("id: tourism-self-drive", "id: tourism-charter", "is described twice")]
    public void Is_told_in_the_pools(string from, string to, string words) => ToldIn("pools.yaml", from, to, words);

    [Fact]
    public void Is_told_together_with_all_others()
    {
        var planted = Lists
            .Entries.Replace("micro: 5%", "micro: 0%", StringComparison.Ordinal)
            .Replace("pool: dairy-support", "pool: dairy", StringComparison.Ordinal);
        Assert.Equal(["19-x-1", "19-x-4"], Assert.IsType<CatalogueLoading.Refused>(Lists.Load(planted)).Problems.Select(p => p.Entry));
    }

    [Theory]
    [InlineData("entries: [")]
    [InlineData("")]
    [InlineData("- a\n- b")]
    [InlineData("a: *nothing")]
    [InlineData("a: 1\n---\nb: 2")]
    [InlineData("? [a, b]\n: c")]
    public void Is_told_where_a_file_is_no_mapping(string text) =>
        Assert.Contains(
            Assert.IsType<CatalogueLoading.Refused>(Lists.Load(text)).Problems,
            p => p.File == "entries/planted.yaml" && p.Line >= 1
        );

    private static void ToldIn(string path, string from, string to, string words)
    {
        var line = 0;
        var loading = Lists.LoadWith(
            path,
            text =>
            {
                var at = text.IndexOf(from, StringComparison.Ordinal);
                Assert.True(at >= 0, $"'{from}' is not in {path}");
                line = Lists.LineAt(text, at);
                return text[..at] + to + text[(at + from.Length)..];
            }
        );
        var told = Assert.IsType<CatalogueLoading.Refused>(loading).Problems[0];
        Assert.Contains(words, told.Problem, StringComparison.Ordinal);
        Assert.Equal(path, told.File);
        Assert.InRange(told.Line, line - 1, line);
    }

    private static string Plant(string from, string to, out int? line)
    {
        var at = Lists.Entries.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, $"'{from}' is not in the list");
        var planted = Lists.Entries[..at] + to + Lists.Entries[(at + from.Length)..];
        var mark = planted.IndexOf('¶', StringComparison.Ordinal);
        line = mark < 0 ? null : Lists.LineAt(planted, mark);
        return planted.Replace("¶", "", StringComparison.Ordinal);
    }
}
