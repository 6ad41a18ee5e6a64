using System.Collections.Concurrent;
using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Describing;

/// <summary>A place in a pool's line, as of when it was read. Claims before it may fall away, none can come in between.</summary>
/// <param name="AtMostAhead">Claims before it.</param>
/// <param name="FenAhead">What they still ask of the pool.</param>
/// <param name="Granted">City share that was reserved for it so far, in all years, given back or not.</param>
public sealed record LinePlace(long AtMostAhead, Fen FenAhead, Fen Granted);

/// <summary>The line of a pool-year from the claim that is next to the last that waits.</summary>
/// <param name="Pool">The pool-year.</param>
/// <param name="Head">The head it was worked out at.</param>
/// <param name="Places">Every claim that waits, with its place.</param>
public sealed record PoolLine(PoolYear Pool, PoolHead Head, IReadOnlyDictionary<ClaimKey, LinePlace> Places);

/// <summary>
/// Tells who waits where. A line is a function of its pool's head, whose hash covers all that led to it: while the head stands, the places
/// are known, and asking for one reads the head and nothing else. Once it moved, the claims that still wait are read again.
/// </summary>
public sealed class PoolLines(IPoolLog pools, IClaimStore claims, Catalogue catalogue)
{
    /// <summary>Most places kept in memory, of all pools together; a line that does not fit is worked out each time.</summary>
    private const int MostPlaces = 500_000;

    private readonly ConcurrentDictionary<PoolYear, PoolLine> _known = new();

    /// <summary>
    /// The line in which claims of a pool-year wait now, its own or that of the year into which they were carried, and whether they lapsed
    /// with a close.
    /// </summary>
    public async Task<(PoolLine Line, bool HasLapsed)> WhereItWaitsAsync(PoolYear pool, CancellationToken cancellationToken)
    {
        while (true)
        {
            var line = await ReadAsync(pool, cancellationToken);
            if (!line.Head.Closed)
                return (line, false);
            if (!catalogue.Pool(pool.Pool).WaitingCarries)
                return (line, true);
            var next = pool with { FiscalYear = pool.FiscalYear + 1 };
            if (!(await pools.InputsAsync(next, 0, cancellationToken)).Any(i => i.Input is PoolInput.CarryIn))
                return (line, false);
            pool = next;
        }
    }

    /// <summary>The line as of the head that stands now; no claim for a pool-year that was not opened.</summary>
    public async Task<PoolLine> ReadAsync(PoolYear pool, CancellationToken cancellationToken)
    {
        var head = (await pools.ReadHeadAsync(pool, cancellationToken)).Head;
        if (_known.TryGetValue(pool, out var known) && known.Head.Hash == head.Hash)
            return known;
        var book = await PoolBook.LoadAsync(pool, head.CursorRound, pools, claims, cancellationToken);
        var places = new Dictionary<ClaimKey, LinePlace>();
        var (ahead, fen) = (0L, Fen.Zero);
        for (
            var (at, claim) = PoolFold.FirstWaiting(head, book);
            claim is not null;
            (at, claim) = PoolFold.FirstWaiting(PoolFold.Behind(at), book)
        )
        {
            places[claim.Key] = new LinePlace(ahead, fen, claim.GrantedBefore + at.Granted);
            ahead++;
            fen += PoolFold.Effective(claim, at, book) - at.Granted;
        }

        var line = new PoolLine(pool, head, places);
        if (head.Seq > 0 && _known.Values.Sum(l => l.Pool == pool ? 0 : l.Places.Count) + places.Count <= MostPlaces)
            _known[pool] = line;
        return line;
    }
}
