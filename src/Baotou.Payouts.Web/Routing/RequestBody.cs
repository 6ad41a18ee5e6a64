using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Baotou.Payouts.Web.Routing;

/// <summary>Reads a body: one JSON object of bounded size and depth, each name once.</summary>
internal static class RequestBody
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>Reads it, or says what is wrong with it. Never more than <paramref name="most"/> bytes are held.</summary>
    public static async Task<(JsonElement? Body, Answer? Refusal)> ReadAsync(
        HttpRequest request,
        int most,
        CancellationToken cancellationToken
    )
    {
        if (request.ContentLength > most)
            return (null, new Answer.Refused(Problem.TooLarge));
        var type = request.ContentType?.Split(';')[0].Trim();
        if (!string.Equals(type, "application/json", StringComparison.OrdinalIgnoreCase))
            return (null, Answer.Bad("Send a JSON object, with Content-Type: application/json."));
        var bytes = new byte[most + 1];
        var length = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > most)
            return (null, new Answer.Refused(Problem.TooLarge));
        try
        {
            using var document = JsonDocument.Parse(bytes.AsMemory(0, length), Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (document.RootElement.Clone(), null)
                : (null, Answer.Bad("The body must be a JSON object."));
        }
        catch (JsonException e)
        {
            return (null, Answer.Bad($"The body is no JSON (line {e.LineNumber + 1})."));
        }
    }
}
