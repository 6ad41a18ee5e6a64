using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Objecting;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Notices;

/// <summary>
/// Objections during public notice. An enterprise may object to what it sees on notice, its own or another's; who objected, and in which
/// words, only staff and whoever said it learn. The bureau whose entry it is decides.
/// </summary>
internal sealed class ObjectionRoutes(
    ObjectToPayout objecting,
    DecideObjection deciding,
    IObjectionStore objections,
    IPayoutStore payouts,
    PublicNotices notices,
    OwnPast own,
    Catalogue catalogue
) : IRoutes
{
    private static readonly Role[] Staff = [Role.Officer, Role.Bureau, Role.Approver, Role.Auditor];

    private readonly Withholding _withholding = new(catalogue);

    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
        [
            new()
            {
                Id = "objections",
                Method = "GET",
                Pattern = "/api/payouts/{payoutId}/objections",
                Roles = [Role.Enterprise, .. Staff],
                Summary = "The objections against a payout and what became of them; to an enterprise those of others without their words.",
                Shows = Schema.Object(("payoutId", Schema.Text(Schema.PayoutIdPattern)), ("objections", Schema.List(Shown()))),
                Handler = ListAsync,
            },
            new()
            {
                Id = "object",
                Method = "POST",
                Pattern = "/api/payouts/{payoutId}/objections",
                Roles = [Role.Enterprise, Role.Officer, Role.Bureau],
                TakesKey = true,
                Success = 201,
                Summary =
                    "Object while public notice runs, to a payout of one's own or to one that is shown. It is held until the bureau decides.",
                Body = Schema.Object(("text", Schema.Text(most: ObjectToPayout.MostCharacters))),
                Shows = Shown(),
                Handler = ObjectAsync,
            },
            new()
            {
                Id = "decide-objection",
                Method = "POST",
                Pattern = "/api/payouts/{payoutId}/objections/{number}/decision",
                Roles = [Role.Bureau],
                TakesKey = true,
                Summary =
                    "Dismiss an objection, so that the payout goes on, or uphold it, so that its release is proposed; a second person agrees to that.",
                Body = Schema.Object(("finding", Schema.OneOf("dismissed", "upheld")), ("why", Schema.Text(most: 500))),
                Shows = Shown(),
                Handler = DecideAsync,
            },
        ];

    private static JsonObject Shown() =>
        Schema.Object(
            ("payoutId", Schema.Text(Schema.PayoutIdPattern)),
            ("number", Schema.Number(1)),
            ("on", Schema.Day()),
            ("state", Schema.OneOf("open", "dismissed", "upheld")),
            ("text?", Schema.Text()),
            ("by?", Schema.Text()),
            (
                "decisions?",
                Schema.List(
                    Schema.Object(
                        ("finding", Schema.OneOf("dismissed", "upheld")),
                        ("why", Schema.Text()),
                        ("at", Schema.Moment()),
                        ("by?", Schema.Text())
                    )
                )
            )
        );

    private async Task<Answer> ListAsync(Call call, CancellationToken cancellationToken)
    {
        var payout = (await payouts.ReadAsync(call.Part("payoutId"), cancellationToken))?.Payout;
        if (payout is null || !_withholding.Concerns(call.Caller, payout.Claim.Policy))
            return Answer.NotFound;
        var all = await objections.OfPayoutAsync(payout.Id, cancellationToken);
        if (
            !await own.MaySeeAsync(call.Caller, payout.Claim.Uscc, cancellationToken)
            && !(all = [.. all.Where(c => IsOwn(call.Caller, c))]).Any()
        )
            return Answer.NotFound;
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("payoutId", payout.Id);
            json.WriteStartArray("objections");
            foreach (var objection in all)
                Write(json, call.Caller, objection);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private async Task<Answer> ObjectAsync(Call call, CancellationToken cancellationToken)
    {
        var payout = (await payouts.ReadAsync(call.Part("payoutId"), cancellationToken))?.Payout;
        if (payout is null || !_withholding.Concerns(call.Caller, payout.Claim.Policy))
            return Answer.NotFound;
        var isOwn = await own.MaySeeAsync(call.Caller, payout.Claim.Uscc, cancellationToken);
        if (
            !isOwn
            && notices.Of(payout) is not { Publicity: Publicity.Public }
            && !await HasObjectedAsync(call.Caller, payout, cancellationToken)
        )
            return Answer.NotFound;
        if (call.OnlyNames("text") is { } refusal)
            return refusal;
        if (
            call.Text("text")?.Trim() is not { Length: >= 1 and <= ObjectToPayout.MostCharacters } text
            || text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
        )
            return Answer.Bad("text says what stands against the payout, in 1 to 2,000 characters.");
        return await objecting.HandleAsync(payout.Id, text, call.Mark, cancellationToken) switch
        {
            Objected.Done done => Created(call.Caller, done.Case),
            Objected.Repeated repeated => Created(call.Caller, repeated.Case),
            Objected.KeyReused => new Answer.Refused(Problem.KeyReused),
            Objected.NotNow not => Answer.Conflict(not.Why + "."),
            _ => Answer.NotFound,
        };
    }

    private async Task<Answer> DecideAsync(Call call, CancellationToken cancellationToken)
    {
        var payout = (await payouts.ReadAsync(call.Part("payoutId"), cancellationToken))?.Payout;
        if (payout is null || !_withholding.IsOfBureau(call.Caller, payout.Claim.Policy))
            return Answer.NotFound;
        if (!int.TryParse(call.Part("number"), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return Answer.NotFound;
        if (call.OnlyNames("finding", "why") is { } refusal)
            return refusal;
        if (call.Text("finding") is not ("dismissed" or "upheld"))
            return Answer.Bad("finding is dismissed or upheld.");
        if (call.Text("why")?.Trim() is not { Length: >= 1 and <= 500 } why || why.Any(char.IsControl))
            return Answer.Bad("why says why, in 1 to 500 characters.");
        var finding = call.Text("finding") == "upheld" ? Finding.Upheld : Finding.Dismissed;
        return await deciding.HandleAsync(payout.Id, number, finding, why, call.Mark, cancellationToken) switch
        {
            ObjectionDecided.Done done => Answer.Ok(json => Write(json, call.Caller, done.Case)),
            ObjectionDecided.Repeated repeated => Answer.Ok(json => Write(json, call.Caller, repeated.Case)),
            ObjectionDecided.KeyReused => new Answer.Refused(Problem.KeyReused),
            ObjectionDecided.OwnObjection => new Answer.Refused(Problem.Forbidden with { Detail = "Whoever objected does not decide." }),
            ObjectionDecided.TooLate late => Answer.Conflict($"It is {WordOf(late.Finding)} already."),
            ObjectionDecided.ReleaseProposed => Answer.Conflict("Its release is proposed; refuse that first, then it can be dismissed."),
            _ => Answer.NotFound,
        };
    }

    /// <summary>Whoever objected learns what became of it when the notice is over, too.</summary>
    private async Task<bool> HasObjectedAsync(Caller caller, Payout payout, CancellationToken cancellationToken) =>
        (await objections.OfPayoutAsync(payout.Id, cancellationToken)).Any(c => IsOwn(caller, c));

    private static Answer.Json Created(Caller caller, ObjectionCase objection) =>
        new(201, json => Write(json, caller, objection)) { Location = $"/api/payouts/{objection.Objection.Payout}/objections" };

    private static bool IsOwn(Caller caller, ObjectionCase objection) => objection.Objection.Request.Subject == caller.Subject;

    private static void Write(Utf8JsonWriter json, Caller caller, ObjectionCase objection)
    {
        var (isStaff, isOwn) = (!caller.Is(Role.Enterprise), IsOwn(caller, objection));
        json.WriteStartObject();
        json.WriteString("payoutId", objection.Objection.Payout);
        json.WriteNumber("number", objection.Objection.Number);
        json.WriteString("on", objection.Objection.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("state", objection.Finding is { } finding ? WordOf(finding) : "open");
        if (isStaff || isOwn)
        {
            json.WriteString("text", objection.Objection.Text);
            if (isStaff)
                json.WriteString("by", objection.Objection.Request.Subject);
            json.WriteStartArray("decisions");
            foreach (var decision in objection.Decisions)
            {
                json.WriteStartObject();
                json.WriteString("finding", WordOf(decision.Finding));
                json.WriteString("why", decision.Why);
                json.WriteString("at", decision.At.UtcDateTime);
                if (isStaff)
                    json.WriteString("by", decision.Request.Subject);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static string WordOf(Finding finding) => finding == Finding.Upheld ? "upheld" : "dismissed";
}
