using System.Text.Json;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Web.Access;

namespace Baotou.Payouts.Web.Tests;

[Collection(nameof(City))]
public sealed class What_an_enterprise_sees(City city)
{
    [Fact]
    public async Task Its_payouts_with_amount_and_reasons()
    {
        var payout = city.Payouts[0];
        var uscc = payout.Claim.Uscc.Value;

        var reply = await city.GetAsync($"/api/enterprises/{uscc}/payouts", city.Token(Role.Enterprise, uscc));

        Assert.Equal(200, reply.Status);
        Assert.Equal("2023-06-30", reply.Json.GetProperty("asOf").GetString());
        var shown = reply.Json.GetProperty("payouts").EnumerateArray().ToList();
        Assert.Equal(
            city.Payouts.Where(p => p.Claim.Uscc.Value == uscc).Select(p => p.Id).Order(),
            shown.Select(p => p.GetProperty("id").GetString()).Order()
        );
        var one = shown.Single(p => p.GetProperty("id").GetString() == payout.Id);
        Assert.Equal((payout.City + payout.County).Value, one.GetProperty("amountFen").GetInt64());
        Assert.NotEmpty(one.GetProperty("receipt").GetProperty("steps").EnumerateArray());
        Assert.NotEqual("", one.GetProperty("receipt").GetProperty("arithmeticEn").GetString());
    }

    [Fact]
    public async Task Every_entry_of_the_list_with_yes_no_or_missing()
    {
        var uscc = city.Payouts[0].Claim.Uscc.Value;

        var reply = await city.GetAsync($"/api/enterprises/{uscc}/decisions", city.Token(Role.Enterprise, uscc));

        var decided = reply.Json.GetProperty("decisions").EnumerateArray().ToList();
        Assert.Empty(city.Catalogue.Policies.Select(p => p.Id).Except(decided.Select(d => d.GetProperty("policy").GetString()!)));
        Assert.Contains(decided, d => d.GetProperty("outcome").GetString() == "entitled");
        Assert.All(decided, d => Assert.NotEqual("", d.GetProperty("reasonEn").GetString()));
    }

