using Baotou.Payouts.Application;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Payouts;

/// <summary>Payouts that could be paid and were not by the day their entry names, for staff; a bureau finds those of its own entries.</summary>
internal sealed class OverdueRoutes(IPayoutStore payouts, PayoutDays days, Catalogue catalogue, EngineOptions options, BusinessDay day) : IRoutes
{
    private const int PageSize = 100;

    private readonly Withholding _withholding = new(catalogue);

    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
    [
        new()
        {
            Id = "payouts-overdue", Method = "GET", Pattern = "/api/payouts/overdue", Roles = [Role.Officer, Role.Bureau, Role.Approver, Role.Auditor],
            Summary = "Payouts that are ready or confirmed past the last day their entry wants them paid on, a hundred at a time, with the days since.",
            Query = [new("after", "The next of the page before.", Schema.Text(Schema.PayoutIdPattern))],
            Shows = Schema.Object(
                ("asOf", Schema.Day()), ("payouts", Schema.List(Schema.Object(("payout", Schema.Ref("PayoutRow")), ("daysLate", Schema.Number(1))))), ("next?", Schema.Text(Schema.PayoutIdPattern))),
            Handler = ListAsync,
        },
    ];

    private async Task<Answer> ListAsync(Call call, CancellationToken cancellationToken)
    {
        var after = call.Query("after");
        if (after is not null && PayoutId.BucketOf(after) is null) return Answer.Bad("after is the id of a payout.");
        var found = new List<Payout>();
        for (var bucket = after is null ? 0 : PayoutId.BucketOf(after)!.Value; bucket < options.Buckets && found.Count <= PageSize; bucket++)
        {
            await foreach (var (payout, _) in payouts.ReadBucketAsync(bucket, cancellationToken))
            {
                if (days.DaysLate(payout) == 0 || (after is not null && string.CompareOrdinal(payout.Id, after) <= 0) || !_withholding.Concerns(call.Caller, payout.Claim.Policy)) continue;
                found.Add(payout);
                if (found.Count > PageSize) break;
            }
        }

        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("asOf", day.Today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteStartArray("payouts");
            foreach (var payout in found.Take(PageSize))
            {
                json.WriteStartObject();
                json.WriteStartObject("payout");
                PayoutJson.WriteProperties(json, catalogue, payout);
                json.WriteEndObject();
                json.WriteNumber("daysLate", days.DaysLate(payout));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (found.Count > PageSize) json.WriteString("next", found[PageSize - 1].Id);
            json.WriteEndObject();
        });
    }
}
