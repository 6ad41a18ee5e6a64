using System.Text.Json;
using System.Text.Json.Serialization;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.Approvals;

namespace Baotou.Payouts.Web.Tests;

/// <summary>The table of kinds has all that two persons may do, and the contract says what each of them takes.</summary>
[Collection(nameof(City))]
public sealed class What_can_be_asked_for(City city)
{
    [Fact]
    public void Is_every_proposal_under_the_word_under_which_it_is_stored() =>
        Assert.Equal(
            typeof(Proposal)
                .GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
                .Cast<JsonDerivedTypeAttribute>()
                .Select(a => (a.DerivedType.Name, (string)a.TypeDiscriminator!))
                .Order(),
            ProposalKinds.All.Select(k => (k.Of.Name, k.Word)).Order()
        );

    [Fact]
    public async Task Asks_for_each_part_that_the_contract_requires_and_for_no_other()
    {
        var document = (await city.GetAsync("/api/openapi.json")).Json;
        var kinds = document
            .GetProperty("components")
            .GetProperty("schemas")
            .GetProperty("Proposal")
            .GetProperty("oneOf")
            .EnumerateArray()
            .ToList();
        Assert.Equal(ProposalKinds.All.Count, kinds.Count);
        foreach (var kind in kinds)
        {
            var word = kind.GetProperty("properties").GetProperty("kind").GetProperty("enum")[0].GetString()!;
            var first = kind.GetProperty("required").EnumerateArray().Select(r => r.GetString()).First(r => r is not ("kind" or "why"));

            var without = await AskAsync(new() { ["kind"] = word, ["why"] = "a test" });
            var more = await AskAsync(
                new()
                {
                    ["kind"] = word,
                    ["why"] = "a test",
                    ["besides"] = 1,
                }
            );

            Assert.Equal((word, 400), (word, without.Status));
            Assert.StartsWith(
                $"{first} is missing or makes no sense: it is ",
                without.Json.GetProperty("detail").GetString(),
                StringComparison.Ordinal
            );
            Assert.Contains("knows no 'besides'", more.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    private Task<Reply> AskAsync(Dictionary<string, object> body) =>
        city.PostAsync("/api/approvals", city.Token(Role.Officer), JsonSerializer.Serialize(body), "key-of-kinds-001");
}
