using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Describing;

/// <summary>Where a pool-year stands.</summary>
/// <param name="Pool">The pool-year.</param>
/// <param name="Head">Its sums and the head of its chain.</param>
/// <param name="Payouts">How many payouts were reserved in it, released ones included.</param>
/// <param name="Waiting">Claims in line that are not served whole; the first of them may have a part. In a closed year nobody waits: they
/// lapsed, or wait in the next.</param>
public sealed record PoolStanding(PoolYear Pool, PoolHead Head, long Payouts, long Waiting);

/// <summary>Tells where pools stand.</summary>
public sealed class DescribePool(IPoolLog pools, IClaimStore claims)
{
    /// <summary>The pool-years there are, in the order of pool and year.</summary>
    public Task<IReadOnlyList<PoolYear>> YearsAsync(CancellationToken cancellationToken) => pools.ListAsync(cancellationToken);

    /// <summary>Every pool-year, or those of one pool, in the order of pool and year; empty if there is none.</summary>
    /// <param name="pool">Id of the pool; null for all.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    public async Task<IReadOnlyList<PoolStanding>> HandleAsync(string? pool, CancellationToken cancellationToken)
    {
        var standings = new List<PoolStanding>();
        foreach (var year in (await pools.ListAsync(cancellationToken)).Where(y => pool is null || y.Pool == pool))
        {
            var payouts = 0L;
            await foreach (var entry in pools.EntriesAsync(year, 0, cancellationToken))
            {
                if (entry.Kind == EntryKind.Reserved)
                    payouts++;
            }

            var head = (await pools.ReadHeadAsync(year, cancellationToken)).Head;
            var book = await PoolBook.LoadAsync(year, head.CursorRound, pools, claims, cancellationToken);
            standings.Add(new PoolStanding(year, head, payouts, head.Closed ? 0 : book.WaitingFrom(head)));
        }

        return standings;
    }
}
