using System.Text.Json;
using System.Text.Json.Serialization;
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

/// <summary>Messages as texts.</summary>
public static class WorkMessages
{
    /// <summary>The text of a message.</summary>
    public static string Write<T>(T message) => CanonicalJson.Write(message);

    /// <summary>Reads a message. Throws <see cref="InvalidDataException"/> saying what is wrong; such a message ends in the poison queue and is parked visibly.</summary>
    public static T Read<T>(string queue, string body)
    {
        try
        {
            return CanonicalJson.Read<T>(body);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"A message in queue '{queue}' is no {typeof(T).Name}: {e.Message}", e);
        }
    }
}
