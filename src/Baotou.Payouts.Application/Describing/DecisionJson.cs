using System.Globalization;
using System.Text.Json;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Application.Describing;

/// <summary>
/// Decisions as every answer to a machine shows them, on the command line and over HTTP. Money is whole fen, days are yyyy-MM-dd;
/// <c>supersededBy</c> stands only where it is meant, <c>holds</c> is null where a fact is missing.
/// </summary>
public static class DecisionJson
{
    /// <summary>Writes the properties <c>catalogueVersion</c>, <c>asOf</c> and <c>decisions</c> into the object that is open.</summary>
    /// <param name="json">A writer inside an object.</param>
    /// <param name="catalogue">The list that was applied.</param>
    /// <param name="asOf">The legal day, included.</param>
    /// <param name="decisions">In the order to be shown.</param>
    public static void WriteProperties(Utf8JsonWriter json, Catalogue catalogue, DateOnly asOf, IEnumerable<Decision> decisions)
    {
        json.WriteString("catalogueVersion", catalogue.Version.Hex);
        json.WriteString("asOf", Day(asOf));
        json.WriteStartArray("decisions");
        foreach (var decision in decisions)
            Write(json, catalogue, decision);
        json.WriteEndArray();
    }

    /// <summary>Writes one decision as an object; <c>ask</c> stands only where <see cref="WhomToAsk"/> has something to say.</summary>
    /// <param name="json">A writer where a value may stand.</param>
    /// <param name="catalogue">The list that was applied.</param>
    /// <param name="decision">The decision.</param>
    public static void Write(Utf8JsonWriter json, Catalogue catalogue, Decision decision)
    {
        json.WriteStartObject();
        json.WriteString("policy", decision.Policy);
        var entry = EntryOf(catalogue, decision);
        if (entry is not null)
        {
            json.WriteString("titleZh", entry.Title.Zh);
            json.WriteString("titleEn", entry.Title.En);
            json.WriteString("document", entry.Source.Document);
            json.WriteString("item", entry.Source.Item);
        }

        json.WriteString("entryHash", decision.EntryHash.Hex);
        json.WriteString("outcome", WireWords.Of(decision.Outcome));
        json.WriteNumber("amountFen", decision.Amount.Value);
        json.WriteString("occasion", decision.Occasion);
        json.WriteStartObject("shares");
        json.WriteNumber("cityFen", decision.Shares.City.Value);
        json.WriteNumber("countyFen", decision.Shares.County.Value);
        json.WriteEndObject();
        if (decision.SupersededBy is { } other)
            json.WriteString("supersededBy", other);
        json.WriteString("reasonZh", decision.Reason.Zh);
        json.WriteString("reasonEn", decision.Reason.En);
        WriteReasons(json, decision.Steps, decision.Arithmetic);
        if (entry is not null)
            WhomToAsk.Of(catalogue, entry, decision)?.Write(json, catalogue);
        json.WriteEndObject();
    }

    /// <summary>Writes the properties <c>steps</c>, <c>arithmetic</c> and <c>arithmeticEn</c> into the object that is open.</summary>
    public static void WriteReasons(Utf8JsonWriter json, IReadOnlyList<Step> steps, Bilingual arithmetic)
    {
        json.WriteStartArray("steps");
        foreach (var step in steps)
            Write(json, step);
        json.WriteEndArray();
        json.WriteString("arithmetic", arithmetic.Zh);
        json.WriteString("arithmeticEn", arithmetic.En);
    }

    /// <summary>The version of the entry that was applied; null if this list does not hold it (a decision of another list).</summary>
    public static Policy? EntryOf(Catalogue catalogue, Decision decision) =>
        catalogue.Policies.FirstOrDefault(p => p.Hash == decision.EntryHash);

    private static void Write(Utf8JsonWriter json, Step step)
    {
        json.WriteStartObject();
        json.WriteString("condition", step.Condition.Zh);
        json.WriteString("conditionEn", step.Condition.En);
        json.WriteString("value", step.Value);
        json.WriteString("valueEn", step.ValueEn);
        json.WriteString("threshold", step.Threshold.Zh);
        json.WriteString("thresholdEn", step.Threshold.En);
        if (step.Holds is { } holds)
            json.WriteBoolean("holds", holds);
        else
            json.WriteNull("holds");
        json.WriteString("source", step.Source);
        json.WriteString("recordId", step.RecordId);
        if (step.EffectiveOn is { } day)
            json.WriteString("effectiveOn", Day(day));
        json.WriteEndObject();
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
