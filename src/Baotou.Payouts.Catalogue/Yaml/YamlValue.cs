using System.Text.Json;

namespace Baotou.Payouts.Catalogues.Yaml;

/// <summary>A parsed value with the line it starts on. Comments, quoting, order of keys and anchors are gone.</summary>
internal abstract record YamlValue(int Line)
{
    /// <summary>A text as written; numbers and flags are read by whoever knows what is expected.</summary>
    internal sealed record Scalar(int Line, string Text) : YamlValue(Line);

    /// <summary>A list.</summary>
    internal sealed record Sequence(int Line, IReadOnlyList<YamlValue> Items) : YamlValue(Line);

    /// <summary>A mapping; keys are unique.</summary>
    internal sealed record Mapping(int Line, IReadOnlyDictionary<string, YamlValue> Entries) : YamlValue(Line);

    /// <summary>Writes the content with sorted keys: two files that say the same write the same.</summary>
    internal void WriteCanonical(Utf8JsonWriter json)
    {
        switch (this)
        {
            case Scalar scalar:
                json.WriteStringValue(scalar.Text.Trim());
                break;
            case Sequence sequence:
                json.WriteStartArray();
                foreach (var item in sequence.Items)
                    item.WriteCanonical(json);
                json.WriteEndArray();
                break;
            case Mapping mapping:
                json.WriteStartObject();
                foreach (var (key, value) in mapping.Entries.OrderBy(e => e.Key, StringComparer.Ordinal))
                {
                    json.WritePropertyName(key);
                    value.WriteCanonical(json);
                }

                json.WriteEndObject();
                break;
        }
    }
}
