using System.Text.Json;
using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Web.Access;

namespace Baotou.Payouts.Web.Tests;

/// <summary>
/// Two persons take what still waits of a claim out of its line. Each test takes one from the end of the codes, where no other looks.
/// </summary>
[Collection(nameof(City))]
public sealed class Withdrawing_a_claim(City city)
{
    private static readonly string[] Named = ["policy", "occasion", "uscc", "number", "grantedFen"];

    [Fact]
    public async Task It_leaves_the_line_its_enterprise_reads_why_and_a_rerun_does_not_bring_it_back()
    {
        var claim = await WaitingAsync(0);
        var (uscc, pool) = (claim["uscc"].GetString()!, new PoolYear(claim["pool"].GetString()!, claim["fiscalYear"].GetInt32()));
        var asked = await AskAsync(claim, "key-withdraw-0001");
        var repeated = await AskAsync(claim, "key-withdraw-0001");
        var other = await AskAsync(claim, "key-withdraw-0001", "another why");

        Assert.Equal((201, "pending"), (asked.Status, asked.Json.GetProperty("state").GetString()));
        Assert.All(Named, n => Assert.Equal(claim[n].GetRawText(), asked.Json.GetProperty(n).GetRawText()));
        Assert.Equal(asked.Body, repeated.Body);
        Assert.Equal((422, "idempotency-key-reused"), (other.Status, other.Code));
        Assert.Equal("waiting", (await ShownAsync(claim)).GetProperty("state").GetString());

        Assert.Equal("done", (await AgreeAsync(asked)).Json.GetProperty("state").GetString());
        await city.Engine.Get<AllocatePool>().HandleAsync(pool, CancellationToken.None);

        var shown = await ShownAsync(claim);
        Assert.Equal(
            ("withdrawn", "包财预〔2023〕31号", "merged into another programme", claim["grantedFen"].GetInt64()),
            (
                shown.GetProperty("state").GetString(),
                shown.GetProperty("document").GetString(),
                shown.GetProperty("why").GetString(),
                shown.GetProperty("grantedFen").GetInt64()
            )
        );
        var limited = (await city.GetAsync($"/api/pools/{pool.Pool}/{pool.FiscalYear}/history", city.Token(Role.Auditor)))
            .Json.GetProperty("entries")
            .EnumerateArray()
            .Single(e => e.TryGetProperty("approval", out var id) && id.GetString() == asked.Json.GetProperty("id").GetString());
        Assert.Equal(
            ("limited", uscc, "staff:officer-1", "staff:approver-1", true),
            (
                limited.GetProperty("kind").GetString(),
                limited.GetProperty("uscc").GetString(),
                limited.GetProperty("requestedBy").GetString(),
                limited.GetProperty("approvedBy").GetString(),
                limited.GetProperty("holds").GetBoolean()
            )
        );

        var again = await AskAsync(claim, "key-withdraw-0002");
        Assert.Equal((409, "it was withdrawn before."), (again.Status, again.Json.GetProperty("detail").GetString()));
        var run = (
            await city.PostAsync(
                "/api/runs",
                city.Token(Role.Officer),
                $$"""{"dryRun":true,"enterprise":"{{uscc}}"}""",
                "key-withdraw-0003"
            )
        ).Json;
        Assert.All(
            run.GetProperty("counts").EnumerateObject().Where(c => c.Name is not ("unchanged" or "undecided")),
            c => Assert.Equal((c.Name, 0), (c.Name, c.Value.GetInt32()))
        );
    }

