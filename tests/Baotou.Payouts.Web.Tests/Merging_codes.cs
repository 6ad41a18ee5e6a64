using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Web.Access;

namespace Baotou.Payouts.Web.Tests;

/// <summary>
/// Two persons take two codes as one enterprise's; whoever acts for the new one then sees and confirms what the old one has.
/// </summary>
[Collection(nameof(City))]
public sealed class Merging_codes(City city)
{
    private const string New = "91159900MA0000000B";

    [Fact]
    public async Task Opens_the_old_codes_payouts_to_the_new_code_and_nothing_else()
    {
        var payout = await OldAsync();
        var old = payout.Claim.Uscc.Value;
        var token = city.Token(Role.Enterprise, New);
        Assert.Equal(404, (await city.GetAsync($"/api/payouts/{payout.Id}", token)).Status);

        var asked = await AskAsync(old, New, "key-merge-0001");
        Assert.Equal(404, (await city.GetAsync($"/api/payouts/{payout.Id}", token)).Status);
        var agreed = await DecideAsync(asked);

        Assert.Equal("done", agreed.Json.GetProperty("state").GetString());
        Assert.Equal(200, (await city.GetAsync($"/api/payouts/{payout.Id}", token)).Status);
        Assert.Equal(200, (await city.GetAsync($"/api/payouts/{payout.Id}/confirmation", token)).Status);
        Assert.Contains(payout.Id, (await city.GetAsync($"/api/enterprises/{New}/payouts", token)).Body, StringComparison.Ordinal);
        Assert.Equal(404, (await city.GetAsync($"/api/enterprises/{New}/payouts", city.Token(Role.Enterprise, old))).Status);
        Assert.Equal(
            404,
            (await city.GetAsync($"/api/payouts/{city.Payouts.First(p => p.Claim.Uscc != payout.Claim.Uscc).Id}", token)).Status
        );

        Assert.Equal(409, (await AskAsync(old, "91159900MA0000000C", "key-merge-0002")).Status);
        Assert.Equal(409, (await AskAsync(New, old, "key-merge-0003")).Status);
    }

    [Theory]
    [InlineData("91159900MA0000000D", "91159900MA0000000D", 409)]
    [InlineData("nonsense", "91159900MA0000000D", 400)]
    public async Task That_makes_no_sense_is_refused(string from, string into, int status) =>
        Assert.Equal(status, (await AskAsync(from, into, "key-merge-0009")).Status);

    [Fact]
    public async Task A_source_is_closed_through_a_day_that_is_over_and_no_other()
    {
        const string source = "agriculture";
        Assert.Equal(409, (await CloseAsync("nobody", "2023-06-30", "key-close-0001")).Status);
        Assert.Equal(409, (await CloseAsync(source, "2031-06-30", "key-close-0002")).Status);
        Assert.Equal(409, (await CloseAsync(source, "2022-06-30", "key-close-0003")).Status);
    }

    /// <summary>A payout of an enterprise with no claim in line, so that other tests count their lines as before.</summary>
    private async Task<Payout> OldAsync()
    {
        foreach (var payout in city.Payouts.Reverse())
        {
            var shown = await city.GetAsync($"/api/enterprises/{payout.Claim.Uscc}/payouts", city.Token(Role.Officer));
            if (shown.Json.GetProperty("waiting").GetArrayLength() == 0 && payout.Claim.Uscc != city.Payouts[0].Claim.Uscc)
                return payout;
        }

        throw new InvalidOperationException("Everybody in the city waits for something.");
    }

    private Task<Reply> AskAsync(string from, string into, string key) =>
        city.PostAsync(
            "/api/approvals",
            city.Token(Role.Officer),
            $$"""{"kind":"merge","fromUscc":"{{from}}","intoUscc":"{{into}}","why":"notice 7 of the register"}""",
            key
        );

    private Task<Reply> CloseAsync(string source, string through, string key) =>
        city.PostAsync(
            "/api/approvals",
            city.Token(Role.Officer),
            $$"""{"kind":"close-source","source":"{{source}}","through":"{{through}}","why":"silent since spring"}""",
            key
        );

    private Task<Reply> DecideAsync(Reply asked) =>
        city.PostAsync(
            $"/api/approvals/{asked.Json.GetProperty("id").GetString()}/decision",
            city.Token(Role.Approver),
            """{"decision":"agree"}"""
        );
}
