using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;
using Baotou.Payouts.Local.Hosting;

namespace Baotou.Payouts.Local.Demo;

/// <summary>Where a pool-year's money ended: shown for pools that have run dry.</summary>
/// <param name="Pool">The pool-year.</param>
/// <param name="RanDryAt">Number of the first entry that left nothing free.</param>
/// <param name="InPieces">Claims that are paid in several pieces: what was left went to them, and new money went on with their
/// rest.</param>
/// <param name="AfterNewMoney">Reservations behind the last appropriation.</param>
/// <param name="Next">The claim that is next in line; null if none waits.</param>
/// <param name="NextHas">Fen it has already.</param>
/// <param name="NextLacks">Fen it still lacks.</param>
/// <param name="Lots">Claims around the edge that have the same moment, source and batch as <paramref name="Next"/>, so that the lottery
/// drew their order; 1 is the claim alone.</param>
public sealed record PoolEdge(
    PoolYear Pool,
    long RanDryAt,
    int InPieces,
    long AfterNewMoney,
    ClaimKey? Next,
    Fen NextHas,
    Fen NextLacks,
    int Lots
)
{
    /// <summary>Reads the edge of a pool-year; null if money was never lacking.</summary>
    public static async Task<PoolEdge?> ReadAsync(LocalEngine engine, PoolYear pool, CancellationToken cancellationToken)
    {
        var log = engine.Get<IPoolLog>();
        long ranDryAt = 0,
            afterNewMoney = 0;
        var pieces = new Dictionary<ClaimKey, int>();
        await foreach (var entry in log.EntriesAsync(pool, 0, cancellationToken))
        {
            if (entry.Kind == EntryKind.Appropriated)
                afterNewMoney = 0;
            if (entry is not { Kind: EntryKind.Reserved, Claim: { } claim })
                continue;
            afterNewMoney++;
            pieces[claim] = pieces.GetValueOrDefault(claim) + 1;
            if (ranDryAt == 0 && entry.Free == Fen.Zero)
                ranDryAt = entry.Seq;
        }

        if (ranDryAt == 0)
            return null;
        var head = (await log.ReadHeadAsync(pool, cancellationToken)).Head;
        var book = await PoolBook.LoadAsync(pool, head.CursorRound, log, engine.Get<IClaimStore>(), cancellationToken);
        var (at, next) = PoolFold.FirstWaiting(head, book);
        var inPieces = pieces.Count(p => p.Value > 1);
        if (next is null)
            return new PoolEdge(pool, ranDryAt, inPieces, afterNewMoney, null, Fen.Zero, Fen.Zero, 0);
        var lots = book.ClaimsOf(at.CursorRound).Count(c => TieOf(c) == TieOf(next));
        return new PoolEdge(
            pool,
            ranDryAt,
            inPieces,
            afterNewMoney,
            next.Key,
            at.Granted,
            PoolFold.Effective(next, at, book) - at.Granted,
            lots
        );
    }

    /// <summary>Moment, place of the source and batch: what comes before the lot in an order key.</summary>
    private static string TieOf(PoolClaim claim) => string.Join('!', claim.OrderKey.Split('!').Take(3));
}
