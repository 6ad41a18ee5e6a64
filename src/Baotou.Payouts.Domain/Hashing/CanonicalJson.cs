using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;

namespace Baotou.Payouts.Domain.Hashing;

/// <summary>
/// The one written form of what is hashed and stored: properties in the order of their declaration, absent ones left out, money as whole
/// fen, moments in UTC to the millisecond, enums by name. The same value gives the same text on every machine and build.
/// </summary>
public static class CanonicalJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters =
        {
            new JsonStringEnumConverter(allowIntegerValues: false),
            new FenConverter(),
            new UsccConverter(),
            new HashConverter(),
            new MomentConverter(),
            new FactValuesConverter(),
        },
    };

    /// <summary>The text of a value.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Reads a text that <see cref="Write"/> made. Throws <see cref="JsonException"/> for any other, naming the place.</summary>
    public static T Read<T>(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException($"A stored {typeof(T).Name} is null.");
        }
        catch (NotSupportedException thrown)
        {
            throw new JsonException($"A stored {typeof(T).Name} does not say first of which kind it is.", thrown);
        }
    }

    /// <summary>The hash of the text of a value.</summary>
    public static ContentHash Hash<T>(T value) => ContentHash.OfText(Write(value));

    private sealed class FenConverter : JsonConverter<Fen>
    {
        public override Fen Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, Fen value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
    }

    private sealed class UsccConverter : JsonConverter<Uscc>
    {
        public override Uscc Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            Uscc.TryParse(reader.GetString(), out var code, out var problem) ? code : throw new JsonException(problem);

        public override void Write(Utf8JsonWriter writer, Uscc value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }

    private sealed class HashConverter : JsonConverter<ContentHash>
    {
        public override ContentHash Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            new(
                reader.GetString() is { Length: 64 } hex && hex.All(char.IsAsciiHexDigitLower)
                    ? hex
                    : throw new JsonException("A hash has 64 digits.")
            );

        public override void Write(Utf8JsonWriter writer, ContentHash value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Hex);
    }

    private sealed class MomentConverter : JsonConverter<DateTimeOffset>
    {
        private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            DateTimeOffset.TryParseExact(
                reader.GetString(),
                Format,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var moment
            )
                ? moment
                : throw new JsonException("A moment has the form 2023-05-31T09:00:00.000Z.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
    }

    /// <summary>Values of a fact as "type:number" or "type:text", names in ordinal order.</summary>
    private sealed class FactValuesConverter : JsonConverter<ImmutableSortedDictionary<string, FactValue>>
    {
        public override ImmutableSortedDictionary<string, FactValue> Read(
            ref Utf8JsonReader reader,
            Type type,
            JsonSerializerOptions options
        )
        {
            var values = ImmutableSortedDictionary.CreateBuilder<string, FactValue>(StringComparer.Ordinal);
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new JsonException("Stored values are an object.");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                reader.Read();
                if (reader.TokenType != JsonTokenType.String || !values.TryAdd(name, ReadValue(reader.GetString()!)))
                    throw new JsonException($"Stored value '{name}' is no text or stands there twice.");
            }

            return values.ToImmutable();
        }

        public override void Write(Utf8JsonWriter writer, ImmutableSortedDictionary<string, FactValue> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (name, v) in value)
                writer.WriteString(name, $"{v.Type}:{(v.IsText ? v.Text : v.Number.ToString(CultureInfo.InvariantCulture))}");
            writer.WriteEndObject();
        }

        private static FactValue ReadValue(string text)
        {
            var colon = text.IndexOf(':');
            var rest = text[(colon + 1)..];
            if (
                colon > 0
                && Enum.TryParse<FieldType>(text[..colon], out var type)
                && Enum.IsDefined(type)
                && type.ToString() == text[..colon]
            )
            {
                if (type is FieldType.Code or FieldType.Text)
                    return new FactValue(type, 0, rest);
                if (long.TryParse(rest, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                    return new FactValue(type, number);
            }

            throw new JsonException($"A stored value has the form Type:value, got '{text}'.");
        }
    }
}
