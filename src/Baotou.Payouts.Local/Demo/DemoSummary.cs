using System.Globalization;
using System.Text.Json;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Local.Demo;

/// <summary>What a demo ends with.</summary>
/// <param name="Report">What the storage shows.</param>
/// <param name="Verification">Whether all of it holds.</param>
/// <param name="Examples">A few payouts with their reasons.</param>
/// <param name="Cost">What it took of the platform, without verifying and summing up.</param>
/// <param name="Took">Wall-clock time of all of it.</param>
internal sealed record DemoOutcome(
    DemoReport Report,
    Verification Verification,
    IReadOnlyList<PayoutAccount> Examples,
    RunCost Cost,
    TimeSpan Took
);

/// <summary>What a run took of the platform: what the storage and the hosting plan bill.</summary>
/// <param name="Table">Requests to tables.</param>
/// <param name="Queue">Requests to queues.</param>
/// <param name="Executions">Messages worked on, each an execution of a function.</param>
internal sealed record RunCost(long Table, long Queue, long Executions);

/// <summary>The summary of a demo for machines. <c>verify</c> is "holds" or the first difference.</summary>
internal static class DemoSummary
{
    /// <summary>Writes the summary as an object.</summary>
    public static void Write(Utf8JsonWriter json, Catalogue catalogue, DemoOutcome outcome)
    {
        var report = outcome.Report;
        json.WriteStartObject();
        json.WriteString("asOf", report.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("catalogueVersion", catalogue.Version.Hex);
        json.WriteNumber("enterprises", report.Enterprises);
        json.WriteNumber("facts", report.Facts);
        json.WriteNumber("quarantined", report.Quarantined);
        json.WriteNumber("decisions", report.Decisions);
        json.WriteNumber("entitled", report.Entitled);
        json.WriteNumber("payouts", report.Payouts.Count);
        json.WriteNumber("payoutFen", report.PayoutFen.Value);
        json.WriteNumber("waiting", report.Waiting);
        json.WriteStartArray("pools");
        foreach (var line in report.Pools)
        {
            json.WriteStartObject();
            PoolJson.WriteProperties(json, catalogue, new PoolStanding(line.Pool, line.Head, line.Payouts, line.Waiting));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("edges");
        foreach (var edge in report.Edges)
            Write(json, edge);
        json.WriteEndArray();
        json.WriteStartArray("sources");
        foreach (var source in report.Sources)
        {
            json.WriteStartObject();
            json.WriteString("source", source.Source);
            json.WriteNumber("facts", source.Facts);
            WriteCounts(json, "quarantined", source.Quarantined);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteCounts(json, "states", report.Payouts.CountBy(p => WireWords.Of(p.State)).OrderBy(c => c.Key, StringComparer.Ordinal));
        WriteCounts(json, "holds", report.Holds);
        json.WriteStartArray("examples");
        foreach (var example in outcome.Examples)
            PayoutJson.Write(json, catalogue, example, withHistory: false);
        json.WriteEndArray();
        json.WriteString("payoutsSha256", report.PayoutsSha256);
        json.WriteStartObject("storageTransactions");
        json.WriteNumber("table", outcome.Cost.Table);
        json.WriteNumber("queue", outcome.Cost.Queue);
        WriteShares(json, outcome.Cost.Table + outcome.Cost.Queue, outcome);
        json.WriteEndObject();
        json.WriteStartObject("executions");
        json.WriteNumber("messages", outcome.Cost.Executions);
        WriteShares(json, outcome.Cost.Executions, outcome);
        json.WriteEndObject();
        json.WriteNumber("claims", outcome.Verification.Claims);
        json.WriteNumber("seconds", Math.Round((decimal)outcome.Took.TotalSeconds, 3));
        json.WriteString("verify", outcome.Verification.Difference ?? "holds");
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PoolEdge edge)
    {
        json.WriteStartObject();
        json.WriteString("id", edge.Pool.Pool);
        json.WriteNumber("fiscalYear", edge.Pool.FiscalYear);
        json.WriteNumber("ranDryAtEntry", edge.RanDryAt);
        json.WriteNumber("claimsInPieces", edge.InPieces);
        json.WriteNumber("reservedAfterLastAppropriation", edge.AfterNewMoney);
        if (edge.Next is { } next)
        {
            json.WriteString("nextInLine", next.ToString());
            json.WriteNumber("nextHasFen", edge.NextHas.Value);
            json.WriteNumber("nextLacksFen", edge.NextLacks.Value);
            json.WriteNumber("drawnByLottery", edge.Lots);
        }

        json.WriteEndObject();
    }

    private static void WriteShares(Utf8JsonWriter json, long count, DemoOutcome outcome)
    {
        json.WriteNumber("perFact", Share(outcome.Report.Facts));
        json.WriteNumber("perClaim", Share(outcome.Verification.Claims));
        json.WriteNumber("perPayout", Share(outcome.Report.Payouts.Count));

        decimal Share(long of) => Math.Round(count / (decimal)Math.Max(1, of), 3);
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, int>> counts)
    {
        json.WriteStartObject(name);
        foreach (var (key, count) in counts)
            json.WriteNumber(key, count);
        json.WriteEndObject();
    }
}
