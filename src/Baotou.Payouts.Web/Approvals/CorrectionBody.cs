using System.Text.Json;
using System.Text.Json.Nodes;
using Baotou.Payouts.Application.Approving;

namespace Baotou.Payouts.Web.Approvals;

/// <summary>A correction as it is sent: what is left out stays as it was delivered.</summary>
internal static class CorrectionBody
{
    private const int Most = 200;
    private const int MostValues = 60;

    private static readonly string[] Texts = ["uscc", "recordKind", "period", "effectiveOn", "recordId", "batch"];

    /// <summary>What may be sent.</summary>
    public static JsonObject Schema() =>
        OpenApi.Schema.Object([
            .. Texts.Select(t => (t + "?", OpenApi.Schema.Text(most: Most))),
            ("values?", OpenApi.Schema.Map(OpenApi.Schema.Text(most: Most))),
        ]);

    /// <summary>Reads it; null if it makes no sense or corrects nothing.</summary>
    public static Correction? Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            return null;
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        SortedDictionary<string, string>? values = null;
        foreach (var part in body.EnumerateObject())
        {
            if (part.Name == "values" && part.Value.ValueKind == JsonValueKind.Object && part.Value.GetPropertyCount() <= MostValues)
            {
                values = new SortedDictionary<string, string>(StringComparer.Ordinal);
                foreach (var value in part.Value.EnumerateObject())
                {
                    if (value.Name.Length > Most || Text(value.Value) is not { } text)
                        return null;
                    values[value.Name] = text;
                }
            }
            else if (Texts.Contains(part.Name) && Text(part.Value) is { } text)
                texts[part.Name] = text;
            else
                return null;
        }

        string? Of(string name) => texts.GetValueOrDefault(name);
        return texts.Count == 0 && values is null
            ? null
            : new Correction(Of("uscc"), Of("recordKind"), Of("period"), Of("effectiveOn"), Of("recordId"), Of("batch"), values);
    }

    /// <summary>Writes it back as it was sent, as <c>correction</c>.</summary>
    public static void Write(Utf8JsonWriter json, Correction correction)
    {
        json.WriteStartObject("correction");
        string?[] texts =
        [
            correction.Uscc,
            correction.Kind,
            correction.Period,
            correction.EffectiveOn,
            correction.RecordId,
            correction.Batch,
        ];
        foreach (var (name, text) in Texts.Zip(texts))
        {
            if (text is not null)
                json.WriteString(name, text);
        }

        if (correction.Values is { } values)
        {
            json.WriteStartObject("values");
            foreach (var (name, value) in values)
                json.WriteString(name, value);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static string? Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= Most } text && !text.Any(char.IsControl) ? text : null;
}
