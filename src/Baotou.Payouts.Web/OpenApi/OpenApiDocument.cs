using System.Text.Json.Nodes;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.OpenApi;

/// <summary>The OpenAPI 3.1 document, made of the route table alone.</summary>
internal static class OpenApiDocument
{
    /// <summary>Makes it.</summary>
    public static JsonObject Of(IReadOnlyList<Route> routes)
    {
        var paths = new JsonObject();
        foreach (var path in routes.GroupBy(r => r.Pattern))
        {
            var item = new JsonObject();
            foreach (var route in path)
                item[route.Method.ToLowerInvariant()] = Operation(route);
            paths[path.Key] = item;
        }

        var schemas = new JsonObject();
        foreach (var (name, schema) in Shapes.All)
            schemas[name] = schema;
        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = ServiceRoutes.Name,
                ["version"] = "1",
                ["description"] =
                    "Subsidies that need no application (免申即享). Money is whole fen, days are legal days in UTC+8, moments are UTC.",
            },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas,
                ["responses"] = new JsonObject
                {
                    ["Problem"] = Answer("A refusal; its code is stable.", "application/problem+json", Schema.Ref("Problem")),
                },
                ["securitySchemes"] = new JsonObject
                {
                    ["token"] = new JsonObject
                    {
                        ["type"] = "http",
                        ["scheme"] = "bearer",
                        ["bearerFormat"] = "JWT",
                    },
                },
            },
        };
    }

    private static JsonObject Operation(Route route)
    {
        var operation = new JsonObject
        {
            ["operationId"] = route.Id,
            ["summary"] = route.Summary,
            ["security"] = route.IsPublic ? new JsonArray() : [new JsonObject { ["token"] = new JsonArray() }],
        };
        if (!route.IsPublic)
            operation["x-roles"] = new JsonArray([.. route.Roles.Select(r => (JsonNode)RoleWords.Of(r))]);
        var parameters = new JsonArray([.. Parameters(route)]);
        if (parameters.Count > 0)
            operation["parameters"] = parameters;
        if (route.Body is { } body)
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content("application/json", Copy(body)) };
        operation["responses"] = new JsonObject
        {
            [route.Success.ToString(System.Globalization.CultureInfo.InvariantCulture)] = Answer(
                "Done.",
                route.ShowsType,
                Copy(route.Shows)
            ),
            ["default"] = new JsonObject { ["$ref"] = "#/components/responses/Problem" },
        };
        return operation;
    }

    private static IEnumerable<JsonNode> Parameters(Route route)
    {
        foreach (var name in route.Names)
            yield return Parameter(name, "path", true, "", PartSchema(name));
        foreach (var query in route.Query)
            yield return Parameter(query.Name, "query", false, query.Description, Copy(query.Schema));
        if (route.TakesKey)
            yield return Parameter(
                "Idempotency-Key",
                "header",
                true,
                "A repeat with the same key does nothing new.",
                Schema.Text("^.{8,128}$")
            );
        if (route.TakesVersion)
            yield return Parameter(
                "If-Match",
                "header",
                false,
                "The ETag of what was looked at; if it changed since, nothing is done.",
                Schema.Text("^\"[0-9]+\"$")
            );
    }

    private static JsonObject Parameter(string name, string place, bool required, string description, JsonObject schema)
    {
        var parameter = new JsonObject
        {
            ["name"] = name,
            ["in"] = place,
            ["required"] = required,
            ["schema"] = schema,
        };
        if (description.Length > 0)
            parameter["description"] = description;
        return parameter;
    }

    private static JsonObject PartSchema(string name) =>
        name switch
        {
            "uscc" => Schema.Text(Schema.CodePattern),
            "payoutId" => Schema.Text(Schema.PayoutIdPattern),
            "runId" => Schema.Text(Runs.RunShapes.IdPattern),
            "record" => Schema.Text("^[0-9a-f]{32}$"),
            "queue" => Schema.OneOf([.. Application.Work.QueueNames.All]),
            "message" => Schema.Text("^[0-9a-f]{64}$"),
            "number" => Schema.Number(1),
            "fiscalYear" => Schema.Number(2000, 2100),
            _ => Schema.Text(),
        };

    private static JsonObject Answer(string description, string type, JsonObject schema) =>
        new() { ["description"] = description, ["content"] = Content(type, schema) };

    private static JsonObject Content(string type, JsonObject schema) => new() { [type] = new JsonObject { ["schema"] = schema } };

    /// <summary>A node of JSON has one place: what a route holds is copied into the document.</summary>
    private static JsonObject Copy(JsonObject schema) => schema.DeepClone().AsObject();
}
