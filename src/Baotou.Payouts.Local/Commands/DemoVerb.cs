using System.CommandLine;
using System.Globalization;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Local.Demo;
using Baotou.Payouts.Local.Hosting;
using Baotou.Payouts.Local.Printing;
using Baotou.Payouts.Local.Sandbox;

namespace Baotou.Payouts.Local.Commands;

/// <summary>What was asked of a demo.</summary>
internal sealed record DemoRequest(
    SandboxCity City,
    double Faults,
    int Workers,
    int PageSize,
    string? Folder,
    bool InThisProcess,
    bool AsJson
);

/// <summary>
/// <c>demo</c>: the main job whole. Storage and sandbox up, pools opened and appropriated, every tick of the sandbox's calendar pulled,
/// matched, allocated and issued, all of it verified, a summary. Ends with 0 only if verifying holds.
/// </summary>
internal static class DemoVerb
{
    /// <summary>The share of all work that the ticks are; verifying and summing up are the rest.</summary>
    private const double TicksShare = 0.8;

    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var enterprises = NumberOption.Create("--enterprises", 1, 1_000_000, 2_000, "Enterprises in the sandbox's city.");
        var seed = NumberOption.Create("--seed", long.MinValue, long.MaxValue, 7, "Another seed, another city.");
        var faults = NumberOption.Create(
            "--faults",
            0.0,
            1.0,
            0.0,
            "Share of the agencies' answers that go wrong, at most three running for one request."
        );
        var workers = NumberOption.Create("--workers", 1, 64, 2, "Messages worked on at once.");
        var pageSize = NumberOption.Create("--page-size", 1, 1_000, 500, "Most records of one page of a walk.");
        var data = DataOption.Create(required: false);
        data.Description = "Keep the storage in this folder; a later run goes on where this one ended. Without it nothing is left behind.";
        var memory = new Option<bool>("--memory")
        {
            Description = "Keep rows and queues in this process instead of starting the storage emulator.",
        };
        var command = new Command("demo", "The main job whole, on a sandbox of agencies: pull, match, allocate, issue, verify, summary.")
        {
            enterprises,
            seed,
            faults,
            workers,
            pageSize,
            data,
            memory,
        };
        command.SetVerb(
            surroundings,
            (parsed, cancellationToken) =>
                RunAsync(
                    surroundings,
                    new DemoRequest(
                        new SandboxCity(parsed.GetValue(seed), parsed.GetValue(enterprises)),
                        parsed.GetValue(faults),
                        parsed.GetValue(workers),
                        parsed.GetValue(pageSize),
                        parsed.GetValue(data),
                        parsed.GetValue(memory),
                        parsed.GetValue(PayoutsCommand.Json)
                    ),
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(Surroundings surroundings, DemoRequest request, CancellationToken cancellationToken)
    {
        if (request is { Folder: not null, InThisProcess: true })
            return PayoutsCommand.Refuse(
                surroundings,
                new("command line", "--data and --memory exclude each other", "leave one of them out")
            );
        if (request.Folder is { } folder && DataOption.ReadOrMake(folder, SettingsOf(request)).Problem is { } problem)
            return PayoutsCommand.Refuse(surroundings, problem);
        return await StoreWork.GuardedAsync(
            surroundings,
            async () =>
            {
                var catalogue = ListSource.Require(null).Catalogue!;
                await using var store = await OpenAsync(surroundings, request, cancellationToken);
                var outcome = await Progress.RunAsync(
                    surroundings,
                    progress => WorkAsync(surroundings, request, catalogue, store, progress, cancellationToken)
                );
                if (request.AsJson)
                    Screen.Json(surroundings, json => DemoSummary.Write(json, catalogue, outcome));
                else
                    DemoPage.Show(new Screen(surroundings), catalogue, outcome, request.Folder);
                return outcome.Verification.Holds ? ExitCode.Done : ExitCode.Failed;
            }
        );
    }

    private static StoreSettings SettingsOf(DemoRequest request) => StoreSettings.Default with { Sandbox = request.City };

    private static Task<LocalStore> OpenAsync(Surroundings surroundings, DemoRequest request, CancellationToken cancellationToken)
    {
        var settings = SettingsOf(request);
        if (request.InThisProcess)
            return Task.FromResult(LocalStore.InThisProcess(settings));
        return request.Folder is null
            ? LocalStore.PassingAsync(settings, surroundings.Say, surroundings.Time, cancellationToken)
            : LocalStore.InFolderAsync(
                request.Folder,
                StoreSettings.Read(request.Folder)!,
                surroundings.Say,
                surroundings.Time,
                cancellationToken
            );
    }

    private static async Task<DemoOutcome> WorkAsync(
        Surroundings surroundings,
        DemoRequest request,
        Catalogue catalogue,
        LocalStore store,
        Progress progress,
        CancellationToken cancellationToken
    )
    {
        var start = surroundings.Time.GetTimestamp();
        progress.Tell($"building the city of {request.City}", 0);
        await using var sandbox = await SandboxSession.StartAsync(
            store,
            catalogue,
            request.City,
            request.Faults,
            new PumpOptions { Workers = request.Workers },
            request.PageSize,
            surroundings.Time,
            cancellationToken
        );
        var engine = sandbox.Engine;
        await sandbox.Run.ToTheEndAsync(
            (tick, ticks) =>
                progress.Tell(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Domain.Time.ChinaTime.DayOf(SandboxCalendar.Ticks[tick]):yyyy-MM-dd}: pull, match, allocate, issue"
                    ),
                    TicksShare * tick / ticks
                ),
            cancellationToken
        );
        var cost = new RunCost(engine.Meter.TableTransactions, engine.Meter.QueueTransactions, engine.Get<Pump>().Handled);

        progress.Tell("verifying", TicksShare);
        var verification = await engine.Get<VerifyLedger>().HandleAsync(null, cancellationToken);
        progress.Tell("summing up", 0.95);
        var report = await DemoReport.ReadAsync(engine, SandboxCalendar.BusinessDay, cancellationToken);
        var examples = new List<PayoutAccount>();
        foreach (var payout in Examples(report))
        {
            if (await engine.Get<DescribePayout>().HandleAsync(payout, cancellationToken) is { } account)
                examples.Add(account);
        }

        return new DemoOutcome(report, verification, examples, cost, surroundings.Time.GetElapsedTime(start));
    }

    /// <summary>One payout of each of the three entries that pay most often.</summary>
    private static IEnumerable<string> Examples(DemoReport report) =>
        report
            .Payouts.GroupBy(p => p.Claim.Policy)
            .OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key, StringComparer.Ordinal)
            .Take(3)
            .Select(g => g.First().Id);
}
