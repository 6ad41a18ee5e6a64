using System.Globalization;
using System.Net;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Exchange.Http;
using Baotou.Payouts.Local.Sandbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Baotou.Payouts.Exchange.Tests.Sandbox;

public sealed class When_a_request_is_not_in_order : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private SandboxExchange _exchange = null!;

    public async Task InitializeAsync() =>
        _exchange = await SandboxExchange.StartAsync(Walks.World(7, 20), time: new FakeTimeProvider(Now));

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _exchange.DisposeAsync();
    }

    [Theory]
    [InlineData(0, "", 200)]
    [InlineData(9.9, "", 200)]
    [InlineData(-9.9, "", 200)]
    [InlineData(10.1, "", 300)]
    [InlineData(-10.1, "", 300)]
    [InlineData(0, "forged", 300)]
    public async Task A_cursor_request_needs_a_true_signature_of_the_last_ten_minutes(double minutes, string forgery, int code)
    {
        var agency = Agency("tax");
        var milliseconds = Now.AddMinutes(minutes).ToUnixTimeMilliseconds();

        var (_, body) = await AskAsync(
            agency,
            "records?cursor=&size=10",
            ("gjzwfwpt_rid", agency.ClientId),
            ("gjzwfwpt_sid", agency.ServiceId),
            ("gjzwfwpt_rtime", milliseconds.ToString(CultureInfo.InvariantCulture)),
            ("gjzwfwpt_sign", RequestSignature.OfCursorRequest(agency.ServiceId, agency.ClientId, milliseconds, agency.Secret + forgery))
        );

        Assert.StartsWith($"{{\"code\":{code},", body);
    }

    [Theory]
    [InlineData(0, "", HttpStatusCode.OK)]
    [InlineData(10.1, "", HttpStatusCode.Unauthorized)]
    [InlineData(0, "forged", HttpStatusCode.Unauthorized)]
    public async Task A_snapshot_request_needs_a_true_signature_of_the_last_ten_minutes(
        double minutes,
        string forgery,
        HttpStatusCode status
    ) => Assert.Equal(status, await AskSnapshotAsync(Now.AddMinutes(minutes), "nonce-0123456789", forgery));

    [Fact]
    public async Task A_nonce_counts_once()
    {
        Assert.Equal(HttpStatusCode.OK, await AskSnapshotAsync(Now, "nonce-0123456789"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskSnapshotAsync(Now, "nonce-0123456789"));
        Assert.Equal(HttpStatusCode.OK, await AskSnapshotAsync(Now, "nonce-9876543210"));
    }

    [Theory]
    [InlineData(WalkKind.Cursor)]
    [InlineData(WalkKind.Snapshot)]
    public async Task A_client_whose_clock_is_off_sets_it_by_the_date_header_once(WalkKind kind)
    {
        await using var client = new ServiceCollection()
            .AddSingleton<TimeProvider>(new OffsetTime(Now.AddHours(3)))
            .AddExchange(_exchange.Options with { Resilience = StubAgency.Fast })
            .BuildServiceProvider();
        var agency = client.GetServices<IAgency>().First(a => a.Kind == kind);

        await agency.ReadPageAsync("", 10, default);
        Assert.Equal(2, _exchange.Requests);
        await agency.ReadPageAsync("", 10, default);
        Assert.Equal(3, _exchange.Requests);
    }

    [Fact]
    public async Task A_client_with_another_secret_is_refused_without_asking_again()
    {
        var options = _exchange.Options;
        await using var client = new ServiceCollection()
            .AddSingleton<TimeProvider>(new OffsetTime(Now))
            .AddExchange(
                options with
                {
                    Resilience = StubAgency.Fast,
                    Agencies = [.. options.Agencies.Select(a => a with { Secret = "wrong" })],
                }
            )
            .BuildServiceProvider();

        foreach (var agency in client.GetServices<IAgency>())
        {
            var trouble = await Assert.ThrowsAsync<AgencyException>(() => agency.ReadPageAsync("", 10, default));
            Assert.Equal(AgencyTrouble.Refused, trouble.Trouble);
        }

        Assert.Equal(options.Agencies.Count, _exchange.Requests);
    }

    private AgencyOptions Agency(string source) => _exchange.Options.Agencies.Single(a => a.Source == source);

    private async Task<HttpStatusCode> AskSnapshotAsync(DateTimeOffset at, string nonce, string forgery = "")
    {
        var agency = Agency("market");
        var milliseconds = at.ToUnixTimeMilliseconds();
        var (status, _) = await AskAsync(
            agency,
            "records?start=0&size=10",
            ("X-Client-Id", agency.ClientId),
            ("X-Timestamp", milliseconds.ToString(CultureInfo.InvariantCulture)),
            ("X-Nonce", nonce),
            ("X-Signature", RequestSignature.OfSnapshotRequest(agency.ClientId, milliseconds, nonce, agency.Secret + forgery))
        );
        return status;
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(
        AgencyOptions agency,
        string query,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(agency.BaseAddress, query));
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var response = await _http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>A fixed time of day over real timers: time-outs stay those of the machine.</summary>
    private sealed class OffsetTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
