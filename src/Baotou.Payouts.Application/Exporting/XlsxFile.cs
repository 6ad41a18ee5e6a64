using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Baotou.Payouts.Application.Exporting;

/// <summary>
/// Tables as a workbook (ECMA-376), a sheet each, written straight through: nothing is read back, so a table of any length needs no more
/// memory than a row. Cells are texts or numbers, never formulas, and stay none when a sheet is saved as text.
/// </summary>
public static class XlsxFile
{
    /// <summary>What a browser is told it is.</summary>
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/";
    private const int MostCharacters = 32_767;

    /// <summary>A sheet has 1,048,576 rows; a table that has more goes on in the next.</summary>
    public const int RowsPerSheet = 1_000_000;

    // A file is a function of its rows, not of the clock.
    private static readonly DateTimeOffset Written = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes it.</summary>
    /// <param name="tables">Each a sheet, or several if it has more rows than one takes.</param>
    /// <param name="target">Where to.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <param name="rowsPerSheet">How many rows of a table a sheet takes, 1 to <see cref="RowsPerSheet"/>.</param>
    public static async Task WriteAsync(
        IReadOnlyList<ExportTable> tables,
        ExportTarget target,
        CancellationToken cancellationToken,
        int rowsPerSheet = RowsPerSheet
    )
    {
        using var zip = new ZipArchive(target.Stream, ZipArchiveMode.Create, leaveOpen: true);
        var sheets = new List<string>();
        foreach (var table in tables)
        {
            await using var rows = table.Rows.GetAsyncEnumerator(cancellationToken);
            var (name, isAtRow) = (table.Name, await rows.MoveNextAsync());
            do
            {
                isAtRow = await WriteSheetAsync(name, table, rows, isAtRow);
                name = $"{table.Name} {Text(sheets.Count + 1)}";
            } while (isAtRow);
        }

        WriteParts(zip, sheets);

        // Writes a sheet from the row on that was read last, if there is one; whether it is full and another row was read, which goes on in
        // the next.
        async Task<bool> WriteSheetAsync(string name, ExportTable table, IAsyncEnumerator<IReadOnlyList<ExportCell>> rows, bool isAtRow)
        {
            sheets.Add(name);
            using var sheet = Open(zip, $"xl/worksheets/sheet{Text(sheets.Count)}.xml");
            sheet.WriteStartElement("worksheet", Main);
            sheet.WriteStartElement("sheetData", Main);
            if (table.Columns.Count > 0)
                WriteRow(sheet, [.. table.Columns.Select(ExportCell.Of)]);
            for (var written = 0; isAtRow && written < rowsPerSheet; written++)
            {
                WriteRow(sheet, rows.Current);
                await target.DrainAsync(cancellationToken);
                isAtRow = await rows.MoveNextAsync();
            }

            sheet.WriteEndElement();
            sheet.WriteEndElement();
            return isAtRow;
        }
    }

    private static void WriteRow(XmlWriter sheet, IReadOnlyList<ExportCell> cells)
    {
        sheet.WriteStartElement("row", Main);
        foreach (var cell in cells)
        {
            sheet.WriteStartElement("c", Main);
            sheet.WriteAttributeString("t", cell.IsNumber ? "n" : "inlineStr");
            if (cell.IsNumber)
                sheet.WriteElementString("v", Main, cell.Text);
            else
            {
                sheet.WriteStartElement("is", Main);
                sheet.WriteStartElement("t", Main);
                sheet.WriteAttributeString("xml", "space", null, "preserve");
                sheet.WriteString(Safe(cell.Text));
                sheet.WriteEndElement();
                sheet.WriteEndElement();
            }

            sheet.WriteEndElement();
        }

        sheet.WriteEndElement();
    }

    /// <summary>What tells a reader which parts there are.</summary>
    private static void WriteParts(ZipArchive zip, List<string> sheets)
    {
        using (var book = Open(zip, "xl/workbook.xml"))
        {
            book.WriteStartElement("workbook", Main);
            book.WriteStartElement("sheets", Main);
            for (var i = 0; i < sheets.Count; i++)
            {
                book.WriteStartElement("sheet", Main);
                book.WriteAttributeString("name", sheets[i].Length <= 31 ? sheets[i] : sheets[i][..31]);
                book.WriteAttributeString("sheetId", Text(i + 1));
                book.WriteAttributeString("r", "id", Relations, "s" + Text(i + 1));
                book.WriteEndElement();
            }

            book.WriteEndElement();
            book.WriteEndElement();
        }

        WriteRelations(
            zip,
            "xl/_rels/workbook.xml.rels",
            sheets.Select((_, i) => ("s" + Text(i + 1), "worksheet", $"worksheets/sheet{Text(i + 1)}.xml"))
        );
        WriteRelations(zip, "_rels/.rels", [("book", "officeDocument", "xl/workbook.xml")]);
        using var types = Open(zip, "[Content_Types].xml");
        types.WriteStartElement("Types", Package + "content-types");
        Type("Default", "Extension", "rels", "application/vnd.openxmlformats-package.relationships+xml");
        Type("Default", "Extension", "xml", "application/xml");
        Type("Override", "PartName", "/xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml");
        for (var i = 1; i <= sheets.Count; i++)
            Type(
                "Override",
                "PartName",
                $"/xl/worksheets/sheet{Text(i)}.xml",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
            );
        types.WriteEndElement();

        void Type(string element, string attribute, string of, string type)
        {
            types.WriteStartElement(element, Package + "content-types");
            types.WriteAttributeString(attribute, of);
            types.WriteAttributeString("ContentType", type);
            types.WriteEndElement();
        }
    }

    private static void WriteRelations(ZipArchive zip, string name, IEnumerable<(string Id, string Type, string Target)> relations)
    {
        using var part = Open(zip, name);
        part.WriteStartElement("Relationships", Package + "relationships");
        foreach (var (id, type, target) in relations)
        {
            part.WriteStartElement("Relationship", Package + "relationships");
            part.WriteAttributeString("Id", id);
            part.WriteAttributeString("Type", Relations + "/" + type);
            part.WriteAttributeString("Target", target);
            part.WriteEndElement();
        }

        part.WriteEndElement();
    }

    private static XmlWriter Open(ZipArchive zip, string name)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = Written;
        return XmlWriter.Create(entry.Open(), new XmlWriterSettings { Encoding = new UTF8Encoding(false), CloseOutput = true });
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// A text that no spreadsheet takes for a formula, also after it was saved as text and read again, and that XML can hold.
    /// </summary>
    private static string Safe(string text)
    {
        var clean = SafeCsv.Cell(
            string.Create(
                text.Length,
                text,
                (span, from) =>
                {
                    for (var i = 0; i < from.Length; i++)
                        span[i] = CanBeInXml(from, i) ? from[i] : '?';
                }
            )
        );
        return clean.Length <= MostCharacters ? clean : clean[..(MostCharacters - 1)] + "…";
    }

    /// <summary>Half of a pair can, if the other half stands beside it.</summary>
    private static bool CanBeInXml(string text, int at) =>
        XmlConvert.IsXmlChar(text[at])
        || (at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]))
        || (at > 0 && char.IsSurrogatePair(text[at - 1], text[at]));
}
