using System.Text.Json;

namespace Baotou.Payouts.Local.Tests.Commands;

public sealed class Explaining_facts : IDisposable
{
    private const string Small = """
        {"enterprise": {"uscc": "91350100M000100Y43", "name": "示例一号公司", "size": "small"},
         "facts": [
           {"kind": "research", "period": "2022", "effectiveOn": "2022-10-31", "recordedAt": "2022-11-01T09:00:00+08:00", "recordId": "R-1", "source": "science",
            "values": {"amount": 1234567.89}},
           {"kind": "recognition", "effectiveOn": "2022-06-01", "recordedAt": "2022-06-02T09:00:00+08:00", "recordId": "A-7", "source": "science",
            "values": {"level": "region"}}]}
        """;

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_amount_comes_in_fen_with_its_shares_its_steps_and_its_arithmetic()
    {
        var answer = (await _folder.Explain(Small, "--json")).Json;

        var decision = Decision(answer, "19-research");
        Assert.Equal("entitled", decision.GetProperty("outcome").GetString());
        Assert.Equal(6_172_839, decision.GetProperty("amountFen").GetInt64());
        Assert.Equal("2022", decision.GetProperty("occasion").GetString());
        Assert.Equal(3_086_420, decision.GetProperty("shares").GetProperty("cityFen").GetInt64());
        Assert.Equal(3_086_419, decision.GetProperty("shares").GetProperty("countyFen").GetInt64());
        Assert.Equal("1,234,567.89元 × 5% = 61,728.39元", decision.GetProperty("arithmetic").GetString());
        Assert.False(decision.TryGetProperty("supersededBy", out _));
        var step = Assert.Single(decision.GetProperty("steps").EnumerateArray());
        Assert.Equal("主体登记·规模", step.GetProperty("condition").GetString());
        Assert.Equal("小型", step.GetProperty("value").GetString());
        Assert.Equal("为小型", step.GetProperty("threshold").GetString());
        Assert.True(step.GetProperty("holds").GetBoolean());
        Assert.Equal("enterprise", step.GetProperty("source").GetString());
        Assert.Equal("registration", step.GetProperty("recordId").GetString());
    }

    [Fact]
    public async Task What_gives_way_names_what_stands_before_it()
    {
        var answer = (await _folder.Explain(Small, "--json")).Json;

        var decision = Decision(answer, "19-any");
        Assert.Equal("superseded", decision.GetProperty("outcome").GetString());
        Assert.Equal("19-region", decision.GetProperty("supersededBy").GetString());
        Assert.Equal(0, decision.GetProperty("amountFen").GetInt64());
        Assert.Equal(30_000_000, Decision(answer, "19-region").GetProperty("amountFen").GetInt64());
    }

    [Theory]
    [InlineData("\"size\": \"large\"", "2022-11-15", "19-research", "not-entitled")]
    [InlineData("\"name\": \"示例\"", "2022-11-15", "19-research", "facts-missing")]
    [InlineData("\"size\": \"small\"", "2022-11-15", "19-judged", "not-automatic")]
    [InlineData("\"size\": \"small\"", "2022-10-31", "19-research", "facts-missing")]
    [InlineData("\"size\": \"small\"", "2022-05-31", "19-region", "not-entitled")]
    [InlineData("\"size\": \"small\"", "2025-01-01", "19-region", "entitled")]
    public async Task Every_other_outcome_has_its_word(string about, string asOf, string policy, string outcome)
    {
        var facts = Small.Replace("\"name\": \"示例一号公司\", \"size\": \"small\"", about, StringComparison.Ordinal);

        var answer = (await _folder.Explain(facts, "--json", "--as-of", asOf)).Json;

        Assert.Equal(asOf, answer.GetProperty("asOf").GetString());
        Assert.Equal(outcome, Decision(answer, policy).GetProperty("outcome").GetString());
        Assert.NotEqual("", Decision(answer, policy).GetProperty("reasonZh").GetString());
    }

