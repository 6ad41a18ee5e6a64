using Baotou.Payouts.Application;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Payouts;

/// <summary>All payouts page by page, for staff; a bureau finds those of its own entries.</summary>
internal sealed class SearchRoutes(IPayoutStore payouts, Catalogue catalogue, EngineOptions options) : IRoutes
{
    private const int PageSize = 100;

    private readonly Withholding _withholding = new(catalogue);

    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
    [
        new()
        {
            Id = "payouts", Method = "GET", Pattern = "/api/payouts", Roles = [Role.Officer, Role.Bureau, Role.Approver, Role.Auditor],
            Summary = "Payouts in the order of their ids, a hundred at a time; next is where to go on, and is left out at the end.",
            Query =
            [
                new("state", "Only those in this state.", Schema.OneOf([.. Enum.GetValues<PayoutState>().Select(WireWords.Of)])), new("policy", "Only those of this entry.", Schema.Text()),
                new("after", "The next of the page before.", Schema.Text(Schema.PayoutIdPattern)),
            ],
            Shows = Schema.Object(("payouts", Schema.List(Schema.Ref("PayoutRow"))), ("next?", Schema.Text(Schema.PayoutIdPattern))),
            Handler = SearchAsync,
        },
    ];

    private async Task<Answer> SearchAsync(Call call, CancellationToken cancellationToken)
    {
        var (state, policy, after) = (call.Query("state"), call.Query("policy"), call.Query("after"));
        if (state is not null && Enum.GetValues<PayoutState>().All(s => WireWords.Of(s) != state)) return Answer.Bad("state is no state of a payout; the document of the API lists them.");
        if (after is not null && PayoutId.BucketOf(after) is null) return Answer.Bad("after is the id of a payout.");
        var found = new List<Payout>();
        for (var bucket = after is null ? 0 : PayoutId.BucketOf(after)!.Value; bucket < options.Buckets && found.Count <= PageSize; bucket++)
        {
            await foreach (var (payout, _) in payouts.ReadBucketAsync(bucket, cancellationToken))
            {
                if (after is not null && string.CompareOrdinal(payout.Id, after) <= 0) continue;
                if ((state is not null && WireWords.Of(payout.State) != state) || (policy is not null && payout.Claim.Policy != policy)) continue;
                if (!_withholding.Concerns(call.Caller, payout.Claim.Policy)) continue;
                found.Add(payout);
                if (found.Count > PageSize) break;
            }
        }

        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("payouts");
            foreach (var payout in found.Take(PageSize))
            {
                json.WriteStartObject();
                PayoutJson.WriteProperties(json, catalogue, payout);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (found.Count > PageSize) json.WriteString("next", found[PageSize - 1].Id);
            json.WriteEndObject();
        });
    }
}
