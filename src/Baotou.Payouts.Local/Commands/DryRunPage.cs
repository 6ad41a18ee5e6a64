using System.Text.Encodings.Web;
using System.Text.Json;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Exporting;
using Baotou.Payouts.Application.Rerunning;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Local.Printing;

namespace Baotou.Payouts.Local.Commands;

/// <summary>
/// What <c>run --dry-run</c> shows: every award that a round would change, and the hash by which an approval names the whole difference.
/// </summary>
internal static class DryRunPage
{
    /// <summary>
    /// Works the difference out and shows it; a scope without <c>--dry-run</c> is refused, since a pass always covers everything.
    /// </summary>
    public static Task<int> RunAsync(
        Surroundings surroundings,
        string folder,
        bool dryRun,
        string? policy,
        string? enterprise,
        string? period,
        string? output,
        bool asJson,
        CancellationToken cancellationToken
    )
    {
        if ((ProblemOf(dryRun, policy, enterprise, out var uscc) ?? ProblemOf(output)) is { } problem)
            return Task.FromResult(PayoutsCommand.Refuse(surroundings, problem));
        return StoreWork.RunAsync(
            surroundings,
            folder,
            async (engine, _) =>
            {
                var difference = await engine.Get<DryRun>().HandleAsync(new RerunScope(policy, uscc, period), cancellationToken);
                if (output is not null && await KeepAsync(output, difference, cancellationToken) is { } unwritten)
                    return PayoutsCommand.Refuse(surroundings, unwritten);
                if (asJson)
                    Screen.Json(surroundings, json => DifferenceJson.Write(json, difference));
                else
                    Show(new Screen(surroundings), difference);
                return ExitCode.Done;
            },
            cancellationToken
        );
    }

    private static InputProblem? ProblemOf(bool dryRun, string? policy, string? enterprise, out Uscc? uscc)
    {
        uscc = null;
        if (!dryRun)
            return new(
                "run",
                "a scope and a file are for what a dry run shows; a pass always covers everything",
                "add --dry-run, or leave them out"
            );
        if (policy is not null && ListSource.Require(null).Catalogue!.VersionsOf(policy).Count == 0)
            return new($"--policy {policy}", "the list has no such entry", "'payouts catalogue list' shows the ids");
        if (enterprise is null)
            return null;
        if (!Uscc.TryParse(enterprise, out var code, out var wrong))
            return new($"--enterprise {enterprise}", wrong, "write the code as it is registered");
        uscc = code;
        return null;
    }

    private static InputProblem? ProblemOf(string? output)
    {
        if (output is null)
            return null;
        if (Path.GetExtension(output) is not (".xlsx" or ".json"))
            return new($"--output {output}", "a difference is kept as a spreadsheet or as JSON", "let the name end in .xlsx or .json");
        return File.Exists(output) ? new($"--output {output}", "this file exists", "name a new file, or move that one away") : null;
    }

    /// <summary>Writes the file; answers why it cannot be written.</summary>
    private static async Task<InputProblem?> KeepAsync(string output, Difference difference, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(output, FileMode.CreateNew, FileAccess.Write);
            if (Path.GetExtension(output) == ".xlsx")
            {
                await file.WriteAsync(await DifferenceSheet.WriteAsync(difference, null, cancellationToken), cancellationToken);
                return null;
            }

            await using var json = new Utf8JsonWriter(
                file,
                new JsonWriterOptions
                {
                    Indented = true,
                    NewLine = "\n",
                    Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                }
            );
            DifferenceJson.Write(json, difference);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return new($"--output {output}", e.Message, "name a new file in a folder that can be written to");
        }
    }

    private static void Show(Screen screen, Difference difference)
    {
        if (difference.Lines.Count > 0)
        {
            screen.Table(
                ["change", "policy", "occasion", "enterprise", "before, yuan ", "after ", "because of"],
                difference.Lines.Select(l =>
                    (IReadOnlyList<string>)
                        [
                            DifferenceJson.Word(l.Kind),
                            l.Policy,
                            l.Occasion,
                            l.Uscc.Value,
                            l.Before.ToYuanText(),
                            l.After.ToYuanText(),
                            l.Because,
                        ]
                )
            );
            screen.Line();
        }

        screen.Line(string.Join(", ", Enum.GetValues<DifferenceKind>().Select(k => $"{difference.Count(k)} {DifferenceJson.Word(k)}")));
        if (difference.Undecided > 0)
            screen.Line($"{difference.Undecided} enterprise(s) cannot be decided and are left out; a hold says why");
        screen.Line($"difference {difference.Hash}");
    }
}
