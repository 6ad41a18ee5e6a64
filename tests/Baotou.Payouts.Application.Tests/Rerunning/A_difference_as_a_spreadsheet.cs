using Baotou.Payouts.Application.Exporting;
using Baotou.Payouts.Application.Rerunning;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace Baotou.Payouts.Application.Tests.Rerunning;

public sealed class A_difference_as_a_spreadsheet
{
    [Fact]
    public async Task Has_every_line_with_its_reason_and_what_became_of_it()
    {
        var line = Line("v1", "culture/v1 visitors: 60 → 12");
        var rows = Rows(
            await WriteAsync(Of(line), new Dictionary<int, LineOutcome> { [0] = new(0, [new("x", false, "changed since: it moved")]) }),
            0
        );

        Assert.Equal(2, rows.Count);
        Assert.Equal(["lower", "visit", "v1", TinyCity.Code(2).Value, "60.00", "12.00", "culture/v1 visitors: 60 → 12"], rows[1].Take(7));
        Assert.Contains("held v3 40.00", rows[1][7], StringComparison.Ordinal);
        Assert.Contains("release 32.00", rows[1][8], StringComparison.Ordinal);
        Assert.Equal("changed since: it moved", rows[1][9]);
    }

    [Fact]
    public async Task Tells_counts_and_the_hash_that_an_approval_names()
    {
        var difference = Of(Line("v1", "x"));

        var summary = Rows(await WriteAsync(difference), 1).ToDictionary(r => r[0], r => r[1]);

        Assert.Equal(("7", "1", "0", difference.Hash.Hex), (summary["unchanged"], summary["lower"], summary["new"], summary["difference"]));
    }

    /// <summary>Nothing an agency wrote becomes a formula, not even after the sheet was saved as text and opened again.</summary>
    [Theory]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")")]
    [InlineData("+1+1")]
    [InlineData("-1+1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    public async Task A_text_that_looks_like_a_formula_is_none(string text)
    {
        var file = await WriteAsync(Of(Line(text, text)));
        using var document = SpreadsheetDocument.Open(new MemoryStream(file), false);
        var cells = document.WorkbookPart!.WorksheetParts.SelectMany(w => w.Worksheet.Descendants<Cell>()).ToList();

        Assert.DoesNotContain(cells, c => c.CellFormula is not null);
        Assert.Contains(
            cells,
            c => c.InnerText.StartsWith('\'') && c.InnerText.EndsWith(text.TrimStart('\t', '\r'), StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            cells.Where(c => c.DataType! == CellValues.InlineString),
            c => c.InnerText.Length > 0 && c.InnerText[0] is '=' or '+' or '-' or '@' or '\t' or '\r'
        );
    }

    [Theory]
    [InlineData("a\u0000b\u0007", "a?b?")]
    [InlineData("包头 😀 <b>&", "包头 😀 <b>&")]
    public async Task What_no_file_can_hold_is_replaced(string text, string shown) =>
        Assert.Equal(shown, Rows(await WriteAsync(Of(Line(text, "x"))), 0)[1][2]);

    [Fact]
    public async Task Half_of_a_character_is_replaced() =>
        Assert.Equal("a?b", Rows(await WriteAsync(Of(Line("a" + (char)0xd800 + "b", "x"))), 0)[1][2]);

    [Fact]
    public async Task Is_what_the_format_says()
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(await WriteAsync(Of(Line("v1", new string('x', 40_000))))), false);

        Assert.Empty(new OpenXmlValidator().Validate(document).Select(e => e.Description));
    }

    private static Task<byte[]> WriteAsync(Difference difference, IReadOnlyDictionary<int, LineOutcome>? outcomes = null) =>
        DifferenceSheet.WriteAsync(difference, outcomes, default);

    private static Difference Of(params DifferenceLine[] lines) =>
        new(new RerunScope(null, null, null), 2, ContentHash.None, 0, 7, ContentHash.None, lines);

    private static DifferenceLine Line(string occasion, string because) =>
        new(
            DifferenceKind.Lower,
            "visit",
            occasion,
            TinyCity.Code(2),
            Fen.FromYuan(60),
            Fen.FromYuan(12),
            false,
            [new ChangeReason(ReasonKind.Fact, because.Split(": ")[0], "", because.Split(": ")[^1])],
            [],
            [new ShownPayout("000-a", PayoutState.Held, 3, Fen.FromYuan(40), LineStep.Release, Fen.FromYuan(32))]
        );

    private static List<List<string>> Rows(byte[] file, int sheet)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(file), false);
        var book = document.WorkbookPart!;
        var part = (WorksheetPart)book.GetPartById(book.Workbook.Descendants<Sheet>().ElementAt(sheet).Id!);
        return [.. part.Worksheet.Descendants<Row>().Select(r => r.Descendants<Cell>().Select(c => c.InnerText).ToList())];
    }
}
