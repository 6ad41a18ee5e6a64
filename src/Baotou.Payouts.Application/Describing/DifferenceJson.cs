using System.Text.Json;
using Baotou.Payouts.Application.Rerunning;

namespace Baotou.Payouts.Application.Describing;

/// <summary>Differences as answers to a machine show them; money in whole fen.</summary>
public static class DifferenceJson
{
    /// <summary>The word for a kind of change.</summary>
    public static string Word(DifferenceKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The word for what changed: "fact", "rule", "act" or "day".</summary>
    public static string Word(ReasonKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The word for what is done with a payout: "none", "release", "recover" or "wait".</summary>
    public static string Word(LineStep step) => step.ToString().ToLowerInvariant();

    /// <summary>
    /// Writes a difference as an object: counts by kind, and every line that is not unchanged, with what became of it if that is known.
    /// </summary>
    /// <param name="json">A writer where a value may stand.</param>
    /// <param name="difference">The difference.</param>
    /// <param name="outcomes">What became of its lines when it was applied; null if it was not.</param>
    /// <param name="after">Lines to leave out at the beginning.</param>
    /// <param name="most">Most lines to write; if more are left, <c>next</c> says where to go on.</param>
    public static void Write(
        Utf8JsonWriter json,
        Difference difference,
        IReadOnlyDictionary<int, LineOutcome>? outcomes = null,
        int after = 0,
        int most = int.MaxValue
    )
    {
        json.WriteStartObject();
        json.WriteString("hash", difference.Hash.Hex);
        json.WriteNumber("round", difference.Round);
        json.WriteNumber("undecided", difference.Undecided);
        json.WritePropertyName("counts");
        WriteCounts(json, difference);
        json.WriteStartArray("lines");
        for (var i = after; i < difference.Lines.Count && i - after < most; i++)
            WriteLine(json, difference.Lines[i], outcomes?.GetValueOrDefault(i));
        json.WriteEndArray();
        if (difference.Lines.Count - most > after)
            json.WriteNumber("next", after + most);
        json.WriteEndObject();
    }

    /// <summary>Writes how many awards are of each kind, as an object.</summary>
    public static void WriteCounts(Utf8JsonWriter json, Difference difference)
    {
        json.WriteStartObject();
        foreach (var kind in Enum.GetValues<DifferenceKind>())
            json.WriteNumber(Word(kind), difference.Count(kind));
        json.WriteEndObject();
    }

    private static void WriteLine(Utf8JsonWriter json, DifferenceLine line, LineOutcome? outcome)
    {
        json.WriteStartObject();
        json.WriteString("change", Word(line.Kind));
        json.WriteString("policy", line.Policy);
        json.WriteString("occasion", line.Occasion);
        json.WriteString("uscc", line.Uscc.Value);
        json.WriteNumber("beforeFen", line.Before.Value);
        json.WriteNumber("afterFen", line.After.Value);
        json.WriteString("because", line.Because);
        json.WriteBoolean("afterRound", line.AfterRound);
        json.WriteBoolean("needsTwoPersons", line.NeedsTwoPersons);
        json.WriteStartArray("reasons");
        foreach (var reason in line.Reasons)
        {
            json.WriteStartObject();
            json.WriteString("kind", Word(reason.Kind));
            json.WriteString("what", reason.What);
            json.WriteString("old", reason.Old);
            json.WriteString("new", reason.New);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteClaims(json, line);
        WritePayouts(json, line);
        if (outcome is not null)
            WriteOutcome(json, outcome);
        json.WriteEndObject();
    }

    private static void WriteClaims(Utf8JsonWriter json, DifferenceLine line)
    {
        json.WriteStartArray("claims");
        foreach (var claim in line.Claims)
        {
            json.WriteStartObject();
            json.WriteNumber("number", claim.Number);
            json.WriteNumber("cityFen", claim.Amount.Value);
            json.WriteNumber("standsCityFen", claim.Stands.Value);
            json.WriteNumber("dueCityFen", claim.Due.Value);
            json.WriteBoolean("isGranted", claim.IsGranted);
            json.WriteString("entryHash", claim.EntryHash.Hex);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePayouts(Utf8JsonWriter json, DifferenceLine line)
    {
        json.WriteStartArray("payouts");
        foreach (var payout in line.Payouts)
        {
            json.WriteStartObject();
            json.WriteString("id", payout.Id);
            json.WriteString("state", WireWords.Of(payout.State));
            json.WriteNumber("version", payout.Version);
            json.WriteNumber("cityFen", payout.City.Value);
            json.WriteString("step", Word(payout.Step));
            json.WriteNumber("takeBackCityFen", payout.TooMuch.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOutcome(Utf8JsonWriter json, LineOutcome outcome)
    {
        json.WriteString(
            "outcome",
            outcome.IsApplied ? "applied"
                : outcome.Steps.Any(s => s.Done) ? "partly"
                : "changed-since"
        );
        json.WriteStartArray("steps");
        foreach (var step in outcome.Steps)
        {
            json.WriteStartObject();
            json.WriteString("subject", step.Subject);
            json.WriteBoolean("done", step.Done);
            json.WriteString("what", step.What);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
