using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Facts;

namespace Baotou.Payouts.Exchange.Walking;

/// <summary>
/// The JSON shape of a record: <c>{uscc, kind, period, effectiveOn, recordedAt, recordId, batch, withdrawn, values: {…}}</c>. Parts may be
/// texts or numbers, whose digits are taken as they stand; null is a missing part. What is not such an object is an
/// <see cref="UnreadableRecord"/> and harms no neighbour.
/// </summary>
internal static class RecordJson
{
    private const int MaxText = 2_000;

    /// <summary>Reads all records of a page.</summary>
    /// <param name="records">The array.</param>
    /// <param name="source">The dataset.</param>
    /// <param name="page">Where the page stood, for people.</param>
    public static (List<DeliveredRecord> Records, List<UnreadableRecord> Unreadable) Read(JsonElement records, string source, string page)
    {
        List<DeliveredRecord> read = [];
        List<UnreadableRecord> unreadable = [];
        var number = 0;
        foreach (var element in records.EnumerateArray())
        {
            number++;
            try
            {
                read.Add(ReadOne(element, source));
            }
            catch (FormatException problem)
            {
                unreadable.Add(new UnreadableRecord($"record {number} of {page}", Raw(element), problem.Message));
            }
        }

        return (read, unreadable);
    }

    /// <summary>A part that is a text or a number; null if absent. Throws <see cref="FormatException"/> for anything else.</summary>
    public static string? Part(JsonElement record, string name) => record.TryGetProperty(name, out var part) ? Scalar(part, name) : null;

    /// <summary>A yes or no; absent is <paramref name="absent"/>.</summary>
    public static bool Flag(JsonElement record, string name, bool absent) =>
        Part(record, name) switch
        {
            null => absent,
            "true" => true,
            "false" => false,
            var other => throw new FormatException($"{name} expects true or false, got '{Shorten(other)}'"),
        };

    /// <summary>The text of an element, at most 2,000 characters; bytes that are no UTF-8 show as �.</summary>
    public static string Raw(JsonElement element)
    {
        var bytes = JsonMarshal.GetRawUtf8Value(element);
        return Shorten(Encoding.UTF8.GetString(bytes.Length <= 4 * MaxText ? bytes : bytes[..(4 * MaxText)]));
    }

    private static string Shorten(string text) => text.Length <= MaxText ? text : text[..MaxText];

    /// <summary>Checks once that all of the record is text, so that nothing below trips over half a character.</summary>
    private static void MustBeText(JsonElement record)
    {
        if (!Utf8.IsValid(JsonMarshal.GetRawUtf8Value(record)))
            throw new FormatException("the record holds bytes that are no UTF-8");
    }

    private static DeliveredRecord ReadOne(JsonElement record, string source)
    {
        MustBeText(record);
        if (record.ValueKind != JsonValueKind.Object)
            throw new FormatException($"a record is an object, this is a {record.ValueKind}");
        return new DeliveredRecord(
            Part(record, "uscc"),
            Part(record, "kind"),
            Part(record, "period"),
            Part(record, "effectiveOn"),
            Part(record, "recordedAt"),
            Part(record, "recordId"),
            source,
            Part(record, "batch"),
            Flag(record, "withdrawn", absent: false),
            Values(record)
        );
    }

    private static Dictionary<string, string> Values(JsonElement record)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!record.TryGetProperty("values", out var element) || element.ValueKind == JsonValueKind.Null)
            return values;
        if (element.ValueKind != JsonValueKind.Object)
            throw new FormatException($"values is an object, this is a {element.ValueKind}");
        foreach (var property in element.EnumerateObject())
        {
            if (Scalar(property.Value, property.Name) is not { } text)
                continue;
            if (!values.TryAdd(property.Name, text))
                throw new FormatException($"field '{property.Name}' stands twice");
        }

        return values;
    }

    private static string? Scalar(JsonElement value, string name) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => Text(value, name),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => throw new FormatException($"'{name}' expects a text, a number or a flag, got a {value.ValueKind}"),
        };

    /// <summary>A text with half a surrogate pair is no text; storage would not take it.</summary>
    private static string Text(JsonElement value, string name)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new FormatException($"'{name}' holds characters that are no text");
        }
    }
}
