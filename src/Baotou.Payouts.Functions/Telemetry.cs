using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Baotou.Payouts.Application.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Baotou.Payouts.Functions;

/// <summary>
/// Sends the engine's numbers and traces where the settings say; without a setting nowhere. Log lines go by the platform's own way.
/// </summary>
public static class Telemetry
{
    /// <summary>The platform's setting of Application Insights; no secret, since the app sends as its own identity.</summary>
    public const string InsightsSetting = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>The setting of OpenTelemetry that names a collector.</summary>
    public const string CollectorSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Adds what the settings ask for: Application Insights, a collector, both or neither.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var insights = configuration[InsightsSetting];
        var collector = configuration[CollectorSetting];
        if (string.IsNullOrEmpty(insights) && string.IsNullOrEmpty(collector))
            return services;
        var telemetry = services
            .AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("payouts"))
            .WithMetrics(numbers => numbers.AddMeter(Metrics.Source))
            .WithTracing(steps => steps.AddSource(Metrics.Source));
        if (!string.IsNullOrEmpty(insights))
            telemetry.SendToInsights(insights, configuration["AZURE_CLIENT_ID"]);
        if (!string.IsNullOrEmpty(collector))
            telemetry.SendToCollector();
        return services;
    }

    private static void SendToInsights(this OpenTelemetryBuilder telemetry, string connection, string? clientId)
    {
        void Set(AzureMonitorExporterOptions options)
        {
            options.ConnectionString = connection;
            options.SamplingRatio = 1;
            options.TracesPerSecond = null;
            if (!string.IsNullOrEmpty(clientId))
                options.Credential = new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));
        }

        telemetry
            .WithMetrics(numbers => numbers.AddAzureMonitorMetricExporter(Set))
            .WithTracing(steps => steps.AddAzureMonitorTraceExporter(Set));
    }

    private static void SendToCollector(this OpenTelemetryBuilder telemetry) =>
        telemetry.WithMetrics(numbers => numbers.AddOtlpExporter()).WithTracing(steps => steps.AddOtlpExporter());
}
