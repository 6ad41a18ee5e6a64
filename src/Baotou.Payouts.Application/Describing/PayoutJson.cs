using System.Text.Json;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Application.Describing;

/// <summary>Payouts as answers to a machine show them; money in whole fen, moments in UTC.</summary>
public static class PayoutJson
{
    /// <summary>Writes a payout with its reasons as an object.</summary>
    /// <param name="json">A writer where a value may stand.</param>
    /// <param name="catalogue">The list, for titles.</param>
    /// <param name="account">The payout.</param>
    /// <param name="withHistory">Whether all transitions are told too.</param>
    /// <param name="trace">The way from the facts to the payout with what was checked of it; null to leave it out.</param>
    public static void Write(
        Utf8JsonWriter json,
        Catalogue catalogue,
        PayoutAccount account,
        bool withHistory,
        IReadOnlyList<TraceLink>? trace = null
    )
    {
        json.WriteStartObject();
        WriteProperties(json, catalogue, account.Payout);
        if (account.Entitlement is { } entitlement)
        {
            json.WriteString("moment", entitlement.Moment.UtcDateTime);
            json.WriteNumber("round", entitlement.Round);
            json.WriteBoolean("late", entitlement.Claim.Late);
            json.WriteStartObject("receipt");
            DecisionJson.WriteReasons(json, entitlement.Receipt.Steps, entitlement.Receipt.Arithmetic);
            json.WriteStartArray("records");
            foreach (var record in entitlement.Receipt.Records)
                json.WriteStringValue(record);
            json.WriteEndArray();
            json.WriteString("entryHash", entitlement.Claim.EntryHash.Hex);
            json.WriteString("factsHash", entitlement.Claim.FactsHash.Hex);
            json.WriteEndObject();
        }

        if (withHistory)
        {
            json.WriteStartArray("history");
            foreach (var version in account.History)
            {
                json.WriteStartObject();
                json.WriteNumber("version", version.Version);
                json.WriteString("state", WireWords.Of(version.State));
                if (version.Note.Length > 0)
                    json.WriteString("note", version.Note);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (trace is not null)
            Write(json, trace);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<TraceLink> trace)
    {
        json.WriteStartArray("trace");
        foreach (var link in trace)
        {
            json.WriteStartObject();
            json.WriteString("step", link.Step);
            json.WriteString("says", link.Says);
            if (link.Hash is { } hash)
                json.WriteString("hash", hash.Hex);
            json.WriteBoolean("holds", link.Holds);
            if (link.Problem is { } problem)
                json.WriteString("problem", problem);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes what a payout row alone says into the object that is open.</summary>
    public static void WriteProperties(Utf8JsonWriter json, Catalogue catalogue, Payout payout)
    {
        json.WriteString("id", payout.Id);
        json.WriteString("uscc", payout.Claim.Uscc.Value);
        json.WriteString("policy", payout.Claim.Policy);
        if (catalogue.VersionsOf(payout.Claim.Policy) is [.., { } entry])
        {
            json.WriteString("titleZh", entry.Title.Zh);
            json.WriteString("titleEn", entry.Title.En);
        }

        json.WriteString("occasion", payout.Claim.Occasion);
        json.WriteNumber("number", payout.Claim.Number);
        json.WriteNumber("part", payout.Part);
        json.WriteString("pool", payout.Pool.Pool);
        json.WriteNumber("fiscalYear", payout.Pool.FiscalYear);
        json.WriteNumber("entry", payout.EntrySeq);
        json.WriteNumber("amountFen", (payout.City + payout.County).Value);
        json.WriteStartObject("shares");
        json.WriteNumber("cityFen", payout.City.Value);
        json.WriteNumber("countyFen", payout.County.Value);
        json.WriteEndObject();
        json.WriteString("state", WireWords.Of(payout.State));
        json.WriteNumber("version", payout.Version);
        if (payout.Note.Length > 0)
            json.WriteString("note", payout.Note);
        if (payout.Taking is { } taking)
            json.WriteNumber("takingFen", taking.Value);
        if (payout.Window is { } window)
            json.WriteString(payout.State == PayoutState.Ready ? "clickBy" : "noticeUntil", Day(window.Last));
        if (payout.PayBy is { } payBy)
            json.WriteString("payBy", Day(payBy));
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
