namespace Baotou.Payouts.Application.Work;

/// <summary>
/// What the timers of <see cref="Timetable"/> do. Both only read rows and send messages or finish what rows say was begun, so a second one
/// running beside it does no harm.
/// </summary>
public interface ISweep
{
    /// <summary>Asks every source for new facts.</summary>
    Task PullAsync(CancellationToken cancellationToken);

    /// <summary>Sends again what was lost and finishes what was begun.</summary>
    Task SweepAsync(CancellationToken cancellationToken);
}
