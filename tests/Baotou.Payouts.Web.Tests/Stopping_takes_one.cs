using System.Text.Json;
using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Web.Access;

namespace Baotou.Payouts.Web.Tests;

/// <summary>Each test starts again what it stopped, since all tests share the city.</summary>
[Collection(nameof(City))]
public sealed class Stopping_takes_one(City city)
{
    private static readonly string Wang = "wang";

    [Fact]
    public async Task A_payout_of_a_stopped_entry_is_not_confirmed_before_two_persons_started_it_again()
    {
        var payout = city.Payouts.Last(p => p.State == PayoutState.Ready);
        var token = city.Token(Role.Enterprise, payout.Claim.Uscc.Value);
        var click = $"/api/payouts/{payout.Id}/confirmation";
        var stopped = await StopAsync(city.Token(Role.Approver), "policy", payout.Claim.Policy, "stop-entry-0001");
        var repeated = await StopAsync(city.Token(Role.Approver), "policy", payout.Claim.Policy, "stop-entry-0001");
        var reused = await StopAsync(city.Token(Role.Approver), "pool", payout.Pool.Pool, "stop-entry-0001");

        Assert.Equal(
            (201, true, "approver-1"),
            (stopped.Status, stopped.Json.GetProperty("stopped").GetBoolean(), stopped.Json.GetProperty("by").GetString()![6..])
        );
        Assert.Equal(stopped.Body, repeated.Body);
        Assert.Equal((422, "idempotency-key-reused"), (reused.Status, reused.Code));

        var refused = await city.PostAsync(click, token, "{}", "click-while-stopped");
        Assert.Equal((409, "stopped"), (refused.Status, refused.Code));
        Assert.Contains("the figures are wrong", refused.Body, StringComparison.Ordinal);
        Assert.Equal(PayoutState.Ready, (await city.Engine.Get<IPayoutStore>().ReadAsync(payout.Id, CancellationToken.None))!.Payout.State);

        await StartAsync("policy", payout.Claim.Policy, stopped.Json.GetProperty("stop").GetInt64());
        var confirmed = await city.PostAsync(click, token, "{}", "click-while-stopped");
        Assert.Equal((200, "confirmed"), (confirmed.Status, confirmed.Json.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Whoever_asked_for_the_start_cannot_agree_to_it()
    {
        var both = Tokens.Staff.Sign(
            city.Clock.GetUtcNow(),
            new Dictionary<string, object> { ["sub"] = Wang, ["role"] = new[] { "officer", "approver" } }
        );
        var stop = await StopAsync(both, "instructing", null, "stop-all-00001");
        var asked = await city.PostAsync(
            "/api/approvals",
            both,
            Start("instructing", null, stop.Json.GetProperty("stop").GetInt64()),
            "start-all-00001"
        );

        var decided = await city.PostAsync(
            $"/api/approvals/{asked.Json.GetProperty("id").GetString()}/decision",
            both,
            """{"decision":"agree"}"""
        );

        Assert.Equal((403, "forbidden"), (decided.Status, decided.Code));
        Assert.True((await InstructingAsync()).GetProperty("stopped").GetBoolean());
        await StartAsync("instructing", null, stop.Json.GetProperty("stop").GetInt64());
        var standing = await InstructingAsync();
        Assert.Equal(
            (false, "staff:officer-1", "staff:approver-1"),
            (
                standing.GetProperty("stopped").GetBoolean(),
                standing.GetProperty("by").GetString(),
                standing.GetProperty("approvedBy").GetString()
            )
        );
    }

    [Fact]
    public async Task A_start_that_was_asked_for_before_another_stop_ends_nothing()
    {
        var first = await StopAsync(city.Token(Role.Officer), "instructing", null, "stop-first-0001");
        var asked = await city.PostAsync(
            "/api/approvals",
            city.Token(Role.Officer),
            Start("instructing", null, first.Json.GetProperty("stop").GetInt64()),
            "start-first-001"
        );
        var second = await StopAsync(city.Token(Role.Approver), "instructing", null, "stop-second-001");

        var decided = await city.PostAsync(
            $"/api/approvals/{asked.Json.GetProperty("id").GetString()}/decision",
            city.Token(Role.Approver),
            """{"decision":"agree"}"""
        );

        Assert.Equal("refused", decided.Json.GetProperty("state").GetString());
        Assert.True((await InstructingAsync()).GetProperty("stopped").GetBoolean());
        await StartAsync("instructing", null, second.Json.GetProperty("stop").GetInt64());
    }

    [Fact]
    public async Task After_a_restore_whoever_starts_instructing_states_what_became_of_the_payments_since()
    {
        var log = city.Engine.Get<ISwitchLog>();
        var restore = new LocalAct(
            LocalAct.CommandLine,
            "restore",
            "takenAt=2023-11-06T01:02:03Z",
            "a test",
            ContentHash.OfText("a backup")
        );
        var stop = SwitchAct.OfRestore(
            (await log.ListAsync(default)).Count + 1,
            new DateTimeOffset(2023, 11, 6, 1, 2, 3, TimeSpan.Zero),
            new RequestMark(restore.Subject, "restore", restore.Body)
        );
        await city.Engine.Get<RecordAct>().HandleAsync(restore, async () => Assert.True(await log.AddAsync(stop, default)), default);
        var shown = await InstructingAsync();
        Assert.Equal(
            (true, "restore", "2023-11-06T01:02:03Z"),
            (shown.GetProperty("stopped").GetBoolean(), shown.GetProperty("by").GetString(), shown.GetProperty("restoredFrom").GetString())
        );

        var silent = await city.PostAsync(
            "/api/approvals",
            city.Token(Role.Officer),
            Start("instructing", null, stop.Number),
            "start-restored-01"
        );
        Assert.Equal(409, silent.Status);
        Assert.Contains("2023-11-06 01:02:03 UTC", silent.Body, StringComparison.Ordinal);
        var senseless = await city.PostAsync(
            "/api/approvals",
            city.Token(Role.Officer),
            Stating(stop.Number, "perhaps"),
            "start-restored-02"
        );
        Assert.Equal(400, senseless.Status);
        var asked = await city.PostAsync(
            "/api/approvals",
            city.Token(Role.Officer),
            Stating(stop.Number, "none-instructed"),
            "start-restored-03"
        );
        Assert.Equal("none-instructed", asked.Json.GetProperty("treasuryResults").GetString());
        await city.PostAsync(
            $"/api/approvals/{asked.Json.GetProperty("id").GetString()}/decision",
            city.Token(Role.Approver),
            """{"decision":"agree"}"""
        );

        shown = await InstructingAsync();
        Assert.Equal(
            (false, "none-instructed", false),
            (
                shown.GetProperty("stopped").GetBoolean(),
                shown.GetProperty("treasuryResults").GetString(),
                shown.TryGetProperty("restoredFrom", out _)
            )
        );
    }

    [Fact]
    public async Task A_bureau_stops_its_own_entries_and_pools_and_knows_of_no_others()
    {
        var entry = city.Catalogue.Policies.Last(p => p.Terms is not null);
        var foreign = city.Catalogue.Policies.First(p => p.Terms is not null && p.Bureau != entry.Bureau);
        var token = city.Token(Role.Bureau, entry.Bureau);
        var ownPool = city.Catalogue.Pools.First(p => p.Bureau == entry.Bureau);
        var foreignPool = city.Catalogue.Pools.First(p => p.Bureau != entry.Bureau);

        var missing = await StopAsync(token, "policy", "nothing", "stop-missing-01");
        Assert.Equal(404, missing.Status);
        Assert.Equal(missing.Told, (await StopAsync(token, "policy", foreign.Id, "stop-foreign-01")).Told);
        Assert.Equal(missing.Told, (await StopAsync(token, "pool", foreignPool.Id, "stop-foreign-02")).Told);
        Assert.Equal(
            (403, "forbidden"),
            (await StopAsync(token, "instructing", null, "stop-foreign-03")) is var all ? (all.Status, all.Code) : default
        );

        var stops = new[]
        {
            await StopAsync(token, "policy", entry.Id, "stop-own-00001"),
            await StopAsync(token, "pool", ownPool.Id, "stop-own-00002"),
        };
        Assert.All(stops, s => Assert.Equal(201, s.Status));
        var other = (await city.GetAsync("/api/stops", city.Token(Role.Bureau, foreign.Bureau)))
            .Json.GetProperty("stops")
            .EnumerateArray()
            .ToList();
        Assert.DoesNotContain(
            other,
            s => s.TryGetProperty("id", out var id) && (id.GetString() == entry.Id || id.GetString() == ownPool.Id)
        );
        await StartAsync("policy", entry.Id, stops[0].Json.GetProperty("stop").GetInt64());
        await StartAsync("pool", ownPool.Id, stops[1].Json.GetProperty("stop").GetInt64());
    }

    [Theory]
    [InlineData("""{"what":"policy","reason":"r"}""", 400)]
    [InlineData("""{"what":"instructing","id":"x","reason":"r"}""", 400)]
    [InlineData("""{"what":"everything","reason":"r"}""", 400)]
    [InlineData("""{"what":"instructing"}""", 400)]
    [InlineData("""{"what":"instructing","reason":" "}""", 400)]
    [InlineData("""{"what":"instructing","reason":"r","start":true}""", 400)]
    [InlineData("""{"what":"pool","id":"nowhere","reason":"r"}""", 404)]
    public async Task What_makes_no_sense_stops_nothing(string body, int status) =>
        Assert.Equal(status, (await city.PostAsync("/api/stops", city.Token(Role.Officer), body, "stop-senseless")).Status);

    [Theory]
    [InlineData("""{"kind":"start","what":"pool","target":"nowhere","stop":1,"why":"w"}""", 409)]
    [InlineData("""{"kind":"start","what":"pool","stop":1,"why":"w"}""", 400)]
    [InlineData("""{"kind":"start","what":"instructing","stop":0,"why":"w"}""", 400)]
    [InlineData("""{"kind":"start","what":"instructing","stop":1000000,"why":"w"}""", 409)]
    [InlineData("""{"kind":"release","payoutId":"000-aaaaaaaaaaaaaaaaaaaaaaaaaa","target":"x","why":"w"}""", 400)]
    public async Task A_start_that_makes_no_sense_is_told_before_anybody_decides(string body, int status) =>
        Assert.Equal(status, (await city.PostAsync("/api/approvals", city.Token(Role.Officer), body, "start-senseless")).Status);

    private Task<Reply> StopAsync(string token, string what, string? id, string key) =>
        city.PostAsync(
            "/api/stops",
            token,
            JsonSerializer.Serialize(
                id is null
                    ? new { what, reason = "the figures are wrong" }
                    : (object)
                        new
                        {
                            what,
                            id,
                            reason = "the figures are wrong",
                        }
            ),
            key
        );

    private static string Start(string what, string? id, long stop) =>
        JsonSerializer.Serialize(
            id is null
                ? new
                {
                    kind = "start",
                    what,
                    stop,
                    why = "mended",
                }
                : (object)
                    new
                    {
                        kind = "start",
                        what,
                        target = id,
                        stop,
                        why = "mended",
                    }
        );

    private static string Stating(long stop, string results) =>
        JsonSerializer.Serialize(
            new
            {
                kind = "start",
                what = "instructing",
                stop,
                treasuryResults = results,
                why = "looked at",
            }
        );

    private async Task StartAsync(string what, string? id, long stop)
    {
        var asked = await city.PostAsync("/api/approvals", city.Token(Role.Officer), Start(what, id, stop), $"start-of-stop-{stop:D6}");
        var decided = await city.PostAsync(
            $"/api/approvals/{asked.Json.GetProperty("id").GetString()}/decision",
            city.Token(Role.Approver),
            """{"decision":"agree"}"""
        );
        Assert.Equal("done", decided.Json.GetProperty("state").GetString());
    }

    private async Task<JsonElement> InstructingAsync() =>
        (await city.GetAsync("/api/stops", city.Token(Role.Auditor)))
            .Json.GetProperty("stops")
            .EnumerateArray()
            .Single(s => s.GetProperty("what").GetString() == "instructing");
}
