using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Money;

namespace Baotou.Payouts.Exchange.Files;

/// <summary>
/// In what a money column is written. It must be stated, in the column's title or with the import: guessing would be wrong by four digits.
/// </summary>
public enum MoneyUnit
{
    /// <summary>元.</summary>
    Yuan,

    /// <summary>万元, 10,000 yuan.</summary>
    TenThousandYuan,
}

/// <summary>A row that was not taken.</summary>
/// <param name="Row">Its number in the file; the title row is usually 1.</param>
/// <param name="Cells">Its cells as they stood, joined by " | ", at most 2,000 characters.</param>
/// <param name="Reason">What is wrong and what is expected.</param>
public sealed record RejectedRow(int Row, string Cells, string Reason);

/// <summary>The sum of a money column, to be held against the sum that came with the file.</summary>
/// <param name="Column">The column's title as printed.</param>
/// <param name="AllRows">Sum over every row whose amount can be read, rejected rows included.</param>
/// <param name="AcceptedRows">Sum over the rows taken.</param>
public sealed record ControlTotal(string Column, Fen AllRows, Fen AcceptedRows);

/// <summary>A payment made outside the system, imported so that it is not made again.</summary>
/// <param name="Policy">Id of the entry of the list.</param>
/// <param name="Occasion">Benefit year or record number of the award.</param>
/// <param name="Uscc">Whom it was paid to.</param>
/// <param name="Amount">What was paid; positive.</param>
/// <param name="PaidOn">The day it was paid.</param>
/// <param name="Reference">Number of the payment at the treasury or bank.</param>
public sealed record PastPayout(string Policy, string Occasion, Uscc Uscc, Fen Amount, DateOnly PaidOn, string Reference);

/// <summary>What became of a file.</summary>
/// <typeparam name="T">What its rows are.</typeparam>
public abstract record ImportReading<T>
{
    private ImportReading() { }

    /// <summary>The file was read. Rows stand in the order of the file; every row is in one of the two lists.</summary>
    /// <param name="Taken">The rows taken.</param>
    /// <param name="Rejected">The rows not taken, each with its reason.</param>
    /// <param name="Totals">One sum per money column.</param>
    /// <param name="Format">"Excel", "CSV, UTF-8" or "CSV, GB18030".</param>
    public sealed record Read(
        IReadOnlyList<T> Taken,
        IReadOnlyList<RejectedRow> Rejected,
        IReadOnlyList<ControlTotal> Totals,
        string Format
    ) : ImportReading<T>;

    /// <summary>Nothing was taken: the file as a whole cannot be used.</summary>
    /// <param name="Reason">What is wrong and what to do.</param>
    public sealed record Refused(string Reason) : ImportReading<T>;
}
