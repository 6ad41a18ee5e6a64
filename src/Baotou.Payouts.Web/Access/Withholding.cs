using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Settling;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Web.Access;

/// <summary>
/// Tax figures are for the enterprise itself and the bureau whose entry it is. Everybody else sees which conditions hold and what is due,
/// but not the figures, and not the sentences and sums that would tell them.
/// </summary>
internal sealed class Withholding(Catalogue catalogue)
{
    /// <summary>The dataset whose figures are withheld.</summary>
    public const string Source = QuarantineCases.TaxSource;

    private static readonly Bilingual Withheld = new(
        "（税务数据，仅企业本人和主管部门可见）",
        "(tax figures, for the enterprise and the responsible bureau only)"
    );

    /// <summary>The decision as the caller may see it.</summary>
    public Decision For(Caller caller, Decision decision) =>
        MaySeeFigures(caller, decision.Policy) || !IsOfTax(decision.Steps)
            ? decision
            : decision with
            {
                Steps = Without(decision.Steps),
                Arithmetic = decision.Arithmetic.Zh.Length > 0 ? Withheld : decision.Arithmetic,
                Reason = decision.Outcome is Outcome.Entitled or Outcome.Superseded ? decision.Reason : Withheld,
            };

    /// <summary>The payout as the caller may see it.</summary>
    public PayoutAccount For(Caller caller, PayoutAccount account) =>
        account.Entitlement is { } claim && !MaySeeFigures(caller, account.Payout.Claim.Policy) && IsOfTax(claim.Receipt.Steps)
            ? account with
            {
                Entitlement = claim with { Receipt = claim.Receipt with { Steps = Without(claim.Receipt.Steps), Arithmetic = Withheld } },
            }
            : account;

    /// <summary>Whether an entry of the list is the caller's business: for one bound to a bureau only that bureau's.</summary>
    public bool Concerns(Caller caller, string policy) => !caller.IsBoundToBureau || BureauOf(policy) == caller.Bureau;

    /// <summary>Whether a pool is the caller's business: for one bound to a bureau only that bureau's.</summary>
    public bool ConcernsPool(Caller caller, string pool) =>
        !caller.IsBoundToBureau || catalogue.Pools.Any(p => p.Id == pool && p.Bureau == caller.Bureau);

    /// <summary>Whether the caller belongs to the bureau of an entry.</summary>
    public bool IsOfBureau(Caller caller, string policy) => caller.Is(Role.Bureau) && BureauOf(policy) == caller.Bureau;

    private bool MaySeeFigures(Caller caller, string policy) => caller.Is(Role.Enterprise) || IsOfBureau(caller, policy);

    private string? BureauOf(string policy) => catalogue.VersionsOf(policy) is [.., { } entry] ? entry.Bureau : null;

    private static bool IsOfTax(IReadOnlyList<Step> steps) => steps.Any(s => s.Source == Source);

    private static List<Step> Without(IReadOnlyList<Step> steps) =>
        [.. steps.Select(s => s.Source == Source ? s with { Value = Withheld.Zh, RecordId = "" } : s)];
}
