using System.Text;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Payouts;

/// <summary>Single payouts: to their enterprise, to the bureau whose entry it is, and to staff.</summary>
internal sealed class PayoutRoutes(DescribePayout describe, DescribeReceipt receipts, OwnPast own, Catalogue catalogue) : IRoutes
{
    private readonly Withholding _withholding = new(catalogue);

    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
        [
            new()
            {
                Id = "payout",
                Method = "GET",
                Pattern = "/api/payouts/{payoutId}",
                Roles = [Role.Enterprise, Role.Officer, Role.Bureau, Role.Approver, Role.Auditor],
                Summary = "One payout: stage, amount, why it is due with every condition, and what it went through.",
                Shows = Schema.Ref("Payout"),
                Handler = ShowAsync,
            },
            new()
            {
                Id = "payout-receipt",
                Method = "GET",
                Pattern = "/api/payouts/{payoutId}/receipt",
                Roles = [Role.Enterprise, Role.Bureau, Role.Auditor],
                Summary =
                    "The proof of a payout, to keep: why it is due, its place in the chain, and the SHA-256 of the receipt as it is written. The same whenever it is asked for.",
                Shows = Schema.Object(("receipt", new() { ["type"] = "object" }), ("sha256", Schema.Text("^[0-9a-f]{64}$"))),
                Handler = ReceiptAsync,
            },
        ];

    private async Task<Answer> ShowAsync(Call call, CancellationToken cancellationToken) =>
        await FindAsync(call, cancellationToken) is { } account
            ? Answer.Ok(json => PayoutJson.Write(json, catalogue, _withholding.For(call.Caller, account), withHistory: true))
            : Answer.NotFound;

    private async Task<Answer> ReceiptAsync(Call call, CancellationToken cancellationToken)
    {
        if (await FindAsync(call, cancellationToken) is not { } account)
            return Answer.NotFound;
        var shown = _withholding.For(call.Caller, account);
        return await receipts.HandleAsync(shown, shown != account, cancellationToken) is { } receipt
            ? new Answer.File(
                "application/json; charset=utf-8",
                $"receipt-{account.Payout.Id}.json",
                Encoding.UTF8.GetBytes(receipt.ToFile())
            )
            : Answer.NotFound;
    }

    private async Task<PayoutAccount?> FindAsync(Call call, CancellationToken cancellationToken) =>
        await describe.HandleAsync(call.Part("payoutId"), cancellationToken) is { } account
        && await own.MaySeeAsync(call.Caller, account.Payout.Claim.Uscc, cancellationToken)
        && _withholding.Concerns(call.Caller, account.Payout.Claim.Policy)
            ? account
            : null;
}
