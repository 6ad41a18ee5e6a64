using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Exchange.Http;
using Baotou.Payouts.Exchange.Walking;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Polly.Telemetry;

namespace Baotou.Payouts.Exchange;

/// <summary>Adds the exchange to a host.</summary>
public static class ExchangeRegistration
{
    /// <summary>
    /// Adds one <see cref="IAgency"/> per dataset and, if the treasury is given, the <see cref="IAccountRegister"/>. Options are checked at
    /// once; a <see cref="TimeProvider"/> already registered is used for the time-stamps of signatures.
    /// </summary>
    /// <exception cref="ArgumentException">An option cannot work, or a source stands twice.</exception>
    public static IServiceCollection AddExchange(this IServiceCollection services, ExchangeOptions options)
    {
        IEnumerable<AgencyOptions> treasuries = options.Treasury is null ? [] : [options.Treasury];
        if (
            options.Agencies.Concat(treasuries).GroupBy(a => a.Source, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is
            { } twice
        )
            throw new ArgumentException($"Source '{twice.Key}' stands twice.", nameof(options));
        services.TryAddSingleton(TimeProvider.System);

        // The library tells each attempt twice, with its stack; we tell it once, in a line.
        services.PostConfigure<TelemetryOptions>(telemetry => telemetry.LoggerFactory = NullLoggerFactory.Instance);
        foreach (var agency in options.Agencies)
        {
            AddLine(services, agency, options.Resilience);
            services.AddSingleton<IAgency>(provider =>
                agency.Kind == WalkKind.Cursor ? new CursorAgency(Line(provider, agency)) : new SnapshotAgency(Line(provider, agency))
            );
        }

        if (options.Treasury is { } treasury)
        {
            AddLine(services, treasury, options.Resilience);
            services.AddSingleton<IAccountRegister>(provider => new AccountRegister(Line(provider, treasury)));
        }

        return services;
    }

    private static AgencyLine Line(IServiceProvider provider, AgencyOptions agency) =>
        new(agency, provider.GetRequiredService<IHttpClientFactory>());

    /// <summary>Outermost the resilience, below it signing (each attempt anew), below that the reading of the whole body.</summary>
    private static void AddLine(IServiceCollection services, AgencyOptions agency, ExchangeResilience resilience)
    {
        agency.Validate();
        services.AddKeyedSingleton(agency.Source, (provider, _) => new AgencyClock(provider.GetRequiredService<TimeProvider>()));
        var client = services.AddHttpClient(
            AgencyLine.ClientName(agency),
            http =>
            {
                http.BaseAddress = agency.BaseAddress;
                http.Timeout = Timeout.InfiniteTimeSpan; // the resilience bounds it
            }
        );
        client.RemoveAllLoggers();
        client.ConfigurePrimaryHttpMessageHandler(() =>
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false, // a signed request goes where it was signed for
                UseCookies = false,
                UseProxy = !agency.BaseAddress.IsLoopback,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            }
        );
        client
            .AddStandardResilienceHandler()
            .Configure(
                (standard, provider) => resilience.Configure(standard, agency.Source, provider.GetRequiredService<ILogger<AgencyLine>>())
            );
        client.AddHttpMessageHandler(provider => new SigningHandler(agency, provider.GetRequiredKeyedService<AgencyClock>(agency.Source)));
        client.AddHttpMessageHandler(() => new WholeAnswerHandler(agency.Source, resilience.MaxAnswerBytes));
    }
}
