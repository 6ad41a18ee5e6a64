using System.Text.Json;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Web.Access;
using Microsoft.AspNetCore.Http;

namespace Baotou.Payouts.Web.Routing;

/// <summary>A request on its way through a route.</summary>
internal sealed class Call(HttpContext context, Route route, IReadOnlyDictionary<string, string> values, Caller? caller, JsonElement? body)
{
    /// <summary>Who asks; only routes for everybody are called without.</summary>
    public Caller Caller => caller ?? throw new InvalidOperationException($"Route {route.Id} is for everybody and asks who called.");

    /// <summary>The JSON object sent; empty if the route takes none.</summary>
    public JsonElement Body => body ?? JsonDocument.Parse("{}").RootElement;

    /// <summary>The request's id, for the audit log and for asking back.</summary>
    public string RequestId => context.TraceIdentifier;

    /// <summary>The <c>Idempotency-Key</c>; empty if none was sent.</summary>
    public string Key => context.Request.Headers["Idempotency-Key"].ToString();

    /// <summary>The version that <c>If-Match</c> names; null if the caller does not insist, −1 if it can be none.</summary>
    public int? Version =>
        context.Request.Headers.IfMatch.ToString() switch
        {
            "" or "*" => null,
            ['"', .. var number, '"']
                when int.TryParse(
                    number,
                    System.Globalization.NumberStyles.None,
                    System.Globalization.CultureInfo.InvariantCulture,
                    out var version
                ) => version,
            _ => -1,
        };

    /// <summary>What makes a repeat of this request known: who, under which key, asks what of what.</summary>
    public RequestMark Mark =>
        new(Caller.Subject, Key, ContentHash.OfText($"{context.Request.Method} {context.Request.Path}\n{JsonSerializer.Serialize(Body)}"));

    /// <summary>A text of the body; null if it is not there or no text.</summary>
    public string? Text(string name) =>
        Body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The answer to a body that has more in it than these names; null if it has not.</summary>
    public Answer? OnlyNames(params string[] names) =>
        Body.EnumerateObject().FirstOrDefault(p => !names.Contains(p.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } other
            ? Answer.Bad(
                $"The body knows no '{new string([.. other.Name.Take(40).Select(c => char.IsControl(c) ? '?' : c)])}'{(names.Length > 0 ? "; it knows " + string.Join(", ", names) : "")}."
            )
            : null;

    /// <summary>A part of the path.</summary>
    public string Part(string name) => values[name];

    /// <summary>A value of the query; null if it is not there. Of several the first.</summary>
    public string? Query(string name) => context.Request.Query.TryGetValue(name, out var found) && found.Count > 0 ? found[0] : null;

    /// <summary>The enterprise named in the path, if the caller may know of it; else the answer to give.</summary>
    public (Uscc? Code, Answer? Refusal) Enterprise(string name)
    {
        if (!Uscc.TryParse(Part(name), out var code, out var problem))
            return (null, Caller.Is(Role.Enterprise) ? Answer.NotFound : Answer.Bad($"{name}: {problem}"));
        return Caller.MaySee(code) ? (code, null) : (null, Answer.NotFound);
    }
}
