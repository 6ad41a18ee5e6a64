using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Baotou.Payouts.Web.Tests;

/// <summary>What the router answered.</summary>
internal sealed record Reply(int Status, string Body, IHeaderDictionary Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>A file as it was sent.</summary>
    public byte[] Bytes { get; private init; } = [];

    /// <summary>The code of a refusal.</summary>
    public string Code => Json.GetProperty("code").GetString()!;

    /// <summary>Status and body without the request's own id: what two refusals must share to tell nothing.</summary>
    public string Told => $"{Status} {Body}";

    public static async Task<Reply> OfAsync(
        PayoutsRouter router,
        string method,
        string path,
        string? token = null,
        string? body = null,
        string? key = null,
        Action<HttpContext>? also = null
    )
    {
        var context = new DefaultHttpContext { TraceIdentifier = "request-1" };
        context.Request.Method = method;
        var query = path.IndexOf('?', StringComparison.Ordinal);
        context.Request.Path = new PathString(Uri.UnescapeDataString(query < 0 ? path : path[..query]));
        if (query >= 0)
            context.Request.QueryString = new QueryString(path[query..]);
        if (token is not null)
            context.Request.Headers.Authorization = "Bearer " + token;
        if (key is not null)
            context.Request.Headers["Idempotency-Key"] = key;
        if (body is not null)
        {
            context.Request.ContentType = "application/json";
            context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        }

        var sent = new MemoryStream();
        context.Response.Body = sent;
        also?.Invoke(context);
        await router.HandleAsync(context);
        return new Reply(context.Response.StatusCode, Encoding.UTF8.GetString(sent.ToArray()), context.Response.Headers)
        {
            Bytes = sent.ToArray(),
        };
    }
}
