using Baotou.Payouts.Application.Objecting;
using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Projecting;

/// <summary>
/// Takes reserved payouts on: held with a reason where something stands against paying, on public notice where the entry asks for it, then
/// ready, confirmed where no click is asked for either and no switch stops it. A held payout whose reason went away goes on by itself.
/// </summary>
public sealed class ReadyPayouts(IPayoutStore payouts, PaymentHolds holds, ISwitchLog switches, IObjectionStore objections, PayoutDays days)
{
    /// <summary>How the note of a payout begins whose claim was reduced after money was reserved for it.</summary>
    public const string Reduced = "the claim was reduced after money was reserved: two persons release what is too much";

    /// <summary>Goes through the payouts of a bucket until none has a next step.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="all">Its payouts as they were read just now; they are read again only after some of them moved.</param>
    /// <param name="limits">What reduced claims are limited to; see <see cref="ClaimLimits"/>.</param>
    /// <param name="cancellationToken">Stops between transactions.</param>
    /// <returns>How many steps were taken.</returns>
    public async Task<int> HandleAsync(
        int bucket,
        IReadOnlyList<StoredPayout> all,
        IReadOnlyDictionary<ClaimKey, Fen> limits,
        CancellationToken cancellationToken
    )
    {
        var look = await holds.LookAsync(limits, cancellationToken);
        var taken = 0;
        var refused = false;
        while (true)
        {
            var tooMuch = TooMuch(all, limits);
            var objected = await ObjectedAsync(bucket, all, cancellationToken);
            var moves = new List<(StoredPayout, Payout)>();
            foreach (var stored in all)
            {
                if (await NextAsync(stored.Payout, look, tooMuch, objected, cancellationToken) is { } next)
                    moves.Add((stored, next));
            }

            if (moves.Any(m => m.Item2.State == PayoutState.Confirmed))
            {
                var board = await switches.ReadAsync(cancellationToken);
                moves.RemoveAll(m => m.Item2.State == PayoutState.Confirmed && board.StopOf(m.Item2) is not null);
            }

            // Moves that were refused may be these, sent again after their answer was lost: one more look tells what comes next.
            var written = await payouts.MoveAllAsync(bucket, moves, cancellationToken);
            if (moves.Count == 0 || (written == 0 && refused))
                return taken;
            refused = written == 0;
            taken += written;
            all = await payouts.ReadBucketAsync(bucket, cancellationToken).ToListAsync(cancellationToken);
        }
    }

    /// <summary>Of claims that were reduced below what is reserved or paid: the pieces that make up the difference.</summary>
    private static HashSet<string> TooMuch(IReadOnlyList<StoredPayout> all, IReadOnlyDictionary<ClaimKey, Fen> limits) =>
        all.Select(s => s.Payout)
            .Where(p => limits.ContainsKey(p.Claim))
            .GroupBy(p => p.Claim)
            .SelectMany(claim => Excess.Of(claim, limits[claim.Key]))
            .Select(e => e.Payout.Id)
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// Payouts with an objection that is open or upheld. Read after the payouts: an objection writes its payout again, so one that came
    /// later refuses the move. Nothing is read where no entry has its payouts shown.
    /// </summary>
    private async Task<HashSet<string>> ObjectedAsync(int bucket, IReadOnlyList<StoredPayout> all, CancellationToken cancellationToken) =>
        all.Any(s => days.MayBeObjected(s.Payout))
            ? (await objections.OfBucketAsync(bucket, cancellationToken))
                .Where(c => c.Holds)
                .Select(c => c.Objection.Payout)
                .ToHashSet(StringComparer.Ordinal)
            : [];

    private async Task<Payout?> NextAsync(
        Payout payout,
        Look look,
        HashSet<string> tooMuch,
        HashSet<string> objected,
        CancellationToken cancellationToken
    )
    {
        if (tooMuch.Contains(payout.Id))
            return PayoutTransitions.Allows(payout.State, PayoutState.Held) ? payout.Move(PayoutState.Held, note: Reduced) : null;
        if (
            payout.State
            is not (PayoutState.Reserved or PayoutState.Notice or PayoutState.Ready or PayoutState.Confirmed or PayoutState.Held)
        )
            return null;
        var hold = await holds.WhyAsync(look, payout, cancellationToken);
        return payout.State switch
        {
            PayoutState.Reserved or PayoutState.Notice when hold is not null => payout.Move(PayoutState.Held, note: hold),
            PayoutState.Ready or PayoutState.Confirmed when hold is not null && PaymentHolds.StopsLate(hold) => payout.Move(
                PayoutState.Held,
                note: hold
            ),
            PayoutState.Held when PaymentHolds.IsWrongAccount(payout.Note) && hold is null => days.AskAgain(payout),
            PayoutState.Held when PaymentHolds.GoesAway(payout.Note) && hold is null => PayoutDays.GoOn(
                payout,
                "what it was held for is mended"
            ),
            _ => await days.NextAsync(payout, objected.Contains(payout.Id), cancellationToken),
        };
    }
}
