using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Exporting;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.Exporting;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Payouts;

/// <summary>All payouts page by page or as a table to keep, for staff; a bureau finds those of its own entries.</summary>
internal sealed class SearchRoutes(PayoutPages pages, ExportRows exports, Catalogue catalogue) : IRoutes
{
    private static readonly Role[] Staff = [Role.Officer, Role.Bureau, Role.Approver, Role.Auditor];

    private static readonly Parameter[] Filters =
    [
        new("state", "Only those in this state.", Schema.OneOf([.. Enum.GetValues<PayoutState>().Select(WireWords.Of)])),
        new("policy", "Only those of this entry.", Schema.Text()),
    ];

    private readonly Withholding _withholding = new(catalogue);

    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
        [
            new()
            {
                Id = "payouts",
                Method = "GET",
                Pattern = "/api/payouts",
                Roles = Staff,
                Summary = "Payouts in the order of their ids, a hundred at a time; next is where to go on, and is left out at the end.",
                Query = [.. Filters, PayoutPages.After],
                Shows = Schema.Object(("payouts", Schema.List(Schema.Ref("PayoutRow"))), ("next?", Schema.Text(Schema.PayoutIdPattern))),
                Handler = SearchAsync,
            },
            .. ExportPair.Of(
                "payouts",
                "/api/exports/payouts",
                Staff,
                "All payouts, in the order of their ids",
                Filters,
                (call, cancellationToken) =>
                    Task.FromResult(
                        Wanted(call) is { } wanted
                            ? (exports.Payouts(pages.ReadAsync(null, wanted, cancellationToken)), null)
                            : ((ExportTable?)null, (Answer?)UnknownState)
                    )
            ),
        ];

    private static Answer UnknownState => Answer.Bad("state is no state of a payout; the document of the API lists them.");

    private async Task<Answer> SearchAsync(Call call, CancellationToken cancellationToken)
    {
        if (Wanted(call) is not { } wanted)
            return UnknownState;
        var (page, next, refusal) = await pages.PageAsync(call, wanted, cancellationToken);
        return refusal
            ?? Answer.Ok(json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("payouts");
                foreach (var payout in page)
                {
                    json.WriteStartObject();
                    PayoutJson.WriteProperties(json, catalogue, payout);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                if (next is not null)
                    json.WriteString("next", next);
                json.WriteEndObject();
            });
    }

    /// <summary>Which payouts a request asks for, as far as they concern the caller; null if it makes no sense.</summary>
    private Func<Payout, bool>? Wanted(Call call)
    {
        var (state, policy) = (call.Query("state"), call.Query("policy"));
        if (state is not null && Enum.GetValues<PayoutState>().All(s => WireWords.Of(s) != state))
            return null;
        return payout =>
            (state is null || WireWords.Of(payout.State) == state)
            && (policy is null || payout.Claim.Policy == policy)
            && _withholding.Concerns(call.Caller, payout.Claim.Policy);
    }
}
