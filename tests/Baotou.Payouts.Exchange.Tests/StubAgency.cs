using System.Text;
using Baotou.Payouts.Application.Pulling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Baotou.Payouts.Exchange.Tests;

/// <summary>An agency on a loopback port that answers as the test says; the answers are given in order and the last one stays.</summary>
internal sealed class StubAgency : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Func<HttpContext, int, Task> _answer;
    private int _requests;

    private StubAgency(Func<HttpContext, int, Task> answer)
    {
        _answer = answer;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _application = builder.Build();
        _application.Run(context => _answer(context, Interlocked.Increment(ref _requests)));
    }

    public int Requests => Volatile.Read(ref _requests);

    public static async Task<StubAgency> StartAsync(Func<HttpContext, int, Task> answer)
    {
        var stub = new StubAgency(answer);
        await stub._application.StartAsync();
        return stub;
    }

    public static Task<StubAgency> StartAsync(params string[] answers) =>
        StartAsync((context, n) => WriteAsync(context, answers[Math.Min(n, answers.Length) - 1]));

    public static Task WriteAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(json)).AsTask();
    }

    public ServiceProvider Client(WalkKind kind = WalkKind.Cursor, ExchangeResilience? resilience = null, bool treasury = false) =>
        new ServiceCollection().AddExchange(Options(kind, resilience, treasury)).BuildServiceProvider();

    /// <summary>What a client of this agency is told.</summary>
    public ExchangeOptions Options(WalkKind kind = WalkKind.Cursor, ExchangeResilience? resilience = null, bool treasury = false)
    {
        var agency = new AgencyOptions
        {
            Source = "tax",
            BaseAddress = new Uri(_application.Urls.Single() + "/tax/"),
            Kind = kind,
            ClientId = "client",
            ServiceId = "service",
            Secret = "secret for a test",
        };
        return new ExchangeOptions
        {
            Agencies = treasury ? [] : [agency],
            Treasury = treasury
                ? agency with
                {
                    Source = "treasury",
                    BaseAddress = new Uri(_application.Urls.Single() + "/treasury/"),
                }
                : null,
            Resilience = resilience ?? Fast,
        };
    }

    /// <summary>As in production, only without the waiting.</summary>
    public static readonly ExchangeResilience Fast = new()
    {
        AttemptTimeout = TimeSpan.FromSeconds(20),
        TotalTimeout = TimeSpan.FromSeconds(60),
        BaseDelay = TimeSpan.FromMilliseconds(1),
        MaxDelay = TimeSpan.FromMilliseconds(5),
    };

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }
}
