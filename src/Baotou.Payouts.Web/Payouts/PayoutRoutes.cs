using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Payouts;

/// <summary>Single payouts: to their enterprise, to the bureau whose entry it is, and to staff.</summary>
internal sealed class PayoutRoutes(DescribePayout describe, OwnPast own, Catalogue catalogue) : IRoutes
{
    private readonly Withholding _withholding = new(catalogue);

    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
    [
        new()
        {
            Id = "payout", Method = "GET", Pattern = "/api/payouts/{payoutId}", Roles = [Role.Enterprise, Role.Officer, Role.Bureau, Role.Approver, Role.Auditor],
            Summary = "One payout: stage, amount, why it is due with every condition, and what it went through.",
            Shows = Schema.Ref("Payout"),
            Handler = ShowAsync,
        },
    ];

    private async Task<Answer> ShowAsync(Call call, CancellationToken cancellationToken)
    {
        var account = await describe.HandleAsync(call.Part("payoutId"), cancellationToken);
        if (account is null || !await own.MaySeeAsync(call.Caller, account.Payout.Claim.Uscc, cancellationToken) || !_withholding.Concerns(call.Caller, account.Payout.Claim.Policy)) return Answer.NotFound;
        return Answer.Ok(json => PayoutJson.Write(json, catalogue, _withholding.For(call.Caller, account), withHistory: true));
    }
}
