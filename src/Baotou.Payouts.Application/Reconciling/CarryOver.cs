using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Reconciling;

/// <summary>
/// Carries a closed pool-year into the next: unused money where the pool's terms let it (17号 article 2), and waiting claims first in line where they do.
/// </summary>
public sealed class CarryOver(IPoolLog pools, IClaimStore claims, AllocatePool allocate, Catalogue catalogue)
{
    /// <summary>Carries over once the close is in the chain and the next year is open and waiting for it. Every step may be repeated.</summary>
    /// <returns>Whether the carry-in was submitted.</returns>
    public async Task<bool> HandleAsync(PoolYear closed, CancellationToken cancellationToken)
    {
        var head = (await pools.ReadHeadAsync(closed, cancellationToken)).Head;
        var next = new PoolYear(closed.Pool, closed.FiscalYear + 1);
        if (!head.Closed || (await pools.InputsAsync(next, 0, cancellationToken)).FirstOrDefault()?.Input is not PoolInput.Open { AwaitsCarryIn: true }) return false;
        var terms = catalogue.Pool(closed.Pool);
        var line = terms.WaitingCarries ? await WaitingAsync(closed, head, cancellationToken) : [];
        if (line.Count > 0) await claims.AddClaimsAsync(next, 0, line, cancellationToken);
        var amount = terms.CarriesUnused ? await CarriedOutAsync(closed, cancellationToken) : Fen.Zero;
        await pools.SubmitAsync(
            next, new PoolInput.CarryIn($"carry:{closed.Pool}:{closed.FiscalYear}:1", closed.FiscalYear, amount, line.Count, PoolClaim.HashOf(line)), cancellationToken);
        await allocate.HandleAsync(next, cancellationToken);
        return true;
    }

    private async Task<Fen> CarriedOutAsync(PoolYear closed, CancellationToken cancellationToken)
    {
        await foreach (var entry in pools.EntriesAsync(closed, 0, cancellationToken))
        {
            if (entry.Kind == EntryKind.CarriedOut) return entry.Amount;
        }

        throw new InvalidOperationException($"The chain of {closed} is closed without an entry of it.");
    }

    /// <summary>The claims that wait, in their order, with what they still lack.</summary>
    private async Task<List<PoolClaim>> WaitingAsync(PoolYear closed, PoolHead head, CancellationToken cancellationToken)
    {
        var book = await PoolBook.LoadAsync(closed, head.CursorRound, pools, claims, cancellationToken);
        var waiting = new List<PoolClaim>();
        for (var (at, claim) = PoolFold.FirstWaiting(head, book); claim is not null; (at, claim) = PoolFold.FirstWaiting(PoolFold.Behind(at), book))
        {
            waiting.Add(claim with
            {
                Amount = claim.Amount - at.Granted,
                County = claim.County - PoolFold.CountyOf(claim, at.Granted),
                FirstPart = checked(claim.FirstPart + at.Part),
                GrantedBefore = claim.GrantedBefore + at.Granted,
                OrderKey = $"{waiting.Count:D10}!{claim.OrderKey}",
            });
        }

        return waiting;
    }
}
