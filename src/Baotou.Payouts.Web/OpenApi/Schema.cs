using System.Text.Json.Nodes;

namespace Baotou.Payouts.Web.OpenApi;

/// <summary>JSON Schema (2020-12, as OpenAPI 3.1 has it), in as many words as the routes need.</summary>
internal static class Schema
{
    public const string CodePattern = "^[0-9A-HJ-NPQRTUWXY]{18}$";
    public const string PayoutIdPattern = "^[0-9]{3}-[a-z2-7]{26}$";

    public static JsonObject Text(string? pattern = null, int most = 0)
    {
        var schema = new JsonObject { ["type"] = "string" };
        if (pattern is not null)
            schema["pattern"] = pattern;
        if (most > 0)
            schema["maxLength"] = most;
        return schema;
    }

    public static JsonObject OneOf(params string[] words) =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. words.Select(w => (JsonNode)w)]) };

    public static JsonObject Binary() => new() { ["type"] = "string", ["format"] = "binary" };

    public static JsonObject Day() => new() { ["type"] = "string", ["format"] = "date" };

    public static JsonObject Moment() => new() { ["type"] = "string", ["format"] = "date-time" };

    public static JsonObject Flag() => new() { ["type"] = "boolean" };

    public static JsonObject Number(long? least = null, long? most = null)
    {
        var schema = new JsonObject { ["type"] = "integer", ["format"] = "int64" };
        if (least is not null)
            schema["minimum"] = least;
        if (most is not null)
            schema["maximum"] = most;
        return schema;
    }

    public static JsonObject Nullable(JsonObject schema)
    {
        schema["type"] = new JsonArray(schema["type"]!.GetValue<string>(), "null");
        return schema;
    }

    public static JsonObject List(JsonObject of) => new() { ["type"] = "array", ["items"] = of };

    /// <summary>An object whose names are not known beforehand.</summary>
    public static JsonObject Map(JsonObject of) => new() { ["type"] = "object", ["additionalProperties"] = of };

    public static JsonObject Ref(string name) => new() { ["$ref"] = "#/components/schemas/" + name };

    /// <summary>An object; names that end in "?" may be left out, and there is nothing else in it.</summary>
    public static JsonObject Object(params (string Name, JsonObject Schema)[] properties)
    {
        var named = new JsonObject();
        foreach (var (name, schema) in properties)
            named[name.TrimEnd('?')] = schema;
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = named,
            ["required"] = new JsonArray([.. properties.Where(p => !p.Name.EndsWith('?')).Select(p => (JsonNode)p.Name)]),
            ["additionalProperties"] = false,
        };
    }
}
