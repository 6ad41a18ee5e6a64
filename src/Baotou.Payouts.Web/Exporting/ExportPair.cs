using Baotou.Payouts.Application.Exporting;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Exporting;

/// <summary>The table a request asks for, or the answer if it may have none.</summary>
internal delegate Task<(ExportTable? Table, Answer? Refusal)> ReadTable(Call call, CancellationToken cancellationToken);

/// <summary>Two routes for a table: as CSV and as a workbook.</summary>
internal static class ExportPair
{
    /// <summary>The routes, under <paramref name="pattern"/> with <c>.csv</c> and <c>.xlsx</c> behind it.</summary>
    public static IEnumerable<Route> Of(
        string id,
        string pattern,
        IReadOnlyList<Role> roles,
        string summary,
        IReadOnlyList<Parameter> query,
        ReadTable read
    ) =>
        [
            new()
            {
                Id = id + "-csv",
                Method = "GET",
                Pattern = pattern + ".csv",
                Roles = roles,
                IsLong = true,
                Query = query,
                Summary = summary + ", as CSV; no cell is a formula to a spreadsheet.",
                ShowsType = "text/csv",
                Shows = Schema.Text(),
                Handler = (call, cancellationToken) => AnswerAsync(read(call, cancellationToken), Csv),
            },
            new()
            {
                Id = id + "-xlsx",
                Method = "GET",
                Pattern = pattern + ".xlsx",
                Roles = roles,
                IsLong = true,
                Query = query,
                Summary = summary + ", as a workbook; no cell is a formula.",
                ShowsType = XlsxFile.ContentType,
                Shows = Schema.Binary(),
                Handler = (call, cancellationToken) => AnswerAsync(read(call, cancellationToken), table => Xlsx(table.Name, [table])),
            },
        ];

    /// <summary>A table as CSV.</summary>
    public static Answer Csv(ExportTable table) =>
        new Answer.Export(
            CsvFile.ContentType,
            table.Name + ".csv",
            (target, cancellationToken) => CsvFile.WriteAsync(table, target, cancellationToken)
        );

    /// <summary>Tables as a workbook, a sheet each.</summary>
    public static Answer Xlsx(string name, IReadOnlyList<ExportTable> tables) =>
        new Answer.Export(
            XlsxFile.ContentType,
            name + ".xlsx",
            (target, cancellationToken) => XlsxFile.WriteAsync(tables, target, cancellationToken)
        );

    private static async Task<Answer> AnswerAsync(Task<(ExportTable? Table, Answer? Refusal)> reading, Func<ExportTable, Answer> show)
    {
        var (table, refusal) = await reading;
        return table is null ? refusal! : show(table);
    }
}
