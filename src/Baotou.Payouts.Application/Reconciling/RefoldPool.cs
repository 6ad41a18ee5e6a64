using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Reconciling;

/// <summary>
/// Folds a pool-year anew from its log and its claims, and compares what is stored with it: every entry, the heads of its segments, its
/// head, and what was carried in.
/// </summary>
public sealed class RefoldPool(
    IPoolLog pools,
    IClaimStore claims,
    IPayoutStore payouts,
    CarryOver carry,
    ISwitchLog switches,
    EngineOptions options
)
{
    /// <summary>Refolds a pool-year.</summary>
    /// <param name="pool">The pool-year.</param>
    /// <param name="reserved">Gets the payout that each reservation makes.</param>
    /// <param name="taken">Gets the entries that gave money back, by the act that asked for it.</param>
    /// <param name="found">Gets its claims, its announced rounds and its reductions.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    /// <returns>The first difference, or null, and how many entries were compared.</returns>
    public async Task<(string? Difference, long Entries)> HandleAsync(
        PoolYear pool,
        Dictionary<string, (Payout Made, PoolYear Pool)> reserved,
        Dictionary<string, PoolEntry> taken,
        FoundInPools found,
        CancellationToken cancellationToken
    )
    {
        var book = await PoolBook.LoadAsync(pool, int.MinValue, pools, claims, cancellationToken);
        if (CompareAnnounced(pool, book) is { } announced)
            return (announced, 0);
        if (await CompareInputsAsync(pool, book, found, cancellationToken) is { } inputs)
            return (inputs, 0);
        foreach (var round in book.Announced.Keys)
        {
            found.Announced.Add((pool, round));
            if (round == 0)
                continue;
            foreach (var claim in book.ClaimsOf(round))
                found.Claims[(pool, round, claim.Key)] = claim;
        }

        var head = PoolHead.Fresh;
        var full = new Queue<PoolHead>();
        await foreach (var left in pools.SealedHeadsAsync(pool, cancellationToken))
            full.Enqueue(left);
        await foreach (var stored in pools.EntriesAsync(pool, 0, cancellationToken))
        {
            if (PoolFold.Next(head, book) is not { } step)
                return ($"{pool} entry {stored.Seq}: the log and the claims give no such entry", head.Seq);
            if (step.Entry != stored || step.Entry.Hash != stored.Hash)
                return (
                    $"{pool} entry {stored.Seq}: stored {CanonicalJson.Write(stored)}, refolded {CanonicalJson.Write(step.Entry)}",
                    head.Seq
                );
            head = step.Head;
            if (full.TryPeek(out var left) && left.Seq == head.Seq && full.Dequeue() != head)
                return (
                    $"{pool}: the segment that ends with entry {head.Seq} was left with {CanonicalJson.Write(left)}, refolded {CanonicalJson.Write(head)}",
                    head.Seq
                );
            if (stored.Kind == EntryKind.Reserved)
            {
                var made = Payout.From(stored, pool, options.Buckets);
                if (!reserved.TryAdd(made.Id, (made, pool)))
                    return ($"{pool} entry {stored.Seq}: payout {made.Id} is reserved twice", head.Seq);
            }
            else if (stored.Kind is EntryKind.Released or EntryKind.ClawedBack)
            {
                if (!taken.TryAdd(stored.InputId, stored))
                    return ($"{pool} entry {stored.Seq}: act '{stored.InputId}' gave money back before", head.Seq);
            }
        }

        var kept = (await pools.ReadHeadAsync(pool, cancellationToken)).Head;
        if (kept != head)
            return ($"{pool} head: stored {CanonicalJson.Write(kept)}, refolded {CanonicalJson.Write(head)}", head.Seq);
        if (full.TryDequeue(out var stray))
            return ($"{pool}: a segment was left at entry {stray.Seq}, where the chain has no segment's end", head.Seq);
        if ((await payouts.OffsetAsync(pool, cancellationToken)).Seq is var carried && carried > head.Seq)
            return ($"{pool}: {carried} entries are said to be carried into payouts, and the chain has {head.Seq}", head.Seq);
        if ((await switches.ReadAsync(cancellationToken)).StopOf(Switch.OfPool(pool.Pool)) is not null)
            return (null, head.Seq);
        return PoolFold.Next(head, book) is { } more
            ? ($"{pool}: entry {more.Entry.Seq} is not written yet; let the work end and verify again", head.Seq)
            : (null, head.Seq);
    }

    private static string? CompareAnnounced(PoolYear pool, PoolBook book)
    {
        foreach (var (round, input) in book.Announced)
        {
            var line = book.ClaimsOf(round);
            var (count, hash) = book.Input(input) switch
            {
                PoolInput.RoundClosed r => (r.Claims, r.ClaimsHash),
                PoolInput.CarryIn c => (c.Claims, c.ClaimsHash),
                _ => throw new InvalidOperationException($"Input {input} of {pool} announces no claims."),
            };
            if (line.Count != count || PoolClaim.HashOf(line) != hash)
                return $"{pool} round {round}: the claims are not those that input {input} announced ({count}, hash {hash})";
        }

        return null;
    }

    /// <summary>No act stands twice in a log, and what was carried in is what the year before leaves.</summary>
    private async Task<string?> CompareInputsAsync(PoolYear pool, PoolBook book, FoundInPools found, CancellationToken cancellationToken)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var number = 1L; number <= book.InputCount; number++)
        {
            var input = book.Input(number)!;
            if (!ids.Add(input.Id))
                return $"{pool} input {number}: act '{input.Id}' stands in the log twice";
            if (input is PoolInput.LimitClaim limit)
                found.Limits[(pool, limit.Id)] = limit.Claim;
            if (input is not PoolInput.CarryIn carried)
                continue;
            var year = pool with { FiscalYear = carried.FromYear };
            if (!found.Pools.Contains(year))
                return $"{pool} input {number}: carries in from {year}, which has no log";
            var (line, amount) = await carry.LeftAsync(year, cancellationToken);
            if (amount != carried.Amount || line.Count != carried.Claims || PoolClaim.HashOf(line) != carried.ClaimsHash)
                return $"{pool} input {number}: {carried.Amount} fen and {carried.Claims} claims are carried in; {carried.FromYear} leaves {amount} fen and {line.Count} claims, or others";
        }

        return null;
    }
}
