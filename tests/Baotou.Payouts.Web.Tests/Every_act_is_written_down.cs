using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Baotou.Payouts.Application;
using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Queues;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Time;
using Baotou.Payouts.Testing;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.Auditing;
using Baotou.Payouts.Web.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baotou.Payouts.Web.Tests;

/// <summary>Whoever asks for a change is in the audit log before it takes effect, whatever the route.</summary>
[Collection(nameof(City))]
public sealed class Every_act_is_written_down(City city)
{
    private string Day => ChinaTime.DayOf(city.Clock.GetUtcNow()).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task On_every_route_that_may_change_something_by_every_role_that_may_use_it()
    {
        var routes = city.Engine.Get<RouteTable>().Routes;
        Assert.All(routes, r => Assert.True(r.Method == "GET" || !r.IsPublic, $"{r.Id}: what changes something is never for everybody"));
        foreach (var route in routes.Where(r => r.Method == "POST"))
        {
            foreach (var role in Enum.GetValues<Role>())
            {
                var heads = await HeadsAsync();
                var path = string.Join('/', Route.Segments(route.Pattern).Select(p => p.StartsWith('{') ? "anything" : p));
                await city.PostAsync("/" + path, TokenOf(role), """{"said":"nothing"}""");
                var written = await SinceAsync(heads);
                if (!route.Roles.Contains(role))
                {
                    Assert.Empty(written);
                    continue;
                }

                Assert.Equal(2, written.Count);
                var (asked, became) = (written[0].Act, written[1]);
                Assert.Equal((route.Id, RoleWords.Of(role)), (asked.What, asked.Role));
                Assert.EndsWith($":{RoleWords.Of(role)}-1", asked.Subject, StringComparison.Ordinal);
                Assert.Matches("^(400 bad-request|404 not-found|409 conflict)$", became.Act.Outcome);
                Assert.Equal(written[0].Number, became.Act.Answers);
            }
        }
    }

