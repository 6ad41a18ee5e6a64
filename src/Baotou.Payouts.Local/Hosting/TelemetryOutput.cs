using Baotou.Payouts.Application.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Baotou.Payouts.Local.Hosting;

/// <summary>Where a local host sends its telemetry.</summary>
internal enum TelemetryTarget
{
    /// <summary>Nowhere; nothing is listened to.</summary>
    None,

    /// <summary>Standard output, for people.</summary>
    Console,

    /// <summary>A collector, by OTLP; where it is and all else is said by the environment variables of OpenTelemetry.</summary>
    Otlp,
}

/// <summary>Sends the engine's numbers and traces somewhere; what is left is sent when it is disposed of.</summary>
internal sealed class TelemetryOutput : IDisposable
{
    /// <summary>
    /// The variable of OpenTelemetry that names a collector; where it is set nothing needs to be said on the command line.
    /// </summary>
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private readonly MeterProvider? _numbers;
    private readonly TracerProvider? _steps;

    private TelemetryOutput(MeterProvider? numbers, TracerProvider? steps)
    {
        _numbers = numbers;
        _steps = steps;
    }

    /// <summary>Begins to listen.</summary>
    public static TelemetryOutput To(TelemetryTarget target)
    {
        if (target == TelemetryTarget.None)
            return new TelemetryOutput(null, null);
        var numbers = Sdk.CreateMeterProviderBuilder().ConfigureResource(SayWho).AddMeter(Metrics.Source);
        var steps = Sdk.CreateTracerProviderBuilder().ConfigureResource(SayWho).AddSource(Metrics.Source);
        return target == TelemetryTarget.Console
            ? new TelemetryOutput(numbers.AddConsoleExporter().Build(), steps.AddConsoleExporter().Build())
            : new TelemetryOutput(numbers.AddOtlpExporter().Build(), steps.AddOtlpExporter().Build());
    }

    private static void SayWho(ResourceBuilder resource) => resource.AddService("payouts", autoGenerateServiceInstanceId: false);

    /// <inheritdoc/>
    public void Dispose()
    {
        _numbers?.Dispose();
        _steps?.Dispose();
    }
}
