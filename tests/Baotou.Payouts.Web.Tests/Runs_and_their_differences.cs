using System.Text.Json;
using Baotou.Payouts.Application.Exporting;
using Baotou.Payouts.Web.Access;

namespace Baotou.Payouts.Web.Tests;

[Collection(nameof(City))]
public sealed class Runs_and_their_differences(City city)
{
    [Fact]
    public async Task A_dry_run_is_kept_and_a_repeat_is_answered_from_it()
    {
        var first = await DryAsync("""{"dryRun":true,"why":"June"}""", "key-of-a-dry-run");
        var again = await DryAsync("""{"dryRun":true,"why":"June"}""", "key-of-a-dry-run");
        var other = await DryAsync("""{"dryRun":true,"why":"July"}""", "key-of-a-dry-run");

        Assert.Equal(
            (201, "dry-run", "shown"),
            (first.Status, first.Json.GetProperty("kind").GetString(), first.Json.GetProperty("state").GetString())
        );
        Assert.Equal(first.Body, again.Body);
        Assert.Equal((422, "idempotency-key-reused"), (other.Status, other.Code));
        Assert.Equal($"/api/runs/{IdOf(first)}", first.Headers.Location.ToString());
        var shown = await city.GetAsync($"/api/runs/{IdOf(first)}", city.Token(Role.Auditor));
        Assert.Equal(first.Body, shown.Body);
        Assert.Equal(
            ("staff:officer-1", "June"),
            (shown.Json.GetProperty("requestedBy").GetString(), shown.Json.GetProperty("why").GetString())
        );
    }

    [Fact]
    public async Task On_unchanged_facts_nothing_is_new_and_nothing_is_lost()
    {
        var counts = (await DryAsync("""{"dryRun":true}""", "key-unchanged-01")).Json.GetProperty("counts");

        Assert.Equal((0, 0), (counts.GetProperty("new").GetInt32(), counts.GetProperty("lost").GetInt32()));
        Assert.InRange(counts.GetProperty("unchanged").GetInt32(), 20, int.MaxValue);
    }

    [Fact]
    public async Task The_difference_is_read_page_by_page_and_as_a_spreadsheet()
    {
        var run = await DryAsync("""{"dryRun":true}""", "key-difference-01");
        var page = await city.GetAsync($"/api/runs/{IdOf(run)}/difference", city.Token(Role.Approver));
        var behind = await city.GetAsync($"/api/runs/{IdOf(run)}/difference?after=100000", city.Token(Role.Approver));
        var sheet = await city.GetAsync($"/api/runs/{IdOf(run)}/difference.xlsx", city.Token(Role.Officer));

        Assert.Equal(run.Json.GetProperty("difference").GetString(), page.Json.GetProperty("hash").GetString());
        Assert.Equal(run.Json.GetProperty("counts").ToString(), page.Json.GetProperty("counts").ToString());
        Assert.Equal(0, behind.Json.GetProperty("lines").GetArrayLength());
        Assert.Equal((200, XlsxFile.ContentType), (sheet.Status, sheet.Headers.ContentType.ToString()));
        Assert.StartsWith("PK", sheet.Body, StringComparison.Ordinal);
        Assert.Contains($"difference-{IdOf(run)}.xlsx", sheet.Headers.ContentDisposition.ToString(), StringComparison.Ordinal);
        Assert.Equal("nosniff", sheet.Headers.XContentTypeOptions.ToString());
        Assert.Equal(400, (await city.GetAsync($"/api/runs/{IdOf(run)}/difference?after=-1", city.Token(Role.Approver))).Status);
    }

    [Fact]
    public async Task Runs_are_listed_the_latest_first_with_who_asked_and_why()
    {
        var run = await DryAsync("""{"dryRun":true,"why":"to be listed"}""", "key-listed-0001");

        var all = (await city.GetAsync("/api/runs", city.Token(Role.Auditor))).Json.GetProperty("runs").EnumerateArray().ToList();
        var first = all[0].GetProperty("id").GetString();

        var row = all.Single(r => r.GetProperty("id").GetString() == IdOf(run));
        Assert.Equal(("to be listed", "staff:officer-1"), (row.GetProperty("why").GetString(), row.GetProperty("requestedBy").GetString()));
        Assert.Equal(
            all.Skip(1).Select(r => r.GetProperty("id").GetString()),
            (await city.GetAsync($"/api/runs?after={first}", city.Token(Role.Auditor)))
                .Json.GetProperty("runs")
                .EnumerateArray()
                .Select(r => r.GetProperty("id").GetString())
        );
        Assert.Equal(400, (await city.GetAsync("/api/runs?after=x", city.Token(Role.Auditor))).Status);
    }

    [Fact]
    public async Task A_scope_narrows_a_dry_run_and_is_none_for_a_pass()
    {
        var all = await DryAsync("""{"dryRun":true}""", "key-scope-0001");
        var one = await DryAsync($$"""{"dryRun":true,"enterprise":"{{city.Payouts[0].Claim.Uscc}}"}""", "key-scope-0002");

        Assert.InRange(Unchanged(one), 1, Unchanged(all) - 1);
        Assert.Equal(city.Payouts[0].Claim.Uscc.Value, one.Json.GetProperty("enterprise").GetString());
        Assert.Equal(400, (await DryAsync("""{"dryRun":false,"policy":"17-art3-1"}""", "key-scope-0003")).Status);
        Assert.Equal(400, (await DryAsync("""{"dryRun":true,"policy":"nothing"}""", "key-scope-0004")).Status);
        Assert.Equal(400, (await DryAsync("""{"dryRun":true,"enterprise":"nothing"}""", "key-scope-0005")).Status);
        Assert.Equal(400, (await DryAsync("""{"dryRun":true,"why":""}""", "key-scope-0006")).Status);
    }

