using System.Globalization;
using Baotou.Payouts.Domain.Money;

namespace Baotou.Payouts.Exchange.Files;

/// <summary>What a column holds, as far as reading its cells goes.</summary>
internal enum ColumnType
{
    /// <summary>Digits and letters that must stand as they are; never a number of Excel.</summary>
    Verbatim,

    /// <summary>Money in the column's unit.</summary>
    Money,

    /// <summary>A number that is no money, or a year.</summary>
    Number,

    /// <summary>A legal day.</summary>
    Day,

    /// <summary>Yes or no.</summary>
    Flag,
}

/// <summary>A column that a file may have.</summary>
/// <param name="Name">Its name in our words.</param>
/// <param name="Title">Its Chinese title; either may head the column.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Required">Whether a file without it is refused.</param>
/// <param name="Codes">What people read to code, for columns of codes.</param>
internal sealed record Column(string Name, string Title, ColumnType Type, bool Required, IReadOnlyDictionary<string, string>? Codes = null);

/// <summary>A column found in a file.</summary>
internal sealed record FoundColumn(Column Column, string Printed, int Index, MoneyUnit? Unit);

/// <summary>Finds columns by the title row and turns cells into the texts that an agency would have delivered.</summary>
internal static class Columns
{
    private static readonly string[] DayFormats = ["yyyy-MM-dd", "yyyy/M/d", "yyyy年M月d日"];
    private static readonly (string Ending, MoneyUnit Unit)[] Units =
    [
        ("(元)", MoneyUnit.Yuan),
        ("（元）", MoneyUnit.Yuan),
        ("(万元)", MoneyUnit.TenThousandYuan),
        ("（万元）", MoneyUnit.TenThousandYuan),
    ];

    /// <summary>
    /// Finds the columns. Throws <see cref="FormatException"/> for an unknown, repeated or missing column, or money without its unit.
    /// </summary>
    public static IReadOnlyList<FoundColumn> Find(SheetRow titles, IReadOnlyList<Column> known, MoneyUnit? stated)
    {
        List<FoundColumn> found = [];
        for (var i = 0; i < titles.Cells.Count; i++)
        {
            var printed = titles.Cells[i].Text;
            if (printed.Length == 0)
                continue;
            var (title, printedUnit) = SplitUnit(printed);
            var column =
                known.FirstOrDefault(c => c.Name == title || c.Title == title || c.Name == printed || c.Title == printed)
                ?? throw new FormatException(
                    $"column '{printed}' is not known; known are {string.Join(", ", known.Select(c => $"{c.Name} ({c.Title})"))}"
                );
            if (found.Any(f => f.Column == column))
                throw new FormatException($"column '{printed}' stands twice");
            if (column.Type == ColumnType.Money && printedUnit is { } unit && stated is { } other && unit != other)
                throw new FormatException($"column '{printed}' states another unit than the import");
            if (column.Type == ColumnType.Money && (printedUnit ?? stated) is null)
                throw new FormatException(
                    $"column '{printed}' does not say whether it is in 元 or 万元; title it '{printed}(元)' or '{printed}(万元)', or state the unit with the import"
                );
            found.Add(new FoundColumn(column, printed, i, printedUnit ?? stated));
        }

        return known.FirstOrDefault(c => c.Required && found.All(f => f.Column != c)) is { } missing
            ? throw new FormatException($"column '{missing.Name}' ({missing.Title}) is missing")
            : found;
    }

    /// <summary>
    /// The cell as an agency would have delivered it; empty stays empty. Throws <see cref="FormatException"/> where the cell cannot mean
    /// that.
    /// </summary>
    public static string Text(FoundColumn column, Cell cell)
    {
        if (cell.Text.Length == 0)
            return "";
        switch (column.Column.Type)
        {
            case ColumnType.Verbatim when cell.IsNumber:
                throw new FormatException(
                    $"'{column.Printed}' is kept as a number by Excel, which drops leading zeros and digits past the fifteenth; make the column text and enter it again"
                );
            case ColumnType.Verbatim:
                return column.Column.Codes?.GetValueOrDefault(cell.Text) ?? cell.Text;
            case ColumnType.Money when column.Unit == MoneyUnit.TenThousandYuan:
                return TenThousands(column, cell.Text);
            case ColumnType.Day
                when DateOnly.TryParseExact(cell.Text, DayFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day):
                return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            case ColumnType.Flag:
                return cell.Text switch
                {
                    "是" => "true",
                    "否" => "false",
                    "TRUE" or "True" => "true",
                    "FALSE" or "False" => "false",
                    var other => other,
                };
            default:
                return cell.Text;
        }
    }

    /// <summary>The amount in a delivered money text; zero if it is none.</summary>
    public static Fen AmountOf(string text) => Fen.TryParseYuan(text, out var amount) ? amount : Fen.Zero;

    private static string TenThousands(FoundColumn column, string text)
    {
        if (
            text.Length > 24
            || !decimal.TryParse(
                text,
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var amount
            )
        )
            throw new FormatException($"'{column.Printed}' expects an amount in 万元, digits with at most six decimals, got '{text}'");
        amount *= 10_000;
        if (amount != decimal.Round(amount, 2))
            throw new FormatException($"'{column.Printed}' is not a whole number of fen: {text} 万元");
        return amount.ToString("0.##", CultureInfo.InvariantCulture);
    }

    private static (string Title, MoneyUnit? Unit) SplitUnit(string printed)
    {
        foreach (var (ending, unit) in Units)
            if (printed.EndsWith(ending, StringComparison.Ordinal))
                return (printed[..^ending.Length].Trim(), unit);
        return (printed, null);
    }
}
