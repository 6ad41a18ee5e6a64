using System.Text.Json.Nodes;
using Baotou.Payouts.Web.Access;

namespace Baotou.Payouts.Web.Routing;

/// <summary>Answers a request of one route.</summary>
internal delegate Task<Answer> RouteHandler(Call call, CancellationToken cancellationToken);

/// <summary>A parameter of a route, for the documentation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it means.</param>
/// <param name="Schema">What it may be.</param>
internal sealed record Parameter(string Name, string Description, JsonObject Schema);

/// <summary>
/// One line of the route table: both hosts, the OpenAPI document and the tests read it. A route names who may use it; one that names nobody
/// is for nobody, and one for everybody says so.
/// </summary>
internal sealed record Route
{
    /// <summary>Unique, as <c>payout</c>; the OpenAPI operation.</summary>
    public required string Id { get; init; }

    /// <summary>GET or POST. GET changes nothing.</summary>
    public required string Method { get; init; }

    /// <summary>As <c>/api/payouts/{payoutId}</c>.</summary>
    public required string Pattern { get; init; }

    /// <summary>What it does, for the documentation.</summary>
    public required string Summary { get; init; }

    /// <summary>Who may use it.</summary>
    public IReadOnlyList<Role> Roles { get; init; } = [];

    /// <summary>Whether no token is asked for.</summary>
    public bool IsPublic { get; init; }

    /// <summary>What may stand in the query.</summary>
    public IReadOnlyList<Parameter> Query { get; init; } = [];

    /// <summary>What the body must be; null if there is none.</summary>
    public JsonObject? Body { get; init; }

    /// <summary>Whether it creates something and so takes an <c>Idempotency-Key</c>.</summary>
    public bool TakesKey { get; init; }

    /// <summary>Whether it may be told, by <c>If-Match</c>, which version was looked at.</summary>
    public bool TakesVersion { get; init; }

    /// <summary>Whether it may take as long as a file that is sent while it is made.</summary>
    public bool IsLong { get; init; }

    /// <summary>Status of success.</summary>
    public int Success { get; init; } = 200;

    /// <summary>What success shows.</summary>
    public required JsonObject Shows { get; init; }

    /// <summary>The type of what success shows.</summary>
    public string ShowsType { get; init; } = "application/json";

    /// <summary>Answers.</summary>
    public required RouteHandler Handler { get; init; }

    /// <summary>The values of the pattern's parts in a path; null if it does not fit.</summary>
    public IReadOnlyDictionary<string, string>? Match(IReadOnlyList<string> path)
    {
        var parts = Segments(Pattern);
        if (parts.Count != path.Count)
            return null;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i].StartsWith('{'))
                values[parts[i][1..^1]] = path[i];
            else if (parts[i] != path[i])
                return null;
        }

        return values;
    }

    /// <summary>The names of the pattern's parts.</summary>
    public IEnumerable<string> Names => Segments(Pattern).Where(p => p.StartsWith('{')).Select(p => p[1..^1]);

    /// <summary>The parts of a path between its slashes.</summary>
    public static IReadOnlyList<string> Segments(string path) => path.TrimStart('/').Split('/');
}

/// <summary>Routes about one subject.</summary>
internal interface IRoutes
{
    /// <summary>Its lines of the table.</summary>
    IEnumerable<Route> Routes { get; }
}

/// <summary>All routes.</summary>
internal sealed class RouteTable(IEnumerable<IRoutes> groups)
{
    /// <summary>By pattern, then method.</summary>
    public IReadOnlyList<Route> Routes { get; } =
    [.. groups.SelectMany(g => g.Routes).OrderBy(r => r.Pattern, StringComparer.Ordinal).ThenBy(r => r.Method, StringComparer.Ordinal)];

    /// <summary>The routes of a path, whatever the method, with the values of its parts.</summary>
    public IReadOnlyList<(Route Route, IReadOnlyDictionary<string, string> Values)> Find(string path)
    {
        var segments = Route.Segments(path);
        var fitting = new List<(Route, IReadOnlyDictionary<string, string>)>();
        foreach (var route in Routes)
        {
            if (route.Match(segments) is { } values)
                fitting.Add((route, values));
        }

        return fitting;
    }
}
