using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Enterprises;

/// <summary>
/// What an enterprise gets, and why and why not. A code of one's own without data has an empty list; a foreign one is not there.
/// </summary>
internal sealed class EnterpriseRoutes(
    DescribeStatus describeStatus,
    DescribeDecisions describeDecisions,
    Catalogue catalogue,
    BusinessDay day
) : IRoutes
{
    private readonly Withholding _withholding = new(catalogue);

    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
        [
            new()
            {
                Id = "enterprise-payouts",
                Method = "GET",
                Pattern = "/api/enterprises/{uscc}/payouts",
                Roles = [Role.Enterprise, Role.Officer, Role.Bureau, Role.Approver, Role.Auditor],
                Summary =
                    "The payouts of an enterprise with stage, amount, arithmetic and reasons, and its claims that wait, with their place: at most so many ahead.",
                Shows = Schema.Object(
                    ("uscc", Schema.Text(Schema.CodePattern)),
                    ("asOf", Schema.Day()),
                    ("payouts", Schema.List(Schema.Ref("Payout"))),
                    ("waiting", Schema.List(Waiting()))
                ),
                Handler = PayoutsAsync,
            },
            new()
            {
                Id = "enterprise-decisions",
                Method = "GET",
                Pattern = "/api/enterprises/{uscc}/decisions",
                Roles = [Role.Enterprise, Role.Officer, Role.Bureau, Role.Approver, Role.Auditor],
                Summary = "Every entry of the list with yes, no or missing, and why.",
                Query = [new("asOf", "A legal day; the business day by default.", Schema.Day())],
                Shows = Schema.Object(
                    ("uscc", Schema.Text(Schema.CodePattern)),
                    ("catalogueVersion", Schema.Text()),
                    ("asOf", Schema.Day()),
                    ("decisions", Schema.List(Schema.Ref("Decision")))
                ),
                Handler = DecisionsAsync,
            },
        ];

    private static JsonObject Waiting() =>
        Schema.Object(
            ("policy", Schema.Text()),
            ("titleZh?", Schema.Text()),
            ("titleEn?", Schema.Text()),
            ("uscc", Schema.Text(Schema.CodePattern)),
            ("occasion", Schema.Text()),
            ("number", Schema.Number()),
            ("pool", Schema.Text()),
            ("fiscalYear", Schema.Number()),
            ("amountFen", Schema.Number()),
            ("grantedFen", Schema.Number()),
            ("state", Schema.OneOf("waiting", "needs-approval", "lapsed", "withdrawn")),
            ("document?", Schema.Text()),
            ("why?", Schema.Text()),
            ("atMostAhead?", Schema.Number(0)),
            ("fenAhead?", Schema.Number(0))
        );

    private async Task<Answer> PayoutsAsync(Call call, CancellationToken cancellationToken)
    {
        var (code, refusal) = call.Enterprise("uscc");
        if (code is not { } uscc)
            return refusal!;
        var status = await describeStatus.HandleAsync(uscc, cancellationToken);
        var payouts = status.Payouts.Where(p => _withholding.Concerns(call.Caller, p.Payout.Claim.Policy)).ToList();
        var waiting = status.Waiting.Where(w => _withholding.Concerns(call.Caller, w.Entitlement.Claim.Key.Policy)).ToList();
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("uscc", uscc.Value);
            json.WriteString("asOf", Day(day.Today));
            json.WriteStartArray("payouts");
            foreach (var payout in payouts)
                PayoutJson.Write(json, catalogue, _withholding.For(call.Caller, payout), withHistory: false);
            json.WriteEndArray();
            json.WriteStartArray("waiting");
            foreach (var open in waiting)
                Write(json, open);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private async Task<Answer> DecisionsAsync(Call call, CancellationToken cancellationToken)
    {
        var (code, refusal) = call.Enterprise("uscc");
        if (code is not { } uscc)
            return refusal!;
        var asOf = day.Today;
        if (
            call.Query("asOf") is { } asked
            && !DateOnly.TryParseExact(asked, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out asOf)
        )
            return Answer.Bad("asOf is a day as 2023-06-30.");
        if (asOf.Year is < 2000 or > 2100)
            return Answer.Bad("asOf lies between 2000 and 2100.");
        var decisions = (await describeDecisions.HandleAsync(uscc, asOf, cancellationToken))
            .Where(d => _withholding.Concerns(call.Caller, d.Policy))
            .ToList();
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("uscc", uscc.Value);
            DecisionJson.WriteProperties(json, catalogue, asOf, decisions.Select(d => _withholding.For(call.Caller, d)));
            json.WriteEndObject();
        });
    }

    private void Write(Utf8JsonWriter json, OpenClaim open)
    {
        var (entitlement, claim) = (open.Entitlement, open.Entitlement.Claim);
        json.WriteStartObject();
        json.WriteString("policy", claim.Key.Policy);
        if (catalogue.VersionsOf(claim.Key.Policy) is [.., { } entry])
        {
            json.WriteString("titleZh", entry.Title.Zh);
            json.WriteString("titleEn", entry.Title.En);
        }

        json.WriteString("uscc", claim.Key.Uscc.Value);
        json.WriteString("occasion", claim.Key.Occasion);
        json.WriteNumber("number", claim.Key.Number);
        json.WriteString("pool", open.Pool.Pool);
        json.WriteNumber("fiscalYear", open.Pool.FiscalYear);
        json.WriteNumber("amountFen", (claim.Amount + claim.County).Value);
        json.WriteNumber("grantedFen", open.Granted.Value);
        json.WriteString("state", StateOf(open));
        if (open.Withdrawn is { } withdrawn)
        {
            json.WriteString("document", withdrawn.Document);
            json.WriteString("why", withdrawn.Why);
        }

        if (open.Place is { } place)
        {
            json.WriteNumber("atMostAhead", place.AtMostAhead);
            json.WriteNumber("fenAhead", place.FenAhead.Value);
        }

        json.WriteEndObject();
    }

    private static string StateOf(OpenClaim open) =>
        open switch
        {
            { HasLapsed: true } => "lapsed",
            { Withdrawn: not null } => "withdrawn",
            { Place: null } => "needs-approval",
            _ => "waiting",
        };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
