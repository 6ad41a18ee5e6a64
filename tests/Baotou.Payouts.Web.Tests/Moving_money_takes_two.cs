using System.Globalization;
using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Web.Access;

namespace Baotou.Payouts.Web.Tests;

[Collection(nameof(City))]
public sealed class Moving_money_takes_two(City city)
{
    private string Pool => city.Payouts[0].Pool.Pool;

    [Fact]
    public async Task An_appropriation_is_done_once_a_second_person_agrees()
    {
        var before = await AppropriationsAsync();
        var asked = await AskAsync("appropriate", """ "amountFen":1200,"document":"包财预〔2023〕9号" """, "key-appropriation-1");
        var repeated = await AskAsync("appropriate", """ "amountFen":1200,"document":"包财预〔2023〕9号" """, "key-appropriation-1");
        var other = await AskAsync("appropriate", """ "amountFen":1300,"document":"包财预〔2023〕9号" """, "key-appropriation-1");

        Assert.Equal((201, "pending"), (asked.Status, asked.Json.GetProperty("state").GetString()));
        Assert.Equal(asked.Body, repeated.Body);
        Assert.Equal((422, "idempotency-key-reused"), (other.Status, other.Code));
        Assert.Equal(before, await AppropriationsAsync());

        var id = asked.Json.GetProperty("id").GetString()!;
        var agreed = await DecideAsync(id, "agree");
        var again = await DecideAsync(id, "agree");
        var against = await DecideAsync(id, "refuse");

        Assert.Equal((200, "done"), (agreed.Status, agreed.Json.GetProperty("state").GetString()));
        Assert.Equal(agreed.Body, again.Body);
        Assert.Equal(409, against.Status);
        Assert.Equal([.. before, 1200], await AppropriationsAsync());
        Assert.Equal(
            ("staff:officer-1", "staff:approver-1"),
            (await city.Engine.Get<IActLog>().ListAsync(CancellationToken.None))
                .Where(a => a.Id.EndsWith(id, StringComparison.Ordinal))
                .Select(a => (a.RequestedBy, a.ApprovedBy))
                .Single()
        );
    }

    [Fact]
    public async Task Whoever_asked_cannot_agree_even_with_both_roles()
    {
        var both = Tokens.Staff.Sign(
            city.Clock.GetUtcNow(),
            new Dictionary<string, object> { ["sub"] = "wang", ["role"] = new[] { "officer", "approver" } }
        );
        var asked = await city.PostAsync(
            "/api/approvals",
            both,
            Body("appropriate", """ "amountFen":5,"document":"d" """),
            "key-of-wang-01"
        );
        var before = await AppropriationsAsync();

        var decided = await city.PostAsync(
            $"/api/approvals/{asked.Json.GetProperty("id").GetString()}/decision",
            both,
            """{"decision":"agree"}"""
        );

        Assert.Equal((403, "forbidden"), (decided.Status, decided.Code));
        Assert.Equal(before, await AppropriationsAsync());
    }

    [Fact]
    public async Task A_refused_one_moves_nothing()
    {
        var before = await AppropriationsAsync();
        var asked = await AskAsync("appropriate", """ "amountFen":7,"document":"d" """, "key-refused-0001");

        var refused = await DecideAsync(asked.Json.GetProperty("id").GetString()!, "refuse");

        Assert.Equal("refused", refused.Json.GetProperty("state").GetString());
        Assert.Equal(before, await AppropriationsAsync());
    }

