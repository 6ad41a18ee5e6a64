using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;

namespace Baotou.Payouts.Domain.Payouts;

/// <summary>What a step from one version of a payout to the next may change, said once for whoever verifies.</summary>
public static class PayoutHistory
{
    /// <summary>
    /// What is wrong with <paramref name="after"/> as the version that follows <paramref name="before"/>; null if nothing is.
    /// </summary>
    public static string? Problem(Payout before, Payout after)
    {
        if (after.Version != before.Version + 1)
            return $"version {after.Version} follows {before.Version}";
        if (after.Previous != CanonicalJson.Hash(before))
            return $"follows another version {before.Version} than the stored one, which was changed: that had the hash {after.Previous}";
        if (!PayoutTransitions.Allows(before.State, after.State))
            return $"{after.State} may not follow {before.State}";
        if (
            after.Intent != Payout.IntentOf(after.Id, after.State, after.Version)
            && after.State is PayoutState.Releasing or PayoutState.ClawingBack
        )
            return $"waits for '{after.Intent}'";
        if (IsTaking(after.State) ? after.Taking is not { } taking || taking <= Fen.Zero || taking > after.City : after.Taking is not null)
            return $"takes {after.Taking} of {after.City} fen";
        if (before.State == PayoutState.ClawbackDue && after.State == PayoutState.ClawingBack && after.Taking != before.Taking)
            return $"recovers {after.Taking} of {before.Taking} fen";
        if (!DaysFollow(before, after))
            return $"may be spoken about from {after.Window?.First:yyyy-MM-dd} to {after.Window?.Last:yyyy-MM-dd}";
        if (after.PayBy != before.PayBy && after.State != PayoutState.Ready)
            return $"is to be paid by {after.PayBy:yyyy-MM-dd} instead of {before.PayBy:yyyy-MM-dd}";
        return Frozen(after) != Frozen(Expected(before, after.State)) ? "changes what may not change" : null;
    }

    /// <summary>Whether money is on its way out of a payout in that state, or has to be.</summary>
    public static bool IsTaking(PayoutState state) => state is PayoutState.Releasing or PayoutState.ClawbackDue or PayoutState.ClawingBack;

    /// <summary>A notice has its days from its beginning on, a hold keeps them, a click may have some, and nothing else has any.</summary>
    private static bool DaysFollow(Payout before, Payout after)
    {
        if (after.Window is { } window && window.Last < window.First)
            return false;
        if (Payout.KeepsWindow(before.State, after.State))
            return after.Window == before.Window && (after.State != PayoutState.Notice || after.Window is not null);
        return after.State switch
        {
            PayoutState.Notice => after.Window is not null,
            PayoutState.Ready => true,
            _ => after.Window is null,
        };
    }

    /// <summary>Only what follows a release or a recovery has another amount: the rest, or all of it if that was what went.</summary>
    private static Payout Expected(Payout before, PayoutState to)
    {
        if (before.State is not (PayoutState.Releasing or PayoutState.ClawingBack) || before.Taking is null)
            return before;
        var took = before.Took("");
        return took.State == to ? took : before with { City = Fen.Zero };
    }

    private static Payout Frozen(Payout payout) =>
        payout with
        {
            State = PayoutState.Reserved,
            Version = 0,
            Intent = "",
            Note = "",
            Request = null,
            Taking = null,
            Act = null,
            Previous = null,
            Window = null,
            PayBy = null,
        };
}
