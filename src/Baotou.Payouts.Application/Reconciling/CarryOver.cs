using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Reconciling;

/// <summary>
/// Carries a closed pool-year into the next: unused money where the pool's terms let it (17号 article 2), and waiting claims first in line
/// where they do.
/// </summary>
public sealed class CarryOver(IPoolLog pools, IClaimStore claims, IRoundLog rounds, AllocatePool allocate, Catalogue catalogue)
{
    /// <summary>
    /// Carries over once the close is in the chain, no open round can bring the closed year another claim, and the next year is open and
    /// waiting for it. Every step may be repeated.
    /// </summary>
    /// <returns>Whether the carry-in was submitted.</returns>
    public async Task<bool> HandleAsync(PoolYear closed, CancellationToken cancellationToken)
    {
        var next = new PoolYear(closed.Pool, closed.FiscalYear + 1);
        if ((await pools.InputsAsync(next, 0, cancellationToken)).FirstOrDefault()?.Input is not PoolInput.Open { AwaitsCarryIn: true })
            return false;
        if (!(await pools.ReadHeadAsync(closed, cancellationToken)).Head.Closed || !await IsOutOfRoundsAsync(closed, cancellationToken))
            return false;
        // The last round may be in the log only; claims that the chain has not taken up, of a stopped pool above all, would stay behind for
        // ever.
        await allocate.HandleAsync(closed, cancellationToken);
        if (await allocate.IsUnfinishedAsync(closed, cancellationToken))
            return false;
        var (line, amount) = await LeftAsync(closed, cancellationToken);
        if (line.Count > 0)
            await claims.AddClaimsAsync(next, 0, line, cancellationToken);
        await SubmitLimitsAsync(closed, next, [.. line.Select(c => c.Key)], cancellationToken);
        await pools.SubmitAsync(
            next,
            new PoolInput.CarryIn(
                $"carry:{closed.Pool}:{closed.FiscalYear}:1",
                closed.FiscalYear,
                amount,
                line.Count,
                PoolClaim.HashOf(line)
            ),
            cancellationToken
        );
        await allocate.HandleAsync(next, cancellationToken);
        return true;
    }

    /// <summary>
    /// What a closed year leaves to the next: its waiting claims in their order with what they still lack, and its unused money. Reductions
    /// are left out of it, since they may come at any time: they go into the next year's log as what they are.
    /// </summary>
    public async Task<(IReadOnlyList<PoolClaim> Line, Fen Amount)> LeftAsync(PoolYear closed, CancellationToken cancellationToken)
    {
        var terms = catalogue.Pool(closed.Pool);
        var head = (await pools.ReadHeadAsync(closed, cancellationToken)).Head;
        return (
            terms.WaitingCarries ? await WaitingAsync(closed, head, cancellationToken) : [],
            terms.CarriesUnused ? await CarriedOutAsync(closed, cancellationToken) : Fen.Zero
        );
    }

    /// <summary>
    /// Whether no round brings the closed year another claim, now or later. One that is being planned may still count the year among the
    /// open ones: the standing is renewed, so that it cannot open and is planned anew. Whoever plans after that sees the close, which is in
    /// the chain by now.
    /// </summary>
    private async Task<bool> IsOutOfRoundsAsync(PoolYear closed, CancellationToken cancellationToken)
    {
        while (true)
        {
            var standing = await rounds.ReadStandingAsync(cancellationToken);
            var open = standing.Standing.Open;
            if (
                open > 0
                && (await rounds.ReadAsync(open, cancellationToken)).Pools.Any(p =>
                    p.Pool == closed.Pool && p.FiscalYear == closed.FiscalYear
                )
            )
                return false;
            if (open > 0 || await rounds.RenewAsync(standing, cancellationToken))
                return true;
        }
    }

    /// <summary>The reductions that the claims bring along. Later ones reach the next year by the round that makes them.</summary>
    private async Task SubmitLimitsAsync(PoolYear closed, PoolYear next, HashSet<ClaimKey> carried, CancellationToken cancellationToken)
    {
        foreach (var input in await pools.InputsAsync(closed, 0, cancellationToken))
        {
            if (input.Input is PoolInput.LimitClaim limit && carried.Contains(limit.Claim))
                await pools.SubmitAsync(next, limit, cancellationToken);
        }
    }

    private async Task<Fen> CarriedOutAsync(PoolYear closed, CancellationToken cancellationToken)
    {
        await foreach (var entry in pools.EntriesAsync(closed, 0, cancellationToken))
        {
            if (entry.Kind == EntryKind.CarriedOut)
                return entry.Amount;
        }

        throw new InvalidDataException($"The chain of {closed} has no entry of its close.");
    }

    /// <summary>The claims that wait, in their order, with what they still lack.</summary>
    private async Task<List<PoolClaim>> WaitingAsync(PoolYear closed, PoolHead head, CancellationToken cancellationToken)
    {
        var book = new Unreduced(await PoolBook.LoadAsync(closed, head.CursorRound, pools, claims, cancellationToken));
        var waiting = new List<PoolClaim>();
        for (
            var (at, claim) = PoolFold.FirstWaiting(head, book);
            claim is not null;
            (at, claim) = PoolFold.FirstWaiting(PoolFold.Behind(at), book)
        )
        {
            waiting.Add(
                claim with
                {
                    Amount = claim.Amount - at.Granted,
                    County = claim.County - PoolFold.CountyOf(claim, at.Granted),
                    FirstPart = checked(claim.FirstPart + at.Part),
                    GrantedBefore = claim.GrantedBefore + at.Granted,
                    OrderKey = $"{waiting.Count:D10}!{claim.OrderKey}",
                }
            );
        }

        return waiting;
    }

    /// <summary>A pool-year as if no claim had been reduced.</summary>
    private sealed class Unreduced(PoolBook book) : IPoolView
    {
        public PoolInput? Input(long number) => book.Input(number);

        public int? NextRound(int after, long done) => book.NextRound(after, done);

        public PoolClaim? Claim(int round, long place) => book.Claim(round, place);

        public Fen? Limit(ClaimKey claim, long done) => null;
    }
}