    [Fact]
    public async Task Nobody_who_was_refused_at_the_door_is_written_but_counted()
    {
        var counted = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument is { Name: "payouts.requests.refused", Meter.Name: ActRecorder.MeterName })
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, n, tags, _) => Interlocked.Add(ref counted, n));
        listener.Start();
        var before = await EntriesAsync();

        await city.PostAsync("/api/stops", null, """{"what":"instructing","reason":"r"}""");
        await city.PostAsync("/api/stops", "nonsense", """{"what":"instructing","reason":"r"}""");
        await city.PostAsync("/api/stops", city.Token(Role.Auditor), """{"what":"instructing","reason":"r"}""");
        await city.PostAsync("/api/stops", city.Token(Role.Officer), "no json");

        Assert.Equal(before.Count, (await EntriesAsync()).Count);
        Assert.True(Interlocked.Read(ref counted) >= 4);
    }

    [Fact]
    public async Task With_why_and_on_what_and_without_digits_of_accounts()
    {
        var payout = city.Payouts.First(p => p.State == PayoutState.Held);
        await city.PostAsync(
            $"/api/payouts/{payout.Id}/confirmation",
            city.Token(Role.Enterprise, payout.Claim.Uscc.Value),
            """{"accountLastFour":"9876"}""",
            "audited-click-01"
        );
        await city.PostAsync(
            "/api/approvals",
            city.Token(Role.Officer),
            $$"""{"kind":"cut","pool":"{{payout.Pool.Pool}}","fiscalYear":2023,"amountFen":123456789012,"document":"〔2023〕8号","why":"card 6222 0210-0112 3456 789"}""",
            "audited-cut-0001"
        );

        var entries = await EntriesAsync();
        var click = entries.Last(e => e.GetProperty("what").GetString() == "confirm" && e.TryGetProperty("about", out _));
        var cut = entries.Last(e =>
            e.GetProperty("what").GetString() == "request-approval"
            && e.GetProperty("subject").GetString() == "staff:officer-1"
            && e.TryGetProperty("about", out _)
        );
        Assert.Equal($"payoutId={payout.Id}", click.GetProperty("about").GetString());
        Assert.Equal(
            $"kind=cut; pool={payout.Pool.Pool}; fiscalYear=2023; amountFen=123456789012; document=〔2023〕8号",
            cut.GetProperty("about").GetString()
        );
        Assert.Equal("card (digits)", cut.GetProperty("why").GetString());
        Assert.All(entries, e => Assert.DoesNotContain("9876", $"{Text(e, "about")} {Text(e, "why")}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task And_what_cannot_be_written_down_is_not_done()
    {
        await using var services = Log(new FaultyRowStore(new InMemoryRowStore(), FaultPlan.Of(_ => Fault.BeforeEffect)));
        using var recorder = new ActRecorder(services.GetRequiredService<IAuditLog>(), city.Clock, NullLogger<ActRecorder>.Instance);
        var options = new WebOptions { Issuers = [Tokens.Staff.Described] };
        var router = new PayoutsRouter(
            city.Engine.Get<RouteTable>(),
            new TokenCheck(options, city.Clock),
            options,
            city.Clock,
            recorder,
            NullLogger<PayoutsRouter>.Instance
        );
        var before = (await city.Engine.Get<ISwitchLog>().ListAsync(CancellationToken.None)).Count;

        var reply = await Reply.OfAsync(
            router,
            "POST",
            "/api/stops",
            city.Token(Role.Officer),
            """{"what":"instructing","reason":"r"}""",
            "stop-unwritten-1"
        );

        Assert.Equal((500, "internal-error"), (reply.Status, reply.Code));
        Assert.Equal(before, (await city.Engine.Get<ISwitchLog>().ListAsync(CancellationToken.None)).Count);
    }

    [Fact]
    public async Task And_what_was_done_is_answered_though_its_outcome_could_not_be_written_down()
    {
        var rows = new InMemoryRowStore();
        var plan = FaultPlan.Of(call => call > 7 ? Fault.BeforeEffect : Fault.None);
        await using var services = Log(new FaultyRowStore(rows, plan));
        using var recorder = new ActRecorder(services.GetRequiredService<IAuditLog>(), city.Clock, NullLogger<ActRecorder>.Instance);
        var options = new WebOptions { Issuers = [Tokens.Staff.Described] };
        var router = new PayoutsRouter(
            city.Engine.Get<RouteTable>(),
            new TokenCheck(options, city.Clock),
            options,
            city.Clock,
            recorder,
            NullLogger<PayoutsRouter>.Instance
        );

        var reply = await Reply.OfAsync(
            router,
            "POST",
            "/api/stops",
            city.Token(Role.Officer),
            """{"what":"pool","id":"nowhere","reason":"r"}""",
            "stop-unwritten-2"
        );

        Assert.Equal(404, reply.Status);
        Assert.True(plan.Faults > 0);
        await using var mended = Log(rows);
        Assert.Null(
            await new VerifyAudit(mended.GetRequiredService<IAuditLog>(), new EngineOptions()).HandleAsync(null, CancellationToken.None)
        );
        Assert.Single(await mended.GetRequiredService<IAuditLog>().PlacesAsync(CancellationToken.None));
    }

    [Fact]
    public async Task And_can_be_exported_without_a_formula()
    {
        await city.PostAsync(
            "/api/stops",
            city.Token(Role.Officer),
            """{"what":"pool","id":"=cmd","reason":"=HYPERLINK(1)"}""",
            "stop-formula-01"
        );

        var file = await city.GetAsync($"/api/audit/export.csv?day={Day}", city.Token(Role.Auditor));

        Assert.Equal((200, "text/csv; charset=utf-8"), (file.Status, file.Headers.ContentType.ToString()));
        Assert.Contains("\"'=HYPERLINK(1)\"", file.Body, StringComparison.Ordinal);
        var fields = Regex.Matches(file.Body, "\"((?:[^\"]|\"\")*)\"").Select(m => m.Groups[1].Value).ToList();
        Assert.DoesNotContain(fields, field => field is ['=' or '+' or '@' or '-' or '\t' or '\r', ..]);
        Assert.DoesNotMatch(
            "[=+@\t-]",
            Regex.Replace(file.Body[file.Body.IndexOf('\n', StringComparison.Ordinal)..], "\"(?:[^\"]|\"\")*\"", "")
        );
        Assert.Equal((await EntriesAsync()).Count, Regex.Replace(file.Body, "\"(?:[^\"]|\"\")*\"", "").Split("\r\n").Length - 2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?day=2023-02-30")]
    [InlineData("?day=2023-06-30&after=x")]
    [InlineData("?day=2023-06-30&after=0-999999999999")]
    public async Task A_day_that_is_none_is_refused(string query)
    {
        Assert.Equal(400, (await city.GetAsync("/api/audit" + query, city.Token(Role.Auditor))).Status);
        Assert.Equal(400, (await city.GetAsync("/api/audit/export.csv" + query, city.Token(Role.Auditor))).Status);
    }

    private static string? Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var text) ? text.GetString() : null;

    private static ServiceProvider Log(IRowStore rows) =>
        new ServiceCollection()
            .AddSingleton(new EngineOptions())
            .AddStorage(rows, new InMemoryWorkQueue(TimeProvider.System))
            .BuildServiceProvider();

    private string TokenOf(Role role) =>
        role switch
        {
            Role.Enterprise => city.Token(role, city.Payouts[0].Claim.Uscc.Value),
            Role.Bureau => city.Token(role, "science"),
            _ => city.Token(role),
        };

    private async Task<List<long>> HeadsAsync()
    {
        var heads = new List<long>();
        for (var bucket = 0; bucket < city.Engine.Get<EngineOptions>().Buckets; bucket++)
            heads.Add(
                (
                    await city
                        .Engine.Get<IAuditLog>()
                        .HeadAsync(new AuditPlace(ChinaTime.DayOf(city.Clock.GetUtcNow()), bucket), CancellationToken.None)
                )?.Count
                    ?? 0
            );
        return heads;
    }

    private async Task<List<AuditEntry>> SinceAsync(List<long> heads)
    {
        var since = new List<AuditEntry>();
        for (var bucket = 0; bucket < heads.Count; bucket++)
            since.AddRange(
                await city
                    .Engine.Get<IAuditLog>()
                    .ReadAsync(new AuditPlace(ChinaTime.DayOf(city.Clock.GetUtcNow()), bucket), heads[bucket], CancellationToken.None)
                    .ToListAsync()
            );
        return since;
    }

    /// <summary>
    /// All entries of the day in the order in which they are shown, page by page; sorted so that what is new comes last within its log.
    /// </summary>
    private async Task<List<JsonElement>> EntriesAsync()
    {
        var all = new List<JsonElement>();
        for (var after = ""; ; )
        {
            var page = (await city.GetAsync($"/api/audit?day={Day}{after}", city.Token(Role.Auditor))).Json;
            all.AddRange(page.GetProperty("entries").EnumerateArray());
            if (!page.TryGetProperty("next", out var next))
                return [.. all.OrderBy(Seen)];
            after = $"&after={next.GetString()}";
        }
    }

    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    private int Seen(JsonElement entry)
    {
        var hash = entry.GetProperty("hash").GetString()!;
        if (!_seen.TryGetValue(hash, out var at))
            _seen[hash] = at = _seen.Count;
        return at;
    }
}
