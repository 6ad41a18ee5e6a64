using Baotou.Payouts.Application;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Queues;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Local.Commands;
using Baotou.Payouts.Local.Demo;
using Baotou.Payouts.Local.Hosting;
using Baotou.Payouts.Local.Sandbox;
using Baotou.Payouts.Local.Sandbox.World;

namespace Baotou.Payouts.Local.Tests.Sandbox;

/// <summary>
/// A small city run through the sandbox's whole calendar over rows in memory: real agencies over loopback, a queue of its own.
/// </summary>
internal static class WholeRun
{
    private const long Seed = 7;
    private const int Enterprises = 60;

    private static readonly Lazy<Catalogue> List = new(() => ListSource.Require(null).Catalogue!);
    private static readonly Lazy<SandboxWorld> World = new(() => SandboxWorld.Generate(Seed, Enterprises, List.Value.Facts));

    /// <summary>Runs to the last tick, verifies and reads what is there.</summary>
    public static async Task<DemoReport> ToTheEndAsync(
        IRowStore rows,
        int workers = 2,
        int pageSize = 500,
        double faults = 0,
        Action? ran = null
    )
    {
        await using var exchange = await SandboxExchange.StartAsync(
            World.Value,
            new SandboxFaults(faults, Seed),
            cancellationToken: default
        );
        await using var engine = Engine(rows, exchange, workers, pageSize);
        await new SandboxRun(engine, exchange, new SandboxOfficers(engine.Get<OfficerActs>(), List.Value, Seed, Enterprises)).ToTheEndAsync(
            null,
            default
        );
        ran?.Invoke();
        Assert.Null((await engine.Get<VerifyLedger>().HandleAsync(null, default)).Difference);
        return await DemoReport.ReadAsync(engine, SandboxCalendar.BusinessDay, default);
    }

    /// <summary>Runs until the storage fails it.</summary>
    public static async Task KilledAsync(IRowStore rows)
    {
        await using var exchange = await SandboxExchange.StartAsync(World.Value, new SandboxFaults(0, Seed), cancellationToken: default);
        await using var engine = Engine(rows, exchange, 2, 500);
        await Assert.ThrowsAnyAsync<Exception>(() =>
            new SandboxRun(engine, exchange, new SandboxOfficers(engine.Get<OfficerActs>(), List.Value, Seed, Enterprises)).ToTheEndAsync(
                null,
                default
            )
        );
    }

    /// <summary>What may not depend on how a run went: all payouts, and every pool with its chain.</summary>
    public static string Outcome(DemoReport report) =>
        report.PayoutsSha256
        + "\n"
        + string.Join('\n', report.Pools.Select(p => $"{p.Pool} {p.Payouts} {p.Waiting} {CanonicalJson.Write(p.Head)}"));

    private static LocalEngine Engine(IRowStore rows, SandboxExchange exchange, int workers, int pageSize)
    {
        var meter = new StorageMeter();
        var options = new LocalEngineOptions
        {
            Catalogue = List.Value,
            Engine = new EngineOptions
            {
                Buckets = 4,
                PageSize = pageSize,
                FixedDay = SandboxCalendar.BusinessDay,
            },
            Exchange = exchange.Options,
            Pump = new PumpOptions { Workers = workers, Rest = TimeSpan.Zero },
            Cipher = StoreSettings.PassingCipher(),
        };
        return LocalEngine.Start(options, rows, new InMemoryWorkQueue(options.Clock, meter), meter);
    }
}
