using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Baotou.Payouts.Domain.Facts;

namespace Baotou.Payouts.Local.Sandbox.World;

/// <summary>A record before it is put into words.</summary>
internal sealed record Draft
{
    public required FactKind Kind { get; init; }

    public required string Uscc { get; init; }

    public required string RecordId { get; init; }

    public required DateOnly EffectiveOn { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public string Period { get; init; } = "";

    public string Batch { get; init; } = "";

    public bool Withdrawn { get; init; }

    public required IReadOnlyDictionary<string, string> Values { get; init; }
}

/// <summary>Writes records as agencies write them: counts as numbers, flags as true and false, everything else as texts.</summary>
internal static class RecordText
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Kinds whose records carry no moment of their own, as the agency keeps none; the snapshot's as-of stands for it.</summary>
    public static bool CarriesMoment(FactKind kind) => kind.Id != "alfalfa-planting";

    public static string Of(Draft draft)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("uscc", draft.Uscc);
            json.WriteString("kind", draft.Kind.Id);
            if (draft.Period.Length > 0)
                json.WriteString("period", draft.Period);
            json.WriteString("effectiveOn", draft.EffectiveOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            if (CarriesMoment(draft.Kind))
                json.WriteString("recordedAt", Moment(draft.RecordedAt));
            json.WriteString("recordId", draft.RecordId);
            if (draft.Batch.Length > 0)
                json.WriteString("batch", draft.Batch);
            if (draft.Withdrawn)
                json.WriteBoolean("withdrawn", true);
            json.WriteStartObject("values");
            foreach (var field in draft.Kind.Fields)
                if (draft.Values.TryGetValue(field.Name, out var text))
                    WriteValue(json, field, text);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A moment as agencies write it, in UTC+8.</summary>
    public static string Moment(DateTimeOffset moment) =>
        moment.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static void WriteValue(Utf8JsonWriter json, FactField field, string text)
    {
        json.WritePropertyName(field.Name);
        if (field.Type == FieldType.Count)
            json.WriteRawValue(text);
        else if (field.Type == FieldType.Flag)
            json.WriteBooleanValue(text == "true");
        else
            json.WriteStringValue(text);
    }
}
