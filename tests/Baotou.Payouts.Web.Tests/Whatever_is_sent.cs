using System.Text.Json;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.Routing;
using CsCheck;

namespace Baotou.Payouts.Web.Tests;

/// <summary>
/// Every route of the served document with values that its schema allows and with values that it does not: an answer always, and never 500.
/// </summary>
[Collection(nameof(City))]
public sealed class Whatever_is_sent(City city)
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String,
        Among(
            "",
            " ",
            "..",
            "%",
            "%00",
            "\u0000",
            "null",
            "-1",
            "0",
            "9223372036854775808",
            "1e999",
            "2023",
            "科技",
            "<script>",
            "' or 1=1",
            "000-aaaaaaaaaaaaaaaaaaaaaaaaaa",
            "999-aaaaaaaaaaaaaaaaaaaaaaaaaa",
            "91159900MA0000000A",
            "science-support"
        )
    );

    private static readonly Gen<string> Value = Gen.OneOf(
        Text.Select(t => JsonSerializer.Serialize(t)),
        Gen.Long.Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Among("null", "true", "1.5", "1e400", "[]", "{}", "[[1]]", "{\"kind\":\"appropriate\"}")
    );

    [Fact]
    public async Task Has_an_answer_that_is_no_failure()
    {
        var document = (await city.GetAsync("/api/openapi.json")).Json;
        var operations = document
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Select(o => (Path: p.Name, Method: o.Name.ToUpperInvariant(), Operation: o.Value)))
            .ToArray();
        var roles = Enum.GetValues<Role>();
        Gen.Select(Gen.Int[0, operations.Length - 1], Gen.Int[0, roles.Length - 1], Text.Array[6], Value.Array[8], Gen.Int[0, 3])
            .Sample(
                (which, role, texts, values, mode) =>
                {
                    var (path, method, operation) = operations[which];
                    var token = roles[role] switch
                    {
                        Role.Enterprise => city.Token(Role.Enterprise, Payout.Claim.Uscc.Value),
                        Role.Bureau => city.Token(Role.Bureau, "science"),
                        var other => city.Token(other),
                    };
                    var reply = Send(
                        method,
                        Path(path, texts, mode),
                        token,
                        Body(document, operation, values, texts, mode),
                        mode == 3 ? texts[5] : "key-0000000001"
                    );
                    Assert.InRange(reply.Status, 200, 499);
                    Assert.DoesNotContain("   at ", reply.Body, StringComparison.Ordinal);
                },
                iter: 3_000,
                threads: 1
            );
    }

    /// <summary>One that can neither be clicked on nor held by hand, so that nothing sent changes what other tests look at.</summary>
    private Payout Payout => city.Payouts.First(p => p.State == PayoutState.Held && !PaymentHolds.GoesAway(p.Note));

    private static Gen<string> Among(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private Reply Send(string method, string path, string token, string? body, string key)
    {
        var sending = Reply.OfAsync(city.Router, method, path, token, body, new string([.. key.Where(c => c is >= ' ' and <= '~')]));
        return sending.GetAwaiter().GetResult();
    }

    /// <summary>The pattern with something in every place: what is there, what could be, what could not.</summary>
    private string Path(string pattern, string[] texts, int mode)
    {
        var at = 0;
        var parts = Route
            .Segments(pattern)
            .Select(p =>
                !p.StartsWith('{') ? p
                : mode == 0 ? Known(p[1..^1])
                : Uri.EscapeDataString(Clean(texts[at++ % texts.Length]))
            );
        return "/"
            + string.Join('/', parts)
            + (mode == 2 ? $"?asOf={Uri.EscapeDataString(Clean(texts[4]))}&state={Uri.EscapeDataString(Clean(texts[3]))}" : "");
    }

    private string Known(string name) =>
        name switch
        {
            "uscc" => Payout.Claim.Uscc.Value,
            "payoutId" => Payout.Id,
            "poolId" => Payout.Pool.Pool,
            "fiscalYear" => "2023",
            "source" => "science",
            "queue" => "pull",
            _ => "anything",
        };

    private static string? Body(JsonElement document, JsonElement operation, string[] values, string[] texts, int mode)
    {
        if (!operation.TryGetProperty("requestBody", out var body))
            return null;
        var schema = body.GetProperty("content").GetProperty("application/json").GetProperty("schema");
        if (schema.TryGetProperty("$ref", out var name))
            schema = document.GetProperty("components").GetProperty("schemas").GetProperty(name.GetString()!.Split('/')[^1]);
        if (schema.TryGetProperty("oneOf", out var kinds))
            schema = kinds[string.Concat(values).Length % kinds.GetArrayLength()];
        var parts = schema.TryGetProperty("properties", out var properties)
            ? properties.EnumerateObject().Select((p, n) => (p.Name, Value: Only(p.Value) ?? values[n % values.Length])).ToList()
            : [];
        if (mode == 1)
            parts.Add((Clean(texts[0]), values[0]));
        if (mode == 3)
            return values[0];
        return "{" + string.Join(',', parts.Select(p => $"{JsonSerializer.Serialize(p.Name)}:{p.Value}")) + "}";
    }

    /// <summary>The one word that a schema allows, so that what belongs to a kind is looked at; null if it allows others.</summary>
    private static string? Only(JsonElement schema) =>
        schema.TryGetProperty("enum", out var words) && words.GetArrayLength() == 1 ? words[0].GetRawText() : null;

    /// <summary>Half a surrogate pair is no text that could be sent.</summary>
    private static string Clean(string text) => string.Concat(text.Where(c => !char.IsSurrogate(c)));
}
