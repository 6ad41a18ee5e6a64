using System.Text.Json;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Exporting;
using Baotou.Payouts.Application.Rerunning;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.Exporting;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Runs;

/// <summary>
/// Runs that an officer starts. A dry one shows what is due against what stands, and keeps it, so that two persons may have it applied by
/// its hash; a real one is what the schedule does, now.
/// </summary>
internal sealed class RunRoutes(StartRun start, DescribeRun describe, Catalogue catalogue, BusinessDay day) : IRoutes
{
    private const int LinesPerPage = 200;
    private const int RunsPerPage = 100;
    private const string Changed =
        "The stored difference is not the one that was shown: it was changed behind the engine's back. Make another dry run, and look for who did it.";
    private static readonly Role[] Readers = [Role.Officer, Role.Approver, Role.Auditor];

    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
        [
            new()
            {
                Id = "run",
                Method = "POST",
                Pattern = "/api/runs",
                Roles = [Role.Officer],
                TakesKey = true,
                Success = 201,
                Summary =
                    "A dry run works out and keeps the difference {unchanged, new, higher, lower, lost} for a policy, an enterprise or a period; a real one asks every source now. Rerun on unchanged facts, it pays nothing new.",
                Body = Schema.Object(
                    ("dryRun", Schema.Flag()),
                    ("why?", Schema.Text(most: 500)),
                    ("policy?", Schema.Text()),
                    ("enterprise?", Schema.Text(Schema.CodePattern)),
                    ("period?", Schema.Text(most: 100))
                ),
                Shows = Schema.Ref("Run"),
                Handler = StartAsync,
            },
            new()
            {
                Id = "runs",
                Method = "GET",
                Pattern = "/api/runs",
                Roles = Readers,
                Summary = "Who started which run, why and where it stands, the latest first, a hundred at a time; next is where to go on.",
                Query = [new("after", "The next of the page before.", Schema.Text(RunShapes.IdPattern))],
                Shows = Schema.Object(("runs", Schema.List(RunShapes.Row())), ("next?", Schema.Text(RunShapes.IdPattern))),
                Handler = ListAsync,
            },
            new()
            {
                Id = "run-progress",
                Method = "GET",
                Pattern = "/api/runs/{runId}",
                Roles = Readers,
                Summary = "A run: who, why, what it showed, and how far it is.",
                Shows = Schema.Ref("Run"),
                Handler = ShowAsync,
            },
            new()
            {
                Id = "run-difference",
                Method = "GET",
                Pattern = "/api/runs/{runId}/difference",
                Roles = Readers,
                Summary =
                    "What a dry run showed, line by line with reasons, and what became of each line; two hundred lines at a time, next is where to go on.",
                Query = [new("after", "The next of the page before.", Schema.Number(0))],
                Shows = RunShapes.Difference(),
                Handler = DifferenceAsync,
            },
            new()
            {
                Id = "run-difference-sheet",
                Method = "GET",
                Pattern = "/api/runs/{runId}/difference.xlsx",
                Roles = Readers,
                Summary = "The same as a spreadsheet, whole.",
                IsLong = true,
                Shows = Schema.Binary(),
                ShowsType = XlsxFile.ContentType,
                Handler = (call, cancellationToken) =>
                    ExportAsync(
                        call,
                        account =>
                            ExportPair.Xlsx("difference-" + account.Run.Id, DifferenceSheet.Of(account.Difference!, account.Outcomes)),
                        cancellationToken
                    ),
            },
            new()
            {
                Id = "run-difference-csv",
                Method = "GET",
                Pattern = "/api/runs/{runId}/difference.csv",
                Roles = Readers,
                Summary = "Its lines as CSV, whole; no cell is a formula to a spreadsheet.",
                IsLong = true,
                Shows = Schema.Text(),
                ShowsType = "text/csv",
                Handler = (call, cancellationToken) =>
                    ExportAsync(
                        call,
                        account =>
                            ExportPair.Csv(
                                DifferenceSheet.Lines(account.Difference!, account.Outcomes) with
                                {
                                    Name = "difference-" + account.Run.Id,
                                }
                            ),
                        cancellationToken
                    ),
            },
            new()
            {
                Id = "cancel-run",
                Method = "POST",
                Pattern = "/api/runs/{runId}/cancel",
                Roles = [Role.Officer],
                Summary =
                    "Takes a dry run back, so that nobody can have it applied. One that is being applied, and a pass, cannot be taken back.",
                Body = Schema.Object(),
                Shows = Schema.Ref("Run"),
                Handler = CancelAsync,
            },
        ];

