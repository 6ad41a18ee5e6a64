using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Domain.Pools;
using Microsoft.Extensions.Logging;

namespace Baotou.Payouts.Application.Matching;

/// <summary>Closes a round whose buckets are all matched: its reductions and then its claims become inputs of their pools.</summary>
public sealed class CloseRound(IRoundLog rounds, IClaimStore claims, IPoolLog pools, EngineOptions options, ILogger<CloseRound> log)
{
    /// <summary>Closes the round if it is open and complete. Every step may be repeated.</summary>
    /// <returns>The pool-years that got inputs; null if the round is not complete or not open.</returns>
    public async Task<IReadOnlyList<PoolYear>?> HandleAsync(int round, CancellationToken cancellationToken)
    {
        if (round < 1 || (await rounds.StandingAsync(cancellationToken)).Open != round)
            return null;
        var done = await rounds.DoneAsync(round, cancellationToken);
        if (!Enumerable.Range(0, options.Buckets).All(done.Contains))
            return null;
        var content = await rounds.ReadAsync(round, cancellationToken);
        var touched = new HashSet<PoolYear>();
        var limits = await claims.LimitsAsync(round, cancellationToken);
        foreach (var limit in limits)
        {
            await pools.SubmitAsync(limit.Pool, limit.Input, cancellationToken);
            touched.Add(limit.Pool);
        }

        await SubmitToLaterYearsAsync(limits, touched, cancellationToken);
        long total = 0;
        foreach (var open in content.Pools)
        {
            var pool = new PoolYear(open.Pool, open.FiscalYear);
            var line = await claims.ClaimsAsync(pool, round, cancellationToken);
            if (line.Count == 0)
                continue;
            total += line.Count;
            await pools.SubmitAsync(
                pool,
                new PoolInput.RoundClosed($"round:{round}", round, line.Count, PoolClaim.HashOf(line)),
                cancellationToken
            );
            touched.Add(pool);
        }

        await rounds.CloseAsync(round, cancellationToken);
        log.RoundClosed(round, total, touched.Count, limits.Count);
        return [.. touched.OrderBy(p => p.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>
    /// A claim may have been carried into a later year. Which years there are is asked after its own year has the reduction: one that opens
    /// only now takes it over from there.
    /// </summary>
    private async Task SubmitToLaterYearsAsync(
        IReadOnlyList<RoundLimit> limits,
        HashSet<PoolYear> touched,
        CancellationToken cancellationToken
    )
    {
        if (limits.Count == 0)
            return;
        var years = await pools.OpenedAsync(cancellationToken);
        foreach (var limit in limits)
        {
            foreach (var later in years.Where(y => y.IsLaterThan(limit.Pool)))
            {
                await pools.SubmitAsync(later, limit.Input, cancellationToken);
                touched.Add(later);
            }
        }
    }
}
