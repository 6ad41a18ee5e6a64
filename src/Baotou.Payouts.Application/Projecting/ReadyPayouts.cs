using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Application.Projecting;

/// <summary>
/// Takes reserved payouts on: held with a reason where something stands against paying, ready where nothing does and no public notice is asked for,
/// confirmed where no click is asked for either. A held payout whose reason went away goes on by itself.
/// </summary>
public sealed class ReadyPayouts(IPayoutStore payouts, IAccountStore accounts, Catalogue catalogue)
{
    /// <summary>Why a payout is held, as its note begins; these two go away by themselves when the data are mended.</summary>
    public const string NoAccount = "no open payee account is known: register one with the treasury";

    /// <summary>The code's check characters disagree; only a person can tell whether it was issued so.</summary>
    public const string CheckDigit = "the check characters of the code do not agree: the registering authority confirms the code";

    /// <summary>Goes through the payouts of a bucket until none has a next step.</summary>
    /// <returns>How many steps were taken.</returns>
    public async Task<int> HandleAsync(int bucket, CancellationToken cancellationToken)
    {
        var known = await accounts.ReadAsync(bucket, cancellationToken);
        var taken = 0;
        while (true)
        {
            var moves = new List<(StoredPayout, Payout)>();
            await foreach (var stored in payouts.ReadBucketAsync(bucket, cancellationToken))
            {
                if (Next(stored.Payout, known) is { } next) moves.Add((stored, next));
            }

            var written = await payouts.MoveAllAsync(bucket, moves, cancellationToken);
            if (written == 0) return taken;
            taken += written;
        }
    }

    private Payout? Next(Payout payout, IReadOnlyDictionary<Uscc, StoredAccount> known)
    {
        var hold = !payout.Claim.Uscc.ChecksHold ? CheckDigit
            : known.GetValueOrDefault(payout.Claim.Uscc) is not { Open: true } ? NoAccount
            : null;
        var terms = catalogue.VersionsOf(payout.Claim.Policy).LastOrDefault(v => v.Terms is not null)?.Terms;
        return payout.State switch
        {
            PayoutState.Reserved when hold is not null => payout.Move(PayoutState.Held, note: hold),
            PayoutState.Held when payout.Note is NoAccount && hold is null => payout.Move(PayoutState.Reserved, note: "a payee account is known now"),
            PayoutState.Reserved when terms is { NoticeDays: 0 } => payout.Move(PayoutState.Ready),
            PayoutState.Ready when terms is { Click: null } => payout.Move(PayoutState.Confirmed, note: "no click is asked for"),
            _ => null,
        };
    }
}
