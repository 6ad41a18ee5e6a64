using System.Globalization;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Rerunning;

namespace Baotou.Payouts.Application.Exporting;

/// <summary>
/// A difference as tables: one with every line that is not unchanged, one with the counts and the hash that an approval names. Amounts are
/// in yuan.
/// </summary>
public static class DifferenceSheet
{
    private static readonly string[] Columns =
    [
        "变化 change",
        "政策 policy",
        "事项 occasion",
        "企业 enterprise",
        "变更前(元) before, yuan",
        "变更后(元) after, yuan",
        "原因 because of",
        "兑付记录 payouts",
        "处理 what is done",
        "结果 outcome",
    ];

    /// <summary>Every line that is not unchanged.</summary>
    /// <param name="difference">The difference.</param>
    /// <param name="outcomes">What became of its lines when it was applied; null if it was not.</param>
    public static ExportTable Lines(Difference difference, IReadOnlyDictionary<int, LineOutcome>? outcomes = null) =>
        new("differences", Columns, difference.Lines.Select((l, i) => Row(l, outcomes?.GetValueOrDefault(i))).ToAsyncEnumerable());

    /// <summary>Lines and summary, a sheet each.</summary>
    public static IReadOnlyList<ExportTable> Of(Difference difference, IReadOnlyDictionary<int, LineOutcome>? outcomes = null) =>
        [Lines(difference, outcomes), new("summary", [], Summary(difference).ToAsyncEnumerable())];

    /// <summary>The workbook.</summary>
    public static async Task<byte[]> WriteAsync(
        Difference difference,
        IReadOnlyDictionary<int, LineOutcome>? outcomes,
        CancellationToken cancellationToken
    )
    {
        using var file = new MemoryStream();
        await XlsxFile.WriteAsync(Of(difference, outcomes), ExportTarget.Whole(file), cancellationToken);
        return file.ToArray();
    }

    private static IEnumerable<IReadOnlyList<ExportCell>> Summary(Difference difference) =>
        [
            .. Enum.GetValues<DifferenceKind>()
                .Select(k => new[] { ExportCell.Of(DifferenceJson.Word(k)), ExportCell.Of(difference.Count(k)) }),
            [ExportCell.Of("undecided"), ExportCell.Of(difference.Undecided)],
            [ExportCell.Of("policy"), ExportCell.Of(difference.Scope.Policy ?? "*")],
            [ExportCell.Of("enterprise"), ExportCell.Of(difference.Scope.Enterprise?.Value ?? "*")],
            [ExportCell.Of("period"), ExportCell.Of(difference.Scope.Period ?? "*")],
            [ExportCell.Of("round"), ExportCell.Of(difference.Round)],
            [ExportCell.Of("difference"), ExportCell.Of(difference.Hash.Hex)],
        ];

    private static IReadOnlyList<ExportCell> Row(DifferenceLine line, LineOutcome? outcome) =>
        [
            ExportCell.Of(DifferenceJson.Word(line.Kind)),
            ExportCell.Of(line.Policy),
            ExportCell.Of(line.Occasion),
            ExportCell.Of(line.Uscc.Value),
            ExportCell.Yuan(line.Before),
            ExportCell.Yuan(line.After),
            ExportCell.Of(line.Because),
            ExportCell.Of(
                string.Join(
                    "; ",
                    line.Payouts.Select(p =>
                        $"{p.Id} {WireWords.Of(p.State)} v{p.Version.ToString(CultureInfo.InvariantCulture)} {p.City.ToYuanText()}"
                    )
                )
            ),
            ExportCell.Of(string.Join("; ", Steps(line))),
            ExportCell.Of(outcome is null ? "" : string.Join("; ", outcome.Steps.Select(s => s.What))),
        ];

    private static IEnumerable<string> Steps(DifferenceLine line)
    {
        foreach (var claim in line.Claims.Where(c => c.IsGranted))
            yield return $"supplement {claim.Due.ToYuanText()}";
        foreach (var payout in line.Payouts.Where(p => p.Step != LineStep.None))
            yield return $"{DifferenceJson.Word(payout.Step)} {payout.TooMuch.ToYuanText()} of {payout.Id}";
        if (!line.NeedsTwoPersons)
            yield return "by the next round";
    }
}
