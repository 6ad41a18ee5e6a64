using System.Net;
using System.Net.Sockets;
using Baotou.Payouts.Application.Pulling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Baotou.Payouts.Exchange.Tests.Walking;

/// <summary>
/// Whoever reads the log sees each attempt once, in a line that says why; stacks and what the library tells beside it would hide that.
/// </summary>
public sealed class When_an_agency_does_not_answer
{
    private const int Retries = 3;

    private readonly Lines _lines = new();

    [Fact]
    public async Task Each_attempt_that_is_made_again_is_one_line_that_says_why()
    {
        await using var client = Client(new Uri($"http://127.0.0.1:{ClosedPort()}/tax/"));

        var trouble = await Assert.ThrowsAsync<AgencyException>(() => client.GetRequiredService<IAgency>().ReadPageAsync("", 100, default));

        Assert.Equal(AgencyTrouble.Unreachable, trouble.Trouble);
        Assert.Equal(Retries, _lines.Told.Count);
        for (var attempt = 1; attempt <= Retries; attempt++)
            Assert.Matches(
                $@"^Warning Source tax: attempt {attempt} of {Retries + 1} failed after \d+ ms \(ConnectionError, ConnectionRefused\) and is made again\.$",
                _lines.Told[attempt - 1]
            );
    }

    [Theory]
    [InlineData(503, """{"code":503,"message":"91990001T000001832 is being looked at"}""", "HTTP 503")]
    [InlineData(200, """{"code":200,"message":"91990001T00000""", "the answer is not one whole JSON text")]
    [InlineData(200, """{"message":"91990001T000001832 has no code"}""", "the answer states no code")]
    [InlineData(200, """{"code":503,"message":"91990001T000001832 is being looked at"}""", "the agency answered with code 503")]
    public async Task What_it_wrote_is_in_no_line(int status, string answer, string why)
    {
        await using var stub = await StubAgency.StartAsync(
            (context, _) =>
            {
                context.Response.StatusCode = status;
                return StubAgency.WriteAsync(context, answer);
            }
        );
        await using var client = Client(stub.Options().Agencies[0].BaseAddress);

        await Assert.ThrowsAsync<AgencyException>(() => client.GetRequiredService<IAgency>().ReadPageAsync("", 100, default));

        Assert.Equal(Retries, _lines.Told.Count);
        Assert.All(_lines.Told, line => Assert.EndsWith($"({why}) and is made again.", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_that_is_broken_is_told_once_more()
    {
        await using var client = Client(new Uri($"http://127.0.0.1:{ClosedPort()}/tax/"), breakerMinimum: 2);

        await Assert.ThrowsAsync<AgencyException>(() => client.GetRequiredService<IAgency>().ReadPageAsync("", 100, default));

        Assert.Single(
            _lines.Told,
            "Warning Source tax: nearly every attempt fails, the last with ConnectionError, ConnectionRefused; nothing is sent for 15 s."
        );
    }

    private ServiceProvider Client(Uri address, int breakerMinimum = 100)
    {
        var agency = new AgencyOptions
        {
            Source = "tax",
            BaseAddress = address,
            Kind = WalkKind.Cursor,
            ClientId = "client",
            ServiceId = "service",
            Secret = "secret for a test",
        };
        var options = new ExchangeOptions
        {
            Agencies = [agency],
            Resilience = StubAgency.Fast with { MaxRetries = Retries, BreakerMinimum = breakerMinimum },
        };
        return new ServiceCollection().AddLogging(logging => logging.AddProvider(_lines)).AddExchange(options).BuildServiceProvider();
    }

    /// <summary>A port that nobody listens on: it was free a moment ago.</summary>
    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Every line of any category from warnings on, with the kind of an exception that stands beside it.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly List<string> _told = [];

        public IReadOnlyList<string> Told
        {
            get
            {
                lock (_told)
                    return [.. _told];
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel level) => level >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel level,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            lock (_told)
                _told.Add($"{level} {formatter(state, exception)}{(exception is null ? "" : $" {exception.GetType().Name}")}");
        }

        public void Dispose() { }
    }
}
