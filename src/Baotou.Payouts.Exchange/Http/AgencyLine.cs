using System.Text.Json;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace Baotou.Payouts.Exchange.Http;

/// <summary>
/// The line to one agency: asks for a path and gives the <c>data</c> of a good answer, or throws <see cref="AgencyException"/>.
/// </summary>
internal sealed class AgencyLine(AgencyOptions agency, IHttpClientFactory clients)
{
    /// <summary>The options of the agency.</summary>
    public AgencyOptions Agency => agency;

    /// <summary>Name of the agency's client at the factory.</summary>
    public static string ClientName(AgencyOptions agency) => "agency:" + agency.Source;

    /// <summary>The size to ask for: as wanted, within what the agency serves.</summary>
    public int SizeWithin(int wanted)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wanted, 1_000);
        return Math.Min(wanted, agency.MaxPageSize);
    }

    /// <summary>Asks. The caller disposes the document; <paramref name="query"/> is relative to the base address.</summary>
    public async Task<JsonDocument> AskAsync(string query, CancellationToken cancellationToken)
    {
        try
        {
            using var client = clients.CreateClient(ClientName(agency));
            using var response = await client
                .GetAsync(new Uri(query, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                throw new AgencyException(
                    agency.Source,
                    AgencyTrouble.Unreachable,
                    $"the agency kept answering with HTTP {(int)response.StatusCode}"
                );
            return JsonDocument.Parse(
                ((AnswerContent)response.Content).Bytes,
                new JsonDocumentOptions { MaxDepth = AnswerContent.MaxDepth }
            );
        }
        catch (Exception trouble)
            when (trouble is HttpRequestException or TimeoutRejectedException or BrokenCircuitException or RateLimiterRejectedException)
        {
            throw new AgencyException(agency.Source, AgencyTrouble.Unreachable, trouble.Message, trouble);
        }
    }

    /// <summary>A member of <c>data</c>; throws if it is not of the agreed type.</summary>
    public JsonElement Member(JsonElement data, string name, JsonValueKind expected) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var member) && member.ValueKind == expected
            ? member
            : throw Misshapen($"data.{name} is not a {expected}");

    /// <summary>The <c>data</c> of an answer.</summary>
    public JsonElement Data(JsonDocument answer) => Member(answer.RootElement, "data", JsonValueKind.Object);

    /// <summary>The <c>asOf</c> of an answer, UTC; null if it is absent or null.</summary>
    public DateTimeOffset? AsOf(JsonElement data)
    {
        if (!data.TryGetProperty("asOf", out var asOf) || asOf.ValueKind == JsonValueKind.Null)
            return null;
        return asOf.ValueKind == JsonValueKind.String && asOf.TryGetDateTimeOffset(out var moment)
            ? moment.ToUniversalTime()
            : throw Misshapen("data.asOf is not a moment");
    }

    /// <summary>What to throw when the answer is not as agreed.</summary>
    public AgencyException Misshapen(string what) => new(agency.Source, AgencyTrouble.Misshapen, what);
}
