using Baotou.Payouts.Application.Electing;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Enterprises;

/// <summary>Of awards that exclude each other an enterprise may elect another than the highest.</summary>
internal sealed class ElectionRoutes(ElectAward elect, BusinessDay day) : IRoutes
{
    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
        [
            new()
            {
                Id = "elect",
                Method = "POST",
                Pattern = "/api/enterprises/{uscc}/elections",
                Roles = [Role.Enterprise],
                TakesKey = true,
                Success = 201,
                Summary =
                    "Elect one award of a group in place of the one that stands before it. It counts from its moment on; what the other claimed falls to the next in line.",
                Body = Schema.Object(("policy", Schema.Text(most: 200)), ("occasion", Schema.Text(most: 200))),
                Shows = Schema.Object(
                    ("uscc", Schema.Text(Schema.CodePattern)),
                    ("policy", Schema.Text()),
                    ("occasion", Schema.Text()),
                    ("electedAt", Schema.Moment())
                ),
                Handler = ElectAsync,
            },
        ];

    private async Task<Answer> ElectAsync(Call call, CancellationToken cancellationToken)
    {
        var (code, refusal) = call.Enterprise("uscc");
        if (code is not { } uscc)
            return refusal!;
        if (call.OnlyNames("policy", "occasion") is { } unknown)
            return unknown;
        if (
            call.Text("policy") is not { Length: > 0 and <= 200 } policy
            || call.Text("occasion") is not { Length: > 0 and <= 200 } occasion
        )
            return Answer.Bad("policy and occasion name the award as the decisions do.");
        return await elect.HandleAsync(uscc, policy, occasion, call.Mark, day.Moment, day.Today, cancellationToken) switch
        {
            Electing.KeyReused => new Answer.Refused(Problem.KeyReused),
            Electing.NotNow not => Answer.Conflict($"It cannot be elected: {not.Why}."),
            Electing.Stands { Election: var election } => new Answer.Json(
                201,
                json =>
                {
                    json.WriteStartObject();
                    json.WriteString("uscc", election.Uscc.Value);
                    json.WriteString("policy", election.Policy);
                    json.WriteString("occasion", election.Occasion);
                    json.WriteString("electedAt", election.Moment.UtcDateTime);
                    json.WriteEndObject();
                }
            )
            {
                Location = $"/api/enterprises/{election.Uscc.Value}/decisions",
            },
            _ => throw new InvalidOperationException("An election stands or is refused."),
        };
    }
}
