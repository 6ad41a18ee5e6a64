using System.Text.Json.Nodes;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.Routing;
using NJsonSchema;

namespace Baotou.Payouts.Web.Tests;

/// <summary>The OpenAPI document is made of the route table; the approved copy beside this file shows every change of it.</summary>
[Collection(nameof(City))]
public sealed class The_document_of_the_routes(City city)
{
    private const string Approved = "openapi.approved.json";

    [Fact]
    public async Task Is_the_approved_one()
    {
        var served = (await city.GetAsync("/api/openapi.json")).Body;
        var received = Path.Combine(AppContext.BaseDirectory, "openapi.received.json");
        await File.WriteAllTextAsync(received, served);

        var approved = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, Approved));

        Assert.True(served == approved, $"The API changed. If it is meant, copy {received} over {Approved} beside the test.");
    }

    [Fact]
    public void Has_a_line_for_every_route_and_none_that_a_get_could_change_by_a_body() =>
        Assert.All(
            city.Engine.Get<RouteTable>().Routes,
            r => Assert.True(r.Method == "GET" ? r.Body is null && !r.TakesKey : r.Method == "POST" && r.Body is not null, r.Id)
        );

    [Fact]
    public async Task Describes_what_is_answered()
    {
        var document = JsonNode.Parse((await city.GetAsync("/api/openapi.json")).Body)!;
        var payout = city.Payouts[0];
        var token = city.Token(Role.Enterprise, payout.Claim.Uscc.Value);
        var run = (await city.PostAsync("/api/runs", city.Token(Role.Officer), """{"dryRun":true}""", "key-document-01"))
            .Json.GetProperty("id")
            .GetString();
        var pass = (await city.PostAsync("/api/runs", city.Token(Role.Officer), """{"dryRun":false}""", "key-document-02"))
            .Json.GetProperty("id")
            .GetString();
        var asked = new (string Path, string Pattern, string? Token)[]
        {
            ($"/api/runs/{run}", "/api/runs/{runId}", city.Token(Role.Officer)),
            ($"/api/runs/{pass}", "/api/runs/{runId}", city.Token(Role.Auditor)),
            ($"/api/runs/{run}/difference", "/api/runs/{runId}/difference", city.Token(Role.Approver)),
            ("/", "/", null),
            ("/healthz", "/healthz", null),
            ($"/api/payouts/{payout.Id}", "/api/payouts/{payoutId}", token),
            ($"/api/payouts/{payout.Id}/confirmation", "/api/payouts/{payoutId}/confirmation", token),
            ("/api/payouts?state=ready", "/api/payouts", city.Token(Role.Officer)),
            ($"/api/payouts/{payout.Id}/objections", "/api/payouts/{payoutId}/objections", token),
            ("/api/payouts/overdue", "/api/payouts/overdue", city.Token(Role.Bureau, "science")),
            ("/api/public/notices", "/api/public/notices", null),
            ("/api/approvals", "/api/approvals", city.Token(Role.Approver)),
            ("/api/quarantine/science", "/api/quarantine/{source}", city.Token(Role.Officer)),
            ("/api/quarantine", "/api/quarantine", city.Token(Role.Auditor)),
            ("/api/quarantine/" + await QuarantinedAsync(), "/api/quarantine/{source}/{record}", city.Token(Role.Officer)),
            ("/api/parked?state=all", "/api/parked", city.Token(Role.Officer)),
            ("/api/sources", "/api/sources", city.Token(Role.Officer)),
            ("/api/sources/market/withdrawals", "/api/sources/{source}/withdrawals", city.Token(Role.Officer)),
            ("/api/audit?day=2026-03-02", "/api/audit", city.Token(Role.Auditor)),
            ("/api/runs", "/api/runs", city.Token(Role.Auditor)),
            ($"/api/payouts/{payout.Id}/receipt", "/api/payouts/{payoutId}/receipt", token),
            (
                $"/api/pools/{payout.Pool.Pool}/{payout.Pool.FiscalYear}/history",
                "/api/pools/{poolId}/{fiscalYear}/history",
                city.Token(Role.Auditor)
            ),
            (
                $"/api/pools/{payout.Pool.Pool}/{payout.Pool.FiscalYear}/forecast",
                "/api/pools/{poolId}/{fiscalYear}/forecast",
                city.Token(Role.Officer)
            ),
            (
                $"/api/pools/{payout.Pool.Pool}/{payout.Pool.FiscalYear}/verification",
                "/api/pools/{poolId}/{fiscalYear}/verification",
                city.Token(Role.Auditor)
            ),
            ("/api/catalogue/overlaps", "/api/catalogue/overlaps", city.Token(Role.Auditor)),
            ("/api/stops", "/api/stops", city.Token(Role.Approver)),
            ("/api/pools", "/api/pools", city.Token(Role.Auditor)),
            ($"/api/pools/{payout.Pool.Pool}/{payout.Pool.FiscalYear}", "/api/pools/{poolId}/{fiscalYear}", city.Token(Role.Officer)),
        }.Concat(
            city.Enterprises.SelectMany(e =>
                new (string, string, string?)[]
                {
                    ($"/api/enterprises/{e}/payouts", "/api/enterprises/{uscc}/payouts", city.Token(Role.Officer)),
                    ($"/api/enterprises/{e}/decisions", "/api/enterprises/{uscc}/decisions", city.Token(Role.Enterprise, e)),
                }
            )
        );
        var schemas = new Dictionary<string, JsonSchema>(StringComparer.Ordinal);
        foreach (var (path, pattern, who) in asked)
        {
            var reply = await city.GetAsync(path, who);
            Assert.Equal(200, reply.Status);
            if (!schemas.TryGetValue(pattern, out var schema))
                schemas[pattern] = schema = await SchemaOfAsync(
                    document,
                    document["paths"]![pattern]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!
                );
            Assert.True(schema.Validate(reply.Body) is { Count: 0 }, $"{path}: {string.Join("; ", schema.Validate(reply.Body).Take(3))}");
        }
    }

    [Fact]
    public async Task Is_found_from_the_address_alone()
    {
        var service = await city.GetAsync("/");
        Assert.Equal((200, "/api/openapi.json"), (service.Status, service.Json.GetProperty("openapi").GetString()));
        foreach (var link in service.Json.EnumerateObject().Select(p => p.Value.GetString()!).Where(v => v.StartsWith('/')))
            Assert.Equal(200, (await city.GetAsync(link)).Status);
    }

    [Fact]
    public async Task Describes_refusals_too()
    {
        var document = JsonNode.Parse((await city.GetAsync("/api/openapi.json")).Body)!;
        var schema = await SchemaOfAsync(document, document["components"]!["schemas"]!["Problem"]!);

        Assert.Empty(schema.Validate((await city.GetAsync("/api/pools")).Body));
        Assert.Empty(schema.Validate((await city.GetAsync("/nothing")).Body));
    }

    /// <summary>Source and id of a record that could not become a fact.</summary>
    private async Task<string> QuarantinedAsync()
    {
        var source = city
            .Catalogue.Facts.Kinds.Select(k => k.Agency)
            .First(s => city.Engine.Get<IQuarantine>().ReadAsync(s, "", default).ToBlockingEnumerable().Any());
        await foreach (var kept in city.Engine.Get<IQuarantine>().ReadAsync(source, "", default))
            return $"{source}/{kept.Subject.Id}";
        throw new InvalidOperationException("No source has one.");
    }

    /// <summary>A schema on its own, with the shapes it refers to.</summary>
    private static Task<JsonSchema> SchemaOfAsync(JsonNode document, JsonNode schema)
    {
        var alone = schema.DeepClone().AsObject();
        if (alone.Remove("$ref", out var reference))
            alone["allOf"] = new JsonArray(new JsonObject { ["$ref"] = reference!.GetValue<string>() });
        alone["definitions"] = document["components"]!["schemas"]!.DeepClone();
        return JsonSchema.FromJsonAsync(alone.ToJsonString().Replace("#/components/schemas/", "#/definitions/", StringComparison.Ordinal));
    }
}
