using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Rerunning;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Local.Printing;

namespace Baotou.Payouts.Local.Commands;

/// <summary>What <c>run --dry-run</c> shows: every award that a round would change, and the hash by which an approval names the whole difference.</summary>
internal static class DryRunPage
{
    /// <summary>Works the difference out and shows it; a scope without <c>--dry-run</c> is refused, since a pass always covers everything.</summary>
    public static Task<int> RunAsync(
        Surroundings surroundings, string folder, bool dryRun, string? policy, string? enterprise, string? period, bool asJson, CancellationToken cancellationToken)
    {
        if (ProblemOf(dryRun, policy, enterprise, out var uscc) is { } problem) return Task.FromResult(PayoutsCommand.Refuse(surroundings, problem));
        return StoreOption.WithEngineAsync(
            surroundings, folder,
            async (engine, _) =>
            {
                var difference = await engine.Get<DryRun>().HandleAsync(new RerunScope(policy, uscc, period), cancellationToken);
                if (asJson) Screen.Json(surroundings, json => DifferenceJson.Write(json, difference));
                else Show(new Screen(surroundings), difference);
                return ExitCode.Done;
            },
            cancellationToken);
    }

    private static InputProblem? ProblemOf(bool dryRun, string? policy, string? enterprise, out Uscc? uscc)
    {
        uscc = null;
        if (!dryRun) return new("run", "a scope narrows what a dry run shows; a pass always covers everything", "add --dry-run, or leave the scope out");
        if (policy is not null && ListSource.Require(null).Catalogue!.VersionsOf(policy).Count == 0)
            return new($"--policy {policy}", "the list has no such entry", "'payouts catalogue list' shows the ids");
        if (enterprise is null) return null;
        if (!Uscc.TryParse(enterprise, out var code, out var wrong)) return new($"--enterprise {enterprise}", wrong, "write the code as it is registered");
        uscc = code;
        return null;
    }

    private static void Show(Screen screen, Difference difference)
    {
        var changed = difference.Lines.Where(l => l.Kind != DifferenceKind.Unchanged).ToList();
        if (changed.Count > 0)
        {
            screen.Table(
                ["change", "policy", "occasion", "enterprise", "before, yuan ", "after ", "because of"],
                changed.Select(l => (IReadOnlyList<string>)[DifferenceJson.Word(l.Kind), l.Policy, l.Occasion, l.Uscc.Value, l.Before.ToYuanText(), l.After.ToYuanText(), l.Because]));
            screen.Line();
        }

        screen.Line(string.Join(", ", Enum.GetValues<DifferenceKind>().Select(k => $"{difference.Count(k)} {DifferenceJson.Word(k)}")));
        screen.Line($"difference {difference.Hash}");
    }
}
