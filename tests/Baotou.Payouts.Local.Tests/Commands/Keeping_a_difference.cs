using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Baotou.Payouts.Local.Tests.Commands;

/// <summary>
/// <c>run --dry-run --output FILE</c>: the difference in a file that opens, and in which nothing an agency wrote is a formula.
/// </summary>
public sealed class Keeping_a_difference : IDisposable
{
    private const string Formula = "=HYPERLINK(1)";

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task As_a_spreadsheet_it_opens_and_holds_no_formula_and_a_file_that_exists_is_left()
    {
        var data = Path.Combine(_folder.List, "store");
        await CommandRun.Working("demo", "--enterprises", "5", "--data", data);
        var facts = _folder.Write(
            "facts.csv",
            $"uscc,effectiveOn,recordId,station-number,act\n91350100M000100Y43,2023-05-01,{Formula},A-1,renewed\n"
        );
        Assert.Equal(0, (await CommandRun.Working("import", facts, "--kind", "academician-station", "--data", data)).Code);
        var file = Path.Combine(_folder.List, "difference.xlsx");

        var run = await CommandRun.Working("run", "--dry-run", "--policy", "19-cont-5c", "--data", data, "--output", file, "--json");
        Assert.Equal(0, run.Code);

        var line = Assert.Single(run.Json.GetProperty("lines").EnumerateArray().ToList());
        Assert.Equal(Formula, line.GetProperty("occasion").GetString());
        using (var document = SpreadsheetDocument.Open(file, isEditable: false))
        {
            var cells = document.WorkbookPart!.WorksheetParts.SelectMany(w => w.Worksheet!.Descendants<Cell>()).ToList();
            Assert.DoesNotContain(cells, c => c.CellFormula is not null);
            Assert.Contains(cells, c => c.InnerText == "'" + Formula);
            Assert.DoesNotContain(cells, c => c.InnerText == Formula);
            Assert.Contains(cells, c => c.InnerText == run.Json.GetProperty("hash").GetString());
        }

        var written = await File.ReadAllBytesAsync(file);
        Assert.Contains(
            "this file exists",
            (await CommandRun.Working("run", "--dry-run", "--data", data, "--output", file)).Refusal(),
            StringComparison.Ordinal
        );
        Assert.Equal(written, await File.ReadAllBytesAsync(file));
    }

    [Theory]
    [InlineData("--dry-run --output difference.txt", "a difference is kept as a spreadsheet or as JSON")]
    [InlineData("--output difference.xlsx", "add --dry-run")]
    public async Task What_is_no_file_for_it_is_refused(string options, string told) =>
        Assert.Contains(
            told,
            (await CommandRun.Of(["run", "--data", "nowhere", .. options.Split(' ')])).Refusal(),
            StringComparison.Ordinal
        );
}