    [Fact]
    public async Task Deciding_at_once_takes_effect_once()
    {
        var before = await AppropriationsAsync();
        var asked = await AskAsync("appropriate", """ "amountFen":11,"document":"d" """, "key-at-once-0001");
        var id = asked.Json.GetProperty("id").GetString()!;

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => DecideAsync(id, "agree")));

        Assert.Equal([.. before, 11], await AppropriationsAsync());
    }

    [Fact]
    public async Task A_payouts_money_is_released()
    {
        var payout = city.Payouts.Last(p => p.State == PayoutState.Held && p != city.Payouts[0]);
        var asked = await city.PostAsync(
            "/api/approvals",
            city.Token(Role.Officer),
            $$"""{"kind":"release","payoutId":"{{payout.Id}}","why":"no account"}""",
            "key-release-0001"
        );

        var agreed = await DecideAsync(asked.Json.GetProperty("id").GetString()!, "agree");
        var shown = await city.GetAsync($"/api/payouts/{payout.Id}", city.Token(Role.Officer));
        var repeated = await city.PostAsync(
            "/api/approvals",
            city.Token(Role.Officer),
            $$"""{"kind":"release","payoutId":"{{payout.Id}}","why":"again"}""",
            "key-release-0002"
        );

        Assert.Equal("done", agreed.Json.GetProperty("state").GetString());
        Assert.Equal("released", shown.Json.GetProperty("state").GetString());
        Assert.Equal(409, repeated.Status);
    }

    [Theory]
    [InlineData("""{"kind":"appropriate","pool":"POOL","fiscalYear":2023,"amountFen":0,"document":"d","why":"w"}""", 400)]
    [InlineData("""{"kind":"appropriate","pool":"POOL","fiscalYear":2023,"amountFen":1.5,"document":"d","why":"w"}""", 400)]
    [InlineData("""{"kind":"appropriate","pool":"POOL","fiscalYear":2023,"amountFen":"5","document":"d","why":"w"}""", 400)]
    [InlineData("""{"kind":"appropriate","pool":"POOL","fiscalYear":2023,"amountFen":5,"document":"d"}""", 400)]
    [InlineData("""{"kind":"appropriate","pool":"POOL","fiscalYear":2023,"amountFen":5,"document":"d","why":"w","policy":"x"}""", 400)]
    [InlineData("""{"kind":"appropriate","pool":"POOL","fiscalYear":2024,"amountFen":5,"document":"d","why":"w"}""", 409)]
    [InlineData("""{"kind":"appropriate","pool":"nowhere","fiscalYear":2023,"amountFen":5,"document":"d","why":"w"}""", 409)]
    [InlineData("""{"kind":"open-pool","pool":"POOL","fiscalYear":2023,"seed":"s","why":"w"}""", 409)]
    [InlineData("""{"kind":"make-automatic","policy":"nothing","why":"w"}""", 409)]
    [InlineData("""{"kind":"still-in-force","policy":"17-art3-1","through":"2023-02-30","why":"w"}""", 400)]
    [InlineData("""{"kind":"release","payoutId":"000-aaaaaaaaaaaaaaaaaaaaaaaaaa","why":"w"}""", 409)]
    [InlineData("""{"kind":"conquer","why":"w"}""", 400)]
    public async Task What_makes_no_sense_is_told_before_anybody_decides(string body, int status) =>
        Assert.Equal(
            status,
            (
                await city.PostAsync(
                    "/api/approvals",
                    city.Token(Role.Officer),
                    body.Replace("POOL", Pool, StringComparison.Ordinal),
                    "key-senseless-01"
                )
            ).Status
        );

    [Fact]
    public async Task Bad_records_are_listed_with_their_reasons_and_those_of_tax_without_their_text()
    {
        var seen = 0;
        foreach (var source in city.Catalogue.Facts.Kinds.Select(k => k.Agency).Distinct())
        {
            var records = (await city.GetAsync($"/api/quarantine/{source}", city.Token(Role.Auditor)))
                .Json.GetProperty("records")
                .EnumerateArray()
                .ToList();
            Assert.All(records, r => Assert.Equal(source != "tax", r.TryGetProperty("text", out _)));
            seen += records.Count;
        }

        Assert.True(seen > 0);
        Assert.Equal(
            0,
            (await city.PostAsync("/api/quarantine/science/replay", city.Token(Role.Officer))).Json.GetProperty("replayed").GetInt32()
        );
    }

    private Task<Reply> AskAsync(string kind, string parts, string key) =>
        city.PostAsync("/api/approvals", city.Token(Role.Officer), Body(kind, parts), key);

    private string Body(string kind, string parts) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"kind":"{{kind}}","pool":"{{Pool}}","fiscalYear":2023,{{parts}},"why":"a test"}"""
        );

    private Task<Reply> DecideAsync(string id, string decision) =>
        city.PostAsync($"/api/approvals/{id}/decision", city.Token(Role.Approver), $$"""{"decision":"{{decision}}"}""");

    /// <summary>The appropriations that approvals made, in fen, in the order of the pool's log.</summary>
    private async Task<List<long>> AppropriationsAsync() =>
        [
            .. (await city.Engine.Get<IPoolLog>().InputsAsync(new PoolYear(Pool, 2023), 0, CancellationToken.None))
                .Select(i => i.Input)
                .OfType<PoolInput.Appropriate>()
                .Select(a => a.Amount.Value),
        ];
}
