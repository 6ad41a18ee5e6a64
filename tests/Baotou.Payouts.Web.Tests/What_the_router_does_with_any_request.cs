using Baotou.Payouts.Application;
using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.Application.Exporting;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Queues;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.Auditing;
using Baotou.Payouts.Web.Exporting;
using Baotou.Payouts.Web.Routing;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Baotou.Payouts.Web.Tests;

public sealed class What_the_router_does_with_any_request
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("GET", "/healthz", 200)]
    [InlineData("HEAD", "/healthz", 200)]
    [InlineData("POST", "/healthz", 405)]
    [InlineData("DELETE", "/healthz", 405)]
    [InlineData("GET", "/nothing-here", 404)]
    [InlineData("GET", "/", 404)]
    [InlineData("GET", "/healthz/", 404)]
    [InlineData("GET", "/HEALTHZ", 404)]
    public async Task A_path_has_its_answer(string method, string path, int status)
    {
        var reply = await AskAsync(Open(), method, path);

        Assert.Equal(status, reply.Status);
        if (status == 405)
            Assert.Equal("GET", reply.Headers.Allow);
        if (status >= 400)
            Assert.StartsWith("application/problem+json", reply.Headers.ContentType, StringComparison.Ordinal);
        if (method == "HEAD")
            Assert.Equal("", reply.Body);
    }

    [Fact]
    public async Task Every_answer_carries_the_security_headers_and_no_cookie()
    {
        foreach (var path in new[] { "/healthz", "/nothing-here", "/broken" })
        {
            var headers = (await AskAsync(Open(), "GET", path)).Headers;

            Assert.Equal("nosniff", headers.XContentTypeOptions);
            Assert.Equal("no-store", headers.CacheControl);
            Assert.Contains("default-src 'none'", headers.ContentSecurityPolicy.ToString(), StringComparison.Ordinal);
            Assert.Equal("no-referrer", headers["Referrer-Policy"]);
            Assert.False(headers.ContainsKey("Set-Cookie"));
        }
    }

    [Fact]
    public async Task What_is_thrown_becomes_a_problem_without_its_trace()
    {
        var reply = await AskAsync(Open(), "GET", "/broken");

        Assert.Equal((500, "internal-error"), (reply.Status, reply.Code));
        Assert.DoesNotContain("secret", reply.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_thrown_while_writing_leaves_no_half_answer()
    {
        var reply = await AskAsync(Open(), "GET", "/half");

        Assert.Equal((500, "internal-error"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task An_export_that_breaks_before_anything_was_sent_is_a_refusal_and_one_that_breaks_later_breaks_off()
    {
        var early = await AskAsync(Open(), "GET", "/export/10");
        var (aborted, late) = (false, (Reply?)null);
        late = await Reply.OfAsync(
            Open(),
            "GET",
            "/export/100000",
            also: c => c.Features.Set<IHttpRequestLifetimeFeature>(new Broken(() => aborted = true))
        );
        var whole = await AskAsync(Open(), "GET", "/export/0");

        Assert.Equal((500, "internal-error"), (early.Status, early.Code));
        Assert.DoesNotContain("row", early.Body, StringComparison.Ordinal);
        Assert.True(aborted && late.Bytes.Length > 64 * 1024);
        Assert.Equal((200, "attachment; filename=\"planted.csv\""), (whole.Status, whole.Headers.ContentDisposition.ToString()));
        Assert.Equal("nosniff", whole.Headers.XContentTypeOptions.ToString());
    }

    [Fact]
    public async Task What_takes_too_long_is_given_up()
    {
        var asking = AskAsync(Open(), "GET", "/slow");
        _clock.Advance(TimeSpan.FromSeconds(31));
        var reply = await asking;

        Assert.Equal((503, "took-too-long", "5"), (reply.Status, reply.Code, reply.Headers.RetryAfter.ToString()));
    }

    [Theory]
    [InlineData("[]", "application/json", 400)]
    [InlineData("{", "application/json", 400)]
    [InlineData("{\"a\":1,\"a\":2}", "application/json", 400)]
    [InlineData("{\"a\":[[[[[[[[[[1]]]]]]]]]]}", "application/json", 400)]
    [InlineData("{}", "text/plain", 400)]
    [InlineData("{}", null, 400)]
    [InlineData("{}", "application/json; charset=utf-8", 200)]
    public async Task A_body_is_one_json_object(string body, string? type, int status) =>
        Assert.Equal(status, (await Reply.OfAsync(Open(), "POST", "/body", body: body, also: c => c.Request.ContentType = type)).Status);

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_whether_it_says_so_or_not()
    {
        var large = $$"""{"a":"{{new string('x', 70_000)}}"}""";

        Assert.Equal(413, (await Reply.OfAsync(Open(), "POST", "/body", body: large)).Status);
        Assert.Equal(
            413,
            (await Reply.OfAsync(Open(), "POST", "/body", body: "{}", also: c => c.Request.ContentLength = long.MaxValue)).Status
        );
    }

    [Fact]
    public async Task More_requests_than_a_minute_takes_are_told_when_to_come_back()
    {
        var router = Open();
        for (var i = 0; i < 120; i++)
            Assert.Equal(200, (await AskAsync(router, "GET", "/healthz")).Status);

        var refused = await AskAsync(router, "GET", "/healthz");
        _clock.Advance(TimeSpan.FromSeconds(int.Parse(refused.Headers.RetryAfter!, System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Equal((429, "too-many-requests"), (refused.Status, refused.Code));
        Assert.Equal(200, (await AskAsync(router, "GET", "/healthz")).Status);
    }

    [Fact]
    public async Task Guessing_tokens_is_counted_too()
    {
        var router = Open();
        for (var i = 0; i < 120; i++)
            Assert.Equal(401, (await Reply.OfAsync(router, "GET", "/staff", "nonsense")).Status);

        Assert.Equal(429, (await Reply.OfAsync(router, "GET", "/staff", "nonsense")).Status);
    }

    [Fact]
    public async Task A_refused_token_says_so_as_the_standard_wants()
    {
        var without = await Reply.OfAsync(Open(), "GET", "/staff");
        var with = await Reply.OfAsync(Open(), "GET", "/staff", "nonsense");
        var twice = await Reply.OfAsync(
            Open(),
            "GET",
            "/staff",
            also: c => c.Request.Headers.Authorization = new(["Bearer a", "Bearer b"])
        );

        Assert.Equal((401, "Bearer realm=\"payouts\""), (without.Status, without.Headers.WWWAuthenticate.ToString()));
        Assert.Equal((401, "Bearer realm=\"payouts\", error=\"invalid_token\""), (with.Status, with.Headers.WWWAuthenticate.ToString()));
        Assert.Equal("no-token", twice.Code);
    }

    private PayoutsRouter Open()
    {
        var options = new WebOptions { Issuers = [] };
        var services = new ServiceCollection()
            .AddSingleton(new EngineOptions())
            .AddStorage(new InMemoryRowStore(), new InMemoryWorkQueue(_clock))
            .BuildServiceProvider();
        var recorder = new ActRecorder(services.GetRequiredService<IAuditLog>(), _clock, NullLogger<ActRecorder>.Instance);
        return new PayoutsRouter(
            new RouteTable([new Planted()]),
            new TokenCheck(options, _clock),
            options,
            _clock,
            recorder,
            NullLogger<PayoutsRouter>.Instance
        );
    }

    private static Task<Reply> AskAsync(PayoutsRouter router, string method, string path) => Reply.OfAsync(router, method, path);

    private sealed class Planted : IRoutes
    {
        public IEnumerable<Route> Routes =>
            [
                new()
                {
                    Id = "health",
                    Method = "GET",
                    Pattern = "/healthz",
                    IsPublic = true,
                    Summary = "",
                    Shows = [],
                    Handler = (_, _) => Task.FromResult(Empty()),
                },
                new()
                {
                    Id = "body",
                    Method = "POST",
                    Pattern = "/body",
                    IsPublic = true,
                    Summary = "",
                    Shows = [],
                    Body = [],
                    Handler = (_, _) => Task.FromResult(Empty()),
                },
                new()
                {
                    Id = "staff",
                    Method = "GET",
                    Pattern = "/staff",
                    Roles = [Role.Officer],
                    Summary = "",
                    Shows = [],
                    Handler = (_, _) => Task.FromResult(Empty()),
                },
                new()
                {
                    Id = "broken",
                    Method = "GET",
                    Pattern = "/broken",
                    IsPublic = true,
                    Summary = "",
                    Shows = [],
                    Handler = (_, _) => throw new InvalidOperationException("secret"),
                },
                new()
                {
                    Id = "slow",
                    Method = "GET",
                    Pattern = "/slow",
                    IsPublic = true,
                    Summary = "",
                    Shows = [],
                    Handler = WaitAsync,
                },
                new()
                {
                    Id = "export",
                    Method = "GET",
                    Pattern = "/export/{rows}",
                    IsPublic = true,
                    Summary = "",
                    Shows = [],
                    Handler = (call, _) =>
                        Task.FromResult(ExportPair.Csv(new ExportTable("planted", ["row"], RowsAsync(int.Parse(call.Part("rows"), null))))),
                },
                new()
                {
                    Id = "half",
                    Method = "GET",
                    Pattern = "/half",
                    IsPublic = true,
                    Summary = "",
                    Shows = [],
                    Handler = (_, _) =>
                        Task.FromResult(
                            Answer.Ok(json =>
                            {
                                json.WriteStartObject();
                                throw new InvalidOperationException("secret");
                            })
                        ),
                },
            ];

        /// <summary>So many rows, and then trouble; none if none are asked for.</summary>
        private static async IAsyncEnumerable<IReadOnlyList<ExportCell>> RowsAsync(int rows)
        {
            for (var i = 0; i < rows; i++)
                yield return [ExportCell.Of("row")];
            await Task.CompletedTask;
            if (rows > 0)
                throw new InvalidOperationException("secret");
        }

        private static Answer Empty() =>
            Answer.Ok(json =>
            {
                json.WriteStartObject();
                json.WriteEndObject();
            });

        private static async Task<Answer> WaitAsync(Call call, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return Empty();
        }
    }

    private sealed class Broken(Action abort) : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted { get; set; }

        public void Abort() => abort();
    }
}
