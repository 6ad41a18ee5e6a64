using System.Globalization;
using System.Text.RegularExpressions;
using Baotou.Payouts.Application.Tests.Simulation;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.Application.Tests.Ordering;

/// <summary>Bugs of order that the properties must find.</summary>
internal static partial class OrderPlants
{
    /// <summary>
    /// Within a moment, whatever was stored first comes first: the number in the log of facts stands where the batch should.
    /// </summary>
    public static IRowStore DrawnByArrival(IRowStore rows) =>
        new TamperedRows(
            rows,
            (table, writes) =>
                table != StorageKeys.Facts
                    ? writes
                    : Changed(
                        writes,
                        w => w.RowKey.StartsWith('f'),
                        (w, body) => Batch().Replace(body, string.Create(CultureInfo.InvariantCulture, $"\"batch\":\"{w.RowKey}\""))
                    )
        );

    /// <summary>What came too late is not marked.</summary>
    public static IRowStore LateUnmarked(IRowStore rows) =>
        new TamperedRows(
            rows,
            (table, writes) =>
                table is not (StorageKeys.Claims or StorageKeys.Entitlements)
                    ? writes
                    : Changed(writes, _ => true, (_, body) => body.Replace("\"late\":true", "\"late\":false", StringComparison.Ordinal))
        );

    /// <summary>What came too late stands at the end of its round instead of at its edge.</summary>
    public static IRowStore LateLast(IRowStore rows) =>
        new TamperedRows(rows, reading: (table, all) => table != StorageKeys.Claims ? all : all.OrderBy(IsLate));

    private static List<RowWrite> Changed(
        IReadOnlyList<RowWrite> writes,
        Func<RowWrite, bool> which,
        Func<RowWrite, string, string> change
    ) =>
        [
            .. writes.Select(w =>
                w is RowWrite.Add add && which(w) && add.Columns.TryGetValue("body", out var body)
                    ? add with
                    {
                        Columns = new RowColumns { ["body"] = change(w, (string)body) },
                    }
                    : w
            ),
        ];

    private static bool IsLate(StoredRow row) =>
        row.Columns.TryGetValue("body", out var body) && ((string)body).Contains("\"late\":true", StringComparison.Ordinal);

    [GeneratedRegex("\"batch\":\"[^\"]*\"")]
    private static partial Regex Batch();
}
