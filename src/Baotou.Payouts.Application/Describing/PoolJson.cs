using System.Text.Json;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Describing;

/// <summary>Pools as answers to a machine show them; money in whole fen.</summary>
public static class PoolJson
{
    /// <summary>Writes the properties of a pool-year into the object that is open.</summary>
    /// <param name="json">A writer inside an object.</param>
    /// <param name="catalogue">The list, for titles.</param>
    /// <param name="standing">The pool-year.</param>
    public static void WriteProperties(Utf8JsonWriter json, Catalogue catalogue, PoolStanding standing)
    {
        var head = standing.Head;
        json.WriteString("id", standing.Pool.Pool);
        json.WriteNumber("fiscalYear", standing.Pool.FiscalYear);
        if (catalogue.Pools.FirstOrDefault(p => p.Id == standing.Pool.Pool) is { } definition)
        {
            json.WriteString("titleZh", definition.Title.Zh);
            json.WriteString("titleEn", definition.Title.En);
            json.WriteString("bureau", definition.Bureau);
        }

        json.WriteNumber("appropriatedFen", head.Appropriated.Value);
        json.WriteNumber("carriedInFen", head.CarriedIn.Value);
        json.WriteNumber("cutFen", head.Cut.Value);
        json.WriteNumber("carriedOutFen", head.CarriedOut.Value);
        json.WriteNumber("reservedFen", head.Reserved.Value);
        json.WriteNumber("paidFen", head.Paid.Value);
        json.WriteNumber("freeFen", head.Free.Value);
        json.WriteNumber("payouts", standing.Payouts);
        json.WriteNumber("waiting", standing.Waiting);
        json.WriteBoolean("closed", head.Closed);
        json.WriteNumber("entries", head.Seq);
        json.WriteString("chainHead", head.Hash.Hex);
    }

    /// <summary>Writes one link of a chain as an object, with who is behind it and whether its hashes fit.</summary>
    public static void Write(Utf8JsonWriter json, TracedEntry traced)
    {
        json.WriteStartObject();
        WriteEntry(json, traced.Entry);
        if (traced.Act is { } act)
        {
            json.WriteString("requestedBy", act.RequestedBy);
            json.WriteString("approvedBy", act.ApprovedBy);
            json.WriteString("moment", act.Moment.UtcDateTime);
        }

        if (traced.Approval is { } approval)
        {
            json.WriteString("approval", approval.Id);
            json.WriteString("why", approval.Why);
        }

        json.WriteBoolean("holds", traced.Problem is null);
        if (traced.Problem is { } problem)
            json.WriteString("problem", problem);
        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, PoolEntry entry)
    {
        json.WriteNumber("seq", entry.Seq);
        json.WriteString("kind", WireWords.Of(entry.Kind));
        json.WriteNumber("amountFen", entry.Amount.Value);
        if (entry.Input > 0)
            json.WriteString("act", entry.InputId);
        if (entry.Claim is { } claim)
        {
            json.WriteString("policy", claim.Policy);
            json.WriteString("occasion", claim.Occasion);
            json.WriteString("uscc", claim.Uscc.Value);
            json.WriteNumber("number", claim.Number);
            json.WriteNumber("part", entry.Part);
            json.WriteNumber("round", entry.Round);
            json.WriteNumber("place", entry.Place);
            json.WriteNumber("countyFen", entry.County.Value);
        }

        if (entry.Note.Length > 0)
            json.WriteString("note", entry.Note);
        json.WriteNumber("freeFen", entry.Free.Value);
        json.WriteNumber("reservedFen", entry.Reserved.Value);
        json.WriteNumber("paidFen", entry.Paid.Value);
        json.WriteString("previous", entry.Previous.Hex);
        json.WriteString("hash", entry.Hash.Hex);
    }
}
