using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Holding;

/// <summary>What became of a hold, in order of precedence.</summary>
public abstract record Holds
{
    private Holds() { }

    /// <summary>There is no such payout.</summary>
    public sealed record NotFound : Holds;

    /// <summary>The same request was answered before: the payout as it stands now.</summary>
    public sealed record Repeated(Payout Payout) : Holds;

    /// <summary>The key was used for another request on this payout.</summary>
    public sealed record KeyReused : Holds;

    /// <summary>It cannot be held now, and why.</summary>
    public sealed record NotNow(Payout Payout, string Why) : Holds;

    /// <summary>It is held.</summary>
    public sealed record Done(Payout Payout) : Holds;
}

/// <summary>
/// One person of the staff holds a payout, with a reason. Nothing that happens later ends such a hold by itself; see
/// <see cref="ResumePayout"/>. Key and hash of the request are columns of the transition that is its effect, so a repeat is answered from
/// state and a key never serves two requests.
/// </summary>
public sealed class HoldPayout(IPayoutStore payouts)
{
    /// <summary>Most characters of a reason.</summary>
    public const int MostCharacters = 500;

    /// <summary>Holds it. Whoever asks must be known to be allowed to.</summary>
    /// <param name="payoutId">The payout.</param>
    /// <param name="reason">Why, 1 to <see cref="MostCharacters"/> characters; its enterprise is told.</param>
    /// <param name="request">Who, under which key, with which body.</param>
    /// <param name="cancellationToken">Stops before the payout moves.</param>
    public async Task<Holds> HandleAsync(string payoutId, string reason, RequestMark request, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await payouts.ReadAsync(payoutId, cancellationToken) is not { } stored)
                return new Holds.NotFound();
            foreach (var version in await payouts.HistoryAsync(payoutId, cancellationToken))
            {
                if (version.Request is not { } before || before.Subject != request.Subject || before.Key != request.Key)
                    continue;
                return before == request ? new Holds.Repeated(stored.Payout) : new Holds.KeyReused();
            }

            // What holds it now would go away by itself, and comes back by itself while it stands: a person's hold takes its place.
            if (stored.Payout is { State: PayoutState.Held } held && PaymentHolds.GoesAway(held.Note))
            {
                await payouts.MoveAsync(stored, PayoutDays.GoOn(held, "to be held by hand"), cancellationToken);
                continue;
            }

            if (!PayoutTransitions.Allows(stored.Payout.State, PayoutState.Held))
                return new Holds.NotNow(stored.Payout, WhyNot(stored.Payout));
            var moved = stored.Payout.Move(PayoutState.Held, note: PaymentHolds.ByHand(reason)) with { Request = request };
            if (await payouts.MoveAsync(stored, moved, cancellationToken))
                return new Holds.Done(moved);
        }
    }

    private static string WhyNot(Payout payout) =>
        payout.State switch
        {
            PayoutState.Held => $"it is held already ({payout.Note}); {WhatToDo(payout.Note)}",
            PayoutState.Declined or PayoutState.Releasing or PayoutState.Released => "its money goes back to the pool, or did",
            PayoutState.Instructed or PayoutState.Unknown or PayoutState.Settling => "it is on its way to the bank",
            _ => "it is paid; what was paid wrongly is recovered by 'clawback', or by a rerun's difference",
        };

    /// <summary>
    /// A payout has one hold: its note says what ends it, so another would hide that. Whoever wants it held longer holds it after.
    /// </summary>
    private static string WhatToDo(string note) =>
        note switch
        {
            _ when PaymentHolds.IsByHand(note) => "that lasts until two persons let it go on ('resume') or release it ('release')",
            _ when PaymentHolds.IsWrongAccount(note) =>
                "that lasts until the treasury records another account or the enterprise confirms this one; hold it then, or ask for its 'release'",
            PayoutDays.Objected => "that lasts until every objection is dismissed; hold it then, or uphold one, which proposes its release",
            PayoutDays.NoClick =>
                "that lasts until its proposed release is decided; if it is refused, hold it once the enterprise is asked again",
            ReadyPayouts.Reduced => "that lasts until two persons release what is too much; hold the rest then",
            PaymentHolds.CheckDigit => "nothing but its 'release' ends that",
            _ => "that ends by itself once it is mended; hold it then, or ask for its 'release'",
        };
}
