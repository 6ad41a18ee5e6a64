using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Web.Access;

namespace Baotou.Payouts.Web.Tests;

/// <summary>Each test takes a payout that waits for a click and that no other test touches.</summary>
[Collection(nameof(City))]
public sealed class One_click(City city)
{
    [Fact]
    public async Task Confirms_once_however_often_it_is_sent()
    {
        var (payout, token) = Waiting(0);
        var path = $"/api/payouts/{payout.Id}/confirmation";
        var account = (await city.GetAsync(path, token)).Json.GetProperty("account").GetString()!;
        Assert.Matches("^\\*\\*\\*\\* [0-9]{4}$", account);

        var first = await city.PostAsync(path, token, $$"""{"accountLastFour":"{{account[^4..]}}"}""", "key-of-one-click");
        var again = await city.PostAsync(path, token, $$"""{"accountLastFour":"{{account[^4..]}}"}""", "key-of-one-click");
        var other = await city.PostAsync(path, token, "{}", "key-of-one-click");
        var late = await city.PostAsync(path, token, "{}", "key-of-another-click");

        Assert.Equal((200, "confirmed"), (first.Status, first.Json.GetProperty("state").GetString()));
        Assert.Equal(first.Body, again.Body);
        Assert.Equal((422, "idempotency-key-reused"), (other.Status, other.Code));
        Assert.Equal((409, "conflict"), (late.Status, late.Code));
        Assert.Equal(
            payout.Version + 1,
            (await city.Engine.Get<IPayoutStore>().ReadAsync(payout.Id, CancellationToken.None))!.Payout.Version
        );
    }

