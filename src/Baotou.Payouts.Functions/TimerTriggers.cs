using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Application.Work;
using Microsoft.Azure.Functions.Worker;

namespace Baotou.Payouts.Functions;

/// <summary>What happens by itself; the platform runs each timer on one instance only, and a doubled firing does no harm.</summary>
public sealed class TimerTriggers(ISweep sweep, VerifyByNight verify)
{
    /// <summary>Asks every source for new facts.</summary>
    [Function("PullTimer")]
    public Task PullAsync([TimerTrigger(Timetable.Pull)] TimerInfo timer, CancellationToken cancellationToken) =>
        sweep.PullAsync(cancellationToken);

    /// <summary>Sends again what was lost and finishes what was begun.</summary>
    [Function("SweepTimer")]
    public Task SweepAsync([TimerTrigger(Timetable.Sweep)] TimerInfo timer, CancellationToken cancellationToken) =>
        sweep.SweepAsync(cancellationToken);

    /// <summary>Verifies all that is stored.</summary>
    [Function("VerifyTimer")]
    public Task VerifyAsync([TimerTrigger(Timetable.Verify)] TimerInfo timer, CancellationToken cancellationToken) =>
        verify.HandleAsync(cancellationToken);
}
