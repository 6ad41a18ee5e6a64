using System.Globalization;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Electing;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Projecting;

/// <summary>
/// What stands against paying an enterprise, each a matter of data: its code, the register, its account, and what it has not given back
/// yet.
/// </summary>
public sealed class PaymentHolds(
    IAccountStore accounts,
    BusinessRegister register,
    IActLog acts,
    IElectionLog elections,
    IClaimStore claims,
    IPayoutStore payouts,
    Catalogue catalogue,
    EngineOptions options
)
{
    /// <summary>The code's check characters disagree; only a person can tell whether it was issued so.</summary>
    public const string CheckDigit = "the check characters of the code do not agree: the registering authority confirms the code";

    /// <summary>The register says that the enterprise ended, moved out or was suspended.</summary>
    public const string NotInBusiness =
        "the enterprise is not in business by its registration: two persons release the payout, or the register is corrected";

    /// <summary>The enterprise elected this award in place of another, for which money is still reserved or was paid.</summary>
    public const string OtherAward =
        "elected in place of an award for which money is still reserved or was paid: two persons release that first";

    /// <summary>Nobody knows where to pay.</summary>
    public const string NoAccount = "no open payee account is known: register one with the treasury";

    private const string WrongAccountCode = "wrong-account: ";
    private const string ByHandCode = "by-hand: ";

    /// <summary>
    /// The enterprise says that the account is not its own. Names it by what people may see and by when it was recorded: another, or the
    /// same recorded anew, has another note.
    /// </summary>
    public static string WrongAccount(StoredAccount account)
    {
        var recorded = account.RecordedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return $"{WrongAccountCode}the enterprise says that the account ending in {account.LastFour}, recorded {recorded}, is not its own; "
            + "the treasury records the right one, or the enterprise confirms it after all";
    }

    /// <summary>Whether it is held because the enterprise says that its account is not its own.</summary>
    public static bool IsWrongAccount(string note) => note.StartsWith(WrongAccountCode, StringComparison.Ordinal);

    /// <summary>A person of the staff holds it, and why. It never goes away by itself: two persons let it go on, or release it.</summary>
    public static string ByHand(string reason) => ByHandCode + reason;

    /// <summary>Whether a person of the staff holds it.</summary>
    public static bool IsByHand(string note) => note.StartsWith(ByHandCode, StringComparison.Ordinal);

    /// <summary>Whether a hold with this note goes away by itself when what it says is mended.</summary>
    public static bool GoesAway(string note) => note is NoAccount or NotInBusiness or OtherAward;

    /// <summary>Whether it also stops what was ready or confirmed already.</summary>
    public static bool StopsLate(string note) => note is NotInBusiness or OtherAward;

    /// <summary>Reads what is the same for all payouts that are looked at together.</summary>
    /// <param name="limits">What reduced claims are limited to.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    public async Task<Look> LookAsync(IReadOnlyDictionary<ClaimKey, Fen> limits, CancellationToken cancellationToken) =>
        new(
            limits,
            new MergedCodes(await acts.MergesAsync(cancellationToken)),
            [.. (await elections.ListAsync(cancellationToken)).Select(e => e.Election)]
        );

    /// <summary>Why a payout may not be paid now, the first reason found; null if nothing stands against it.</summary>
    public async Task<string?> WhyAsync(Look look, Payout payout, CancellationToken cancellationToken)
    {
        if (!payout.Claim.Uscc.ChecksHold)
            return CheckDigit;
        var current = look.Codes.CurrentOf(payout.Claim.Uscc);
        if (await register.IsOutOfBusinessAsync(current, look.Registers, cancellationToken))
            return NotInBusiness;
        if (await IsBehindOtherAwardAsync(look, payout.Claim, cancellationToken))
            return OtherAward;
        if (await AccountAsync(look, current, cancellationToken) is not { Open: true } account)
            return IsWrongAccount(payout.Note) ? payout.Note : NoAccount;
        return IsWrongAccount(payout.Note) && payout.Note == WrongAccount(account) ? payout.Note : null;
    }

    private async Task<StoredAccount?> AccountAsync(Look look, Uscc uscc, CancellationToken cancellationToken)
    {
        var bucket = Bucket.Of(uscc, options.Buckets);
        if (!look.Accounts.TryGetValue(bucket, out var known))
            look.Accounts[bucket] = known = await accounts.ReadAsync(bucket, cancellationToken);
        return known.GetValueOrDefault(uscc);
    }

    private async Task<bool> IsBehindOtherAwardAsync(Look look, ClaimKey claim, CancellationToken cancellationToken)
    {
        var family = look.Codes.FamilyOf(claim.Uscc);
        if (!look.Elections.Any(e => e.Policy == claim.Policy && e.Occasion == claim.Occasion && family.Contains(e.Uscc)))
            return false;
        var group = GroupsOf(claim.Policy);
        foreach (var code in family)
        {
            var bucket = Bucket.Of(code, options.Buckets);
            foreach (var other in (await claims.EntitlementsAsync(bucket, code, cancellationToken)).Keys)
            {
                if (other.Policy == claim.Policy && other.Occasion == claim.Occasion)
                    continue;
                if (
                    look.Limits.TryGetValue(other, out var limit)
                    && GroupsOf(other.Policy).Overlaps(group)
                    && await BoundAsync(bucket, other, cancellationToken) > limit
                )
                    return true;
            }
        }

        return false;
    }

    private HashSet<string> GroupsOf(string policy) => [.. catalogue.VersionsOf(policy).Select(v => v.Terms?.Group?.Id).OfType<string>()];

    /// <summary>City share that is reserved for a claim or was paid for it.</summary>
    private async Task<Fen> BoundAsync(int bucket, ClaimKey claim, CancellationToken cancellationToken)
    {
        var bound = Fen.Zero;
        for (var part = 0; await payouts.ReadAsync(PayoutId.Of(bucket, claim, part), cancellationToken) is { Payout: var payout }; part++)
        {
            if (payout.State is not (PayoutState.Released or PayoutState.ClawedBack))
                bound += payout.City;
        }

        return bound;
    }
}

/// <summary>What is the same for all payouts that are looked at together.</summary>
/// <param name="Limits">What reduced claims are limited to.</param>
/// <param name="Codes">Which codes are one enterprise.</param>
/// <param name="Elections">What enterprises elected.</param>
public sealed record Look(IReadOnlyDictionary<ClaimKey, Fen> Limits, MergedCodes Codes, IReadOnlyList<Election> Elections)
{
    /// <summary>The buckets whose register was caught up with.</summary>
    internal HashSet<int> Registers { get; } = [];

    /// <summary>The accounts of the buckets looked at so far.</summary>
    internal Dictionary<int, IReadOnlyDictionary<Uscc, StoredAccount>> Accounts { get; } = [];
}
