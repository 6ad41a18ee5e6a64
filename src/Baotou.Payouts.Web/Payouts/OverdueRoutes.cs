using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Payouts;

/// <summary>
/// Payouts that could be paid and were not by the day their entry names, for staff; a bureau finds those of its own entries.
/// </summary>
internal sealed class OverdueRoutes(PayoutPages pages, PayoutDays days, Catalogue catalogue, BusinessDay day) : IRoutes
{
    private readonly Withholding _withholding = new(catalogue);

    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
        [
            new()
            {
                Id = "payouts-overdue",
                Method = "GET",
                Pattern = "/api/payouts/overdue",
                Roles = [Role.Officer, Role.Bureau, Role.Approver, Role.Auditor],
                Summary =
                    "Payouts that are ready or confirmed past the last day their entry wants them paid on, a hundred at a time, with the days since.",
                Query = [PayoutPages.After],
                Shows = Schema.Object(
                    ("asOf", Schema.Day()),
                    ("payouts", Schema.List(Schema.Object(("payout", Schema.Ref("PayoutRow")), ("daysLate", Schema.Number(1))))),
                    ("next?", Schema.Text(Schema.PayoutIdPattern))
                ),
                Handler = ListAsync,
            },
        ];

    private async Task<Answer> ListAsync(Call call, CancellationToken cancellationToken)
    {
        var (page, next, refusal) = await pages.PageAsync(
            call,
            payout => days.DaysLate(payout) > 0 && _withholding.Concerns(call.Caller, payout.Claim.Policy),
            cancellationToken
        );
        return refusal
            ?? Answer.Ok(json =>
            {
                json.WriteStartObject();
                json.WriteString("asOf", day.Today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
                json.WriteStartArray("payouts");
                foreach (var payout in page)
                {
                    json.WriteStartObject();
                    json.WriteStartObject("payout");
                    PayoutJson.WriteProperties(json, catalogue, payout);
                    json.WriteEndObject();
                    json.WriteNumber("daysLate", days.DaysLate(payout));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                if (next is not null)
                    json.WriteString("next", next);
                json.WriteEndObject();
            });
    }
}
