using Baotou.Payouts.Web.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Baotou.Payouts.Web.OpenApi;

/// <summary>What a service says about itself, to everybody.</summary>
internal sealed class ServiceRoutes(IServiceProvider services) : IRoutes
{
    /// <summary>What the service is called.</summary>
    public const string Name = "Baotou payouts";

    private const string Health = "/healthz";
    private const string Document = "/api/openapi.json";
    private const string Notices = "/api/public/notices";

    private const string About =
        "Subsidies that need no application (免申即享). openapi lists every request and who may send it; all but what is linked here ask for a token. "
        + "docs/api.md of the program walks through them role by role.";

    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
        [
            new()
            {
                Id = "service",
                Method = "GET",
                Pattern = "/",
                IsPublic = true,
                Summary = "What answers here, and where to go on.",
                Shows = Schema.Object(
                    ("name", Schema.Text()),
                    ("about", Schema.Text()),
                    ("openapi", Schema.Text()),
                    ("health", Schema.Text()),
                    ("notices", Schema.Text())
                ),
                Handler = (_, _) =>
                    Task.FromResult(
                        Answer.Ok(json =>
                        {
                            json.WriteStartObject();
                            json.WriteString("name", Name);
                            json.WriteString("about", About);
                            json.WriteString("openapi", Document);
                            json.WriteString("health", Health);
                            json.WriteString("notices", Notices);
                            json.WriteEndObject();
                        })
                    ),
            },
            new()
            {
                Id = "health",
                Method = "GET",
                Pattern = Health,
                IsPublic = true,
                Summary = "Whether the service answers.",
                Shows = Schema.Object(("status", Schema.OneOf("ok"))),
                Handler = (_, _) =>
                    Task.FromResult(
                        Answer.Ok(json =>
                        {
                            json.WriteStartObject();
                            json.WriteString("status", "ok");
                            json.WriteEndObject();
                        })
                    ),
            },
            new()
            {
                Id = "openapi",
                Method = "GET",
                Pattern = Document,
                IsPublic = true,
                Summary = "This document.",
                Shows = new() { ["type"] = "object" },
                Handler = (_, _) =>
                    Task.FromResult(Answer.Ok(json => OpenApiDocument.Of(services.GetRequiredService<RouteTable>().Routes).WriteTo(json))),
            },
        ];
}
