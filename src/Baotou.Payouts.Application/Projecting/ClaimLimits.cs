using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Projecting;

/// <summary>What claims were limited to after they were made.</summary>
public sealed class ClaimLimits(IPoolLog pools)
{
    /// <summary>The lowest limit of every reduced claim, over all pool-years, as city share.</summary>
    public async Task<IReadOnlyDictionary<ClaimKey, Fen>> ReadAsync(CancellationToken cancellationToken)
    {
        var lowest = new Dictionary<ClaimKey, Fen>();
        foreach (var pool in await pools.ListAsync(cancellationToken))
        {
            foreach (
                var limit in (await pools.InputsAsync(pool, 0, cancellationToken))
                    .Select(i => i.Input)
                    .OfType<PoolInput.LimitClaim>()
                    .Where(l => l.Limit >= Fen.Zero)
            )
                lowest[limit.Claim] = lowest.TryGetValue(limit.Claim, out var before) ? Fen.Min(before, limit.Limit) : limit.Limit;
        }

        return lowest;
    }
}
