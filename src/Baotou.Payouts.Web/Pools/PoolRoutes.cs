using System.Globalization;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Pools;

/// <summary>Pools as staff sees them; a bureau sees its own.</summary>
internal sealed class PoolRoutes(DescribePool describe, Catalogue catalogue, BusinessDay day) : IRoutes
{
    private static readonly Role[] Staff = [Role.Officer, Role.Bureau, Role.Approver, Role.Auditor];

    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
    [
        new()
        {
            Id = "pools", Method = "GET", Pattern = "/api/pools", Roles = Staff,
            Summary = "Every pool-year: appropriated, reserved, paid, free, waiting.",
            Shows = Schema.Object(("asOf", Schema.Day()), ("pools", Schema.List(Schema.Ref("Pool")))),
            Handler = ListAsync,
        },
        new()
        {
            Id = "pool", Method = "GET", Pattern = "/api/pools/{poolId}/{fiscalYear}", Roles = Staff,
            Summary = "One pool-year.",
            Shows = Schema.Ref("Pool"),
            Handler = ShowAsync,
        },
    ];

    private async Task<Answer> ListAsync(Call call, CancellationToken cancellationToken)
    {
        var standings = (await describe.HandleAsync(null, cancellationToken)).Where(s => Concerns(call.Caller, s.Pool.Pool)).ToList();
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("asOf", day.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteStartArray("pools");
            foreach (var standing in standings)
            {
                json.WriteStartObject();
                PoolJson.WriteProperties(json, catalogue, standing);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private async Task<Answer> ShowAsync(Call call, CancellationToken cancellationToken)
    {
        var pool = call.Part("poolId");
        if (catalogue.Pools.All(p => p.Id != pool) || !Concerns(call.Caller, pool)) return Answer.NotFound;
        var standing = (await describe.HandleAsync(pool, cancellationToken)).FirstOrDefault(s => s.Pool.FiscalYear.ToString(CultureInfo.InvariantCulture) == call.Part("fiscalYear"));
        return standing is null ? Answer.NotFound : Answer.Ok(json =>
        {
            json.WriteStartObject();
            PoolJson.WriteProperties(json, catalogue, standing);
            json.WriteEndObject();
        });
    }

    private bool Concerns(Caller caller, string pool) => !caller.IsBoundToBureau || catalogue.Pools.Any(p => p.Id == pool && p.Bureau == caller.Bureau);
}
