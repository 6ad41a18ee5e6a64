using System.Globalization;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Holding;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Payouts;

/// <summary>One person holds a payout; that it goes on is asked for and decided like anything that moves money.</summary>
internal sealed class HoldRoutes(HoldPayout hold, IPayoutStore payouts, Catalogue catalogue) : IRoutes
{
    private readonly Withholding _withholding = new(catalogue);

    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
        [
            new()
            {
                Id = "hold",
                Method = "POST",
                Pattern = "/api/payouts/{payoutId}/hold",
                Roles = [Role.Officer, Role.Bureau],
                TakesKey = true,
                Summary =
                    "Hold a payout, alone and at once; a bureau those of its own entries. Its enterprise is told the reason. Two persons let it go on (resume) or release it.",
                Body = Schema.Object(("reason", Schema.Text(most: HoldPayout.MostCharacters))),
                Shows = Schema.Ref("PayoutRow"),
                Handler = HoldAsync,
            },
        ];

    private async Task<Answer> HoldAsync(Call call, CancellationToken cancellationToken)
    {
        var payout = (await payouts.ReadAsync(call.Part("payoutId"), cancellationToken))?.Payout;
        if (payout is null || !_withholding.Concerns(call.Caller, payout.Claim.Policy))
            return Answer.NotFound;
        if (call.OnlyNames("reason") is { } refusal)
            return refusal;
        if (call.Text("reason")?.Trim() is not { Length: >= 1 and <= HoldPayout.MostCharacters } reason || reason.Any(char.IsControl))
            return Answer.Bad("reason says why, in 1 to 500 characters.");
        return await hold.HandleAsync(payout.Id, reason, call.Mark, cancellationToken) switch
        {
            Holds.Done done => Shown(done.Payout),
            Holds.Repeated repeated => Shown(repeated.Payout),
            Holds.KeyReused => new Answer.Refused(Problem.KeyReused),
            Holds.NotNow not => Answer.Conflict($"The payout is {WireWords.Of(not.Payout.State)}: {not.Why}."),
            _ => Answer.NotFound,
        };
    }

    private Answer.Json Shown(Payout payout) =>
        new(
            200,
            json =>
            {
                json.WriteStartObject();
                PayoutJson.WriteProperties(json, catalogue, payout);
                json.WriteEndObject();
            }
        )
        {
            Version = payout.Version.ToString(CultureInfo.InvariantCulture),
        };
}
