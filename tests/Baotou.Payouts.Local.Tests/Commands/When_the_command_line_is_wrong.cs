namespace Baotou.Payouts.Local.Tests.Commands;

public sealed class When_the_command_line_is_wrong : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "Required command was not provided; see 'payouts --help'")]
    [InlineData("catalog", "there is no 'catalog' here (did you mean 'catalogue'?); see 'payouts --help'")]
    [InlineData("catalogue", "Required command was not provided; see 'payouts catalogue --help'")]
    [InlineData("catalogue lst", "there is no 'lst' here (did you mean 'list'?)")]
    [InlineData("catalogue show", "see 'payouts catalogue show --help'")]
    [InlineData("catalogue list --jsn", "there is no '--jsn' here (did you mean '--json'?)")]
    [InlineData("explain", "Option '--facts' is required; see 'payouts explain --help'")]
    [InlineData("explain --facts", "see 'payouts explain --help'")]
    [InlineData("catalogue list @arguments", "there is no '@arguments' here")]
    [InlineData("catalogue list \u001b[2J", "there is no '?[2J' here")]
    public async Task It_says_what_is_missing_or_unknown(string line, string told) =>
        Assert.Contains(
            told,
            (await CommandRun.Of(line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Refusal(),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("2022-02-30")]
    [InlineData("2022-2-3")]
    [InlineData("20220203")]
    [InlineData("tomorrow")]
    [InlineData("")]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    public async Task A_day_that_does_not_exist_is_refused(string asOf)
    {
        var run = await _folder.Explain("{\"enterprise\": {\"uscc\": \"91350100M000100Y43\"}, \"facts\": []}", "--as-of", asOf);

        Assert.Equal($"--as-of: '{asOf}' is not a day between 1900 and 9998; write a day that exists, as 2023-05-31", run.Refusal());
    }

    [Theory]
    [InlineData("1900-01-01")]
    [InlineData("9998-12-31")]
    public async Task The_first_and_the_last_day_are_days(string asOf) =>
        Assert.Equal(
            0,
            (await _folder.Explain("{\"enterprise\": {\"uscc\": \"91350100M000100Y43\"}, \"facts\": []}", "--as-of", asOf)).Code
        );

    [Fact]
    public async Task An_unknown_entry_is_refused_with_the_nearest_one()
    {
        var run = await _folder.Explain("{\"enterprise\": {\"uscc\": \"91350100M000100Y43\"}, \"facts\": []}", "--policy", "19-regoin");

        Assert.Equal(
            "--policy: the list has no entry '19-regoin' (did you mean '19-region'?); 'payouts catalogue list' shows the ids",
            run.Refusal()
        );
    }

    [Fact]
    public async Task A_message_of_a_deployed_store_is_not_sent_from_here()
    {
        var run = await CommandRun.Of("parked", "--replay", "--account", "https://payouts.table.core.windows.net", "--buckets", "8");

        Assert.Equal(
            "--replay: a deployed store's messages are sent by its own host; ask it with POST /api/parked/{queue}/{message}/replay",
            run.Refusal()
        );
    }

    [Fact]
    public async Task Help_is_an_answer()
    {
        var run = await CommandRun.Of("explain", "--help");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("--as-of", run.Out, StringComparison.Ordinal);
    }
}
