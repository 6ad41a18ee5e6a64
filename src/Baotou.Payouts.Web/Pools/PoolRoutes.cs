using System.Globalization;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Exporting;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.Exporting;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Pools;

/// <summary>Pools as staff sees them; a bureau sees its own.</summary>
internal sealed class PoolRoutes(
    DescribePool describe,
    TracePool trace,
    ForecastPool forecast,
    VerifyPool verify,
    ExportRows exports,
    Catalogue catalogue,
    BusinessDay day
) : IRoutes
{
    private const int EntriesPerPage = 200;
    private const int Days = 30;
    private const int MostDays = 366;
    private static readonly Role[] Staff = [Role.Officer, Role.Bureau, Role.Approver, Role.Auditor];

    private readonly Withholding _withholding = new(catalogue);

    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
        [
            new()
            {
                Id = "pools",
                Method = "GET",
                Pattern = "/api/pools",
                Roles = Staff,
                Summary = "Every pool-year: appropriated, reserved, paid, free, waiting.",
                Shows = Schema.Object(("asOf", Schema.Day()), ("pools", Schema.List(Schema.Ref("Pool")))),
                Handler = ListAsync,
            },
            new()
            {
                Id = "pool",
                Method = "GET",
                Pattern = "/api/pools/{poolId}/{fiscalYear}",
                Roles = Staff,
                Summary = "One pool-year.",
                Shows = Schema.Ref("Pool"),
                Handler = ShowAsync,
            },
            new()
            {
                Id = "pool-history",
                Method = "GET",
                Pattern = "/api/pools/{poolId}/{fiscalYear}/history",
                Roles = Staff,
                Summary =
                    "The chain of a pool-year, every hash worked out anew, with the act and the persons behind each entry; two hundred entries at a time, next is where to go on.",
                Query = [new("after", "The next of the page before.", Schema.Number(0))],
                Shows = Schema.Object(("entries", Schema.List(PoolShapes.Entry())), ("next?", Schema.Number(0))),
                Handler = HistoryAsync,
            },
            new()
            {
                Id = "pool-forecast",
                Method = "GET",
                Pattern = "/api/pools/{poolId}/{fiscalYear}/forecast",
                Roles = Staff,
                Summary =
                    "The day it runs dry if as much is asked of it each day as in the days before, how that is worked out, or that too little is known.",
                Query = [new("days", "How many days to look back; 30 by default.", Schema.Number(PoolForecast.LeastDays, MostDays))],
                Shows = PoolShapes.Forecast(),
                Handler = ForecastAsync,
            },
            new()
            {
                Id = "pool-verification",
                Method = "GET",
                Pattern = "/api/pools/{poolId}/{fiscalYear}/verification",
                Roles = [Role.Auditor],
                Summary =
                    "Whether the chain and the heads of a pool-year are what folding its log and claims anew gives, how many entries were compared, and the first difference.",
                Shows = Schema.Object(("holds", Schema.Flag()), ("entries", Schema.Number(0)), ("difference?", Schema.Text())),
                Handler = VerifyAsync,
            },
            .. ExportPair.Of(
                "pool-line",
                "/api/pools/{poolId}/{fiscalYear}/line",
                Staff,
                "The claims of a pool-year in the order in which they are served, with what each got",
                [],
                LineAsync
            ),
        ];

    private async Task<Answer> ListAsync(Call call, CancellationToken cancellationToken)
    {
        var standings = (await describe.HandleAsync(null, cancellationToken))
            .Where(s => _withholding.ConcernsPool(call.Caller, s.Pool.Pool))
            .ToList();
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
        if (YearOf(call) is not { } year)
            return Answer.NotFound;
        var standing = (await describe.HandleAsync(year.Pool, cancellationToken)).FirstOrDefault(s => s.Pool == year);
        return standing is null
            ? Answer.NotFound
            : Answer.Ok(json =>
            {
                json.WriteStartObject();
                PoolJson.WriteProperties(json, catalogue, standing);
                json.WriteEndObject();
            });
    }

    private async Task<Answer> HistoryAsync(Call call, CancellationToken cancellationToken)
    {
        var after = 0L;
        if (call.Query("after") is { } asked && !long.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            return Answer.Bad("after is the next of the page before.");
        if (YearOf(call) is not { } year || await trace.HandleAsync(year, cancellationToken) is not { Count: > 0 } entries)
            return Answer.NotFound;
        var page = entries.Where(e => e.Entry.Seq > after).Take(EntriesPerPage).ToList();
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("entries");
            foreach (var entry in page)
                PoolJson.Write(json, entry);
            json.WriteEndArray();
            if (page is [.., var last] && last.Entry.Seq < entries[^1].Entry.Seq)
                json.WriteNumber("next", last.Entry.Seq);
            json.WriteEndObject();
        });
    }

    private async Task<Answer> ForecastAsync(Call call, CancellationToken cancellationToken)
    {
        var days = Days;
        if (
            call.Query("days") is { } asked
            && (
                !int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out days)
                || days is < PoolForecast.LeastDays or > MostDays
            )
        )
            return Answer.Bad($"days is a number from {PoolForecast.LeastDays} to {MostDays}.");
        return YearOf(call) is { } year && await forecast.HandleAsync(year, days, cancellationToken) is { } said
            ? Answer.Ok(json => PoolShapes.Write(json, year, said))
            : Answer.NotFound;
    }

    private async Task<Answer> VerifyAsync(Call call, CancellationToken cancellationToken)
    {
        if (YearOf(call) is not { } year)
            return Answer.NotFound;
        return await verify.HandleAsync(year, cancellationToken) switch
        {
            PoolVerified.NotFound => Answer.NotFound,
            PoolVerified.Moving => Answer.Conflict("Entries were written while it was looked at; ask again."),
            PoolVerified.Compared compared => Answer.Ok(json => PoolShapes.Write(json, compared)),
            _ => throw new InvalidOperationException("A pool-year is compared or not."),
        };
    }

    private async Task<(ExportTable? Table, Answer? Refusal)> LineAsync(Call call, CancellationToken cancellationToken) =>
        YearOf(call) is { } year && (await describe.YearsAsync(cancellationToken)).Contains(year)
            ? (exports.Line(year) with { Name = $"line-{year.Pool}-{call.Part("fiscalYear")}" }, null)
            : (null, Answer.NotFound);

    /// <summary>The pool-year named in the path, if there may be one and the caller may know of it.</summary>
    private PoolYear? YearOf(Call call)
    {
        var pool = call.Part("poolId");
        if (catalogue.Pools.All(p => p.Id != pool) || !_withholding.ConcernsPool(call.Caller, pool))
            return null;
        return
            int.TryParse(call.Part("fiscalYear"), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            && year is >= 2000 and <= 2100
            ? new PoolYear(pool, year)
            : null;
    }
}