    [Fact]
    public async Task Sent_twice_at_once_takes_effect_once()
    {
        var (payout, token) = Waiting(1);
        var path = $"/api/payouts/{payout.Id}/confirmation";

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => city.PostAsync(path, token, "{}", $"key-number-{i}")));

        Assert.Single(replies, r => r.Status == 200);
        Assert.Equal(7, replies.Count(r => r.Status == 409));
    }

    [Fact]
    public async Task Declining_is_final_for_the_enterprise()
    {
        var (payout, token) = Waiting(2);

        var declined = await city.PostAsync($"/api/payouts/{payout.Id}/decline", token);
        var confirmed = await city.PostAsync($"/api/payouts/{payout.Id}/confirmation", token, "{}", "key-after-declining");

        Assert.Equal((200, "declined"), (declined.Status, declined.Json.GetProperty("state").GetString()));
        Assert.Equal(409, confirmed.Status);
    }

    [Fact]
    public async Task Of_an_account_that_was_not_shown_is_refused()
    {
        var (payout, token) = Waiting(3);

        var reply = await city.PostAsync($"/api/payouts/{payout.Id}/confirmation", token, """{"accountLastFour":"none"}""");

        Assert.Equal((409, "conflict"), (reply.Status, reply.Code));
        Assert.Equal(PayoutState.Ready, (await city.Engine.Get<IPayoutStore>().ReadAsync(payout.Id, CancellationToken.None))!.Payout.State);
    }

    [Theory]
    [InlineData("""{"accountLastFour":1234}""", "key-0000000001", 400)]
    [InlineData("""{"account":"1234"}""", "key-0000000001", 400)]
    [InlineData("{}", null, 400)]
    [InlineData("{}", "short", 400)]
    public async Task That_is_not_as_agreed_is_refused(string body, string? key, int status)
    {
        var (payout, token) = Waiting(3);

        Assert.Equal(status, (await city.PostAsync($"/api/payouts/{payout.Id}/confirmation", token, body, key)).Status);
    }

    [Fact]
    public async Task Of_somebody_else_changes_nothing()
    {
        var (payout, _) = Waiting(3);
        var stranger = city.Token(Role.Enterprise, city.Payouts.First(p => p.Claim.Uscc != payout.Claim.Uscc).Claim.Uscc.Value);

        Assert.Equal(404, (await city.PostAsync($"/api/payouts/{payout.Id}/confirmation", stranger)).Status);
        Assert.Equal(404, (await city.PostAsync($"/api/payouts/{payout.Id}/decline", stranger)).Status);
        Assert.Equal(PayoutState.Ready, (await city.Engine.Get<IPayoutStore>().ReadAsync(payout.Id, CancellationToken.None))!.Payout.State);
    }

    [Fact]
    public async Task That_the_account_is_wrong_holds_it_and_tells_the_officer_with_the_last_four_digits()
    {
        var (payout, token) = Waiting(4);
        var path = $"/api/payouts/{payout.Id}";
        var lastFour = (await city.GetAsync(path + "/confirmation", token)).Json.GetProperty("account").GetString()![^4..];
        var stranger = city.Token(Role.Enterprise, city.Payouts.First(p => p.Claim.Uscc != payout.Claim.Uscc).Claim.Uscc.Value);

        Assert.Equal(404, (await city.PostAsync(path + "/wrong-account", stranger, $$"""{"accountLastFour":"{{lastFour}}"}""")).Status);
        Assert.Equal(400, (await city.PostAsync(path + "/wrong-account", token, "{}")).Status);
        Assert.Equal(409, (await city.PostAsync(path + "/wrong-account", token, """{"accountLastFour":"none"}""")).Status);
        var said = await city.PostAsync(path + "/wrong-account", token, $$"""{"accountLastFour":"{{lastFour}}"}""", "key-of-wrong-account");
        var again = await city.PostAsync(
            path + "/wrong-account",
            token,
            $$"""{"accountLastFour":"{{lastFour}}"}""",
            "key-of-wrong-account"
        );

        Assert.Equal((200, "held"), (said.Status, said.Json.GetProperty("state").GetString()));
        Assert.Equal(said.Body, again.Body);
        var note = (await city.GetAsync(path, city.Token(Role.Officer))).Json.GetProperty("note").GetString()!;
        Assert.StartsWith("wrong-account: ", note, StringComparison.Ordinal);
        Assert.Contains($"ending in {lastFour},", note, StringComparison.Ordinal);
        Assert.DoesNotMatch("[0-9]{9}", note);
        Assert.Equal(
            "confirmed",
            (await city.PostAsync(path + "/confirmation", token, "{}", "key-of-second-thought")).Json.GetProperty("state").GetString()
        );
    }

    [Fact]
    public async Task A_claim_that_waits_tells_its_place()
    {
        var places = new List<(string Pool, long Ahead, long Fen)>();
        foreach (var uscc in city.Enterprises)
        {
            var waiting = (await city.GetAsync($"/api/enterprises/{uscc}/payouts", city.Token(Role.Enterprise, uscc))).Json.GetProperty(
                "waiting"
            );
            places.AddRange(
                waiting
                    .EnumerateArray()
                    .Where(w => w.GetProperty("state").GetString() == "waiting")
                    .Select(w =>
                        (w.GetProperty("pool").GetString()!, w.GetProperty("atMostAhead").GetInt64(), w.GetProperty("fenAhead").GetInt64())
                    )
            );
        }

        Assert.NotEmpty(places);
        var pools = (await city.GetAsync("/api/pools", city.Token(Role.Officer))).Json.GetProperty("pools").EnumerateArray().ToList();
        foreach (var pool in places.GroupBy(p => p.Pool))
        {
            var line = pool.OrderBy(p => p.Ahead).ToList();
            Assert.Equal(Enumerable.Range(0, line.Count).Select(i => (long)i), line.Select(p => p.Ahead));
            Assert.Equal(line.Select(p => p.Fen).Order(), line.Select(p => p.Fen));
            Assert.Equal(pools.Single(p => p.GetProperty("id").GetString() == pool.Key).GetProperty("waiting").GetInt64(), line.Count);
        }
    }

    private (Payout Payout, string Token) Waiting(int number)
    {
        var payout = city.Payouts.Where(p => p.State == PayoutState.Ready).ElementAt(number);
        return (payout, city.Token(Role.Enterprise, payout.Claim.Uscc.Value));
    }
}
