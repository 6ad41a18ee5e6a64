using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Reconciling;

/// <summary>What verifying one pool-year found, in order of precedence.</summary>
public abstract record PoolVerified
{
    private PoolVerified() { }

    /// <summary>It has no log.</summary>
    public sealed record NotFound : PoolVerified;

    /// <summary>Entries were written each time it was looked at; asking again helps once the work ends.</summary>
    public sealed record Moving : PoolVerified;

    /// <summary>It was compared while nothing moved.</summary>
    /// <param name="Difference">The first difference, naming row and rule; null if everything holds.</param>
    /// <param name="Entries">Chain entries compared.</param>
    public sealed record Compared(string? Difference, long Entries) : PoolVerified;
}

/// <summary>
/// Verifies one pool-year while the engine works: its chain and heads are folded anew from its log and claims. Facts, payouts and audit log
/// are for <see cref="VerifyLedger"/>. It writes nothing.
/// </summary>
public sealed class VerifyPool(IPoolLog pools, RefoldPool refold)
{
    /// <summary>Times it looks while entries are being written.</summary>
    private const int MostTimes = 3;

    /// <summary>Verifies it.</summary>
    public async Task<PoolVerified> HandleAsync(PoolYear pool, CancellationToken cancellationToken)
    {
        var all = (await pools.ListAsync(cancellationToken)).ToHashSet();
        if (!all.Contains(pool))
            return new PoolVerified.NotFound();
        for (var time = 1; time <= MostTimes; time++)
        {
            var before = await pools.ReadHeadAsync(pool, cancellationToken);
            var compared = await CompareAsync(pool, all, cancellationToken);
            if (compared.Difference is null || (await pools.ReadHeadAsync(pool, cancellationToken)).Head == before.Head)
                return compared;
        }

        return new PoolVerified.Moving();
    }

    private async Task<PoolVerified.Compared> CompareAsync(PoolYear pool, HashSet<PoolYear> all, CancellationToken cancellationToken)
    {
        try
        {
            var (difference, entries) = await refold.HandleAsync(
                pool,
                new Dictionary<string, (Payout Made, PoolYear Pool)>(StringComparer.Ordinal),
                new Dictionary<string, PoolEntry>(StringComparer.Ordinal),
                new FoundInPools { Pools = all },
                cancellationToken
            );
            return new PoolVerified.Compared(difference, entries);
        }
        catch (Exception e) when (VerifyLedger.IsOfWhatIsStored(e))
        {
            return new PoolVerified.Compared(e.Message, 0);
        }
    }
}
