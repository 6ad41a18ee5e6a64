using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Baotou.Payouts.Application.Telemetry;
using Baotou.Payouts.Domain.Hashing;

namespace Baotou.Payouts.Application.Work;

/// <summary>Asks for the walk of a source that follows its last complete one.</summary>
/// <param name="Source">The dataset.</param>
/// <param name="Walk">The number of the walk; an older message names one that is over and does nothing.</param>
public sealed record PullMessage([property: JsonRequired] string Source, [property: JsonRequired] long Walk);

/// <summary>Asks for the matching of a bucket for a round.</summary>
public sealed record MatchMessage([property: JsonRequired] int Round, [property: JsonRequired] int Bucket);

/// <summary>Asks for the next steps of a pool-year's fold.</summary>
public sealed record AllocateMessage([property: JsonRequired] string Pool, [property: JsonRequired] int FiscalYear);

/// <summary>Asks for the payout rows of a pool-year's entries.</summary>
public sealed record ProjectMessage([property: JsonRequired] string Pool, [property: JsonRequired] int FiscalYear);

/// <summary>
/// Messages as texts. Behind a message's own fields may stand <c>traceparent</c>, the trace it was sent in; it decides nothing. A reader
/// passes over fields it does not know, so that the releases before and after read each other's messages.
/// </summary>
public static partial class WorkMessages
{
    private static readonly JsonSerializerOptions Lenient = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The text of a message, with the trace it is sent in if there is one.</summary>
    public static string Write<T>(T message)
    {
        var text = CanonicalJson.Write(message);
        return Tracing.Current is { } trace ? $"{text[..^1]},\"traceparent\":\"{trace}\"}}" : text;
    }

    /// <summary>The trace a message was sent in; null if it names none, or is no message at all.</summary>
    public static string? TraceOf(string body) => TraceField().Match(body) is { Success: true } field ? field.Groups[1].Value : null;

    /// <summary>A message as it would be without its trace: what two sendings of the same message have in common.</summary>
    public static string WithoutTrace(string body) => TraceField().Replace(body, "}");

    /// <summary>
    /// Reads a message. Throws <see cref="InvalidDataException"/> saying what is wrong; such a message ends in the poison queue and is
    /// parked visibly.
    /// </summary>
    public static T Read<T>(string queue, string body)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, Lenient) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"A message in queue '{queue}' is no {typeof(T).Name}: {e.Message}", e);
        }
    }

    // Where Write puts it: behind everything else.
    [GeneratedRegex(",\"traceparent\":\"([0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2})\"\\}$")]
    private static partial Regex TraceField();
}
