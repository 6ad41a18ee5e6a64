using Baotou.Payouts.Application.Work;

namespace Baotou.Payouts.Local.Hosting;

/// <summary>What the platform's timers and triggers are in the cloud: asks and sweeps at the times of <see cref="Timetable"/> and works messages off as they come.</summary>
/// <param name="engine">The engine to keep going.</param>
/// <param name="walks">Whether there are agencies to ask.</param>
/// <param name="clock">Tells when something is due.</param>
/// <param name="say">Told what went wrong; the work goes on, since everything is derived from rows again.</param>
internal sealed class Clockwork(LocalEngine engine, bool walks, TimeProvider clock, Action<string> say)
{
    /// <summary>How often queues are looked at when they were empty.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Goes on until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var sweep = engine.Get<ISweep>();
        var pump = engine.Get<Pump>();
        DateTimeOffset nextPull = clock.GetUtcNow(), nextSweep = nextPull;
        while (true)
        {
            try
            {
                if (walks && clock.GetUtcNow() >= nextPull)
                {
                    await sweep.PullAsync(cancellationToken);
                    nextPull = clock.GetUtcNow() + Timetable.PullEvery;
                }

                await pump.DrainAsync(cancellationToken);
                if (clock.GetUtcNow() >= nextSweep)
                {
                    await sweep.SweepAsync(cancellationToken);
                    nextSweep = clock.GetUtcNow() + Timetable.SweepEvery;
                }
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                say($"{e.GetType().Name}: {e.Message}; tried again");
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }
}
