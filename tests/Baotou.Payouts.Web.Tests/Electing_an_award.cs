using Baotou.Payouts.Application.Electing;
using Baotou.Payouts.Web.Access;

namespace Baotou.Payouts.Web.Tests;

[Collection(nameof(City))]
public sealed class Electing_an_award(City city)
{
    [Fact]
    public async Task Is_kept_once_however_often_it_is_sent()
    {
        var (uscc, policy, occasion) = await SupersededAsync();
        var token = city.Token(Role.Enterprise, uscc);
        var path = $"/api/enterprises/{uscc}/elections";
        var body = $$"""{"policy":"{{policy}}","occasion":"{{occasion}}"}""";

        var first = await city.PostAsync(path, token, body, "key-of-election-1");
        var again = await city.PostAsync(path, token, body, "key-of-election-1");
        var other = await city.PostAsync(path, token, """{"policy":"x","occasion":"y"}""", "key-of-election-1");

        Assert.Equal(201, first.Status);
        Assert.Equal(first.Body, again.Body);
        Assert.Equal((422, "idempotency-key-reused"), (other.Status, other.Code));
        Assert.Single(await city.Engine.Get<IElectionLog>().ListAsync(CancellationToken.None), e => e.Election.Uscc.Value == uscc);
        var decisions = (await city.GetAsync($"/api/enterprises/{uscc}/decisions", token)).Json.GetProperty("decisions").EnumerateArray();
        Assert.Equal(
            "entitled",
            decisions
                .Single(d => d.GetProperty("policy").GetString() == policy && d.GetProperty("occasion").GetString() == occasion)
                .GetProperty("outcome")
                .GetString()
        );
    }

    [Theory]
    [InlineData("""{"policy":"17-art3-1","occasion":"nothing"}""", 409)]
    [InlineData("""{"policy":"17-art3-1"}""", 400)]
    [InlineData("""{"policy":"","occasion":"2022"}""", 400)]
    [InlineData("""{"policy":"a","occasion":"b","amount":1}""", 400)]
    public async Task That_makes_no_sense_is_refused(string body, int status)
    {
        var uscc = city.Enterprises[^1];

        Assert.Equal(status, (await city.PostAsync($"/api/enterprises/{uscc}/elections", city.Token(Role.Enterprise, uscc), body)).Status);
    }

    [Fact]
    public async Task For_somebody_else_is_not_there()
    {
        var reply = await city.PostAsync(
            $"/api/enterprises/{city.Enterprises[0]}/elections",
            city.Token(Role.Enterprise, city.Enterprises[1]),
            """{"policy":"a","occasion":"b"}"""
        );

        Assert.Equal(404, reply.Status);
    }

    private async Task<(string Uscc, string Policy, string Occasion)> SupersededAsync()
    {
        foreach (var uscc in city.Enterprises)
        {
            var decisions = (await city.GetAsync($"/api/enterprises/{uscc}/decisions", city.Token(Role.Enterprise, uscc)))
                .Json.GetProperty("decisions")
                .EnumerateArray();
            var found = decisions.FirstOrDefault(d => d.GetProperty("outcome").GetString() == "superseded");
            if (found.ValueKind != System.Text.Json.JsonValueKind.Undefined)
                return (uscc, found.GetProperty("policy").GetString()!, found.GetProperty("occasion").GetString()!);
        }

        throw new InvalidOperationException("The city has nobody with a choice.");
    }
}
