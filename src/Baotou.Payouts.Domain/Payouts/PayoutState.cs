namespace Baotou.Payouts.Domain.Payouts;

/// <summary>Where a payout stands. "Waiting" is no state of a payout: a claim waits, and a payout exists once money is reserved.</summary>
public enum PayoutState
{
    /// <summary>Money is reserved.</summary>
    Reserved,

    /// <summary>It is on public notice, where the entry asks for it; see <see cref="Payout.Window"/>.</summary>
    Notice,

    /// <summary>Notice is over; it can be confirmed, or paid where no click is asked for.</summary>
    Ready,

    /// <summary>The enterprise confirmed with one click, or no click is asked for.</summary>
    Confirmed,

    /// <summary>Stopped with a reason.</summary>
    Held,

    /// <summary>The enterprise declined; the money is to be released.</summary>
    Declined,

    /// <summary>Its money, or a part of it, goes back to the pool; the pool's log has the act. With a rest it is reserved again.</summary>
    Releasing,

    /// <summary>The money went back to the pool. Final.</summary>
    Released,

    /// <summary>Part of a payment batch, about to be sent or sent.</summary>
    Instructed,

    /// <summary>Sent, and no answer: it is asked about, and sent again only on a definite "never received".</summary>
    Unknown,

    /// <summary>Paid at the bank; the pool's log has the act.</summary>
    Settling,

    /// <summary>Paid.</summary>
    Paid,

    /// <summary>The bank sends it back; the pool's log has the act.</summary>
    Returning,

    /// <summary>The bank sent it back; the money is reserved again.</summary>
    Returned,

    /// <summary>It, or a part of it, has to be recovered: an open case with its amount and reason.</summary>
    ClawbackDue,

    /// <summary>Recovered; the pool's log has the act. With a rest it is paid again.</summary>
    ClawingBack,

    /// <summary>Recovered. Final.</summary>
    ClawedBack,
}

/// <summary>The one table of what may follow what, read by code, tests and documentation.</summary>
public static class PayoutTransitions
{
    private static readonly (PayoutState From, PayoutState[] To)[] Rows =
    [
        (PayoutState.Reserved, [PayoutState.Notice, PayoutState.Ready, PayoutState.Held, PayoutState.Releasing]),
        (PayoutState.Notice, [PayoutState.Ready, PayoutState.Held, PayoutState.Releasing]),
        (PayoutState.Ready, [PayoutState.Confirmed, PayoutState.Declined, PayoutState.Held, PayoutState.Releasing]),
        (PayoutState.Confirmed, [PayoutState.Instructed, PayoutState.Held, PayoutState.Releasing]),
        (PayoutState.Held, [PayoutState.Reserved, PayoutState.Notice, PayoutState.Ready, PayoutState.Confirmed, PayoutState.Releasing]),
        (PayoutState.Declined, [PayoutState.Releasing]),
        (PayoutState.Releasing, [PayoutState.Released, PayoutState.Reserved]),
        (PayoutState.Released, []),
        (PayoutState.Instructed, [PayoutState.Settling, PayoutState.Unknown, PayoutState.Confirmed]),
        (PayoutState.Unknown, [PayoutState.Instructed, PayoutState.Settling, PayoutState.Confirmed]),
        (PayoutState.Settling, [PayoutState.Paid]),
        (PayoutState.Paid, [PayoutState.Returning, PayoutState.ClawbackDue]),
        (PayoutState.Returning, [PayoutState.Returned]),
        (PayoutState.Returned, [PayoutState.Confirmed, PayoutState.Held, PayoutState.Releasing]),
        (PayoutState.ClawbackDue, [PayoutState.ClawingBack, PayoutState.Paid]),
        (PayoutState.ClawingBack, [PayoutState.ClawedBack, PayoutState.Paid]),
        (PayoutState.ClawedBack, []),
    ];

    private static readonly HashSet<(PayoutState, PayoutState)> Allowed = [.. Rows.SelectMany(r => r.To.Select(t => (r.From, t)))];

    /// <summary>Every state with those that may follow it.</summary>
    public static IReadOnlyList<(PayoutState From, PayoutState[] To)> Table => Rows;

    /// <summary>Whether <paramref name="to"/> may follow <paramref name="from"/>.</summary>
    public static bool Allows(PayoutState from, PayoutState to) => Allowed.Contains((from, to));
}
