using System.Text;
using Baotou.Payouts.Application.Exporting;

namespace Baotou.Payouts.Application.Tests.Auditing;

public sealed class A_cell_of_a_table_for_spreadsheets
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+86 10", "'+86 10")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "'\r=1")]
    [InlineData("  =1", "'  =1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("包财预〔2023〕5号", "包财预〔2023〕5号")]
    [InlineData("a=1", "a=1")]
    [InlineData("", "")]
    public void Is_never_a_formula(string text, string cell) => Assert.Equal(cell, SafeCsv.Cell(text));

    [Fact]
    public void Keeps_its_commas_quotes_and_line_breaks_to_itself()
    {
        var csv = new StringBuilder();
        SafeCsv.Append(csv, ["a,b", "say \"=1\"", "\"=1\"", "x"]);
        Assert.Equal("\"a,b\",\"say \"\"=1\"\"\",\"\"\"=1\"\"\",\"x\"\r\n", csv.ToString());
    }
}
