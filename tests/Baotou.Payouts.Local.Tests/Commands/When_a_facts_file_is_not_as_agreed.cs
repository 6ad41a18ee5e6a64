using System.Text;

namespace Baotou.Payouts.Local.Tests.Commands;

public sealed class When_a_facts_file_is_not_as_agreed : IDisposable
{
    private const string Good = """
        {
          "enterprise": {"uscc": "91350100M000100Y43", "size": "small"},
          "facts": [
            {
              "kind": "research", "period": "2022",
              "effectiveOn": "2022-10-31", "recordedAt": "2022-11-01T09:00:00+08:00",
              "recordId": "R-1", "source": "science",
              "values": {
                "amount": 100,
                "staff": 5,
                "audited": true
              }
            }
          ]
        }
        """;

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task As_agreed_it_is_read() => Assert.Equal(0, (await _folder.Explain(Good, "--json")).Code);

    [Theory]
    [InlineData("\"amount\": 100", "\"amount\": -5", "line 9, $.facts[0].values.amount: field 'amount' expects yuan, not negative")]
    [InlineData("\"amount\": 100", "\"amount\": \"-0.01\"", "line 9, $.facts[0].values.amount")]
    [InlineData("\"amount\": 100", "\"amount\": 1e2", "line 9, $.facts[0].values.amount: field 'amount' has an exponent")]
    [InlineData("\"amount\": 100", "\"amount\": \"1e2\"", "expects yuan")]
    [InlineData("\"amount\": 100", "\"amount\": 1.005", "at most two decimals")]
    [InlineData("\"amount\": 100", "\"amount\": 99999999999999999999", "within 64 bits of fen")]
    [InlineData("\"amount\": 100", "\"amount\": \"1,000\"", "expects yuan")]
    [InlineData("\"amount\": 100", "\"amount\": \"１００\"", "expects yuan")]
    [InlineData("\"amount\": 100", "\"amount\": null", "leave the field out if it is not known")]
    [InlineData("\"amount\": 100", "\"amount\": true", "expects yuan, as a number or a text, this is true or false")]
    [InlineData("\"amount\": 100", "\"amount\": [100]", "this is an array")]
    [InlineData("\"amount\": 100", "\"amount\": NaN", "line 9, byte 19: this is not JSON")]
    [InlineData("\"amount\": 100", "\"amount\": 0100", "this is not JSON")]
    [InlineData("\"amount\": 100", "\"amuont\": 100", "kind 'research' has no field 'amuont' (did you mean 'amount'?)")]
    [InlineData("\"amount\": 100,", "", "kind 'research' requires field 'amount'")]
    [InlineData("\"staff\": 5", "\"staff\": 5, \"staff\": 6", "line 10, $.facts[0].values.staff: the name stands twice")]
    [InlineData("\"staff\": 5", "\"staff\": 5.5", "expects a whole number")]
    [InlineData("\"staff\": 5", "\"filed-on\": \"2022-02-30\"", "expects a day that exists")]
    [InlineData("\"staff\": 5", "\"filed-on\": 20220228", "expects a day as a text")]
    [InlineData(
        "\"audited\": true",
        "\"audited\": \"true\"",
        "line 11, $.facts[0].values.audited: field 'audited' expects true or false, without quotation marks"
    )]
    [InlineData("\"audited\": true", "\"audited\": true,", "this is not JSON")]
    [InlineData("\"audited\": true", "\"audited\": true // yes", "this is not JSON")]
    [InlineData("\"research\"", "\"reserach\"", "line 5, $.facts[0].kind: there is no kind of fact 'reserach' (did you mean 'research'?)")]
    [InlineData("\"research\"", "7", "a text is expected, this is a number")]
    [InlineData("\"period\": \"2022\"", "\"period\": 2022", "write it in quotation marks, \"2022\"")]
    [InlineData("\"period\": \"2022\"", "\"period\": \"22\"", "line 5, $.facts[0].period: kind 'research' expects a year")]
    [InlineData("\"period\": \"2022\",", "", "expects a year as its period")]
    [InlineData("2022-10-31", "2022-09-31", "line 6, $.facts[0].effectiveOn: effectiveOn expects a day that exists")]
    [InlineData("2022-10-31", "0001-01-01", "line 6, $.facts[0].effectiveOn")]
    [InlineData("2022-10-31", "9999-12-31", "line 6, $.facts[0].effectiveOn")]
    [InlineData("2022-11-01T09:00:00+08:00", "2022-11-01T09:00:00", "line 6, $.facts[0].recordedAt: recordedAt expects a moment with zone")]
    [InlineData("2022-11-01T09:00:00+08:00", "", "$.facts[0].recordedAt")]
    [InlineData("\"recordId\": \"R-1\", ", "", "$.facts[0]: 'recordId' is missing; add \"recordId\"")]
    [InlineData("\"R-1\"", "\"\"", "line 7, $.facts[0].recordId: recordId expects 1 to ")]
    [InlineData("\"source\": \"science\"", "\"source\": \"\"", "the source expects 1 to 100 characters")]
    [InlineData("\"source\": \"science\"", "\"sorce\": \"science\"", "'sorce' is not known here (did you mean 'source'?)")]
    [InlineData("\"source\": \"science\"", "\"source\": \"science\", \"withdrawn\": 1", "true or false is expected")]
    [InlineData(
        "91350100M000100Y43",
        "91350100M000100Y4",
        "line 2, $.enterprise.uscc: a unified social credit code has 18 characters, this has 17"
    )]
    [InlineData("91350100M000100Y43", "91350100M000100I43", "character 16 of a unified social credit code")]
    [InlineData("\"uscc\": \"91350100M000100Y43\", ", "", "$.enterprise: 'uscc' is missing")]
    [InlineData("\"small\"", "\"tiny\"", "line 2, $.enterprise.size: field 'size' expects one of small, large, got 'tiny'")]
    [InlineData("\"size\"", "\"siez\"", "nothing is known of 'siez' of an enterprise (did you mean 'size'?)")]
    [InlineData("\"facts\": [", "\"fact\": [", "line 3, $.fact: 'fact' is not known here (did you mean 'facts'?)")]
    [InlineData("\"small\"", "\"\\ud800\"", "line 2, $.enterprise.size: a text holds bytes or escapes that are no characters")]
    public async Task The_first_thing_that_is_wrong_is_told_with_its_place(string good, string bad, string told)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);

        var run = await _folder.Explain(Good.Replace(good, bad, StringComparison.Ordinal), "--json");

        Assert.Contains("given.json, line ", run.Refusal(), StringComparison.Ordinal);
        Assert.Contains(told, run.Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData(" \n\t", "the file is empty")]
    [InlineData("[]", "an object with 'enterprise' and 'facts' is expected, this is an array")]
    [InlineData("null", "this is null")]
    [InlineData("{}", "'enterprise' is missing")]
    [InlineData("{\"enterprise\": [], \"facts\": []}", "$.enterprise: an object is expected, this is an array")]
    [InlineData("{\"enterprise\": {\"uscc\": \"91350100M000100Y43\"}, \"facts\": {}}", "$.facts: an array is expected, this is an object")]
    [InlineData(
        "{\"enterprise\": {\"uscc\": \"91350100M000100Y43\"}, \"facts\": [[]]}",
        "$.facts[0]: an object for one fact is expected, this is an array"
    )]
    [InlineData("{\"enterprise\": {\"uscc\": \"91350100M000100Y43\"}, \"facts\": []} {}", "this is not JSON")]
    [InlineData("{\"enterprise\": ", "this is not JSON")]
    [InlineData("uscc,kind\n", "line 1, byte 1: this is not JSON")]
    public async Task A_file_of_another_shape_is_told(string text, string told) =>
        Assert.Contains(told, (await _folder.Explain(text)).Refusal(), StringComparison.Ordinal);

    [Theory]
    [InlineData(
        "\"kind\": \"research\", \"period\": \"2022\"",
        "\"kind\": \"recognition\"",
        "\"amount\": 100",
        "\"level\": \"city\"",
        "line 2, $.facts[1].recordId: record 'R-1' of source 'science' is a 'research' above; give each record a number of its own"
    )]
    [InlineData(
        "\"2022\"",
        "\"2021\"",
        "100",
        "100",
        "record 'R-1' of source 'science' stands above with other contents, recorded at the same moment"
    )]
    [InlineData("\"2022\"", "\"2022\"", "100", "101", "stands above with other contents")]
    public async Task A_record_that_would_make_another_vanish_is_told(
        string kind,
        string other,
        string value,
        string otherValue,
        string told
    ) =>
        Assert.Contains(
            told,
            (
                await _folder.Explain(
                    Twice(r => r.Replace(kind, other, StringComparison.Ordinal).Replace(value, otherValue, StringComparison.Ordinal))
                )
            ).Refusal(),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("R-1", "R-1")]
    [InlineData("R-1", "R-2")]
    [InlineData("science", "another")]
    [InlineData("T09:00", "T09:01")]
    public async Task A_record_told_again_another_one_and_a_correction_are_read(string good, string other) =>
        Assert.Equal(0, (await _folder.Explain(Twice(r => r.Replace(good, other, StringComparison.Ordinal)), "--json")).Code);

    [Fact]
    public async Task A_file_without_facts_is_a_question_too()
    {
        var run = await _folder.Explain("{\"enterprise\": {\"uscc\": \"91350100M000100Y43\"}, \"facts\": []}", "--json");

        Assert.Equal(4, run.Json.GetProperty("decisions").GetArrayLength());
    }

    [Fact]
    public async Task Deep_nesting_is_refused() =>
        Assert.Contains("more than 16 levels", (await _folder.Explain(new string('[', 100_000))).Refusal(), StringComparison.Ordinal);

    [Fact]
    public async Task A_byte_order_mark_is_passed_over() => Assert.Equal(0, (await _folder.Explain('\uFEFF' + Good)).Code);

    [Fact]
    public async Task Another_encoding_is_told()
    {
        Assert.Contains(
            "save it as UTF-8",
            (await Explain(_folder.Write("utf16.json", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Good)]))).Refusal(),
            StringComparison.Ordinal
        );
        var latin = Encoding.Latin1.GetBytes(Good.Replace("small", "s\u00e9", StringComparison.Ordinal));
        Assert.Contains(
            "$.enterprise.size: a text holds bytes",
            (await Explain(_folder.Write("latin.json", latin))).Refusal(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_file_of_100_megabytes_is_refused_without_being_read()
    {
        var path = Path.Combine(_folder.List, "large.json");
        await using (var file = File.Create(path))
            file.SetLength(100_000_000);

        Assert.Equal($"{path}: the file is larger than 8 MiB; give the facts of one enterprise only", (await Explain(path)).Refusal());
    }

    [Fact]
    public async Task Too_many_facts_are_refused()
    {
        var facts =
            $"{{\"enterprise\": {{\"uscc\": \"91350100M000100Y43\"}}, \"facts\": [{string.Join(',', Enumerable.Repeat("{}", 10_001))}]}}";

        Assert.Contains(
            "there are 10001 facts, at most 10000 are read",
            (await _folder.Explain(facts)).Refusal(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_missing_file_and_a_folder_are_told()
    {
        Assert.Contains(
            "there is no such file",
            (await Explain(Path.Combine(_folder.List, "none.json"))).Refusal(),
            StringComparison.Ordinal
        );
        Assert.Contains("this is a folder, not a file", (await Explain(_folder.List)).Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_that_do_not_fit_are_told()
    {
        var most = Good.Replace("\"amount\": 100", "\"amount\": \"92233720368547758.07\"", StringComparison.Ordinal);
        var entries = ScratchFolder.Entries.Replace("otherwise: 5%", "otherwise: 150%", StringComparison.Ordinal);
        _folder.Write("entries/19.yaml", entries);

        Assert.Contains(
            "does not fit into 64 bits of fen; check the units",
            (await _folder.Explain(most)).Refusal(),
            StringComparison.Ordinal
        );
    }

    /// <summary>A record, and a changed one in the line below.</summary>
    private static string Twice(Func<string, string> change)
    {
        const string record =
            """{"kind": "research", "period": "2022", "effectiveOn": "2022-10-31", "recordedAt": "2022-11-01T09:00:00+08:00", "recordId": "R-1", "source": "science", "values": {"amount": 100}}""";
        return $$"""{"enterprise": {"uscc": "91350100M000100Y43"}, "facts": [{{record}},{{'\n'}}{{change(record)}}]}""";
    }

    private Task<CommandRun> Explain(string path) => CommandRun.Of("explain", "--directory", _folder.List, "--facts", path);
}