    [Fact]
    public async Task Whoever_asks_says_what_is_reserved_and_cannot_agree()
    {
        var claim = await WaitingAsync(1);
        var both = Tokens.Staff.Sign(
            city.Clock.GetUtcNow(),
            new Dictionary<string, object> { ["sub"] = "wang", ["role"] = new[] { "officer", "approver" } }
        );

        var wrong = await city.PostAsync(
            "/api/approvals",
            city.Token(Role.Officer),
            Body(claim, granted: claim["grantedFen"].GetInt64() + 1),
            "key-withdraw-0004"
        );
        var asked = await city.PostAsync("/api/approvals", both, Body(claim), "key-withdraw-0005");
        var own = await city.PostAsync(
            $"/api/approvals/{asked.Json.GetProperty("id").GetString()}/decision",
            both,
            """{"decision":"agree"}"""
        );

        Assert.Equal(409, wrong.Status);
        Assert.Contains("look again", wrong.Body, StringComparison.Ordinal);
        Assert.Equal((201, 403), (asked.Status, own.Status));
        Assert.Equal("waiting", (await ShownAsync(claim)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task What_is_reserved_whole_is_released_instead()
    {
        var payout = city.Payouts.Last();
        var body = JsonSerializer.Serialize(
            new
            {
                kind = "withdraw",
                policy = payout.Claim.Policy,
                occasion = payout.Claim.Occasion,
                uscc = payout.Claim.Uscc.Value,
                number = 0,
                grantedFen = payout.City.Value,
                document = "d",
                why = "w",
            }
        );

        var whole = await city.PostAsync("/api/approvals", city.Token(Role.Officer), body, "key-withdraw-0006");
        var none = await city.PostAsync(
            "/api/approvals",
            city.Token(Role.Officer),
            body.Replace("\"number\":0", "\"number\":7", StringComparison.Ordinal),
            "key-withdraw-0007"
        );
        var part = await city.PostAsync(
            "/api/approvals",
            city.Token(Role.Officer),
            body.Replace("\"number\":0,", "", StringComparison.Ordinal),
            "key-withdraw-0008"
        );

        Assert.Equal((409, 409, 400), (whole.Status, none.Status, part.Status));
        Assert.Contains("'release'", whole.Body, StringComparison.Ordinal);
        Assert.Contains("there is no such claim", none.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("number is missing or makes no sense: it is 0 for the first claim", part.Body, StringComparison.Ordinal);
    }

    /// <summary>A claim that waits, as its enterprise's status shows it, from the end of the codes.</summary>
    private async Task<Dictionary<string, JsonElement>> WaitingAsync(int fromTheEnd)
    {
        foreach (var uscc in city.Enterprises.Reverse())
        {
            foreach (
                var open in (await city.GetAsync($"/api/enterprises/{uscc}/payouts", city.Token(Role.Officer)))
                    .Json.GetProperty("waiting")
                    .EnumerateArray()
            )
            {
                if (open.GetProperty("state").GetString() == "waiting" && fromTheEnd-- == 0)
                    return open.EnumerateObject().ToDictionary(p => p.Name, p => p.Value);
            }
        }

        throw new InvalidOperationException("The city has no such claim left.");
    }

    private async Task<JsonElement> ShownAsync(Dictionary<string, JsonElement> claim)
    {
        var uscc = claim["uscc"].GetString()!;
        return (await city.GetAsync($"/api/enterprises/{uscc}/payouts", city.Token(Role.Enterprise, uscc)))
            .Json.GetProperty("waiting")
            .EnumerateArray()
            .Single(w =>
                w.GetProperty("policy").GetString() == claim["policy"].GetString()
                && w.GetProperty("occasion").GetString() == claim["occasion"].GetString()
            );
    }

    private static string Body(Dictionary<string, JsonElement> claim, string why = "merged into another programme", long? granted = null)
    {
        var body = Named.ToDictionary(n => n, n => (object)claim[n]);
        if (granted is { } fen)
            body["grantedFen"] = fen;
        (body["kind"], body["document"], body["why"]) = ("withdraw", "包财预〔2023〕31号", why);
        return JsonSerializer.Serialize(body);
    }

    private Task<Reply> AskAsync(Dictionary<string, JsonElement> claim, string key, string why = "merged into another programme") =>
        city.PostAsync("/api/approvals", city.Token(Role.Officer), Body(claim, why), key);

    private Task<Reply> AgreeAsync(Reply asked) =>
        city.PostAsync(
            $"/api/approvals/{asked.Json.GetProperty("id").GetString()}/decision",
            city.Token(Role.Approver),
            """{"decision":"agree"}"""
        );
}
