using System.Globalization;
using System.Xml;
using Baotou.Payouts.Application.Rerunning;
using Baotou.Payouts.Domain.Money;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Baotou.Payouts.Application.Describing;

/// <summary>
/// A difference as a spreadsheet: one sheet with every line that is not unchanged, one with the counts and the hash that an approval names. Cells are texts
/// or amounts in yuan, never formulas, and stay none when the sheet is saved as text.
/// </summary>
public static class DifferenceSheet
{
    /// <summary>What a browser is told it is.</summary>
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const int MostCharacters = 32_767;

    /// <summary>Above this, a spreadsheet's numbers lose fen; such an amount is written as text.</summary>
    private const long MostFen = 999_999_999_999_99;

    private static readonly string[] Columns =
        ["变化 change", "政策 policy", "事项 occasion", "企业 enterprise", "变更前(元) before, yuan", "变更后(元) after, yuan", "原因 because of", "兑付记录 payouts", "处理 what is done", "结果 outcome"];

    /// <summary>The file.</summary>
    /// <param name="difference">The difference.</param>
    /// <param name="outcomes">What became of its lines when it was applied; null if it was not.</param>
    public static byte[] Write(Difference difference, IReadOnlyDictionary<int, LineOutcome>? outcomes = null)
    {
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            var lines = WriteSheet(book, [Columns.Select(Text), .. difference.Lines.Select((l, i) => Row(l, outcomes?.GetValueOrDefault(i)))]);
            var summary = WriteSheet(book, Summary(difference));
            book.Workbook = new Workbook(new Sheets(
                new Sheet { Name = "differences", SheetId = 1, Id = book.GetIdOfPart(lines) }, new Sheet { Name = "summary", SheetId = 2, Id = book.GetIdOfPart(summary) }));
        }

        return file.ToArray();
    }

    private static IEnumerable<IEnumerable<Cell>> Summary(Difference difference) =>
    [
        .. Enum.GetValues<DifferenceKind>().Select(k => new[] { Text(DifferenceJson.Word(k)), Number(difference.Count(k).ToString(CultureInfo.InvariantCulture)) }),
        [Text("undecided"), Number(difference.Undecided.ToString(CultureInfo.InvariantCulture))],
        [Text("policy"), Text(difference.Scope.Policy ?? "*")],
        [Text("enterprise"), Text(difference.Scope.Enterprise?.Value ?? "*")],
        [Text("period"), Text(difference.Scope.Period ?? "*")],
        [Text("round"), Number(difference.Round.ToString(CultureInfo.InvariantCulture))],
        [Text("difference"), Text(difference.Hash.Hex)],
    ];

    private static IEnumerable<Cell> Row(DifferenceLine line, LineOutcome? outcome) =>
    [
        Text(DifferenceJson.Word(line.Kind)), Text(line.Policy), Text(line.Occasion), Text(line.Uscc.Value), Yuan(line.Before), Yuan(line.After), Text(line.Because),
        Text(string.Join("; ", line.Payouts.Select(p => $"{p.Id} {WireWords.Of(p.State)} v{p.Version.ToString(CultureInfo.InvariantCulture)} {p.City.ToYuanText()}"))),
        Text(string.Join("; ", Steps(line))),
        Text(outcome is null ? "" : string.Join("; ", outcome.Steps.Select(s => s.What))),
    ];

    private static IEnumerable<string> Steps(DifferenceLine line)
    {
        foreach (var claim in line.Claims.Where(c => c.IsGranted)) yield return $"supplement {claim.Due.ToYuanText()}";
        foreach (var payout in line.Payouts.Where(p => p.Step != LineStep.None)) yield return $"{DifferenceJson.Word(payout.Step)} {payout.TooMuch.ToYuanText()} of {payout.Id}";
        if (!line.NeedsTwoPersons) yield return "by the next round";
    }

    private static WorksheetPart WriteSheet(WorkbookPart book, IEnumerable<IEnumerable<Cell>> rows)
    {
        var part = book.AddNewPart<WorksheetPart>();
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteStartElement(new SheetData());
        foreach (var row in rows)
        {
            writer.WriteStartElement(new Row());
            foreach (var cell in row) writer.WriteElement(cell);
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
        writer.WriteEndElement();
        return part;
    }

    private static Cell Yuan(Fen amount) =>
        amount.Value is > MostFen or < -MostFen ? Text(amount.ToYuanText()) : Number((amount.Value / 100m).ToString("0.00", CultureInfo.InvariantCulture));

    private static Cell Number(string value) => new() { DataType = CellValues.Number, CellValue = new CellValue(value) };

    private static Cell Text(string text) => new() { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(Safe(text)) { Space = SpaceProcessingModeValues.Preserve }) };

    /// <summary>A text that no spreadsheet takes for a formula, also after it was saved as text and read again, and that XML can hold.</summary>
    private static string Safe(string text)
    {
        var clean = string.Create(text.Length, text, (span, from) =>
        {
            for (var i = 0; i < from.Length; i++)
                span[i] = XmlConvert.IsXmlChar(from[i]) || (char.IsHighSurrogate(from[i]) && i + 1 < from.Length && char.IsLowSurrogate(from[i + 1])) || (char.IsLowSurrogate(from[i]) && i > 0 && char.IsHighSurrogate(from[i - 1])) ? from[i] : '?';
        });
        if (clean.Length > 0 && clean[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n') clean = "'" + clean;
        return clean.Length <= MostCharacters ? clean : clean[..(MostCharacters - 1)] + "…";
    }
}
