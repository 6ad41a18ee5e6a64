using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Local.Hosting;
using Baotou.Payouts.Local.Sandbox.World;

namespace Baotou.Payouts.Local.Sandbox;

/// <summary>A city of the sandbox behind its agencies, and an engine that walks them; both end with it.</summary>
internal sealed class SandboxSession : IAsyncDisposable
{
    private SandboxSession(SandboxExchange exchange, LocalEngine engine, SandboxRun run)
    {
        Exchange = exchange;
        Engine = engine;
        Run = run;
    }

    /// <summary>The agencies.</summary>
    public SandboxExchange Exchange { get; }

    /// <summary>The engine.</summary>
    public LocalEngine Engine { get; }

    /// <summary>Drives the engine through the calendar.</summary>
    public SandboxRun Run { get; }

    /// <summary>Builds the city, serves it and puts an engine together over a store.</summary>
    /// <param name="store">Where rows and queues are.</param>
    /// <param name="catalogue">The list.</param>
    /// <param name="city">The city.</param>
    /// <param name="faults">Share of the agencies' answers that go wrong, 0 to 1.</param>
    /// <param name="pump">How hard the engine works.</param>
    /// <param name="pageSize">Most records of one page of a walk.</param>
    /// <param name="time">The wall clock.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<SandboxSession> StartAsync(
        LocalStore store,
        Catalogue catalogue,
        SandboxCity city,
        double faults,
        PumpOptions pump,
        int pageSize,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var world = SandboxWorld.Generate(city.Seed, city.Enterprises, catalogue.Facts);
        var exchange = await SandboxExchange.StartAsync(world, new SandboxFaults(faults, city.Seed), cancellationToken: cancellationToken);
        try
        {
            var engine = await store.StartEngineAsync(catalogue, exchange.Options, pump, pageSize, time, null, cancellationToken);
            var officers = new SandboxOfficers(engine.Get<OfficerActs>(), catalogue, city.Seed, city.Enterprises);
            return new SandboxSession(exchange, engine, new SandboxRun(engine, exchange, officers));
        }
        catch
        {
            await exchange.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Exchange.DisposeAsync();
    }
}
