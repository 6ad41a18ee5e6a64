using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Telemetry;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;
using Microsoft.Extensions.Logging;

namespace Baotou.Payouts.Application.Projecting;

/// <summary>
/// Carries the entries of a pool-year's chain into payout rows. First the rows, then the offset: what is repeated finds its rows and
/// changes nothing.
/// </summary>
public sealed class ProjectPool(IPoolLog pools, IPayoutStore payouts, EngineOptions options, ILogger<ProjectPool> log)
{
    private const int EntriesPerMove = 500;

    /// <summary>Projects all entries that there are.</summary>
    public async Task HandleAsync(PoolYear pool, CancellationToken cancellationToken)
    {
        var (offset, version) = await payouts.OffsetAsync(pool, cancellationToken);
        var batch = new List<PoolEntry>();
        await foreach (var entry in pools.EntriesAsync(pool, offset, cancellationToken))
        {
            batch.Add(entry);
            if (batch.Count < EntriesPerMove)
                continue;
            if (!await ProjectAsync(pool, batch, version, cancellationToken))
                return;
            (var moved, version) = await payouts.OffsetAsync(pool, cancellationToken);
            if (moved != entry.Seq)
                return;
            batch.Clear();
        }

        if (batch.Count > 0 && await ProjectAsync(pool, batch, version, cancellationToken))
            log.Projected(pool.ToString(), batch[^1].Seq);
    }

    private async Task<bool> ProjectAsync(PoolYear pool, List<PoolEntry> entries, string? version, CancellationToken cancellationToken)
    {
        var made = entries.Where(e => e.Kind == EntryKind.Reserved).Select(e => Payout.From(e, pool, options.Buckets)).ToList();
        foreach (var bucket in made.GroupBy(p => Bucket.Of(p.Claim.Uscc, options.Buckets)).OrderBy(g => g.Key))
            await payouts.AddAsync(bucket.Key, [.. bucket], cancellationToken);
        if (!await payouts.MoveOffsetAsync(pool, entries[^1].Seq, version, cancellationToken))
            return false;
        EngineMeter.CountPayouts(made.Count);
        return true;
    }
}
