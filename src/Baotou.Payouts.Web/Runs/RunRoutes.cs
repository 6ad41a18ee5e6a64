using System.Text.Json;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Rerunning;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Runs;

/// <summary>Runs that an officer starts. A dry one shows what the next round would change and stores nothing; a real one is what the schedule does, now.</summary>
internal sealed class RunRoutes(DryRun dry, ISweep sweep, Catalogue catalogue, BusinessDay day) : IRoutes
{
    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
    [
        new()
        {
            Id = "run", Method = "POST", Pattern = "/api/runs", Roles = [Role.Officer],
            Summary = "A dry run shows the difference {unchanged, new, higher, lower, lost} for a policy, an enterprise or a period; a real one asks every source now. Rerun on unchanged facts, it pays nothing new.",
            Body = Schema.Object(("dryRun", Schema.Flag()), ("policy?", Schema.Text()), ("enterprise?", Schema.Text(Schema.CodePattern)), ("period?", Schema.Text(most: 100))),
            Shows = Schema.Object(
                ("asOf", Schema.Day()), ("dryRun", Schema.Flag()),
                ("difference?", Schema.Object(
                    ("hash", Schema.Text()), ("counts", Schema.Object([.. Enum.GetValues<DifferenceKind>().Select(k => (DifferenceJson.Word(k), Schema.Number()))])),
                    ("lines", Schema.List(Schema.Object(
                        ("change", Schema.Text()), ("policy", Schema.Text()), ("occasion", Schema.Text()), ("uscc", Schema.Text()), ("beforeFen", Schema.Number()), ("afterFen", Schema.Number()), ("because", Schema.Text()))))))),
            Handler = RunAsync,
        },
    ];

    private async Task<Answer> RunAsync(Call call, CancellationToken cancellationToken)
    {
        if (call.OnlyNames("dryRun", "policy", "enterprise", "period") is { } refusal) return refusal;
        if (!call.Body.TryGetProperty("dryRun", out var dryRun) || dryRun.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) return Answer.Bad("dryRun is true or false.");
        foreach (var name in new[] { "policy", "enterprise", "period" })
        {
            if (call.Body.TryGetProperty(name, out _) && call.Text(name) is null) return Answer.Bad($"{name} is a text.");
        }

        var (policy, code, period) = (call.Text("policy"), call.Text("enterprise"), call.Text("period"));
        if (dryRun.ValueKind == JsonValueKind.False)
        {
            if (policy is not null || code is not null || period is not null) return Answer.Bad("A scope is for dry runs: a real one walks and matches everything, and pays only what is new.");
            await sweep.PullAsync(cancellationToken);
            return Show(null);
        }

        if (policy is not null && catalogue.VersionsOf(policy).Count == 0) return Answer.Bad("policy: the list has no such entry.");
        Uscc? enterprise = null;
        if (code is not null)
        {
            if (!Uscc.TryParse(code, out var parsed, out var problem)) return Answer.Bad($"enterprise: {problem}");
            enterprise = parsed;
        }

        return Show(await dry.HandleAsync(new RerunScope(policy, enterprise, period), cancellationToken));
    }

    private Answer Show(Difference? difference) => Answer.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteString("asOf", day.Today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteBoolean("dryRun", difference is not null);
        if (difference is not null)
        {
            json.WritePropertyName("difference");
            DifferenceJson.Write(json, difference);
        }

        json.WriteEndObject();
    });
}
