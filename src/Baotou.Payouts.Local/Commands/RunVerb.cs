using System.CommandLine;
using System.Globalization;
using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Local.Hosting;
using Baotou.Payouts.Local.Printing;
using Baotou.Payouts.Local.Sandbox;

namespace Baotou.Payouts.Local.Commands;

/// <summary>
/// <c>run</c>: one pass, as the schedule makes it: every source walked, what is new matched, allocated and issued. On unchanged facts
/// nothing is new.
/// </summary>
internal static class RunVerb
{
    private sealed record Pass(IReadOnlyList<Payout> New, int Payouts, long Waiting);

    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var data = DataOption.Create(required: true);
        var workers = NumberOption.Create("--workers", 1, 64, 2, "Messages worked on at once.");
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Show what a round would change with what is stored now, and change nothing.",
        };
        var policy = new Option<string?>("--policy") { Description = "With --dry-run: one entry of the list." };
        var enterprise = new Option<string?>("--enterprise") { Description = "With --dry-run: one enterprise, by its code." };
        var period = new Option<string?>("--period") { Description = "With --dry-run: one occasion, such as a benefit year." };
        var output = new Option<string?>("--output")
        {
            Description = "With --dry-run: keep the difference in a new file, as .xlsx or .json.",
            HelpName = "FILE",
        };
        var command = new Command("run", "One pass over a store: walk every source, match, allocate and issue what is new.")
        {
            data,
            workers,
            dryRun,
            policy,
            enterprise,
            period,
            output,
        };
        command.SetVerb(
            surroundings,
            (parsed, cancellationToken) =>
                parsed.GetValue(dryRun) || HasScope(parsed, policy, enterprise, period, output)
                    ? DryRunPage.RunAsync(
                        surroundings,
                        parsed.GetRequiredValue(data)!,
                        parsed.GetValue(dryRun),
                        parsed.GetValue(policy),
                        parsed.GetValue(enterprise),
                        parsed.GetValue(period),
                        parsed.GetValue(output),
                        parsed.GetValue(PayoutsCommand.Json),
                        cancellationToken
                    )
                    : RunAsync(
                        surroundings,
                        parsed.GetRequiredValue(data)!,
                        parsed.GetValue(workers),
                        parsed.GetValue(PayoutsCommand.Json),
                        cancellationToken
                    )
        );
        return command;
    }

    private static bool HasScope(ParseResult parsed, params Option<string?>[] scope) => scope.Any(o => parsed.GetValue(o) is not null);

    private static async Task<int> RunAsync(
        Surroundings surroundings,
        string folder,
        int workers,
        bool asJson,
        CancellationToken cancellationToken
    )
    {
        var (settings, problem) = DataOption.Read(folder);
        if (settings is null)
            return PayoutsCommand.Refuse(surroundings, problem!);
        if (settings.Sandbox is not { } city)
            return PayoutsCommand.Refuse(
                surroundings,
                new($"--data {folder}", "this store has no agencies to walk", "name a store that 'payouts demo --data DIR' made")
            );
        return await StoreWork.GuardedAsync(
            surroundings,
            async () =>
            {
                var catalogue = ListSource.Require(null).Catalogue!;
                await using var store = await LocalStore.InFolderAsync(
                    folder,
                    settings,
                    surroundings.Say,
                    surroundings.Time,
                    cancellationToken
                );
                var pass = await Progress.RunAsync(
                    surroundings,
                    async progress =>
                    {
                        progress.Tell("pull, match, allocate, issue", 0.1);
                        await using var sandbox = await SandboxSession.StartAsync(
                            store,
                            catalogue,
                            city,
                            0,
                            new PumpOptions { Workers = workers },
                            500,
                            surroundings.Time,
                            cancellationToken
                        );
                        var before = (await PayoutsAsync(sandbox.Engine, settings.Buckets, cancellationToken))
                            .Select(p => p.Id)
                            .ToHashSet(StringComparer.Ordinal);
                        await sandbox
                            .Engine.Get<RecordAct>()
                            .HandleAsync(
                                new LocalAct(LocalAct.CommandLine, "run", "dryRun=false", "a pass", ContentHash.OfText("run")),
                                () => sandbox.Run.OnceAsync(cancellationToken),
                                cancellationToken
                            );
                        var after = await PayoutsAsync(sandbox.Engine, settings.Buckets, cancellationToken);
                        var pools = await sandbox.Engine.Get<DescribePool>().HandleAsync(null, cancellationToken);
                        return new Pass([.. after.Where(p => !before.Contains(p.Id))], after.Count, pools.Sum(p => p.Waiting));
                    }
                );
                var sum = pass.New.Aggregate(Fen.Zero, (total, p) => total + p.City + p.County);
                if (asJson)
                    Screen.Json(
                        surroundings,
                        json =>
                        {
                            json.WriteStartObject();
                            json.WriteString("asOf", SandboxCalendar.BusinessDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                            json.WriteNumber("newPayouts", pass.New.Count);
                            json.WriteNumber("newPayoutFen", sum.Value);
                            json.WriteNumber("payouts", pass.Payouts);
                            json.WriteNumber("waiting", pass.Waiting);
                            json.WriteEndObject();
                        }
                    );
                else
                    new Screen(surroundings).Line(
                        $"{pass.New.Count} new payout(s) of {sum.ToYuanText()} yuan, {pass.Payouts} in all, {pass.Waiting} claims wait"
                    );
                return ExitCode.Done;
            }
        );
    }

    private static async Task<List<Payout>> PayoutsAsync(LocalEngine engine, int buckets, CancellationToken cancellationToken)
    {
        var payouts = new List<Payout>();
        for (var bucket = 0; bucket < buckets; bucket++)
        {
            await foreach (var stored in engine.Get<IPayoutStore>().ReadBucketAsync(bucket, cancellationToken))
                payouts.Add(stored.Payout);
        }

        return payouts;
    }
}
