using System.Text.Json;
using System.Text.Json.Nodes;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Catalogues;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Web.Access;

namespace Baotou.Payouts.Web.Tests;

/// <summary>A city whose list has every payout shown for five working days: entry by entry public, after redaction, and never.</summary>
public sealed class ShownCity : IAsyncLifetime
{
    public City City { get; } = new(60, Changed(CatalogueLoader.LoadEmbedded().Required()));

    /// <summary>The list is read once before any test changes something.</summary>
    public async Task InitializeAsync()
    {
        await City.InitializeAsync();
        await City.GetAsync("/api/public/notices");
    }

    public Task DisposeAsync() => City.DisposeAsync();

    /// <summary>The payouts of the entries that are shown so.</summary>
    internal List<Payout> Shown(Publicity publicity) =>
        [
            .. City.Payouts.Where(p =>
                p.State == PayoutState.Notice && City.Catalogue.VersionsOf(p.Claim.Policy)[^1].Terms!.Publicity == publicity
            ),
        ];

    private static Catalogue Changed(Catalogue list) =>
        list with
        {
            Policies =
            [
                .. list.Policies.Select(
                    (p, i) =>
                        p.Terms is { } terms ? p with { Terms = terms with { NoticeDays = 5, Publicity = (Publicity)(Sum(p.Id) % 3) } } : p
                ),
            ],
        };

    private static int Sum(string id) => id.Sum(c => c);
}

/// <summary>The business day is 30 June 2023, so five working days end on 7 July.</summary>
public sealed class Public_notice(ShownCity shown) : IClassFixture<ShownCity>
{
    private City City => shown.City;

    [Fact]
    public async Task Shows_each_payout_as_its_entry_allows_and_to_everybody()
    {
        var listed = await AllAsync();

        var (whole, masked, never) = (shown.Shown(Publicity.Public), shown.Shown(Publicity.AfterRedaction), shown.Shown(Publicity.None));
        Assert.True(whole.Count > 3 && masked.Count > 0 && never.Count > 0);
        Assert.Equal(whole.Count + masked.Count, listed.Count);
        var ids = listed.Where(n => n.TryGetProperty("payoutId", out _)).ToDictionary(n => n.GetProperty("payoutId").GetString()!);
        Assert.Equal(whole.Select(p => p.Id).Order(), ids.Keys.Order());
        Assert.All(whole, p => Assert.Equal(p.Claim.Uscc.Value, ids[p.Id].GetProperty("uscc").GetString()));
        Assert.All(
            listed,
            n => Assert.Equal(("2023-06-30", "2023-07-07"), (n.GetProperty("from").GetString(), n.GetProperty("until").GetString()))
        );
        var text = string.Join('\n', listed.Where(n => !n.TryGetProperty("payoutId", out _)).Select(n => n.GetRawText()));
        Assert.All(masked.Concat(never), p => Assert.DoesNotContain(p.Claim.Uscc.Value, text, StringComparison.Ordinal));
        Assert.All(masked.Concat(never), p => Assert.DoesNotContain(p.Id, text, StringComparison.Ordinal));
        Assert.DoesNotContain("occasion", text, StringComparison.Ordinal);
        var entries = listed.Select(n => (n.GetProperty("pool").GetString(), n.GetProperty("entry").GetInt64())).ToHashSet();
        Assert.All(never, p => Assert.DoesNotContain((p.Pool.Pool, p.EntrySeq), entries));
    }

    [Fact]
    public async Task May_be_kept_by_caches_for_a_while_and_is_gone_when_it_ends()
    {
        Assert.Equal("public, max-age=300", (await City.GetAsync("/api/public/notices")).Headers.CacheControl.ToString());
        Assert.Equal("no-store", (await City.GetAsync("/healthz")).Headers.CacheControl.ToString());

        await using var last = City.On(new DateOnly(2023, 7, 7));
        await using var over = City.On(new DateOnly(2023, 7, 8));
        Assert.NotEqual(
            0,
            (await Reply.OfAsync(last.Get<PayoutsRouter>(), "GET", "/api/public/notices")).Json.GetProperty("notices").GetArrayLength()
        );
        Assert.Equal(
            0,
            (await Reply.OfAsync(over.Get<PayoutsRouter>(), "GET", "/api/public/notices")).Json.GetProperty("notices").GetArrayLength()
        );
    }

    [Fact]
    public async Task Tells_the_enterprise_until_when_it_is_shown()
    {
        var payout = shown.Shown(Publicity.None)[0];
        var told = await City.GetAsync($"/api/payouts/{payout.Id}", City.Token(Role.Enterprise, payout.Claim.Uscc.Value));

        Assert.Equal(
            ("notice", "2023-07-07"),
            (told.Json.GetProperty("state").GetString(), told.Json.GetProperty("noticeUntil").GetString())
        );
    }

