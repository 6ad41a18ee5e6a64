using System.Text.Json;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Web.Access;

namespace Baotou.Payouts.Web.Tests;

/// <summary>
/// One person holds, two let go. Each test takes payouts from the end of those that wait for a click, where no other looks.
/// </summary>
[Collection(nameof(City))]
public sealed class Holding_a_payout(City city)
{
    [Fact]
    public async Task One_officer_holds_it_with_a_reason_and_no_sweep_and_no_click_takes_it_on()
    {
        var payout = Waiting(1);
        var held = await HoldAsync(payout, city.Token(Role.Officer), "the figures are in doubt", "key-of-hold-0001");
        var repeated = await HoldAsync(payout, city.Token(Role.Officer), "the figures are in doubt", "key-of-hold-0001");
        var reused = await HoldAsync(payout, city.Token(Role.Officer), "another reason", "key-of-hold-0001");

        Assert.Equal(
            (200, "held", "by-hand: the figures are in doubt"),
            (held.Status, held.Json.GetProperty("state").GetString(), held.Json.GetProperty("note").GetString())
        );
        Assert.Equal(held.Body, repeated.Body);
        Assert.Equal((422, "idempotency-key-reused"), (reused.Status, reused.Code));

        await SweepAsync(payout);
        var stored = await ReadAsync(payout);
        Assert.Equal(
            (PayoutState.Held, "staff:officer-1", "key-of-hold-0001"),
            (stored.State, stored.Request!.Subject, stored.Request.Key)
        );
        var clicked = await city.PostAsync(
            $"/api/payouts/{payout.Id}/confirmation",
            city.Token(Role.Enterprise, payout.Claim.Uscc.Value),
            "{}",
            "key-of-click-held"
        );
        Assert.Equal((409, "conflict"), (clicked.Status, clicked.Code));
        Assert.Contains("the figures are in doubt", clicked.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_persons_let_it_go_on_and_its_enterprise_is_asked_again()
    {
        var payout = Waiting(2);
        var version = (await HoldAsync(payout, city.Token(Role.Officer), "a doubt", "key-of-hold-0002"))
            .Json.GetProperty("version")
            .GetInt32();
        var both = Tokens.Staff.Sign(
            city.Clock.GetUtcNow(),
            new Dictionary<string, object> { ["sub"] = "wang", ["role"] = new[] { "officer", "approver" } }
        );
        var asked = await city.PostAsync("/api/approvals", both, Resume(payout.Id, version), "key-of-resume-02");
        var decision = $"/api/approvals/{asked.Json.GetProperty("id").GetString()}/decision";

        Assert.Equal(
            (201, "resume", version),
            (asked.Status, asked.Json.GetProperty("kind").GetString(), asked.Json.GetProperty("version").GetInt32())
        );
        Assert.Equal(403, (await city.PostAsync(decision, both, """{"decision":"agree"}""")).Status);
        Assert.Equal(PayoutState.Held, (await ReadAsync(payout)).State);

        Assert.Equal(
            "done",
            (await city.PostAsync(decision, city.Token(Role.Approver), """{"decision":"agree"}""")).Json.GetProperty("state").GetString()
        );
        await SweepAsync(payout);
        Assert.Equal(PayoutState.Ready, (await ReadAsync(payout)).State);
        var clicked = await city.PostAsync(
            $"/api/payouts/{payout.Id}/confirmation",
            city.Token(Role.Enterprise, payout.Claim.Uscc.Value),
            "{}",
            "key-of-click-again"
        );
        Assert.Equal("confirmed", clicked.Json.GetProperty("state").GetString());
    }

    [Fact]
    public async Task What_was_asked_for_before_a_later_hold_does_not_end_it()
    {
        var payout = Waiting(3);
        var first = (await HoldAsync(payout, city.Token(Role.Officer), "a doubt", "key-of-hold-0003"))
            .Json.GetProperty("version")
            .GetInt32();
        var early = await AskAsync(payout.Id, first, "key-of-resume-03");
        var late = await AskAsync(payout.Id, first, "key-of-resume-04");
        await AgreeAsync(early);
        var second = await HoldAsync(payout, city.Token(Role.Officer), "another doubt", "key-of-hold-0004");

        var agreed = await AgreeAsync(late);

        Assert.Equal(
            ("refused", "that hold is over"),
            (agreed.Json.GetProperty("state").GetString(), agreed.Json.GetProperty("note").GetString())
        );
        var stands = await ReadAsync(payout);
        Assert.Equal((PayoutState.Held, second.Json.GetProperty("version").GetInt32()), (stands.State, stands.Version));
        Assert.Equal(409, (await AskAsync(payout.Id, first, "key-of-resume-05")).Status);
    }

    [Fact]
    public async Task A_hold_takes_the_place_of_one_that_would_go_away_by_itself()
    {
        var payout = await HeldForAWhileAsync();
        var held = await HoldAsync(payout, city.Token(Role.Officer), "a doubt", "key-of-hold-0006");
        await SweepAsync(payout);

        var stands = await ReadAsync(payout);
        Assert.Equal(("by-hand: a doubt", held.Json.GetProperty("version").GetInt32()), (stands.Note, stands.Version));

        await AgreeAsync(await AskAsync(payout.Id, stands.Version, "key-of-resume-06"));
        await SweepAsync(payout);
        stands = await ReadAsync(payout);
        Assert.Equal((PayoutState.Held, payout.Note), (stands.State, stands.Note));
    }

    [Fact]
    public async Task A_bureau_holds_what_is_its_own_and_knows_of_nothing_else()
    {
        var payout = Waiting(4);
        var own = city.Catalogue.VersionsOf(payout.Claim.Policy)[^1].Bureau;
        var other = city.Token(Role.Bureau, city.Catalogue.Policies.Select(p => p.Bureau).First(b => b != own));

        var foreign = await HoldAsync(payout, other, "a doubt", "key-of-hold-0007");
        var missing = await city.PostAsync(
            "/api/payouts/001-aaaaaaaaaaaaaaaaaaaaaaaaaa/hold",
            other,
            """{"reason":"a doubt"}""",
            "key-of-hold-0007"
        );
        Assert.Equal((404, foreign.Told), (foreign.Status, missing.Told));
        Assert.Equal(PayoutState.Ready, (await ReadAsync(payout)).State);

        Assert.Equal(200, (await HoldAsync(payout, city.Token(Role.Bureau, own), "a doubt", "key-of-hold-0008")).Status);
        var second = await HoldAsync(payout, city.Token(Role.Officer), "a second doubt", "key-of-hold-0009");
        Assert.Equal(409, second.Status);
        Assert.Contains("'resume'", second.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"reason":" "}""")]
    [InlineData("""{"reason":7}""")]
    [InlineData("""{"reason":"a\nb"}""")]
    [InlineData("""{"reason":"r","until":"2023-07-01"}""")]
    public async Task Without_a_reason_that_can_be_read_nothing_is_held(string body)
    {
        var payout = Waiting(5);

        Assert.Equal(
            400,
            (await city.PostAsync($"/api/payouts/{payout.Id}/hold", city.Token(Role.Officer), body, "key-of-hold-0010")).Status
        );
        Assert.Equal(PayoutState.Ready, (await ReadAsync(payout)).State);
    }

    [Fact]
    public async Task What_no_person_holds_cannot_be_asked_to_go_on()
    {
        var payout = Waiting(5);

        Assert.Equal(409, (await AskAsync(payout.Id, payout.Version, "key-of-resume-07")).Status);
        Assert.Equal(409, (await AskAsync("000-aaaaaaaaaaaaaaaaaaaaaaaaaa", 1, "key-of-resume-08")).Status);
        Assert.Equal(400, (await AskAsync(payout.Id, 0, "key-of-resume-09")).Status);
    }

    private static string Resume(string payout, int version) =>
        JsonSerializer.Serialize(
            new
            {
                kind = "resume",
                payoutId = payout,
                version,
                why = "the doubt is settled",
            }
        );

    private Payout Waiting(int fromTheEnd) => city.Payouts.Where(p => p.State == PayoutState.Ready).Reverse().ElementAt(fromTheEnd);

    private Task<Reply> HoldAsync(Payout payout, string token, string reason, string key) =>
        city.PostAsync($"/api/payouts/{payout.Id}/hold", token, JsonSerializer.Serialize(new { reason }), key);

    private Task<Reply> AskAsync(string payout, int version, string key) =>
        city.PostAsync("/api/approvals", city.Token(Role.Officer), Resume(payout, version), key);

    private Task<Reply> AgreeAsync(Reply asked) =>
        city.PostAsync(
            $"/api/approvals/{asked.Json.GetProperty("id").GetString()}/decision",
            city.Token(Role.Approver),
            """{"decision":"agree"}"""
        );

    private async Task<Payout> ReadAsync(Payout payout) =>
        (await city.Engine.Get<IPayoutStore>().ReadAsync(payout.Id, CancellationToken.None))!.Payout;

    /// <summary>One that is still held: a rerun of another test may have released some.</summary>
    private async Task<Payout> HeldForAWhileAsync()
    {
        foreach (var payout in city.Payouts.Where(p => p.State == PayoutState.Held && PaymentHolds.GoesAway(p.Note)))
        {
            if (await ReadAsync(payout) == payout)
                return payout;
        }

        throw new InvalidOperationException("The city has no such payout left.");
    }

    private async Task SweepAsync(Payout payout)
    {
        var bucket = PayoutId.BucketOf(payout.Id)!.Value;
        var all = await city.Engine.Get<IPayoutStore>().ReadBucketAsync(bucket, CancellationToken.None).ToListAsync();
        await city
            .Engine.Get<ReadyPayouts>()
            .HandleAsync(bucket, all, await city.Engine.Get<ClaimLimits>().ReadAsync(CancellationToken.None), CancellationToken.None);
    }
}
