using Baotou.Payouts.Web.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Baotou.Payouts.Web.OpenApi;

/// <summary>What a service says about itself, to everybody.</summary>
internal sealed class ServiceRoutes(IServiceProvider services) : IRoutes
{
    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
    [
        new()
        {
            Id = "health", Method = "GET", Pattern = "/healthz", IsPublic = true,
            Summary = "Whether the service answers.",
            Shows = Schema.Object(("status", Schema.OneOf("ok"))),
            Handler = (_, _) => Task.FromResult(Answer.Ok(json =>
            {
                json.WriteStartObject();
                json.WriteString("status", "ok");
                json.WriteEndObject();
            })),
        },
        new()
        {
            Id = "openapi", Method = "GET", Pattern = "/api/openapi.json", IsPublic = true,
            Summary = "This document.",
            Shows = new() { ["type"] = "object" },
            Handler = (_, _) => Task.FromResult(Answer.Ok(json => OpenApiDocument.Of(services.GetRequiredService<RouteTable>().Routes).WriteTo(json))),
        },
    ];
}
