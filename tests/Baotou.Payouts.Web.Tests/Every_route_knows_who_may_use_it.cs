using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Tests;

/// <summary>The whole route table, each role on each route, on what is theirs, on what is somebody else's and on what is nowhere.</summary>
[Collection(nameof(City))]
public sealed class Every_route_knows_who_may_use_it(City city)
{
    private IReadOnlyList<Route> Routes => city.Engine.Get<RouteTable>().Routes;

    private string Mine => city.Payouts[0].Claim.Uscc.Value;

    private Payout Foreign => city.Payouts.First(p => p.Claim.Uscc.Value != Mine);

    [Fact]
    public void A_route_is_for_everybody_or_names_its_roles() =>
        Assert.All(Routes, r => Assert.True(r.IsPublic ? r.Roles.Count == 0 : r.Roles.Count > 0, r.Id));

    [Fact]
    public void Ids_and_methods_with_patterns_are_unique()
    {
        Assert.Equal(Routes.Count, Routes.DistinctBy(r => r.Id).Count());
        Assert.Equal(Routes.Count, Routes.DistinctBy(r => (r.Method, r.Pattern)).Count());
    }

    [Fact]
    public async Task Without_a_token_only_what_is_public_is_answered()
    {
        foreach (var route in Routes)
        {
            var reply = await AskAsync(route, null, Mine, city.Payouts[0].Id);
            Assert.True(route.IsPublic ? reply.Status == 200 : reply is { Status: 401, Code: "no-token" }, $"{route.Id}: {reply.Told}");
        }
    }

    [Fact]
    public async Task A_role_that_the_table_does_not_name_is_refused_and_one_that_it_names_is_not()
    {
        foreach (var route in Routes.Where(r => !r.IsPublic))
        {
            foreach (var role in Enum.GetValues<Role>())
            {
                var reply = await AskAsync(route, TokenOf(role), Mine, city.Payouts[0].Id);
                Assert.True(
                    route.Roles.Contains(role) ? reply.Status != 403 : reply is { Status: 403, Code: "forbidden" },
                    $"{route.Id} as {role}: {reply.Told}"
                );
            }
        }
    }

    [Fact]
    public async Task To_an_enterprise_what_is_foreign_and_what_is_missing_look_alike()
    {
        var token = city.Token(Role.Enterprise, Mine);
        const string nobody = "91159900MA0000000A";
        foreach (var route in Routes.Where(r => r.Roles.Contains(Role.Enterprise) && r.Names.Any(n => n is "uscc" or "payoutId")))
        {
            var own = await AskAsync(route, token, Mine, city.Payouts[0].Id);
            var foreign = await AskAsync(route, token, Foreign.Claim.Uscc.Value, Foreign.Id);
            var missing = await AskAsync(route, token, nobody, "001-aaaaaaaaaaaaaaaaaaaaaaaaaa");
            var senseless = await AskAsync(route, token, "nonsense", "nonsense");

            Assert.NotEqual(404, own.Status);
            Assert.Equal(404, foreign.Status);
            Assert.Equal(foreign.Told, missing.Told);
            Assert.Equal(foreign.Told, senseless.Told);
        }
    }

    [Fact]
    public async Task A_bureau_sees_nothing_of_another_bureaus_entries()
    {
        var payout = city.Payouts[0];
        var own = city.Catalogue.VersionsOf(payout.Claim.Policy)[^1].Bureau;
        var other = city.Catalogue.Policies.Select(p => p.Bureau).First(b => b != own);

        Assert.Equal(200, (await city.GetAsync($"/api/payouts/{payout.Id}", city.Token(Role.Bureau, own))).Status);
        Assert.Equal(404, (await city.GetAsync($"/api/payouts/{payout.Id}", city.Token(Role.Bureau, other))).Status);
        var listed = await city.GetAsync($"/api/enterprises/{Mine}/payouts", city.Token(Role.Bureau, other));
        Assert.DoesNotContain(payout.Id, listed.Body, StringComparison.Ordinal);
        var pools = (await city.GetAsync("/api/pools", city.Token(Role.Bureau, other))).Json.GetProperty("pools").EnumerateArray().ToList();
        Assert.All(pools, p => Assert.Equal(other, p.GetProperty("bureau").GetString()));
    }

    [Fact]
    public async Task A_code_of_ones_own_without_data_has_an_empty_list()
    {
        const string nobody = "91159900MA0000000A";
        var token = city.Token(Role.Enterprise, nobody);

        var payouts = await city.GetAsync($"/api/enterprises/{nobody}/payouts", token);
        var decisions = await city.GetAsync($"/api/enterprises/{nobody}/decisions", token);

        Assert.Equal((200, 0), (payouts.Status, payouts.Json.GetProperty("payouts").GetArrayLength()));
        Assert.Equal((200, 0), (decisions.Status, decisions.Json.GetProperty("decisions").GetArrayLength()));
    }

    [Fact]
    public async Task A_token_for_several_codes_reaches_each_of_them()
    {
        var token = city.Token(Role.Enterprise, Mine, Foreign.Claim.Uscc.Value);

        Assert.Equal(200, (await city.GetAsync($"/api/payouts/{city.Payouts[0].Id}", token)).Status);
        Assert.Equal(200, (await city.GetAsync($"/api/payouts/{Foreign.Id}", token)).Status);
    }

    private string TokenOf(Role role) =>
        role switch
        {
            Role.Enterprise => city.Token(role, Mine),
            Role.Bureau => city.Token(role, city.Catalogue.VersionsOf(city.Payouts[0].Claim.Policy)[^1].Bureau),
            _ => city.Token(role),
        };

    /// <summary>A request whose body says nothing, so that nothing happens even where it is let in.</summary>
    private Task<Reply> AskAsync(Route route, string? token, string uscc, string payout)
    {
        var path = route
            .Pattern.Replace("{uscc}", uscc, StringComparison.Ordinal)
            .Replace("{payoutId}", payout, StringComparison.Ordinal)
            .Replace("{poolId}", city.Payouts[0].Pool.Pool, StringComparison.Ordinal)
            .Replace("{fiscalYear}", "2023", StringComparison.Ordinal);
        return route.Method == "GET" ? city.GetAsync(path, token) : city.PostAsync(path, token, """{"said":"nothing"}""");
    }
}
