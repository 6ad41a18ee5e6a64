using System.CommandLine;
using System.Globalization;
using Baotou.Payouts.Local.Hosting;
using Baotou.Payouts.Local.Printing;
using Baotou.Payouts.Local.Sandbox;
using Baotou.Payouts.Web;
using Microsoft.Extensions.Logging;

namespace Baotou.Payouts.Local.Commands;

/// <summary>
/// <c>serve</c>: the local host with its API, and the schedule beside it, until Ctrl-C. With <c>--sandbox</c> over a city of the sandbox.
/// </summary>
internal static class ServeVerb
{
    private sealed record Request(SandboxCity? City, int Port, string? Folder, bool InThisProcess, TelemetryTarget Telemetry, bool AsJson);

    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var sandbox = new Option<bool>("--sandbox") { Description = "Serve a city of the sandbox: its calendar is run through first." };
        var enterprises = NumberOption.Create("--enterprises", 1, 1_000_000, 200, "Enterprises of a new sandbox.");
        var seed = NumberOption.Create("--seed", long.MinValue, long.MaxValue, 7, "Seed of a new sandbox.");
        var port = NumberOption.Create("--port", 0, 65_535, 7071, "Port on this machine, 0 for a free one.");
        var data = DataOption.Create(required: false);
        data.Description = "Keep the storage in this folder, or serve what it holds; without it nothing is left behind.";
        var memory = new Option<bool>("--memory")
        {
            Description = "Keep rows and queues in this process instead of starting the storage emulator.",
        };
        var telemetry = TelemetryOption(surroundings);
        var command = new Command("serve", "The local host with its API and schedule, until Ctrl-C.")
        {
            sandbox,
            enterprises,
            seed,
            port,
            data,
            memory,
            telemetry,
        };
        command.SetVerb(
            surroundings,
            (parsed, cancellationToken) =>
                RunAsync(
                    surroundings,
                    new Request(
                        parsed.GetValue(sandbox) ? new SandboxCity(parsed.GetValue(seed), parsed.GetValue(enterprises)) : null,
                        parsed.GetValue(port),
                        parsed.GetValue(data),
                        parsed.GetValue(memory),
                        parsed.GetValue(telemetry),
                        parsed.GetValue(PayoutsCommand.Json)
                    ),
                    cancellationToken
                )
        );
        return command;
    }

    /// <summary>Where telemetry goes; unless said otherwise to the collector that the environment names, or nowhere.</summary>
    private static Option<TelemetryTarget> TelemetryOption(Surroundings surroundings) =>
        new("--telemetry")
        {
            Description =
                $"Send numbers and traces to 'console' (standard output) or by 'otlp' to a collector; 'none' by default, 'otlp' where {TelemetryOutput.EndpointVariable} is set.",
            HelpName = "console|otlp|none",
            DefaultValueFactory = _ =>
                string.IsNullOrEmpty(surroundings.Variable(TelemetryOutput.EndpointVariable)) ? TelemetryTarget.None : TelemetryTarget.Otlp,
            CustomParser = given =>
            {
                switch (given.Tokens[0].Value)
                {
                    case "console":
                        return TelemetryTarget.Console;
                    case "otlp":
                        return TelemetryTarget.Otlp;
                    case "none":
                        return TelemetryTarget.None;
                    default:
                        given.AddError($"--telemetry expects console, otlp or none, got '{given.Tokens[0].Value}'");
                        return TelemetryTarget.None;
                }
            },
        };

    private static async Task<int> RunAsync(Surroundings surroundings, Request request, CancellationToken cancellationToken)
    {
        if (request is { AsJson: true, Telemetry: TelemetryTarget.Console })
            return PayoutsCommand.Refuse(
                surroundings,
                new("command line", "--json and --telemetry console exclude each other", "leave one of them out, or send telemetry by otlp")
            );
        var settings = StoreSettings.Default with { Sandbox = request.City };
        if (request.Folder is { } folder)
        {
            if (request.InThisProcess)
                return PayoutsCommand.Refuse(
                    surroundings,
                    new("command line", "--data and --memory exclude each other", "leave one of them out")
                );
            var (found, problem) = Settings(folder, settings);
            if (found is null)
                return PayoutsCommand.Refuse(surroundings, problem!);
            settings = found;
        }

        return await StoreWork.GuardedAsync(
            surroundings,
            async () =>
            {
                var catalogue = ListSource.Require(null).Catalogue!;
                using var telemetry = TelemetryOutput.To(request.Telemetry);
                await using var store =
                    request.InThisProcess ? LocalStore.InThisProcess(settings)
                    : request.Folder is null
                        ? await LocalStore.PassingAsync(settings, surroundings.Say, surroundings.Time, cancellationToken)
                    : await LocalStore.InFolderAsync(request.Folder, settings, surroundings.Say, surroundings.Time, cancellationToken);
                store.Web = new WebOptions { Issuers = LocalIssuer.Both(surroundings.Variable) };
                if (settings.Sandbox is { } city)
                {
                    await using var sandbox = await SandboxSession.StartAsync(
                        store,
                        catalogue,
                        city,
                        0,
                        new PumpOptions(),
                        500,
                        surroundings.Time,
                        cancellationToken
                    );
                    return await ServeAsync(surroundings, sandbox.Engine, sandbox.Run, request, cancellationToken);
                }

                await using var engine = await store.StartEngineAsync(
                    catalogue,
                    null,
                    new PumpOptions(),
                    500,
                    surroundings.Time,
                    LogToError(surroundings),
                    cancellationToken
                );
                return await ServeAsync(surroundings, engine, null, request, cancellationToken);
            }
        );
    }

    /// <summary>What a folder holds is served as it is; only a sandbox is never put over real data.</summary>
    private static (StoreSettings? Settings, InputProblem? Problem) Settings(string folder, StoreSettings made) =>
        DataOption.Read(folder).Settings is { } there && (there.Sandbox is not null || made.Sandbox is null)
            ? (there, null)
            : DataOption.ReadOrMake(folder, made);

    private static async Task<int> ServeAsync(
        Surroundings surroundings,
        LocalEngine engine,
        SandboxRun? sandbox,
        Request request,
        CancellationToken cancellationToken
    )
    {
        LocalHost host;
        try
        {
            host = await LocalHost.StartAsync(engine, request.Port, cancellationToken);
        }
        catch (IOException)
        {
            return PayoutsCommand.Refuse(
                surroundings,
                new("--port", $"port {request.Port} of this machine is in use", "name another one, or 0 for a free one")
            );
        }

        await using (host)
        {
            if (request.AsJson)
                Screen.Json(surroundings, json => WriteAddress(json, host.Address));
            else
                surroundings.Out.Write($"{host.Address}\n");
            try
            {
                if (sandbox is not null)
                    await RunThroughAsync(surroundings, sandbox, cancellationToken);
                await new Clockwork(engine, walks: sandbox is not null, surroundings.Time, surroundings.Say).RunAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // Ctrl-C is how serving ends.
            }

            return ExitCode.Done;
        }
    }

    /// <summary>
    /// Runs through the calendar. A message that cannot be handled keeps the calendar where it is and the host going, as one does in the
    /// cloud.
    /// </summary>
    private static async Task RunThroughAsync(Surroundings surroundings, SandboxRun sandbox, CancellationToken cancellationToken)
    {
        try
        {
            await sandbox.ToTheEndAsync(
                (tick, _) =>
                    surroundings.Say(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{Domain.Time.ChinaTime.DayOf(SandboxCalendar.Ticks[tick]):yyyy-MM-dd}: pull, match, allocate, issue"
                        )
                    ),
                cancellationToken
            );
            surroundings.Say("the sandbox's calendar is run through");
        }
        catch (WorkParkedException parked)
        {
            surroundings.Say($"the sandbox's calendar stands still: {parked.Message}");
        }
    }

    private static void WriteAddress(System.Text.Json.Utf8JsonWriter json, Uri address)
    {
        json.WriteStartObject();
        json.WriteString("address", address.ToString());
        json.WriteEndObject();
    }

    private static Action<ILoggingBuilder> LogToError(Surroundings surroundings) =>
        logging => logging.AddProvider(new LinesLog(surroundings));
}
