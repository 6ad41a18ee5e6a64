using System.Globalization;
using System.Text.Json;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Notices;

/// <summary>What is on public notice, for everybody, as far as each entry allows. Caches may keep it for a while.</summary>
internal sealed class NoticeRoutes(PublicNotices notices, Catalogue catalogue, BusinessDay day) : IRoutes
{
    private const int PageSize = 100;

    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
        [
            new()
            {
                Id = "public-notices",
                Method = "GET",
                Pattern = "/api/public/notices",
                IsPublic = true,
                Summary =
                    "Payouts on public notice, a hundred at a time; gone when the notice ends. Whole, with the code masked, or not at all, as the entry says.",
                Query = [new("after", "The next of the page before.", Schema.Text())],
                Shows = Schema.Object(
                    ("asOf", Schema.Day()),
                    (
                        "notices",
                        Schema.List(
                            Schema.Object(
                                ("pool", Schema.Text()),
                                ("fiscalYear", Schema.Number()),
                                ("entry", Schema.Number()),
                                ("policy", Schema.Text()),
                                ("titleZh?", Schema.Text()),
                                ("titleEn?", Schema.Text()),
                                ("uscc", Schema.Text("^([0-9A-HJ-NPQRTUWXY]{18}|\\*{14}[0-9A-HJ-NPQRTUWXY]{4})$")),
                                ("amountFen", Schema.Number()),
                                ("from", Schema.Day()),
                                ("until", Schema.Day()),
                                ("occasion?", Schema.Text()),
                                ("payoutId?", Schema.Text(Schema.PayoutIdPattern))
                            )
                        )
                    ),
                    ("next?", Schema.Text())
                ),
                Handler = ListAsync,
            },
        ];

    private async Task<Answer> ListAsync(Call call, CancellationToken cancellationToken)
    {
        var after = call.Query("after");
        var found = (await notices.ListAsync(cancellationToken))
            .Where(n => after is null || string.CompareOrdinal(n.Place, after) > 0)
            .Take(PageSize + 1)
            .ToList();
        return new Answer.Json(
            200,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("asOf", Text(day.Today));
                json.WriteStartArray("notices");
                foreach (var notice in found.Take(PageSize))
                    Write(json, notice);
                json.WriteEndArray();
                if (found.Count > PageSize)
                    json.WriteString("next", found[PageSize - 1].Place);
                json.WriteEndObject();
            }
        )
        {
            MaxAge = PublicNotices.Freshness,
        };
    }

    private void Write(Utf8JsonWriter json, PublicNotice notice)
    {
        var payout = notice.Payout;
        json.WriteStartObject();
        json.WriteString("pool", payout.Pool.Pool);
        json.WriteNumber("fiscalYear", payout.Pool.FiscalYear);
        json.WriteNumber("entry", payout.EntrySeq);
        json.WriteString("policy", payout.Claim.Policy);
        if (catalogue.VersionsOf(payout.Claim.Policy) is [.., { } entry])
        {
            json.WriteString("titleZh", entry.Title.Zh);
            json.WriteString("titleEn", entry.Title.En);
        }

        json.WriteString("uscc", notice.Code);
        json.WriteNumber("amountFen", (payout.City + payout.County).Value);
        json.WriteString("from", Text(payout.Window!.First));
        json.WriteString("until", Text(payout.Window.Last));
        if (notice.Publicity == Publicity.Public)
        {
            json.WriteString("occasion", payout.Claim.Occasion);
            json.WriteString("payoutId", payout.Id);
        }

        json.WriteEndObject();
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