    [Fact]
    public async Task Where_a_fact_is_missing_who_would_deliver_it_and_to_whom_to_object()
    {
        var missing = new List<JsonElement>();
        foreach (var uscc in city.Enterprises.Take(10))
        {
            foreach (var decision in await DecisionsAsync(uscc, city.Token(Role.Enterprise, uscc)))
            {
                var outcome = decision.GetProperty("outcome").GetString();
                Assert.Equal(outcome is "facts-missing" or "not-entitled", decision.TryGetProperty("ask", out _));
                if (outcome == "facts-missing")
                    missing.Add(decision);
            }
        }

        Assert.NotEmpty(missing);
        foreach (var decision in missing)
        {
            var (ask, entry) = (decision.GetProperty("ask"), city.Catalogue.VersionsOf(decision.GetProperty("policy").GetString()!)[^1]);
            var agencies = ask.GetProperty("agencies").EnumerateArray().ToList();
            var how = ask.GetProperty("howZh").GetString();
            Assert.Equal(
                (entry.Bureau, city.Catalogue.BureauTitle(entry.Bureau).Zh),
                (ask.GetProperty("bureau").GetString(), ask.GetProperty("titleZh").GetString())
            );
            Assert.Contains(city.Catalogue.BureauTitle(entry.Bureau).Zh, how, StringComparison.Ordinal);
            Assert.NotEmpty(agencies);
            Assert.All(agencies, a => Assert.Contains(city.Catalogue.Facts.Kinds, k => k.Agency == a.GetProperty("source").GetString()));
            Assert.All(agencies, a => Assert.Contains(a.GetProperty("titleZh").GetString()!, how, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("?asOf=2023-02-30")]
    [InlineData("?asOf=1066-10-14")]
    [InlineData("?asof=2023-02-28")]
    public async Task A_day_that_cannot_be_is_refused(string query)
    {
        var uscc = city.Payouts[0].Claim.Uscc.Value;

        var reply = await city.GetAsync($"/api/enterprises/{uscc}/decisions{query}", city.Token(Role.Enterprise, uscc));

        Assert.Equal((400, "bad-request"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task Tax_figures_are_for_the_enterprise_and_the_responsible_bureau_only()
    {
        foreach (var uscc in city.Payouts.Select(p => p.Claim.Uscc.Value).Distinct())
        {
            var own = (await DecisionsAsync(uscc, city.Token(Role.Enterprise, uscc))).FirstOrDefault(d =>
                TaxFigures(d).Count > 0 && d.GetProperty("arithmetic").GetString() != ""
            );
            if (own.ValueKind == JsonValueKind.Undefined)
                continue;
            var policy = own.GetProperty("policy").GetString()!;

            var bureau = await DecisionsAsync(uscc, city.Token(Role.Bureau, city.Catalogue.VersionsOf(policy)[^1].Bureau));
            Assert.Contains(own.ToString(), bureau.Select(d => d.ToString()));
            foreach (var role in new[] { Role.Officer, Role.Approver, Role.Auditor })
            {
                var theirs = (await DecisionsAsync(uscc, city.Token(role))).Single(d =>
                    d.GetProperty("policy").GetString() == policy
                    && d.GetProperty("occasion").GetString() == own.GetProperty("occasion").GetString()
                );
                Assert.Equal(own.GetProperty("outcome").GetString(), theirs.GetProperty("outcome").GetString());
                Assert.Equal(own.GetProperty("amountFen").GetInt64(), theirs.GetProperty("amountFen").GetInt64());
                Assert.NotEqual(own.GetProperty("arithmetic").GetString(), theirs.GetProperty("arithmetic").GetString());
                Assert.Empty(TaxFigures(own).Intersect(TaxFigures(theirs)));
            }

            return;
        }

        Assert.Fail("The city has no decision that rests on tax figures.");
    }

    [Fact]
    public async Task The_receipt_of_a_payout_withholds_them_alike()
    {
        var account = (await city.Engine.Get<DescribePayout>().HandleAsync(city.Payouts[0].Id, CancellationToken.None))!;
        var receipt = account.Entitlement!.Receipt;
        var ofTax = account with
        {
            Entitlement = account.Entitlement with
            {
                Receipt = receipt with { Steps = [.. receipt.Steps.Select(s => s with { Source = "tax", Value = "79 万元" })] },
            },
        };
        var withholding = new Withholding(city.Catalogue);

        var officer = withholding.For(Whoever(Role.Officer), ofTax).Entitlement!.Receipt;

        Assert.All(officer.Steps, s => Assert.DoesNotContain("79", s.Value, StringComparison.Ordinal));
        Assert.NotEqual(receipt.Arithmetic, officer.Arithmetic);
        Assert.Same(ofTax, withholding.For(Whoever(Role.Enterprise), ofTax));
        Assert.Same(ofTax, withholding.For(Whoever(Role.Bureau, city.Catalogue.VersionsOf(account.Payout.Claim.Policy)[^1].Bureau), ofTax));
    }

    [Fact]
    public async Task A_payout_tells_what_it_went_through()
    {
        var payout = city.Payouts.First(p => p.Version > 0);

        var history = (
            await city.GetAsync($"/api/payouts/{payout.Id}", city.Token(Role.Enterprise, payout.Claim.Uscc.Value))
        ).Json.GetProperty("history");

        Assert.Equal("reserved", history[0].GetProperty("state").GetString());
        Assert.True(history.GetArrayLength() > payout.Version);
    }

    private async Task<List<JsonElement>> DecisionsAsync(string uscc, string token) =>
        [.. (await city.GetAsync($"/api/enterprises/{uscc}/decisions", token)).Json.GetProperty("decisions").EnumerateArray()];

    private static List<string> TaxFigures(JsonElement decision) =>
        [
            .. decision
                .GetProperty("steps")
                .EnumerateArray()
                .Where(s => s.GetProperty("source").GetString() == "tax")
                .Select(s => s.GetProperty("value").GetString()!)
                .Where(v => v != ""),
        ];

    private static Caller Whoever(Role role, string bureau = "") =>
        new("somebody", new HashSet<Role> { role }, new HashSet<Uscc>(), bureau);
}
