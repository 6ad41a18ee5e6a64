using System.Text;

namespace Baotou.Payouts.Local.Tests.Commands;

public sealed class Importing_a_file : IDisposable
{
    private const string Facts = """
        统一社会信用代码,期间,生效日期,记录编号,已加计扣除的研发费用(元)
        91350100M000100Y43,2022,2023-05-31,R-1,1000.50
        91350100M000100Y4,2022,2023-05-31,R-2,7
        91350100M000100Y43,2021,2022-05-31,R-3,-1
        """;

    private readonly ScratchFolder _folder = new();

    static Importing_a_file() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rows_that_cannot_be_taken_come_back_with_their_reasons()
    {
        var run = await CommandRun.Of("import", _folder.Write("facts.csv", Facts), "--kind", "rd-deduction", "--check", "--json");

        Assert.Equal(1, run.Code);
        Assert.Equal(1, run.Json.GetProperty("taken").GetInt32());
        Assert.False(run.Json.GetProperty("stored").GetBoolean());
        Assert.Equal([3, 4], run.Json.GetProperty("rejected").EnumerateArray().Select(r => r.GetProperty("row").GetInt32()));
        Assert.Equal(100_050, run.Json.GetProperty("totals")[0].GetProperty("acceptedRowsFen").GetInt64());
    }

    [Fact]
    public async Task The_encoding_of_a_bureau_is_read()
    {
        var gbk = Encoding.GetEncoding("GB18030").GetBytes(Facts.Split('\n')[0] + "\n" + Facts.Split('\n')[1] + "\n");

        var run = await CommandRun.Of("import", _folder.Write("facts.csv", gbk), "--kind", "rd-deduction", "--check");

        Assert.Equal(0, run.Code);
        Assert.StartsWith("CSV, GB18030: 1 row(s) can be taken, 0 not\n", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--kind rd-dedction --check", "there is no kind of fact 'rd-dedction' (did you mean 'rd-deduction'?)")]
    [InlineData("--kind rd-deduction", "neither --data nor --check is given")]
    [InlineData("--kind rd-deduction --data nowhere", "this folder holds no store")]
    [InlineData("--check", "Option '--kind' is required")]
    [InlineData("--kind rd-deduction --check --unit fen", "Argument 'fen' not recognized")]
    [InlineData("--kind tour-trip --check", "nothing was taken")]
    public async Task What_cannot_be_imported_is_refused(string options, string told) =>
        Assert.Contains(
            told,
            (await CommandRun.Of(["import", _folder.Write("facts.csv", Facts), .. options.Split(' ')])).Refusal(),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_missing_file_is_told() =>
        Assert.Contains(
            "there is no such file",
            (await CommandRun.Of("import", "none.csv", "--kind", "rd-deduction", "--check")).Refusal(),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Payments_of_the_past_are_stored_once()
    {
        var data = Path.Combine(_folder.List, "store");
        await CommandRun.Working("demo", "--enterprises", "5", "--data", data);
        var past =
            "policy,occasion,uscc,amount(元),paidOn,reference\n18-plan-a,2021,91350100M000100Y43,100,2022-12-01,A-1\n19-cont-2222,2021,91350100M000100Y43,100,2022-12-01,A-2\n18-plan-a,2021,91350100M000100Y43,5,2022-12-02,A-3\n";
        var file = _folder.Write("past.csv", past);

        var first = await CommandRun.Working("import", file, "--kind", "past-payouts", "--data", data, "--json");
        var second = await CommandRun.Working("import", file, "--kind", "past-payouts", "--data", data, "--json");
        var other = await CommandRun.Working(
            "import",
            _folder.Write("past.csv", past.Replace("Y43,100,", "Y43,101,", StringComparison.Ordinal)),
            "--kind",
            "past-payouts",
            "--data",
            data
        );

        Assert.Equal((1, 1, 1), (first.Code, second.Code, other.Code));
        Assert.Equal(1, first.Json.GetProperty("taken").GetInt32());
        Assert.Equal(first.Out, second.Out);
        Assert.Contains("the list has no entry '19-cont-2222'", first.Out, StringComparison.Ordinal);
        Assert.Contains("the file has a payment for the same entry", first.Out, StringComparison.Ordinal);
        Assert.Contains("imported before with another amount", other.Out, StringComparison.Ordinal);
        var automatic = await CommandRun.Working(
            "import",
            _folder.Write("late.csv", past.Replace("18-plan-a", "19-cont-2", StringComparison.Ordinal)),
            "--kind",
            "past-payouts",
            "--data",
            data
        );
        Assert.Contains("the entry is automatic", automatic.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facts_are_stored_and_the_store_still_holds()
    {
        var data = Path.Combine(_folder.List, "store");
        await CommandRun.Working("demo", "--enterprises", "5", "--data", data);
        var file = _folder.Write("facts.csv", string.Join('\n', Facts.Split('\n').Take(2)) + "\n");

        var run = await CommandRun.Working("import", file, "--kind", "rd-deduction", "--data", data);

        Assert.Equal(0, run.Code);
        Assert.StartsWith("CSV, UTF-8: 1 row(s) taken, 0 not\n", run.Out, StringComparison.Ordinal);
        Assert.Equal(0, (await CommandRun.Working("verify", "--data", data)).Code);
    }
}