    [Fact]
    public async Task Of_another_enterprise_is_objected_to_and_nobody_but_staff_learns_by_whom()
    {
        var payout = shown.Shown(Publicity.Public)[0];
        var path = $"/api/payouts/{payout.Id}/objections";
        var (own, other) = (City.Token(Role.Enterprise, payout.Claim.Uscc.Value), Enterprise("objector", payout));

        var filed = await City.PostAsync(path, other, """{"text":"the machine was never built"}""", "key-objection-1");
        var repeated = await City.PostAsync(path, other, """{"text":"the machine was never built"}""", "key-objection-1");
        var reused = await City.PostAsync(path, other, """{"text":"other words"}""", "key-objection-1");
        var twice = await City.PostAsync(path, other, """{"text":"other words"}""", "key-objection-2");

        Assert.Equal(
            (201, "open", 1),
            (filed.Status, filed.Json.GetProperty("state").GetString(), filed.Json.GetProperty("number").GetInt32())
        );
        Assert.Equal(filed.Body, repeated.Body);
        Assert.Equal((422, 409), (reused.Status, twice.Status));
        var held = await City.GetAsync($"/api/payouts/{payout.Id}", own);
        Assert.Equal("held", held.Json.GetProperty("state").GetString());
        var seen = await City.GetAsync(path, own);
        Assert.Equal(1, seen.Json.GetProperty("objections").GetArrayLength());
        foreach (var told in new[] { held.Body, seen.Body, filed.Body })
            Assert.DoesNotContain("objector", told, StringComparison.Ordinal);
        Assert.DoesNotContain("machine", seen.Body, StringComparison.Ordinal);
        Assert.Contains("machine", (await City.GetAsync(path, other)).Body, StringComparison.Ordinal);
        Assert.Contains("enterprises:objector", (await City.GetAsync(path, City.Token(Role.Auditor))).Body, StringComparison.Ordinal);
        Assert.Equal(404, (await City.GetAsync(path, Enterprise("nobody", payout))).Status);
    }

    [Fact]
    public async Task Is_decided_by_the_bureau_of_its_entry_alone()
    {
        var payout = shown.Shown(Publicity.Public)[1];
        var path = $"/api/payouts/{payout.Id}/objections";
        var bureau = City.Catalogue.VersionsOf(payout.Claim.Policy)[^1].Bureau;
        var other = City.Catalogue.Policies.Select(p => p.Bureau).First(b => b != bureau);
        const string dismissed = """{"finding":"dismissed","why":"seen on the spot"}""";
        Assert.Equal(201, (await City.PostAsync(path, Enterprise("objector", payout), """{"text":"no"}""")).Status);

        Assert.Equal(404, (await City.PostAsync($"{path}/1/decision", City.Token(Role.Bureau, other), dismissed)).Status);
        Assert.Equal(404, (await City.PostAsync($"{path}/2/decision", City.Token(Role.Bureau, bureau), dismissed)).Status);
        Assert.Equal(
            400,
            (await City.PostAsync($"{path}/1/decision", City.Token(Role.Bureau, bureau), """{"finding":"maybe","why":"w"}""")).Status
        );
        var decided = await City.PostAsync($"{path}/1/decision", City.Token(Role.Bureau, bureau), dismissed);
        var again = await City.PostAsync($"{path}/1/decision", City.Token(Role.Bureau, bureau), dismissed);
        var otherwise = await City.PostAsync(
            $"{path}/1/decision",
            City.Token(Role.Bureau, bureau),
            """{"finding":"upheld","why":"w"}""",
            "key-otherwise"
        );

        Assert.Equal((200, "dismissed"), (decided.Status, decided.Json.GetProperty("state").GetString()));
        Assert.Equal((decided.Body, 409), (again.Body, otherwise.Status));
        Assert.Equal(
            "notice",
            (await City.GetAsync($"/api/payouts/{payout.Id}", City.Token(Role.Officer))).Json.GetProperty("state").GetString()
        );
    }

