using System.Text.Json;

namespace Baotou.Payouts.Local.Tests.Commands;

public sealed class Showing_the_list : IDisposable
{
    private static readonly string[] Classes =
    [
        "automatic",
        "automatic-person",
        "county-transfer",
        "discretionary",
        "service",
        "duplicate-of",
    ];

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_entry_of_the_printed_list_says_what_it_is_where_it_is_printed_and_why()
    {
        var list = (await CommandRun.Of("catalogue", "list", "--json")).Json.EnumerateArray().ToList();

        Assert.NotEmpty(list);
        Assert.Distinct(list.Select(e => e.GetProperty("id").GetString()));
        foreach (var name in new[] { "id", "class", "why", "document", "item", "bureau", "titleZh", "titleEn", "summaryZh", "summaryEn" })
            Assert.All(list, e => Assert.NotEqual("", e.GetProperty(name).GetString()));
        Assert.All(list, e => Assert.Contains(e.GetProperty("class").GetString(), Classes));
    }

    [Fact]
    public async Task Every_entry_can_be_shown_for_people_and_for_machines()
    {
        foreach (
            var id in (await CommandRun.Of("catalogue", "list", "--json"))
                .Json.EnumerateArray()
                .Select(e => e.GetProperty("id").GetString()!)
        )
        {
            Assert.Equal(id, (await CommandRun.Of("catalogue", "show", id, "--json")).Json.GetProperty("id").GetString());
            Assert.StartsWith(id + " ", (await CommandRun.Of("catalogue", "show", id)).Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_entry_is_shown_with_its_terms_in_words()
    {
        var run = await CommandRun.Of("catalogue", "show", "19-research", "--directory", _folder.List);

        Assert.Contains("if: 主体登记·规模 为小型 / Registration: Size: is Small\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("pays: 研发费用 × 5% / R&D expense × 5% (fen-down)\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("at most: 2,000,000.00 yuan for each year\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("borne by: 市级与旗县区1:1 / city and county 1:1\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_names_the_facts_it_reads_and_what_a_record_of_them_is()
    {
        var (people, machine) = (
            await CommandRun.Of("catalogue", "show", "19-research", "--directory", _folder.List),
            await CommandRun.Of("catalogue", "show", "19-research", "--directory", _folder.List, "--json")
        );

        Assert.Contains("records: 每年一条。 / One for each year.\n", people.Out, StringComparison.Ordinal);
        Assert.Contains("reads: research (amount); registration (size)\n", people.Out, StringComparison.Ordinal);
        var reads = machine.Json.GetProperty("versions")[0].GetProperty("terms").GetProperty("reads").EnumerateArray();
        Assert.Equal(
            ["research: amount", "registration: size"],
            reads.Select(r => $"{Text(r, "kind")}: {string.Join(' ', r.GetProperty("fields").EnumerateArray().Select(f => f.GetString()))}")
        );
    }

    [Fact]
    public async Task An_unknown_entry_is_refused() =>
        Assert.Contains(
            "(did you mean '19-any'?)",
            (await CommandRun.Of("catalogue", "show", "19-ny", "--directory", _folder.List)).Refusal(),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task What_the_print_leaves_unruled_is_listed_for_the_bureaus()
    {
        var overlaps = (await CommandRun.Of("catalogue", "overlaps", "--json")).Json.EnumerateArray().ToList();

        Assert.NotEmpty(overlaps);
        Assert.All(
            overlaps,
            o =>
                Assert.True(
                    o.GetProperty("between").GetArrayLength() >= 2 && Text(o, "questionZh")!.Length > 0 && Text(o, "questionEn")!.Length > 0
                )
        );
        Assert.Contains($"{overlaps.Count} overlaps", (await CommandRun.Of("catalogue", "overlap")).Out, StringComparison.Ordinal);
        Assert.Contains(
            "0 overlaps",
            (await CommandRun.Of("catalogue", "overlaps", "--directory", _folder.List)).Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_whole_list_is_printed_as_a_page_in_printed_order()
    {
        var page = (await CommandRun.Of("catalogue", "page")).Out;
        var ids = page.Split('\n').Where(l => l.StartsWith("### `", StringComparison.Ordinal)).Select(l => l.Split('`')[1]).ToList();

        Assert.Equal(
            (await CommandRun.Of("catalogue", "list", "--json"))
                .Json.EnumerateArray()
                .Select(e => Text(e, "id"))
                .Order(StringComparer.Ordinal),
            ids.Order(StringComparer.Ordinal)
        );
        string[] some =
        [
            "17-art3-1",
            "17-art10c",
            "18-plan-a",
            "18-re-2a",
            "18-re-10a",
            "19-cont-2",
            "19-cont-10b",
            "19-cont-126",
            "19-adj-1",
            "19-new-12a",
            "20-art24",
        ];
        Assert.Equal(some, ids.Where(some.Contains));
    }

    [Fact]
    public async Task The_facts_dictionary_names_fields_types_units_and_agencies()
    {
        var kinds = (await CommandRun.Of("catalogue", "facts", "--json", "--directory", _folder.List)).Json.EnumerateArray().ToList();

        var research = Assert.Single(kinds, k => k.GetProperty("kind").GetString() == "research");
        Assert.Equal(("year", "science", "yes"), (Text(research, "period"), Text(research, "agency"), Text(research, "held")));
        Assert.Equal(("每年一条。", "One for each year."), (Text(research, "recordsZh"), Text(research, "recordsEn")));
        Assert.Contains(kinds, k => !k.TryGetProperty("recordsZh", out _));
        var fields = research
            .GetProperty("fields")
            .EnumerateArray()
            .Select(f => (Text(f, "name"), Text(f, "type"), Text(f, "unit")))
            .ToList();
        Assert.Equal(
            [("amount", "money", "yuan"), ("staff", "count", "person"), ("audited", "flag", ""), ("filed-on", "date", "")],
            fields
        );
    }

    [Fact]
    public async Task Without_a_terminal_columns_are_set_off_by_tabs()
    {
        var run = await CommandRun.Of("catalogue", "list", "--directory", _folder.List);

        Assert.Equal("id\tclass\ttitle\tbureau\tdocument\titem", run.Out.Split('\n')[0]);
        Assert.Contains("19-judged\tdiscretionary\t重大项目一事一议\tscience\t包府发〔2022〕19号\t4\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("4 entries: 3 automatic, 1 discretionary\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_terminal_it_is_drawn_as_a_table()
    {
        var run = await CommandRun.Of(true, "catalogue", "list", "--directory", _folder.List);

        Assert.Contains("─", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\t', run.Out);
    }

    [Fact]
    public async Task The_printed_list_holds_together_and_its_cases_come_out()
    {
        var run = await CommandRun.Of("catalogue", "check", "--json");

        Assert.Equal(0, run.Code);
        Assert.True(run.Json.GetProperty("holds").GetBoolean());
        Assert.Equal(0, run.Json.GetProperty("problems").GetArrayLength());
        Assert.NotEqual(0, run.Json.GetProperty("cases").GetInt32());
    }

    [Fact]
    public async Task A_mistake_in_an_edited_copy_is_told_with_file_and_line()
    {
        var entries = ScratchFolder.Entries.Replace(
            "registration.size, is: small",
            "registration.size, is: tiny",
            StringComparison.Ordinal
        );
        var path = _folder.Write("entries/19.yaml", entries);
        var line = entries[..entries.IndexOf("is: tiny", StringComparison.Ordinal)].Count(c => c == '\n') + 1;

        var plain = await CommandRun.Of("catalogue", "check", "--directory", _folder.List);
        var json = await CommandRun.Of("catalogue", "check", "--json", "--directory", _folder.List);

        Assert.Equal((1, 1), (plain.Code, json.Code));
        Assert.Contains($"{path}:{line}: error: 19-research: ", plain.Out, StringComparison.Ordinal);
        Assert.False(json.Json.GetProperty("holds").GetBoolean());
        Assert.Equal(line, json.Json.GetProperty("problems")[0].GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task A_case_that_comes_out_otherwise_is_told()
    {
        _folder.Write(
            "cases/19.yaml",
            """
            as-of: 2022-12-31
            given: {}
            cases:
              - policy: 19-region
                says: recognised by the region
                facts: [{kind: recognition, on: 2022-06-01, level: region}]
                pays: 200000 yuan
            """
        );

        var run = await CommandRun.Of("catalogue", "check", "--directory", _folder.List);

        Assert.Equal(1, run.Code);
        Assert.Contains(
            "cases/19.yaml:4: error: 19-region: a case comes out otherwise: recognised by the region: expected 200,000.00 yuan (0.00 of it the county's), got 300,000.00 yuan",
            run.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Nothing_is_decided_with_a_list_that_does_not_hold_together()
    {
        _folder.Write("pools.yaml", "bureaus: {}\n");

        var run = await _folder.Explain("{\"enterprise\": {\"uscc\": \"91350100M000100Y43\"}, \"facts\": []}");

        Assert.Contains("pools.yaml:", run.Refusal(), StringComparison.Ordinal);
        Assert.Contains("'payouts catalogue check' shows all", run.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_told() =>
        Assert.Contains(
            "there is no such folder",
            (await CommandRun.Of("catalogue", "check", "--directory", Path.Combine(_folder.List, "none"))).Refusal(),
            StringComparison.Ordinal
        );

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
