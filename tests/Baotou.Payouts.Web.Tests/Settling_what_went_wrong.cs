using System.Text.Json;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Web.Access;

namespace Baotou.Payouts.Web.Tests;

/// <summary>Bad records and parked messages over HTTP: looked at, replayed and discarded by one, corrected by two.</summary>
[Collection(nameof(City))]
public sealed class Settling_what_went_wrong(City city)
{
    private string Officer => city.Token(Role.Officer);

    [Fact]
    public async Task A_record_is_corrected_by_two_persons_and_stays_as_it_was_delivered()
    {
        var (source, record) = await OpenAsync("moment");
        var path = $"/api/quarantine/{source}/{record}";
        var before = await city.GetAsync(path, city.Token(Role.Approver));
        var uscc = city.Enterprises[0];
        var facts = await FactsAsync();

        var asked = await CorrectAsync(source, record, $$"""{"uscc":"{{uscc}}"}""", "key-correct-0001");
        Assert.Equal((201, "pending"), (asked.Status, asked.Json.GetProperty("state").GetString()));
        Assert.Equal(uscc, asked.Json.GetProperty("correction").GetProperty("uscc").GetString());
        Assert.Equal(facts, await FactsAsync());
        var agreed = await city.PostAsync(
            $"/api/approvals/{asked.Json.GetProperty("id").GetString()}/decision",
            city.Token(Role.Approver),
            """{"decision":"agree"}"""
        );
        Assert.Equal("done", agreed.Json.GetProperty("state").GetString());

        var after = await city.GetAsync(path, city.Token(Role.Auditor));
        var act = Assert.Single(after.Json.GetProperty("acts").EnumerateArray());
        Assert.Equal(before.Json.GetProperty("text").GetString(), after.Json.GetProperty("text").GetString());
        Assert.Equal(("corrected", "staff:officer-1", "staff:approver-1"), (Text(act, "act"), Text(act, "by"), Text(act, "approvedBy")));
        Assert.Equal(facts + 1, await FactsAsync());
        Assert.Contains(await AllFactsAsync(), f => f.Hash.Hex == Text(act, "fact") && f.Uscc.Value == uscc);
        Assert.Equal(("\"0\"", "\"1\""), (before.Headers.ETag.ToString(), after.Headers.ETag.ToString()));
        Assert.Equal(409, (await CorrectAsync(source, record, $$"""{"uscc":"{{uscc}}"}""", "key-correct-0002")).Status);
        Assert.DoesNotContain(record, (await city.GetAsync($"/api/quarantine/{source}", Officer)).Body, StringComparison.Ordinal);
        Assert.Contains(record, (await city.GetAsync($"/api/quarantine/{source}?state=settled", Officer)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_correction_into_nonsense_and_one_of_tax_figures_or_accounts_is_refused()
    {
        var (source, record) = await OpenAsync("kind-unknown");

        Assert.Equal(409, (await CorrectAsync(source, record, """{"recordKind":"no-such-kind-either"}""", "key-correct-0003")).Status);
        Assert.Equal(409, (await CorrectAsync("tax", record, """{"recordKind":"figure"}""", "key-correct-0004")).Status);
        Assert.Equal(409, (await CorrectAsync("treasury", record, """{"recordKind":"figure"}""", "key-correct-0005")).Status);
        Assert.Equal(409, (await CorrectAsync(source, new string('0', 32), """{"recordKind":"figure"}""", "key-correct-0006")).Status);
        foreach (
            var correction in new[]
            {
                "{}",
                "[]",
                "\"x\"",
                """{"moment":"2020-01-01T00:00:00+08:00"}""",
                """{"values":{"a":1}}""",
                """{"uscc":null}""",
            }
        )
            Assert.Equal(400, (await CorrectAsync(source, record, correction, "key-correct-0007")).Status);
    }

    [Fact]
    public async Task A_record_is_discarded_with_a_reason_as_it_was_looked_at()
    {
        var (source, record) = await OpenAsync("field-unknown");
        var path = $"/api/quarantine/{source}/{record}";

        Assert.Equal(409, (await city.PostAsync(path + "/replay", Officer, "{}", "key-discard-0001")).Status);
        Assert.Equal(400, (await city.PostAsync(path + "/discard", Officer, "{}", "key-discard-0002")).Status);
        Assert.Equal((412, "changed-since"), Coded(await DiscardAsync(path, "\"7\"", "key-discard-0003")));
        Assert.Equal((412, "changed-since"), Coded(await DiscardAsync(path, "W/\"0\"", "key-discard-0004")));
        var discarded = await DiscardAsync(path, "\"0\"", "key-discard-0005");
        var again = await DiscardAsync(path, "\"0\"", "key-discard-0005");
        Assert.Equal((200, "discarded"), (discarded.Status, Text(discarded.Json, "state")));
        Assert.Equal(discarded.Body, again.Body);
        Assert.Equal(
            (422, "idempotency-key-reused"),
            Coded(await city.PostAsync(path + "/discard", Officer, """{"why":"another"}""", "key-discard-0005"))
        );
        Assert.Equal("a test of theirs", Text(discarded.Json.GetProperty("acts")[0], "why"));
        Assert.Equal(409, (await DiscardAsync(path, null, "key-discard-0006")).Status);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        foreach (
            var path in new[]
            {
                "/api/quarantine/nobody/" + new string('0', 32),
                "/api/quarantine/science/" + new string('0', 32),
                "/api/quarantine/science/x",
                "/api/parked/pull/x",
                "/api/parked/nowhere/" + new string('0', 64),
            }
        )
        {
            Assert.Equal(404, (await city.GetAsync(path, Officer)).Status);
            Assert.Equal(404, (await city.PostAsync(path + "/replay", Officer)).Status);
        }

        Assert.Equal(400, (await city.GetAsync("/api/quarantine/science?state=lost", Officer)).Status);
        Assert.Equal(400, (await city.GetAsync("/api/quarantine/science?after=x", Officer)).Status);
        Assert.Equal(400, (await city.GetAsync("/api/parked?state=lost", Officer)).Status);
    }

    [Fact]
    public async Task Records_of_each_source_are_counted_and_paged()
    {
        var counted = (await city.GetAsync("/api/quarantine", Officer))
            .Json.GetProperty("sources")
            .EnumerateArray()
            .MaxBy(s => s.GetProperty("open").GetInt32());
        var list = $"/api/quarantine/{Text(counted, "source")}?state=all";
        var all = (await city.GetAsync(list, Officer)).Json.GetProperty("records").EnumerateArray().Select(r => Text(r, "id")).ToList();

        Assert.True(all.Count > 1);
        Assert.Equal(all.Count, counted.GetProperty("open").GetInt32() + counted.GetProperty("settled").GetInt32());
        Assert.Equal(
            all.Skip(1),
            (await city.GetAsync($"{list}&after={all[0]}", Officer)).Json.GetProperty("records").EnumerateArray().Select(r => Text(r, "id"))
        );
    }

    [Fact]
    public async Task A_parked_message_is_sent_again()
    {
        await city
            .Engine.Get<PoisonParking>()
            .ParkAsync(QueueNames.Project, """{"pool":"science-support","fiscalYear":2023}""", CancellationToken.None);
        var parked = (await city.GetAsync("/api/parked", Officer)).Json.GetProperty("messages").EnumerateArray().Single();
        var path = $"/api/parked/project/{Text(parked, "id")}";

        var sent = await city.PostAsync(path + "/replay", Officer, "{}", "key-parked-00001");
        var again = await city.PostAsync(path + "/replay", Officer, "{}", "key-parked-00001");

        Assert.Equal(
            (200, "replayed", "staff:officer-1"),
            (sent.Status, Text(sent.Json, "state"), Text(sent.Json.GetProperty("acts")[0], "by"))
        );
        Assert.Equal(sent.Body, again.Body);
        Assert.Equal("replayed", Text((await city.GetAsync(path, city.Token(Role.Auditor))).Json, "state"));
        Assert.Equal(0, (await city.GetAsync("/api/parked", Officer)).Json.GetProperty("messages").GetArrayLength());
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    private static (int, string) Coded(Reply reply) => (reply.Status, reply.Code);

    /// <summary>A record that waits for this reason; each test takes another.</summary>
    private async Task<(string Source, string Record)> OpenAsync(string code)
    {
        foreach (var source in city.Catalogue.Facts.Kinds.Select(k => k.Agency).Distinct().Where(s => s != Withholding.Source))
        {
            var records = (await city.GetAsync($"/api/quarantine/{source}", Officer)).Json.GetProperty("records").EnumerateArray();
            if (records.FirstOrDefault(r => Text(r, "code") == code) is { ValueKind: JsonValueKind.Object } found)
                return (source, Text(found, "id"));
        }

        throw new InvalidOperationException($"The city has no bad record '{code}'.");
    }

    private Task<Reply> CorrectAsync(string source, string record, string correction, string key) =>
        city.PostAsync(
            "/api/approvals",
            Officer,
            $$"""{"kind":"correct-record","source":"{{source}}","record":"{{record}}","correction":{{correction}},"why":"their letter of 3 July"}""",
            key
        );

    private Task<Reply> DiscardAsync(string path, string? version, string key) =>
        Reply.OfAsync(
            city.Router,
            "POST",
            path + "/discard",
            Officer,
            """{"why":"a test of theirs"}""",
            key,
            context => context.Request.Headers.IfMatch = version
        );

    private async Task<int> FactsAsync() => (await AllFactsAsync()).Count;

    private async Task<List<Fact>> AllFactsAsync()
    {
        var all = new List<Fact>();
        var log = city.Engine.Get<IFactLog>();
        for (var bucket = 0; bucket < 4; bucket++)
        {
            await foreach (
                var stored in log.ReadAsync(bucket, 0, await log.CountAsync(bucket, CancellationToken.None), CancellationToken.None)
            )
                all.Add(stored.Fact);
        }

        return all;
    }
}