    [Fact]
    public async Task Upheld_asks_for_a_release_that_a_second_person_decides()
    {
        var payout = shown.Shown(Publicity.Public)[2];
        var path = $"/api/payouts/{payout.Id}/objections";
        Assert.Equal(201, (await City.PostAsync(path, City.Token(Role.Officer), """{"text":"paid twice"}""")).Status);
        var bureau = City.Token(Role.Bureau, City.Catalogue.VersionsOf(payout.Claim.Policy)[^1].Bureau);
        await City.PostAsync($"{path}/1/decision", bureau, """{"finding":"upheld","why":"it was"}""");

        var approval = (await City.GetAsync("/api/approvals?state=pending", City.Token(Role.Approver)))
            .Json.GetProperty("approvals")
            .EnumerateArray()
            .Single(a => a.GetProperty("payoutId").GetString() == payout.Id);
        var agreed = await City.PostAsync(
            $"/api/approvals/{approval.GetProperty("id").GetString()}/decision",
            City.Token(Role.Approver),
            """{"decision":"agree"}"""
        );

        Assert.Equal("done", agreed.Json.GetProperty("state").GetString());
        Assert.Equal(
            "released",
            (await City.GetAsync($"/api/payouts/{payout.Id}", City.Token(Role.Officer))).Json.GetProperty("state").GetString()
        );
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"text":""}""")]
    [InlineData("""{"text":"   "}""")]
    [InlineData("""{"text":5}""")]
    [InlineData("""{"text":"a\u0000b"}""")]
    [InlineData("""{"text":"a","why":"b"}""")]
    public async Task Takes_no_objection_that_says_nothing(string body) =>
        Assert.Equal(
            400,
            (await City.PostAsync($"/api/payouts/{shown.Shown(Publicity.Public)[3].Id}/objections", City.Token(Role.Officer), body)).Status
        );

    [Fact]
    public async Task Takes_objections_of_two_thousand_characters_and_no_more()
    {
        var payout = shown.Shown(Publicity.Public)[3];
        string Body(int length) => new JsonObject { ["text"] = new string('异', length) }.ToJsonString();

        Assert.Equal(400, (await City.PostAsync($"/api/payouts/{payout.Id}/objections", City.Token(Role.Officer), Body(2_001))).Status);
        Assert.Equal(201, (await City.PostAsync($"/api/payouts/{payout.Id}/objections", City.Token(Role.Officer), Body(2_000))).Status);
    }

    [Fact]
    public async Task Of_what_is_not_shown_whole_is_not_there_for_another_enterprise()
    {
        foreach (var payout in shown.Shown(Publicity.AfterRedaction).Take(1).Concat(shown.Shown(Publicity.None).Take(1)))
        {
            var path = $"/api/payouts/{payout.Id}/objections";
            var foreign = await City.PostAsync(path, Enterprise("objector", payout), """{"text":"no"}""");
            var missing = await City.PostAsync(
                "/api/payouts/001-aaaaaaaaaaaaaaaaaaaaaaaaaa/objections",
                Enterprise("objector", payout),
                """{"text":"no"}"""
            );

            Assert.Equal(404, foreign.Status);
            Assert.Equal(missing.Told, foreign.Told);
        }
    }

    [Fact]
    public async Task Over_leaves_a_payout_ready_with_the_last_day_for_its_click()
    {
        var own = new ShownCity();
        await own.InitializeAsync();
        await using var after = own.City.On(new DateOnly(2023, 7, 10));
        var payout = own.Shown(Publicity.None).Last(p => City.Catalogue.VersionsOf(p.Claim.Policy)[^1].Terms!.Click is not null);
        await after.Get<Sweep>().PayoutsAsync(CancellationToken.None);

        var told = await Reply.OfAsync(
            after.Get<PayoutsRouter>(),
            "GET",
            $"/api/payouts/{payout.Id}",
            City.Token(Role.Enterprise, payout.Claim.Uscc.Value)
        );

        await own.DisposeAsync();
        Assert.Equal(("ready", "2023-08-08"), (told.Json.GetProperty("state").GetString(), told.Json.GetProperty("clickBy").GetString()));
    }

    /// <summary>An enterprise that the payout is not of.</summary>
    private string Enterprise(string name, Payout not) =>
        Tokens.Enterprises.Sign(
            City.Clock.GetUtcNow(),
            new Dictionary<string, object>
            {
                ["sub"] = name,
                ["role"] = "enterprise",
                ["uscc"] = new[] { City.Enterprises.First(e => e != not.Claim.Uscc.Value) },
            }
        );

    private async Task<List<JsonElement>> AllAsync()
    {
        var all = new List<JsonElement>();
        for (var path = "/api/public/notices"; ; )
        {
            var page = (await City.GetAsync(path)).Json;
            all.AddRange(page.GetProperty("notices").EnumerateArray());
            Assert.InRange(page.GetProperty("notices").GetArrayLength(), 0, 100);
            if (!page.TryGetProperty("next", out var next))
                return all;
            path = "/api/public/notices?after=" + Uri.EscapeDataString(next.GetString()!);
        }
    }
}
