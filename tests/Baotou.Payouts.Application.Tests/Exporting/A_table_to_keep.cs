using System.Text;
using Baotou.Payouts.Application.Exporting;
using Baotou.Payouts.Domain.Money;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace Baotou.Payouts.Application.Tests.Exporting;

public sealed class A_table_to_keep
{
    [Fact]
    public async Task Longer_than_a_sheet_goes_on_in_the_next_under_the_same_titles()
    {
        using var document = SpreadsheetDocument.Open(await BookAsync(Table(5), 2), false);

        var names = document.WorkbookPart!.Workbook.Descendants<Sheet>().Select(s => s.Name!.Value).ToList();
        var sheets = SheetsOf(document).Select(RowsOf).ToList();

        Assert.Equal(["rows", "rows 2", "rows 3"], names);
        Assert.Equal(["number,yuan;0,0.00;1,1.00", "number,yuan;2,2.00;3,3.00", "number,yuan;4,4.00"], sheets);
        Assert.Empty(new OpenXmlValidator().Validate(document).Select(e => e.Description));
    }

    [Theory]
    [InlineData(0, "number,yuan")]
    [InlineData(1, "number,yuan;0,0.00")]
    [InlineData(2, "number,yuan;0,0.00;1,1.00")]
    [InlineData(3, "number,yuan;0,0.00;1,1.00|number,yuan;2,2.00")]
    [InlineData(4, "number,yuan;0,0.00;1,1.00|number,yuan;2,2.00;3,3.00")]
    public async Task That_fills_its_sheets_has_no_empty_one_behind_them(int rows, string sheets)
    {
        using var document = SpreadsheetDocument.Open(await BookAsync(Table(rows), 2), false);

        Assert.Equal(sheets, string.Join('|', SheetsOf(document).Select(RowsOf)));
    }

    [Fact]
    public async Task Has_the_same_bytes_each_time()
    {
        var (first, second) = (await BookAsync(Table(3), 10), await BookAsync(Table(3), 10));

        Assert.Equal(first.ToArray(), second.ToArray());
    }

    [Fact]
    public async Task Is_written_as_it_is_read()
    {
        var (file, drained) = (new MemoryStream(), new List<long>());

        await CsvFile.WriteAsync(Table(3), new ExportTarget(file, _ => Drained()), default);

        Assert.Equal(
            "\uFEFF\"number\",\"yuan\"\r\n\"0\",\"0.00\"\r\n\"1\",\"1.00\"\r\n\"2\",\"2.00\"\r\n",
            Encoding.UTF8.GetString(file.ToArray())
        );
        Assert.Equal(3, drained.Distinct().Count());

        ValueTask Drained()
        {
            drained.Add(file.Length);
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public void Keeps_numbers_as_numbers_and_no_fen_is_lost()
    {
        var csv = new StringBuilder();
        SafeCsv.Append(
            csv,
            [ExportCell.Yuan(new Fen(-5)), ExportCell.Of("-5"), ExportCell.Yuan(new Fen(123_456_789_012_345_678)), ExportCell.Of(7)]
        );

        Assert.Equal("\"-0.05\",\"'-5\",\"1,234,567,890,123,456.78\",\"7\"\r\n", csv.ToString());
    }

    private static ExportTable Table(int rows) =>
        new(
            "rows",
            ["number", "yuan"],
            Enumerable
                .Range(0, rows)
                .Select(i => (IReadOnlyList<ExportCell>)[ExportCell.Of(i), ExportCell.Yuan(Fen.FromYuan(i))])
                .ToAsyncEnumerable()
        );

    private static async Task<MemoryStream> BookAsync(ExportTable table, int rowsPerSheet)
    {
        var file = new MemoryStream();
        await XlsxFile.WriteAsync([table], ExportTarget.Whole(file), default, rowsPerSheet);
        file.Position = 0;
        return file;
    }

    private static IEnumerable<WorksheetPart> SheetsOf(SpreadsheetDocument document) =>
        document.WorkbookPart!.Workbook.Descendants<Sheet>().Select(s => (WorksheetPart)document.WorkbookPart.GetPartById(s.Id!));

    private static string RowsOf(WorksheetPart sheet) =>
        string.Join(';', sheet.Worksheet.Descendants<Row>().Select(r => string.Join(',', r.Elements<Cell>().Select(c => c.InnerText))));
}