    private async Task<Answer> StartAsync(Call call, CancellationToken cancellationToken)
    {
        if (call.OnlyNames("dryRun", "why", "policy", "enterprise", "period") is { } refusal)
            return refusal;
        if (!call.Body.TryGetProperty("dryRun", out var dryRun) || dryRun.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            return Answer.Bad("dryRun is true or false.");
        foreach (var name in new[] { "why", "policy", "enterprise", "period" })
        {
            if (
                call.Body.TryGetProperty(name, out _)
                && (call.Text(name) is not { Length: > 0 and <= 500 } text || text.Any(char.IsControl))
            )
                return Answer.Bad($"{name} is a text of 1 to 500 characters.");
        }

        var (scope, problem) = ScopeOf(call);
        if (scope is null)
            return problem!;
        if (dryRun.ValueKind == JsonValueKind.False && scope != new RerunScope(null, null, null))
            return Answer.Bad(
                "A scope is for dry runs: a real one walks and matches everything, and pays only what is new. Ask two persons to have a dry run applied."
            );
        var why = call.Text("why") ?? "";
        var run =
            dryRun.ValueKind == JsonValueKind.True
                ? await start.DryAsync(scope, why, call.Mark, day.Moment, cancellationToken)
                : await start.PassAsync(why, call.Mark, day.Moment, cancellationToken);
        return run is null ? new Answer.Refused(Problem.KeyReused) : await ShowAsync(run.Id, 201, cancellationToken);
    }

    private (RerunScope? Scope, Answer? Problem) ScopeOf(Call call)
    {
        var (policy, code, period) = (call.Text("policy"), call.Text("enterprise"), call.Text("period"));
        if (policy is not null && catalogue.VersionsOf(policy).Count == 0)
            return (null, Answer.Bad("policy: the list has no such entry."));
        if (code is null)
            return (new RerunScope(policy, null, period), null);
        return Uscc.TryParse(code, out var enterprise, out var problem)
            ? (new RerunScope(policy, enterprise, period), null)
            : (null, Answer.Bad($"enterprise: {problem}"));
    }

    private Task<Answer> ShowAsync(Call call, CancellationToken cancellationToken) => ShowAsync(call.Part("runId"), 200, cancellationToken);

    private async Task<Answer> ShowAsync(string id, int status, CancellationToken cancellationToken) =>
        await describe.HandleAsync(id, cancellationToken) is { } account
            ? new Answer.Json(status, json => RunShapes.Write(json, account)) { Location = status == 201 ? "/api/runs/" + id : "" }
            : Answer.NotFound;

    private async Task<Answer> DifferenceAsync(Call call, CancellationToken cancellationToken)
    {
        var after = 0;
        if (
            call.Query("after") is { } asked
            && !(int.TryParse(asked, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out after))
        )
            return Answer.Bad("after is the next of the page before.");
        if (await describe.HandleAsync(call.Part("runId"), cancellationToken) is not { Run.Difference: not null } account)
            return Answer.NotFound;
        return account.Difference is { } difference
            ? Answer.Ok(json => DifferenceJson.Write(json, difference, account.Outcomes, after, LinesPerPage))
            : Answer.Conflict(Changed);
    }

    private async Task<Answer> ExportAsync(Call call, Func<RunAccount, Answer> export, CancellationToken cancellationToken) =>
        await describe.HandleAsync(call.Part("runId"), cancellationToken) is not { Run.Difference: not null } account ? Answer.NotFound
        : account.Difference is null ? Answer.Conflict(Changed)
        : export(account);

    private async Task<Answer> ListAsync(Call call, CancellationToken cancellationToken)
    {
        var all = (await describe.ListAsync(cancellationToken)).ToList();
        var after = 0;
        if (call.Query("after") is { } asked && (after = all.FindIndex(r => r.Id == asked) + 1) == 0)
            return Answer.Bad("after is the next of the page before.");
        var page = all.Skip(after).Take(RunsPerPage).ToList();
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("runs");
            foreach (var run in page)
                RunShapes.Write(json, run);
            json.WriteEndArray();
            if (after + page.Count < all.Count)
                json.WriteString("next", page[^1].Id);
            json.WriteEndObject();
        });
    }

    private async Task<Answer> CancelAsync(Call call, CancellationToken cancellationToken)
    {
        if (call.OnlyNames() is { } refusal)
            return refusal;
        return await start.CancelAsync(call.Part("runId"), call.Caller.Subject, cancellationToken) switch
        {
            Cancelling.NotFound => Answer.NotFound,
            Cancelling.TooLate late => Answer.Conflict($"It cannot be taken back: {late.Why}."),
            Cancelling.Cancelled cancelled => await ShowAsync(cancelled.Run.Id, 200, cancellationToken),
            _ => throw new InvalidOperationException("A run is cancelled or not."),
        };
    }
}
