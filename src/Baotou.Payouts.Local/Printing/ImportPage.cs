using System.Globalization;
using System.Text.Json;
using Baotou.Payouts.Exchange.Files;

namespace Baotou.Payouts.Local.Printing;

/// <summary>What became of an imported file.</summary>
internal static class ImportPage
{
    /// <summary>Shows it to people.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="read">What the file held.</param>
    /// <param name="conflicts">Rows that could be read and yet not be stored.</param>
    /// <param name="stored">Whether there was a store; otherwise the file was only checked.</param>
    public static void Show<T>(Screen screen, ImportReading<T>.Read read, IReadOnlyList<string> conflicts, bool stored)
    {
        screen.Line(
            $"{read.Format}: {read.Taken.Count - conflicts.Count} row(s) {(stored ? "taken" : "can be taken")}, {read.Rejected.Count + conflicts.Count} not"
        );
        foreach (var total in read.Totals)
            screen.Line(
                $"control total of {total.Column}: {total.AllRows.ToYuanText()} yuan over all rows, {total.AcceptedRows.ToYuanText()} over those that can be taken"
            );
        if (read.Rejected.Count > 0)
        {
            screen.Table(
                ["row ", "why", "as it stands"],
                read.Rejected.Select(r => (IReadOnlyList<string>)[r.Row.ToString(CultureInfo.InvariantCulture), r.Reason, r.Cells])
            );
        }

        foreach (var conflict in conflicts)
            screen.Line(conflict);
    }

    /// <summary>Writes it for machines.</summary>
    public static void Write<T>(Utf8JsonWriter json, ImportReading<T>.Read read, IReadOnlyList<string> conflicts, bool stored)
    {
        json.WriteStartObject();
        json.WriteString("format", read.Format);
        json.WriteBoolean("stored", stored);
        json.WriteNumber("taken", read.Taken.Count - conflicts.Count);
        json.WriteStartArray("rejected");
        foreach (var row in read.Rejected)
        {
            json.WriteStartObject();
            json.WriteNumber("row", row.Row);
            json.WriteString("reason", row.Reason);
            json.WriteString("cells", row.Cells);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("conflicts");
        foreach (var conflict in conflicts)
            json.WriteStringValue(conflict);
        json.WriteEndArray();
        json.WriteStartArray("totals");
        foreach (var total in read.Totals)
        {
            json.WriteStartObject();
            json.WriteString("column", total.Column);
            json.WriteNumber("allRowsFen", total.AllRows.Value);
            json.WriteNumber("acceptedRowsFen", total.AcceptedRows.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
