using System.Globalization;
using Baotou.Payouts.Domain.Money;

namespace Baotou.Payouts.Application.Exporting;

/// <summary>A cell of a table to keep.</summary>
/// <param name="Text">What stands in it.</param>
/// <param name="IsNumber">Whether a spreadsheet may reckon with it; a text is never taken for a formula.</param>
public readonly record struct ExportCell(string Text, bool IsNumber)
{
    /// <summary>
    /// Fen of 999,999,999,999.99 yuan: above that a spreadsheet's numbers, of 15 digits, lose fen, and an amount is written as text.
    /// </summary>
    private const long MostFen = 99_999_999_999_999;

    /// <summary>A text; empty for null.</summary>
    public static ExportCell Of(string? text) => new(text ?? "", false);

    /// <summary>A whole number.</summary>
    public static ExportCell Of(long number) => new(number.ToString(CultureInfo.InvariantCulture), true);

    /// <summary>A day; empty for null.</summary>
    public static ExportCell Of(DateOnly? day) => Of(day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>A moment in UTC to the millisecond.</summary>
    public static ExportCell Of(DateTimeOffset moment) =>
        Of(moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    /// <summary>An amount in yuan with two digits.</summary>
    public static ExportCell Yuan(Fen amount) =>
        amount.Value is > MostFen or < -MostFen
            ? Of(amount.ToYuanText())
            : new((amount.Value / 100m).ToString("0.00", CultureInfo.InvariantCulture), true);
}

/// <summary>A table to keep, row by row as it is read: nobody holds all of it.</summary>
/// <param name="Name">What it is called, in plain characters.</param>
/// <param name="Columns">Titles; empty for a table that has none.</param>
/// <param name="Rows">Its rows.</param>
public sealed record ExportTable(string Name, IReadOnlyList<string> Columns, IAsyncEnumerable<IReadOnlyList<ExportCell>> Rows);

/// <summary>
/// Where a file goes while it is made: a stream that is only written, and what is called after each row, so that what was written can be
/// sent on.
/// </summary>
/// <param name="Stream">Written without waiting, so it holds what it gets in memory.</param>
/// <param name="DrainAsync">Sends on what the stream holds, if it is much.</param>
public sealed record ExportTarget(Stream Stream, Func<CancellationToken, ValueTask> DrainAsync)
{
    /// <summary>A file that is kept in memory whole.</summary>
    public static ExportTarget Whole(MemoryStream stream) => new(stream, _ => ValueTask.CompletedTask);
}
