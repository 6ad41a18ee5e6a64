using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Rerunning;

/// <summary>What stands claimed, reserved and paid in a bucket.</summary>
/// <param name="Known">Its entitlements.</param>
/// <param name="KeysOf">Their keys by enterprise.</param>
/// <param name="InLine">Its supplements in line.</param>
/// <param name="Grants">Its supplements that were agreed to, in line or not yet.</param>
/// <param name="Limits">What claims are limited to by the pools' logs.</param>
/// <param name="Withdrawn">What two persons left of claims that they withdrew: no more is due of those.</param>
/// <param name="Payouts">Its payouts by claim.</param>
internal sealed record Standing(
    IReadOnlyDictionary<ClaimKey, Entitlement> Known,
    ILookup<Uscc, ClaimKey> KeysOf,
    IReadOnlyDictionary<ClaimKey, Entitlement> InLine,
    IReadOnlyDictionary<ClaimKey, SupplementGrant> Grants,
    IReadOnlyDictionary<ClaimKey, Fen> Limits,
    ILookup<ClaimKey, ClaimWithdrawn> Withdrawn,
    ILookup<ClaimKey, Payout> Payouts
)
{
    /// <summary>Holds a claim against what replaying the facts gives of it.</summary>
    /// <param name="key">The claim.</param>
    /// <param name="given">Its movements in order; a stored claim that was ever given has one.</param>
    public ComparedClaim Compare(ClaimKey key, IReadOnlyList<Movement> given)
    {
        var known = Known.GetValueOrDefault(key);
        var claimed = given.OfType<Movement.Claimed>().FirstOrDefault();
        var (amount, entry, facts) =
            known is { Claim: var c } ? (new Shares(c.Amount, c.County), c.EntryHash, c.FactsHash)
            : claimed is null ? (default, ContentHash.None, ContentHash.None)
            : (claimed.Amount, claimed.Entry.Hash, claimed.FactsHash);
        var due = given.OfType<Movement.Limited>().LastOrDefault()?.Limit.City ?? (claimed is null ? Fen.Zero : amount.City);
        due = Withdrawn[key].Aggregate(due, (least, withdrawn) => Fen.Min(least, withdrawn.Left));
        var taken = known is { State: EntitlementState.Taken };
        var inLine = known is { State: EntitlementState.Claimed } || InLine.ContainsKey(key);
        var limit = Limits.TryGetValue(key, out var limited) ? Fen.Min(amount.City, limited) : amount.City;
        var pieces = Payouts[key].Where(p => Excess.HeldBy(p) > Fen.Zero).OrderBy(p => p.Part).ToList();
        var held = pieces.Aggregate(Fen.Zero, (sum, p) => sum + Excess.HeldBy(p));
        var stands =
            inLine ? Fen.Max(limit, held)
            : taken ? amount.City
            : Grants.ContainsKey(key) ? due
            : Fen.Zero;
        var isGranted = key.Number > 0 && !inLine && !taken && !Grants.ContainsKey(key) && due > Fen.Zero;
        var tooMuch = inLine ? Excess.Of(pieces, due).ToDictionary(e => e.Payout.Id, e => e.TooMuch, StringComparer.Ordinal) : [];
        return new ComparedClaim(
            new ShownClaim(key.Number, amount.City, amount.County, stands, due, isGranted, entry, facts),
            [.. pieces.Select(p => Show(p, tooMuch.GetValueOrDefault(p.Id)))],
            known is not null,
            given.Count > 0 ? given[^1] : null,
            AfterRound: known is null || (inLine && due != limit)
        );
    }

    private static ShownPayout Show(Payout payout, Fen tooMuch)
    {
        var step =
            tooMuch == Fen.Zero ? LineStep.None
            : PayoutTransitions.Allows(payout.State, PayoutState.Releasing) ? LineStep.Release
            : payout.State == PayoutState.Paid ? LineStep.Recover
            : LineStep.Wait;
        return new ShownPayout(
            payout.Id,
            payout.State,
            payout.Version,
            payout.City,
            step,
            step is LineStep.Release or LineStep.Recover ? tooMuch : Fen.Zero
        );
    }
}

/// <summary>A claim held against the facts.</summary>
/// <param name="Claim">As it is shown.</param>
/// <param name="Payouts">Its payouts that hold money.</param>
/// <param name="IsKnown">Whether it is stored.</param>
/// <param name="Last">What moved it last; null if nothing gives it.</param>
/// <param name="AfterRound">Whether a round has to take it up first.</param>
internal sealed record ComparedClaim(ShownClaim Claim, IReadOnlyList<ShownPayout> Payouts, bool IsKnown, Movement? Last, bool AfterRound)
{
    /// <summary>A city share with the county share that belongs to it.</summary>
    public Fen WithCounty(Fen city) =>
        city == Claim.Amount ? city + Claim.County : city + new Fen((long)((Int128)Claim.County.Value * city.Value / Claim.Amount.Value));
}
