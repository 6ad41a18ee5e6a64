using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Application.Work;

namespace Baotou.Payouts.Local.Hosting;

/// <summary>
/// What the platform's timers and triggers are in the cloud: asks and sweeps at the times of <see cref="Timetable"/> and works messages off
/// as they come.
/// </summary>
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
        DateTimeOffset nextPull = clock.GetUtcNow(),
            nextSweep = nextPull,
            nextVerify = Timetable.NextVerify(nextPull);
        var verifying = Task.CompletedTask;
        try
        {
            while (true)
            {
                await GuardedAsync(WorkAsync, cancellationToken);
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
        finally
        {
            await verifying;
        }

        async Task WorkAsync()
        {
            if (walks && clock.GetUtcNow() >= nextPull)
            {
                await engine.Get<ISweep>().PullAsync(cancellationToken);
                nextPull = clock.GetUtcNow() + Timetable.PullEvery;
            }

            await engine.Get<Pump>().DrainAsync(cancellationToken);
            if (clock.GetUtcNow() >= nextSweep)
            {
                await engine.Get<ISweep>().SweepAsync(cancellationToken);
                nextSweep = clock.GetUtcNow() + Timetable.SweepEvery;
            }

            // Beside the work, as in the cloud: what it finds in flight has to get through before it looks again.
            if (clock.GetUtcNow() >= nextVerify && verifying.IsCompleted)
            {
                nextVerify = Timetable.NextVerify(clock.GetUtcNow());
                verifying = VerifyAsync();
            }
        }

        // Being stopped ends it like the work beside it; there is nothing to put in order.
        async Task VerifyAsync()
        {
            try
            {
                await GuardedAsync(() => engine.Get<VerifyByNight>().HandleAsync(cancellationToken), cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested) { }
        }
    }

    private async Task GuardedAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            say($"{e.GetType().Name}: {e.Message}; tried again");
        }
    }
}
