using System.Text.Json;
using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Web.Access;

namespace Baotou.Payouts.Web.Tests;

[Collection(nameof(City))]
public sealed class Keeping_a_receipt(City city)
{
    [Fact]
    public async Task Its_hash_covers_it_and_it_names_its_place_in_the_chain()
    {
        var payout = city.Payouts.First(p => p.Version > 0);
        var reply = await GetAsync(payout, city.Token(Role.Enterprise, payout.Claim.Uscc.Value));
        var again = await GetAsync(payout, city.Token(Role.Enterprise, payout.Claim.Uscc.Value));

        Assert.Equal(
            (200, $"attachment; filename=\"receipt-{payout.Id}.json\""),
            (reply.Status, reply.Headers.ContentDisposition.ToString())
        );
        Assert.Equal(reply.Body, again.Body);
        Assert.Equal(ContentHash.OfText(reply.Json.GetProperty("receipt").GetRawText()).Hex, reply.Json.GetProperty("sha256").GetString());
        var receipt = reply.Json.GetProperty("receipt");
        Assert.Equal(
            (payout.Id, payout.Claim.Uscc.Value, payout.ClaimHash.Hex),
            (Text(receipt, "payout"), Text(receipt, "uscc"), Text(receipt, "claimHash"))
        );
        Assert.NotEmpty(receipt.GetProperty("receipt").GetProperty("steps").EnumerateArray());
        var entry = await city.Engine.Get<IPoolLog>().EntriesAsync(payout.Pool, payout.EntrySeq - 1, CancellationToken.None).FirstAsync();
        Assert.Equal(entry.Hash.Hex, Text(receipt, "entryOfChain"));
    }

    [Fact]
    public async Task The_bureau_of_its_entry_and_the_auditor_have_it_and_nobody_else()
    {
        var payout = city.Payouts[0];
        var own = city.Catalogue.VersionsOf(payout.Claim.Policy)[^1].Bureau;
        var other = city.Catalogue.Policies.Select(p => p.Bureau).First(b => b != own);

        Assert.Equal(200, (await GetAsync(payout, city.Token(Role.Bureau, own))).Status);
        Assert.Equal(200, (await GetAsync(payout, city.Token(Role.Auditor))).Status);
        Assert.Equal(404, (await GetAsync(payout, city.Token(Role.Bureau, other))).Status);
        Assert.Equal(
            404,
            (
                await GetAsync(
                    payout,
                    city.Token(Role.Enterprise, city.Payouts.First(p => p.Claim.Uscc != payout.Claim.Uscc).Claim.Uscc.Value)
                )
            ).Status
        );
        Assert.Equal(403, (await GetAsync(payout, city.Token(Role.Officer))).Status);
    }

    [Fact]
    public async Task Where_figures_are_withheld_it_says_so()
    {
        var withheld = 0;
        foreach (var payout in city.Payouts.Take(60))
        {
            var (own, audit) = (
                await GetAsync(payout, city.Token(Role.Enterprise, payout.Claim.Uscc.Value)),
                await GetAsync(payout, city.Token(Role.Auditor))
            );
            var ofTax = own
                .Json.GetProperty("receipt")
                .GetProperty("receipt")
                .GetProperty("steps")
                .EnumerateArray()
                .Where(s => Text(s, "source") == "tax")
                .Select(s => Text(s, "value"))
                .ToList();

            Assert.False(own.Json.GetProperty("receipt").GetProperty("withheld").GetBoolean());
            Assert.Equal(ofTax.Count > 0, audit.Json.GetProperty("receipt").GetProperty("withheld").GetBoolean());
            Assert.All(
                audit
                    .Json.GetProperty("receipt")
                    .GetProperty("receipt")
                    .GetProperty("steps")
                    .EnumerateArray()
                    .Where(s => Text(s, "source") == "tax"),
                s => Assert.DoesNotContain(Text(s, "value"), ofTax)
            );
            withheld += ofTax.Count;
        }

        Assert.True(withheld > 0);
    }

    private Task<Reply> GetAsync(Payout payout, string token) => city.GetAsync($"/api/payouts/{payout.Id}/receipt", token);

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}
