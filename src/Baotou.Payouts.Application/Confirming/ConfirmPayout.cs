using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Confirming;

/// <summary>What an enterprise says about a payout of its own.</summary>
public enum Word
{
    /// <summary>The one click: pay it.</summary>
    Confirm,

    /// <summary>It does not want it. Two officers then release the money.</summary>
    Decline,

    /// <summary>
    /// The account that is shown is not its own. Nothing is paid to it; the payout is held until the treasury tells another, or the
    /// enterprise confirms after all.
    /// </summary>
    WrongAccount,
}

/// <summary>What became of a word, in order of precedence.</summary>
public abstract record Saying
{
    private Saying() { }

    /// <summary>There is no such payout.</summary>
    public sealed record NotFound : Saying;

    /// <summary>The same request was answered before: the payout as it stands now.</summary>
    public sealed record Repeated(Payout Payout) : Saying;

    /// <summary>The key was used for another request on this payout.</summary>
    public sealed record KeyReused : Saying;

    /// <summary>The payout does not wait for a word, and why.</summary>
    public sealed record NotNow(Payout Payout, string Why) : Saying;

    /// <summary>
    /// Its entry or its pool is stopped: it cannot be confirmed before two persons started it again. Declining it is possible.
    /// </summary>
    public sealed record Stopped(Payout Payout, SwitchAct Stop) : Saying;

    /// <summary>The account that was shown is not the one that would be paid to now.</summary>
    public sealed record AccountChanged(string LastFour) : Saying;

    /// <summary>It took effect.</summary>
    public sealed record Done(Payout Payout) : Saying;
}

/// <summary>
/// Takes an enterprise's word on a payout. Key and hash of the request are columns of the transition that is its effect, so a repeat is
/// answered from state and a key never serves two requests.
/// </summary>
public sealed class ConfirmPayout(IPayoutStore payouts, IAccountStore accounts, IActLog acts, ISwitchLog switches, EngineOptions options)
{
    /// <summary>Takes a word. Whoever asks must be known to act for the payout's enterprise.</summary>
    /// <param name="payoutId">The payout.</param>
    /// <param name="word">What is said.</param>
    /// <param name="lastFour">The last four digits of the account that was shown; null if the caller does not insist, which one who calls
    /// it wrong has to.</param>
    /// <param name="request">Who, under which key, with which body.</param>
    /// <param name="cancellationToken">Stops before the payout moves.</param>
    public async Task<Saying> HandleAsync(
        string payoutId,
        Word word,
        string? lastFour,
        RequestMark request,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            if (await payouts.ReadAsync(payoutId, cancellationToken) is not { } stored)
                return new Saying.NotFound();
            foreach (var version in await payouts.HistoryAsync(payoutId, cancellationToken))
            {
                if (version.Request is not { } before || before.Subject != request.Subject || before.Key != request.Key)
                    continue;
                return before == request ? new Saying.Repeated(stored.Payout) : new Saying.KeyReused();
            }

            if (!Awaits(stored.Payout, word))
                return new Saying.NotNow(stored.Payout, WhyNot(stored.Payout));
            if (word == Word.Confirm && (await switches.ReadAsync(cancellationToken)).StopOf(stored.Payout) is { } stop)
                return new Saying.Stopped(stored.Payout, stop);
            var account = lastFour is null ? null : await AccountAsync(stored.Payout, cancellationToken);
            if (lastFour is not null && account?.LastFour != lastFour)
                return new Saying.AccountChanged(account?.LastFour ?? "");
            var moved = word switch
            {
                Word.Confirm => stored.Payout.Move(PayoutState.Confirmed),
                Word.Decline => stored.Payout.Move(PayoutState.Declined),
                Word.WrongAccount when account is null => throw new ArgumentException(
                    "Which account is wrong has to be said.",
                    nameof(lastFour)
                ),
                Word.WrongAccount => stored.Payout.Move(PayoutState.Held, note: PaymentHolds.WrongAccount(account)),
                _ => throw new ArgumentOutOfRangeException(nameof(word)),
            };
            if (await payouts.MoveAsync(stored, moved with { Request = request }, cancellationToken))
                return new Saying.Done(moved);
        }
    }

    /// <summary>
    /// Whether a payout waits for that word: one that waits for a click for any, one that is confirmed may still be said to go to a wrong
    /// account, and whoever said so may take it back by the click.
    /// </summary>
    private static bool Awaits(Payout payout, Word word) =>
        payout.State switch
        {
            PayoutState.Ready => true,
            PayoutState.Confirmed => word == Word.WrongAccount,
            PayoutState.Held => word == Word.Confirm && PaymentHolds.IsWrongAccount(payout.Note),
            _ => false,
        };

    /// <summary>
    /// The account that a payout would be paid to now, of the code that stands for its enterprise; null if none is known.
    /// </summary>
    public async Task<StoredAccount?> AccountAsync(Payout payout, CancellationToken cancellationToken)
    {
        var current = new MergedCodes(await acts.MergesAsync(cancellationToken)).CurrentOf(payout.Claim.Uscc);
        return (await accounts.ReadAsync(Bucket.Of(current, options.Buckets), cancellationToken)).GetValueOrDefault(current);
    }

    private static string WhyNot(Payout payout) =>
        payout.State switch
        {
            PayoutState.Reserved => "it is not ready yet",
            PayoutState.Notice => "public notice is not over yet",
            PayoutState.Held => payout.Note.Length > 0 ? $"it is held: {payout.Note}" : "it is held",
            PayoutState.Confirmed => "it is confirmed already",
            PayoutState.Declined => "it was declined",
            PayoutState.Releasing or PayoutState.Released => "its money went back to the pool",
            _ => "it is past that",
        };
}
