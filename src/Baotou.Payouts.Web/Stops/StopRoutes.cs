using System.Text.Json;
using System.Text.Json.Nodes;
using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Stops;

/// <summary>Stop switches: one person stops here; starting again is asked for and decided like anything that moves money.</summary>
internal sealed class StopRoutes(ThrowSwitch thrower, ISwitchLog log, Catalogue catalogue, BusinessDay day) : IRoutes
{
    private readonly Withholding _withholding = new(catalogue);

    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
        [
            new()
            {
                Id = "stops",
                Method = "GET",
                Pattern = "/api/stops",
                Roles = [Role.Officer, Role.Bureau, Role.Approver, Role.Auditor],
                Summary = "How the switches stand: what was ever stopped, and always that of instructing.",
                Shows = Schema.Object(("stops", Schema.List(Shown()))),
                Handler = ListAsync,
            },
            new()
            {
                Id = "stop",
                Method = "POST",
                Pattern = "/api/stops",
                Roles = [Role.Officer, Role.Bureau, Role.Approver],
                TakesKey = true,
                Success = 201,
                Summary =
                    "Stop an entry, a pool or all instructing, alone and at once; a bureau its own entries and pools. The reason is shown to the enterprises concerned.",
                Body = Schema.Object(("what", SwitchWords.Kinds()), ("id?", Schema.Text(most: 200)), ("reason", Schema.Text(most: 500))),
                Shows = Shown(),
                Handler = StopAsync,
            },
        ];

    private static JsonObject Shown() =>
        Schema.Object(
            ("what", SwitchWords.Kinds()),
            ("id?", Schema.Text()),
            ("stopped", Schema.Flag()),
            ("stop?", Schema.Number(1)),
            ("by?", Schema.Text()),
            ("approvedBy?", Schema.Text()),
            ("reason?", Schema.Text()),
            ("at?", Schema.Moment()),
            ("restoredFrom?", Schema.Moment()),
            (SwitchWords.ResultsName + "?", SwitchWords.Results())
        );

    private async Task<Answer> ListAsync(Call call, CancellationToken cancellationToken)
    {
        var board = await log.ReadAsync(cancellationToken);
        var standing = board.Standing.Where(a => MaySee(call.Caller, a.Switch)).ToList();
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("stops");
            foreach (var act in standing)
                Write(json, act.Switch, act, board.RestoredFrom(act.Switch));
            if (standing.All(a => a.Switch != Switch.Instructing))
                Write(json, Switch.Instructing, null);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private async Task<Answer> StopAsync(Call call, CancellationToken cancellationToken)
    {
        if (call.OnlyNames("what", "id", "reason") is { } refusal)
            return refusal;
        if (SwitchWords.Read(call, "id") is not { } of)
            return Answer.Bad("what is policy or pool, with the id of one, or instructing, without.");
        if (call.Text("reason")?.Trim() is not { Length: >= 1 and <= 500 } reason || reason.Any(char.IsControl))
            return Answer.Bad("reason says why, in 1 to 500 characters.");
        if (call.Caller.IsBoundToBureau && of == Switch.Instructing)
            return new Answer.Refused(
                Problem.Forbidden with
                {
                    Detail = "A bureau stops its own entries and pools; instructing is stopped by an officer or an approver.",
                }
            );
        if (!MaySee(call.Caller, of))
            return Answer.NotFound;
        return await thrower.StopAsync(of, reason, call.Mark, day.Moment, cancellationToken) switch
        {
            SwitchThrown.NotFound => Answer.NotFound,
            SwitchThrown.KeyReused => new Answer.Refused(Problem.KeyReused),
            SwitchThrown.Done done => new Answer.Json(201, json => Write(json, of, done.Act)) { Location = "/api/stops" },
            _ => throw new InvalidOperationException("A stop is done or refused."),
        };
    }

    private bool MaySee(Caller caller, Switch of) =>
        of.What switch
        {
            SwitchKind.Policy => _withholding.Concerns(caller, of.Id),
            SwitchKind.Pool => _withholding.ConcernsPool(caller, of.Id),
            _ => true,
        };

    private static void Write(Utf8JsonWriter json, Switch of, SwitchAct? act, DateTimeOffset? restoredFrom = null)
    {
        json.WriteStartObject();
        json.WriteString("what", SwitchWords.Of(of.What));
        if (of.Id.Length > 0)
            json.WriteString("id", of.Id);
        json.WriteBoolean("stopped", act is { Stops: true });
        if (act is not null)
        {
            if (act.Stops)
                json.WriteNumber("stop", act.Number);
            json.WriteString("by", act.By);
            if (act.ApprovedBy.Length > 0)
                json.WriteString("approvedBy", act.ApprovedBy);
            json.WriteString("reason", act.Why);
            json.WriteString("at", act.Moment.UtcDateTime);
            if (restoredFrom is { } from)
                json.WriteString("restoredFrom", from.UtcDateTime);
            if (act.Results is { } results)
                json.WriteString("treasuryResults", SwitchWords.Of(results));
        }

        json.WriteEndObject();
    }
}
