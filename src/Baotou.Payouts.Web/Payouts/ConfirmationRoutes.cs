using System.Globalization;
using Baotou.Payouts.Application.Confirming;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Payouts;

/// <summary>
/// One click, or none: what the enterprise says about a payout of its own. Of the account only the last four digits are ever shown.
/// </summary>
internal sealed class ConfirmationRoutes(ConfirmPayout confirm, IPayoutStore payouts, OwnPast own) : IRoutes
{
    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
        [
            new()
            {
                Id = "confirmation",
                Method = "GET",
                Pattern = "/api/payouts/{payoutId}/confirmation",
                Roles = [Role.Enterprise],
                Summary = "What would be confirmed: amount and account, its number masked but for the last four.",
                Shows = Shown(),
                Handler = ShowAsync,
            },
            new()
            {
                Id = "confirm",
                Method = "POST",
                Pattern = "/api/payouts/{payoutId}/confirmation",
                Roles = [Role.Enterprise],
                TakesKey = true,
                Summary = "The one click: pay it to the account that was shown.",
                Body = Schema.Object(("accountLastFour?", Schema.Text(most: 4))),
                Shows = Shown(),
                Handler = (call, cancellationToken) => SayAsync(call, Word.Confirm, cancellationToken),
            },
            new()
            {
                Id = "decline",
                Method = "POST",
                Pattern = "/api/payouts/{payoutId}/decline",
                Roles = [Role.Enterprise],
                TakesKey = true,
                Summary = "Do not pay it; two officers then release the money.",
                Body = Schema.Object(),
                Shows = Shown(),
                Handler = (call, cancellationToken) => SayAsync(call, Word.Decline, cancellationToken),
            },
            new()
            {
                Id = "wrong-account",
                Method = "POST",
                Pattern = "/api/payouts/{payoutId}/wrong-account",
                Roles = [Role.Enterprise],
                TakesKey = true,
                Summary =
                    "The account that is shown is not one's own. The payout is held until the treasury records another, and then asks for the click again; the click itself takes the report back.",
                Body = Schema.Object(("accountLastFour", Schema.Text(most: 4))),
                Shows = Shown(),
                Handler = (call, cancellationToken) => SayAsync(call, Word.WrongAccount, cancellationToken),
            },
        ];

    private static System.Text.Json.Nodes.JsonObject Shown() =>
        Schema.Object(
            ("payoutId", Schema.Text(Schema.PayoutIdPattern)),
            ("state", Schema.Text()),
            ("waitsForClick", Schema.Flag()),
            ("amountFen", Schema.Number()),
            ("account?", Schema.Text()),
            ("accountOpen?", Schema.Flag())
        );

    private async Task<Answer> ShowAsync(Call call, CancellationToken cancellationToken) =>
        await OwnAsync(call, cancellationToken) is { } payout ? await ShowAsync(payout, cancellationToken) : Answer.NotFound;

    private async Task<Answer> SayAsync(Call call, Word word, CancellationToken cancellationToken)
    {
        if (await OwnAsync(call, cancellationToken) is not { } payout)
            return Answer.NotFound;
        if ((word == Word.Decline ? call.OnlyNames() : call.OnlyNames("accountLastFour")) is { } refusal)
            return refusal;
        var lastFour = call.Text("accountLastFour");
        if (lastFour is null && (word == Word.WrongAccount || call.Body.TryGetProperty("accountLastFour", out _)))
            return Answer.Bad("accountLastFour is the last four digits that were shown, as a text.");
        return await confirm.HandleAsync(payout.Id, word, lastFour, call.Mark, cancellationToken) switch
        {
            Saying.Done done => await ShowAsync(done.Payout, cancellationToken),
            Saying.Repeated repeated => await ShowAsync(repeated.Payout, cancellationToken),
            Saying.KeyReused => new Answer.Refused(Problem.KeyReused),
            Saying.NotNow not => Answer.Conflict($"The payout is {WireWords.Of(not.Payout.State)}: {not.Why}."),
            Saying.Stopped stopped => new Answer.Refused(Problem.Stopped with { Detail = Told(stopped.Stop) }),
            Saying.AccountChanged changed => Answer.Conflict(
                changed.LastFour.Length > 0
                    ? $"The account is another one now, ending in {changed.LastFour}; look again before you confirm."
                    : "No account is known now; register one with the treasury."
            ),
            _ => Answer.NotFound,
        };
    }

    private static string Told(SwitchAct stop) =>
        $"{(stop.Switch.What == SwitchKind.Policy ? "The entry" : "The pool")} {stop.Switch.Id} is stopped: {stop.Why} Nothing is lost, the payout keeps its money and its place. Confirm it again once it was started; the finance bureau can say when.";

    private async Task<Payout?> OwnAsync(Call call, CancellationToken cancellationToken) =>
        await payouts.ReadAsync(call.Part("payoutId"), cancellationToken) is { Payout: var payout }
        && await own.ActsForAsync(call.Caller, payout.Claim.Uscc, cancellationToken)
            ? payout
            : null;

    private async Task<Answer> ShowAsync(Payout payout, CancellationToken cancellationToken)
    {
        var account = await confirm.AccountAsync(payout, cancellationToken);
        return new Answer.Json(
            200,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("payoutId", payout.Id);
                json.WriteString("state", WireWords.Of(payout.State));
                json.WriteBoolean("waitsForClick", payout.State == PayoutState.Ready);
                json.WriteNumber("amountFen", (payout.City + payout.County).Value);
                if (account is not null)
                {
                    json.WriteString("account", "**** " + account.LastFour);
                    json.WriteBoolean("accountOpen", account.Open);
                }

                json.WriteEndObject();
            }
        )
        {
            Version = payout.Version.ToString(CultureInfo.InvariantCulture),
        };
    }
}
