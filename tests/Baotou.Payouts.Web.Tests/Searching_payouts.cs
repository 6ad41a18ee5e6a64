using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Web.Access;

namespace Baotou.Payouts.Web.Tests;

[Collection(nameof(City))]
public sealed class Searching_payouts(City city)
{
    [Fact]
    public async Task Goes_through_all_of_them_page_by_page_without_a_gap()
    {
        var seen = new List<string>();
        string? next = "";
        while (next is not null)
        {
            var page = (await city.GetAsync("/api/payouts" + (next.Length > 0 ? "?after=" + next : ""), city.Token(Role.Auditor))).Json;
            seen.AddRange(page.GetProperty("payouts").EnumerateArray().Select(p => p.GetProperty("id").GetString()!));
            next = page.TryGetProperty("next", out var after) ? after.GetString() : null;
        }

        Assert.True(seen.Count > 100);
        Assert.Equal(city.Payouts.Select(p => p.Id).Order(StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task By_state_and_entry_finds_those_alone()
    {
        var one = city.Payouts.First(p => p.State == PayoutState.Held);

        var found = (await city.GetAsync($"/api/payouts?state=held&policy={one.Claim.Policy}", city.Token(Role.Officer)))
            .Json.GetProperty("payouts")
            .EnumerateArray()
            .ToList();

        Assert.Contains(found, p => p.GetProperty("id").GetString() == one.Id);
        Assert.All(
            found,
            p => Assert.Equal(("held", one.Claim.Policy), (p.GetProperty("state").GetString(), p.GetProperty("policy").GetString()))
        );
        Assert.Equal(400, (await city.GetAsync("/api/payouts?state=lost", city.Token(Role.Officer))).Status);
        Assert.Equal(400, (await city.GetAsync("/api/payouts?after=1", city.Token(Role.Officer))).Status);
    }

    [Fact]
    public async Task As_a_bureau_finds_ones_own_entries_only()
    {
        var found = (await city.GetAsync("/api/payouts", city.Token(Role.Bureau, "science")))
            .Json.GetProperty("payouts")
            .EnumerateArray()
            .ToList();

        Assert.NotEmpty(found);
        Assert.All(found, p => Assert.Equal("science", city.Catalogue.VersionsOf(p.GetProperty("policy").GetString()!)[^1].Bureau));
    }
}
