using System.Text.Json;
using Baotou.Payouts.Application.Rerunning;

namespace Baotou.Payouts.Application.Describing;

/// <summary>Differences as answers to a machine show them; money in whole fen.</summary>
public static class DifferenceJson
{
    /// <summary>The word for a kind of change.</summary>
    public static string Word(DifferenceKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Writes a difference as an object: counts by kind, and every line that is not unchanged.</summary>
    public static void Write(Utf8JsonWriter json, Difference difference)
    {
        json.WriteStartObject();
        json.WriteString("hash", difference.Hash.Hex);
        json.WriteStartObject("counts");
        foreach (var kind in Enum.GetValues<DifferenceKind>()) json.WriteNumber(Word(kind), difference.Count(kind));
        json.WriteEndObject();
        json.WriteStartArray("lines");
        foreach (var line in difference.Lines.Where(l => l.Kind != DifferenceKind.Unchanged))
        {
            json.WriteStartObject();
            json.WriteString("change", Word(line.Kind));
            json.WriteString("policy", line.Policy);
            json.WriteString("occasion", line.Occasion);
            json.WriteString("uscc", line.Uscc.Value);
            json.WriteNumber("beforeFen", line.Before.Value);
            json.WriteNumber("afterFen", line.After.Value);
            json.WriteString("because", line.Because);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
