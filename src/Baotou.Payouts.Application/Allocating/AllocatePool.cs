using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.Application.Telemetry;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Pools;
using Microsoft.Extensions.Logging;

namespace Baotou.Payouts.Application.Allocating;

/// <summary>
/// Carries a pool-year's fold on until nothing more can happen. Any number of workers may do it at once: the head's version lets one
/// through, the others read again and find its work done. Of a stopped pool nothing more is written: a commit that was under way when the
/// switch was thrown is the last. The fold knows no switch, so after the start it goes on as if it had never stood still.
/// </summary>
public sealed class AllocatePool(IPoolLog pools, IClaimStore claims, ISwitchLog switches, ILogger<AllocatePool> log)
{
    private const int EntriesPerCommit = 99;

    /// <summary>Goes on with the fold.</summary>
    /// <returns>How many entries this call wrote.</returns>
    public async Task<long> HandleAsync(PoolYear pool, CancellationToken cancellationToken)
    {
        long written = 0;
        PoolBook? book = null;
        while (true)
        {
            var stored = await pools.ReadHeadAsync(pool, cancellationToken);
            if (stored.Head.Done > book?.InputCount)
                book = null;
            book ??= await PoolBook.LoadAsync(pool, stored.Head.CursorRound, pools, claims, cancellationToken);
            var (head, entries) = Fold(stored, book);
            if (entries.Count == 0 || await IsStoppedAsync(pool, cancellationToken))
            {
                if (written > 0)
                    log.Allocated(pool.ToString(), stored.Head.Seq, stored.Head.Free.Value);
                return written;
            }

            if (await pools.CommitAsync(pool, stored, head, entries, cancellationToken))
            {
                written += entries.Count;
                EngineMeter.CountEntries(pool, entries, book);
            }
            else
            {
                book = null;
            }
        }
    }

    /// <summary>Whether the fold has a next step from a head on and may take it.</summary>
    public async Task<bool> IsDueAsync(PoolYear pool, PoolHead head, CancellationToken cancellationToken) =>
        await IsUnfinishedAsync(pool, head, cancellationToken) && !await IsStoppedAsync(pool, cancellationToken);

    /// <summary>Whether the fold has a next step, be the pool stopped or not.</summary>
    public async Task<bool> IsUnfinishedAsync(PoolYear pool, CancellationToken cancellationToken) =>
        await IsUnfinishedAsync(pool, (await pools.ReadHeadAsync(pool, cancellationToken)).Head, cancellationToken);

    /// <summary>Asked without reading the line where the head alone says no.</summary>
    private async Task<bool> IsUnfinishedAsync(PoolYear pool, PoolHead head, CancellationToken cancellationToken)
    {
        if ((await pools.InputsAsync(pool, head.Done, cancellationToken)).Count > 0)
            return true;
        if (!head.IsOpen || head.Free == Fen.Zero || head.Position == head.Announced)
            return false;
        return PoolFold.Next(head, await PoolBook.LoadAsync(pool, head.CursorRound, pools, claims, cancellationToken)) is not null;
    }

    private async Task<bool> IsStoppedAsync(PoolYear pool, CancellationToken cancellationToken) =>
        (await switches.ReadAsync(cancellationToken)).StopOf(Switch.OfPool(pool.Pool)) is not null;

    private static (PoolHead Head, List<PoolEntry> Entries) Fold(StoredHead stored, PoolBook book)
    {
        var head = stored.Head;
        var entries = new List<PoolEntry>();
        while (entries.Count < Math.Min(EntriesPerCommit, stored.Room) && PoolFold.Next(head, book) is { } step)
        {
            head = step.Head;
            entries.Add(step.Entry);
        }

        return (head, entries);
    }
}
