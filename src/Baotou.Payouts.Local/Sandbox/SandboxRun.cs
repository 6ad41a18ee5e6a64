using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Local.Hosting;

namespace Baotou.Payouts.Local.Sandbox;

/// <summary>
/// Drives the engine through the sandbox's calendar. The clock of the agencies moves only when no work is left and every walk has reached
/// it, so the outcome does not depend on workers, page sizes, faults or on where an earlier run was killed.
/// </summary>
public sealed class SandboxRun(LocalEngine engine, SandboxExchange exchange, SandboxOfficers officers)
{
    private readonly Sweep _sweep = engine.Get<Sweep>();
    private readonly Pump _pump = engine.Get<Pump>();
    private readonly ISourceLog _sources = engine.Get<ISourceLog>();

    /// <summary>Runs from where the storage stands to the last tick.</summary>
    /// <param name="progress">Called with the tick that begins and the number of ticks.</param>
    /// <param name="cancellationToken">Stops between steps; a later run goes on.</param>
    public async Task ToTheEndAsync(Action<int, int>? progress, CancellationToken cancellationToken)
    {
        await RecordedAsync(officers.Begins(exchange.Tick), () => officers.BeginAsync(cancellationToken), cancellationToken);
        exchange.AdvanceTo(await ReachedTickAsync(cancellationToken));
        while (true)
        {
            progress?.Invoke(exchange.Tick, SandboxCalendar.Ticks.Count);
            await OnePassAsync(cancellationToken);
            if (SandboxOfficers.ActAfter(exchange.Tick))
                await RecordedAsync(
                    officers.Appropriates(exchange.Tick),
                    () => officers.AfterTickAsync(exchange.Tick, cancellationToken),
                    cancellationToken
                );
            await SettleAsync(cancellationToken);
            if (!exchange.Advance())
                break;
        }

        await _sweep.PayoutsAsync(cancellationToken);
    }

    /// <summary>
    /// One pass at the tick that the storage has reached: walks everything, works until nothing is left, takes payouts on.
    /// </summary>
    public async Task OnceAsync(CancellationToken cancellationToken)
    {
        exchange.AdvanceTo(Math.Max(exchange.Tick, await ReachedTickAsync(cancellationToken)));
        await OnePassAsync(cancellationToken);
        if (await engine.Get<OpenRound>().OnRequestAsync(cancellationToken) > 0)
            await SettleAsync(cancellationToken);
        await _sweep.PayoutsAsync(cancellationToken);
    }

    private async Task OnePassAsync(CancellationToken cancellationToken)
    {
        do
        {
            await _sweep.PullAsync(cancellationToken);
            await _pump.DrainAsync(cancellationToken);
            ThrowIfParked();
        } while (!await AllWalkedAsync(cancellationToken));
        await SettleAsync(cancellationToken);
    }

    private Task RecordedAsync(LocalAct act, Func<Task> doing, CancellationToken cancellationToken) =>
        engine.Get<RecordAct>().HandleAsync(act, doing, cancellationToken);

    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        do
        {
            await _pump.DrainAsync(cancellationToken);
            ThrowIfParked();
        } while (await _sweep.RunAsync(cancellationToken) > 0);
    }

    private void ThrowIfParked()
    {
        if (_pump.Parked > 0)
            throw new WorkParkedException(_pump.Parked, _pump.LastFailure);
    }

    private async Task<bool> AllWalkedAsync(CancellationToken cancellationToken)
    {
        var standings = await _sources.ListAsync(cancellationToken);
        return engine
            .Get<WalkSource>()
            .Sources.Append(WalkAccounts.Source)
            .All(s => standings.GetValueOrDefault(s)?.CompleteThrough >= exchange.AsOf);
    }

    /// <summary>The latest tick that any source was walked to: the clock had reached it.</summary>
    private async Task<int> ReachedTickAsync(CancellationToken cancellationToken)
    {
        var reached = 0;
        foreach (var source in engine.Get<WalkSource>().Sources.Append(WalkAccounts.Source))
        {
            if ((await _sources.ReadAsync(source, cancellationToken)).Standing.CompleteThrough is not { } through)
                continue;
            for (var tick = 0; tick < SandboxCalendar.Ticks.Count; tick++)
            {
                if (SandboxCalendar.Ticks[tick] <= through)
                    reached = Math.Max(reached, tick);
            }
        }

        return reached;
    }
}
