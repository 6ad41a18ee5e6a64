using Baotou.Payouts.Application.Telemetry;
using Baotou.Payouts.Application.Work;
using Microsoft.Extensions.Logging;

namespace Baotou.Payouts.Application.Reconciling;

/// <summary>
/// Verifies while the engine works, at <see cref="Timetable.Verify"/>. Work in flight looks like a difference, so one counts only if it
/// stands there again after the sweep has had its turn. What differs is not logged, since it may name an enterprise: <c>payouts verify</c>
/// tells it.
/// </summary>
public sealed class VerifyByNight(VerifyLedger verify, TimeProvider clock, ILogger<VerifyByNight> log)
{
    /// <summary>Times it looks, however often something else is in flight.</summary>
    private const int MostTimes = 3;

    /// <summary>Verifies, tells <see cref="Metrics.VerifyDifferences"/> and logs what was compared.</summary>
    /// <returns>What the last look found.</returns>
    public async Task<Verification> HandleAsync(CancellationToken cancellationToken)
    {
        var found = await verify.HandleAsync(null, cancellationToken);
        for (var time = 2; !found.Holds && time <= MostTimes; time++)
        {
            var before = found.Difference;
            await Task.Delay(Timetable.SweepEvery, clock, cancellationToken);
            found = await verify.HandleAsync(null, cancellationToken);
            if (found.Difference == before)
                break;
        }

        EngineMeter.TellVerified(found.Holds);
        if (found.Holds)
            log.Verified(found.Pools, found.Entries, found.Payouts, found.Claims);
        else
            log.Differs(found.Pools, found.Entries, found.Payouts, found.Claims);
        return found;
    }
}