    /// <summary>What the sandbox's corrections left for two persons, of one enterprise.</summary>
    [Fact]
    public async Task Two_persons_have_it_applied_and_each_line_says_what_became_of_it()
    {
        var all = await DryAsync("""{"dryRun":true}""", "key-apply-00001");
        var lines = (await city.GetAsync($"/api/runs/{IdOf(all)}/difference", city.Token(Role.Officer)))
            .Json.GetProperty("lines")
            .EnumerateArray();
        var code = lines
            .First(l =>
                l.GetProperty("needsTwoPersons").GetBoolean() && l.GetProperty("uscc").GetString() != city.Payouts[0].Claim.Uscc.Value
            )
            .GetProperty("uscc")
            .GetString();
        var run = await DryAsync($$"""{"dryRun":true,"enterprise":"{{code}}"}""", "key-apply-00002");
        var asked = await AskAsync(IdOf(run), run.Json.GetProperty("difference").GetString()!, "key-apply-00003");
        Assert.Equal(
            (201, "rerun", "pending"),
            (asked.Status, asked.Json.GetProperty("kind").GetString(), asked.Json.GetProperty("state").GetString())
        );

        var agreed = await city.PostAsync($"/api/approvals/{IdOf(asked)}/decision", city.Token(Role.Approver), """{"decision":"agree"}""");
        var applied = await city.GetAsync($"/api/runs/{IdOf(run)}", city.Token(Role.Auditor));
        var told = (await city.GetAsync($"/api/runs/{IdOf(run)}/difference", city.Token(Role.Auditor)))
            .Json.GetProperty("lines")
            .EnumerateArray()
            .Where(l => l.GetProperty("needsTwoPersons").GetBoolean())
            .ToList();

        Assert.Equal("done", agreed.Json.GetProperty("state").GetString());
        Assert.Equal(
            ("applied", IdOf(asked)),
            (applied.Json.GetProperty("state").GetString(), applied.Json.GetProperty("approval").GetString())
        );
        Assert.Equal(told.Count, applied.Json.GetProperty("progress").GetProperty("applied").GetInt32());
        Assert.All(told, l => Assert.Equal("applied", l.GetProperty("outcome").GetString()));
        Assert.Equal(409, (await CancelAsync(IdOf(run))).Status);
    }

    [Fact]
    public async Task A_dry_run_is_taken_back_and_then_nobody_can_have_it_applied()
    {
        var run = await DryAsync("""{"dryRun":true,"why":"to be cancelled"}""", "key-cancel-0001");
        var cancelled = await CancelAsync(IdOf(run));
        var again = await CancelAsync(IdOf(run));
        var asked = await AskAsync(IdOf(run), run.Json.GetProperty("difference").GetString()!, "key-cancel-0002");

        Assert.Equal(
            (200, "cancelled", "staff:officer-1"),
            (cancelled.Status, cancelled.Json.GetProperty("state").GetString(), cancelled.Json.GetProperty("cancelledBy").GetString())
        );
        Assert.Equal(cancelled.Body, again.Body);
        Assert.Equal(409, asked.Status);
        Assert.Contains("cancelled", asked.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pass_shows_how_far_it_is_and_cannot_be_taken_back()
    {
        var pass = await DryAsync("""{"dryRun":false,"why":"now"}""", "key-a-pass-0001");
        var cancelled = await CancelAsync(IdOf(pass));

        Assert.Equal(
            (201, "pass", "started"),
            (pass.Status, pass.Json.GetProperty("kind").GetString(), pass.Json.GetProperty("state").GetString())
        );
        Assert.True(pass.Json.TryGetProperty("sources", out _));
        Assert.Equal((409, "conflict"), (cancelled.Status, cancelled.Code));
        Assert.Equal(404, (await city.GetAsync($"/api/runs/{IdOf(pass)}/difference", city.Token(Role.Officer))).Status);
    }

    [Theory]
    [InlineData("00000000000000000000000000")]
    [InlineData("nothing like an id")]
    public async Task A_run_that_nobody_started_is_not_there(string id)
    {
        foreach (var path in new[] { "", "/difference", "/difference.xlsx" })
            Assert.Equal(404, (await city.GetAsync($"/api/runs/{Uri.EscapeDataString(id)}{path}", city.Token(Role.Officer))).Status);
        Assert.Equal(404, (await CancelAsync(Uri.EscapeDataString(id))).Status);
        Assert.Equal(409, (await AskAsync("00000000000000000000000000", new string('0', 64), "key-nobody-0001")).Status);
        Assert.Equal(400, (await AskAsync("00000000000000000000000000", "no hash", "key-nobody-0002")).Status);
    }

    private static string IdOf(Reply run) => run.Json.GetProperty("id").GetString()!;

    private static int Unchanged(Reply run) => run.Json.GetProperty("counts").GetProperty("unchanged").GetInt32();

    private Task<Reply> DryAsync(string body, string key) => city.PostAsync("/api/runs", city.Token(Role.Officer), body, key);

    private Task<Reply> CancelAsync(string id) => city.PostAsync($"/api/runs/{id}/cancel", city.Token(Role.Officer));

    private Task<Reply> AskAsync(string run, string hash, string key) =>
        city.PostAsync(
            "/api/approvals",
            city.Token(Role.Officer),
            JsonSerializer.Serialize(
                new
                {
                    kind = "rerun",
                    runId = run,
                    difference = hash,
                    why = "a test",
                }
            ),
            key
        );
}
