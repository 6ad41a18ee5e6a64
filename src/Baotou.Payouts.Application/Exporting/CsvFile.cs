using System.Text;

namespace Baotou.Payouts.Application.Exporting;

/// <summary>A table as CSV in UTF-8 with its mark, every cell quoted; see <see cref="SafeCsv"/>.</summary>
public static class CsvFile
{
    /// <summary>What a browser is told it is.</summary>
    public const string ContentType = "text/csv; charset=utf-8";

    /// <summary>Writes it.</summary>
    public static async Task WriteAsync(ExportTable table, ExportTarget target, CancellationToken cancellationToken)
    {
        var line = new StringBuilder("\uFEFF");
        if (table.Columns.Count > 0)
            SafeCsv.Append(line, table.Columns);
        Send();
        await foreach (var row in table.Rows.WithCancellation(cancellationToken))
        {
            SafeCsv.Append(line, row);
            Send();
            await target.DrainAsync(cancellationToken);
        }

        void Send()
        {
            target.Stream.Write(Encoding.UTF8.GetBytes(line.ToString()));
            line.Clear();
        }
    }
}
