using System.Text;

namespace Baotou.Payouts.Application.Exporting;

/// <summary>Lines of CSV that stay texts in a spreadsheet: a cell that would begin a formula there gets an apostrophe in front.</summary>
public static class SafeCsv
{
    /// <summary>Also the full-width forms: an input method writes them, and spreadsheets of this country read them alike.</summary>
    private const string Formula = "=+-@\t\r\n＝＋－＠";

    /// <summary>Appends a line of texts; every cell is quoted, quotes are doubled.</summary>
    public static void Append(StringBuilder csv, IReadOnlyList<string> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        Append(csv, [.. cells.Select(ExportCell.Of)]);
    }

    /// <summary>Appends a line; every cell is quoted, quotes are doubled. Numbers stay as they are.</summary>
    public static void Append(StringBuilder csv, IReadOnlyList<ExportCell> cells)
    {
        ArgumentNullException.ThrowIfNull(csv);
        ArgumentNullException.ThrowIfNull(cells);
        for (var i = 0; i < cells.Count; i++)
        {
            if (i > 0)
                csv.Append(',');
            csv.Append('"')
                .Append((cells[i].IsNumber ? cells[i].Text : Cell(cells[i].Text)).Replace("\"", "\"\"", StringComparison.Ordinal))
                .Append('"');
        }

        csv.Append("\r\n");
    }

    /// <summary>A cell that no spreadsheet takes for a formula, whatever blanks stand before it.</summary>
    public static string Cell(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var first = text.AsSpan().TrimStart(" \u00A0\u3000\uFEFF");
        return first.Length > 0 && Formula.Contains(first[0]) ? "'" + text : text;
    }
}