    [Fact]
    public async Task A_record_outside_the_validity_of_an_entry_is_expired()
    {
        var answer = (await _folder.Explain(Small.Replace("2022-06-01", "2022-04-10", StringComparison.Ordinal), "--json")).Json;

        Assert.Equal("expired", Decision(answer, "19-region").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_missing_fact_leaves_open_whether_the_condition_holds()
    {
        var answer = (await _folder.Explain(Small.Replace(", \"size\": \"small\"", "", StringComparison.Ordinal), "--json")).Json;

        var step = Assert.Single(Decision(answer, "19-research").GetProperty("steps").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, step.GetProperty("holds").ValueKind);
        Assert.Equal("market", step.GetProperty("source").GetString());
        Assert.Equal("", step.GetProperty("recordId").GetString());
    }

    [Fact]
    public async Task Without_a_day_it_is_today_in_Baotou()
    {
        var answer = (await _folder.Explain(Small, "--json")).Json;

        Assert.Equal("2022-11-15", answer.GetProperty("asOf").GetString());
        Assert.Equal(64, answer.GetProperty("catalogueVersion").GetString()!.Length);
    }

    [Theory]
    [InlineData("\"1234567.89\"")]
    [InlineData("1234567.890")]
    public async Task Money_is_taken_digit_for_digit(string written)
    {
        var run = await _folder.Explain(Small.Replace("1234567.89", written, StringComparison.Ordinal), "--json");

        if (written[0] == '"')
            Assert.Equal(6_172_839, Decision(run.Json, "19-research").GetProperty("amountFen").GetInt64());
        else
            Assert.Contains("at most two decimals", run.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_amount_beyond_the_precision_of_floating_point_keeps_its_last_fen()
    {
        var facts = Small.Replace("1234567.89", "90071992547409.93", StringComparison.Ordinal);

        var answer = (await _folder.Explain(facts, "--json", "--policy", "19-research")).Json;

        Assert.StartsWith(
            "90,071,992,547,409.93元",
            Decision(answer, "19-research").GetProperty("arithmetic").GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal(200_000_000, Decision(answer, "19-research").GetProperty("amountFen").GetInt64());
    }

    [Fact]
    public async Task One_entry_can_be_asked_for_and_the_others_still_stand_before_it()
    {
        var answer = (await _folder.Explain(Small, "--json", "--policy", "19-any")).Json;

        var decision = Assert.Single(answer.GetProperty("decisions").EnumerateArray());
        Assert.Equal("19-region", decision.GetProperty("supersededBy").GetString());
    }

    [Fact]
    public async Task The_same_input_gives_the_same_bytes() =>
        Assert.Equal((await _folder.Explain(Small, "--json")).Out, (await _folder.Explain(Small, "--json")).Out);

    [Fact]
    public async Task A_code_whose_check_characters_do_not_agree_is_decided_and_said()
    {
        var wrong = Small.Replace("91350100M000100Y43", "91350100M000100Y44", StringComparison.Ordinal);

        Assert.False((await _folder.Explain(wrong, "--json")).Json.GetProperty("enterprise").GetProperty("codeChecksHold").GetBoolean());
        Assert.Contains("held before any money", (await _folder.Explain(wrong)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_read_what_is_due_and_why_in_both_languages()
    {
        var run = await _folder.Explain(Small);

        Assert.Equal(0, run.Code);
        Assert.Contains("91350100M000100Y43, as of 2022-11-15\n", run.Out, StringComparison.Ordinal);
        Assert.Contains(
            "19-research [2022] entitled 61,728.39 yuan (city 30,864.20, county 30,864.19)\n",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.Contains("研发补助 / Research support", run.Out, StringComparison.Ordinal);
        Assert.Contains("✓ 主体登记·规模 = 小型 (为小型; enterprise registration)", run.Out, StringComparison.Ordinal);
        Assert.Contains("2 award(s) due, 361,728.39 yuan in all\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("1 not-automatic", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_control_character_of_a_file_reaches_the_terminal()
    {
        var run = await _folder.Explain(
            Small
                .Replace("\"A-7\"", "\"A-7\", \"batch\": \"x\"", StringComparison.Ordinal)
                .Replace("\"source\": \"science\"", "\"source\": \"\\u001b[2Jscience\"", StringComparison.Ordinal)
        );

        Assert.Equal(0, run.Code);
        Assert.DoesNotContain('\u001b', run.Out);
    }

    [Fact]
    public async Task The_printed_list_pays_a_small_enterprise_five_per_cent_of_its_research()
    {
        var facts = """
            {"enterprise": {"uscc": "91350100M000100Y43", "size": "small"},
             "facts": [{"kind": "rd-deduction", "period": "2022", "effectiveOn": "2023-05-31", "recordedAt": "2023-06-01T09:00:00+08:00", "recordId": "T-1", "source": "tax",
               "values": {"amount": "1000000.00"}}]}
            """;

        var run = await CommandRun.Of("explain", "--facts", _folder.Write("given.json", facts), "--as-of", "2023-06-30", "--json");

        Assert.Equal(5_000_000, Decision(run.Json, "19-cont-2").GetProperty("amountFen").GetInt64());
    }

    private static JsonElement Decision(JsonElement answer, string policy) =>
        Assert.Single(answer.GetProperty("decisions").EnumerateArray(), d => d.GetProperty("policy").GetString() == policy);
}
