using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Projecting;

/// <summary>A payout that holds more than its claim is limited to.</summary>
/// <param name="Payout">The payout.</param>
/// <param name="TooMuch">City share, in fen, 1 to what it still holds.</param>
public sealed record Excess(Payout Payout, Fen TooMuch)
{
    /// <summary>
    /// Of one claim's payouts, those that make up what goes beyond a limit: what can be released before what is under way, that before what
    /// is paid, and the last piece first.
    /// </summary>
    /// <param name="pieces">All payouts of one claim.</param>
    /// <param name="limit">City share that the claim is limited to.</param>
    public static IReadOnlyList<Excess> Of(IEnumerable<Payout> pieces, Fen limit)
    {
        var holding = pieces.Select(p => (Payout: p, Holds: HeldBy(p))).Where(p => p.Holds > Fen.Zero).ToList();
        var tooMuch = holding.Aggregate(Fen.Zero, (sum, p) => sum + p.Holds) - limit;
        var found = new List<Excess>();
        foreach (var (payout, holds) in holding.OrderBy(p => RankOf(p.Payout.State)).ThenByDescending(p => p.Payout.Part))
        {
            if (tooMuch <= Fen.Zero)
                break;
            var part = Fen.Min(tooMuch, holds);
            found.Add(new Excess(payout, part));
            tooMuch -= part;
        }

        return found;
    }

    /// <summary>What a payout holds of its claim's city share, without what is on its way out of it or has to be recovered.</summary>
    public static Fen HeldBy(Payout payout) =>
        payout.State switch
        {
            PayoutState.Released or PayoutState.ClawedBack => Fen.Zero,
            var state when PayoutHistory.IsTaking(state) => payout.City - (payout.Taking ?? payout.City),
            _ => payout.City,
        };

    /// <summary>First what can be released, then what is under way, last what is paid.</summary>
    private static int RankOf(PayoutState state) =>
        PayoutTransitions.Allows(state, PayoutState.Releasing) ? 0
        : state is PayoutState.Settling or PayoutState.Paid or PayoutState.ClawbackDue or PayoutState.ClawingBack ? 2
        : 1;
}
