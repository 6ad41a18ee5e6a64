using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Rerunning;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Reconciling;

/// <summary>
/// Holds reruns against what came of them: the difference that is kept is the one that was approved, whatever is decided or done of a line
/// rests on it, and what a line is said to have come to is what grants and payouts tell.
/// </summary>
public sealed class VerifyRuns(IRunStore runs, IApprovalStore approvals, IActLog acts, IClaimStore claims, EngineOptions options)
{
    /// <summary>Verifies all runs.</summary>
    /// <param name="moved">The transitions of payouts that an act made.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    /// <returns>The first difference, naming the run; null if everything holds.</returns>
    public async Task<string?> HandleAsync(IReadOnlyList<Payout> moved, CancellationToken cancellationToken)
    {
        var done = new Doings(moved, await GrantsAsync(cancellationToken));
        var agreed = (await approvals.ListAsync(cancellationToken))
            .Where(a => a is { Proposal: Proposal.Rerun, State: ApprovalState.Approved or ApprovalState.Done })
            .ToList();
        var all = await runs.ListAsync(cancellationToken);
        foreach (var run in all)
        {
            var approval = agreed.Find(a => a.Proposal is Proposal.Rerun p && p.Run == run.Id && p.Difference == run.Difference);
            if (await ProblemAsync(run, approval, done, cancellationToken) is { } problem)
                return $"run {run.Id}: {problem}";
        }

        if (
            agreed.Find(a => a.State == ApprovalState.Done && !all.Any(r => r is { State: RunState.Applied } && r.Approval == a.Id)) is
            { } idle
        )
            return $"approval {idle.Id}: is done, and no run was applied by it";
        return await UnansweredAsync(all, cancellationToken) ?? done.Unexplained();
    }

    private async Task<string?> ProblemAsync(Run run, Approval? agreed, Doings done, CancellationToken cancellationToken)
    {
        if (run.Kind == RunKind.Pass)
            return run is { Difference: null, Approval: null } ? null : "only asked the agencies, and names a difference or an approval";
        if (run.Difference is not { } hash)
            return "shows no difference";
        if (await runs.ReadDifferenceAsync(hash, cancellationToken) is not { } difference)
            return $"the difference {hash} that it showed is not kept";
        if (difference.Hash != hash)
            return $"the difference that is kept as {hash} has the hash {difference.Hash}";
        if (difference.Scope != run.Scope)
            return "its difference looks at something else than it does";
        if (
            run.State is RunState.Applying or RunState.Applied
                ? run.Approval is null || run.Approval != agreed?.Id
                : run.Approval is not null
        )
            return $"is {run.State} by approval {run.Approval ?? "none"}; {(agreed is null ? "nobody agreed to its difference" : $"its difference was agreed to by {agreed.Id}")}";
        var decisions = await runs.DecisionsAsync(run.Id, cancellationToken);
        if (decisions.Count > 0 && agreed is null)
            return "lines of it were decided, and nobody agreed to its difference";
        foreach (var decision in decisions)
        {
            if (LineOf(difference, decision.Line) is not { } line)
                return $"decides on line {decision.Line}, which needs nobody's decision";
            if (decision.Applies != (decision.Why.Length == 0))
                return $"decides on line {decision.Line} that it {(decision.Applies ? "applies" : "does not apply")}, because '{decision.Why}'";
            if (decision.Applies)
                done.Explain(run.Id, line);
        }

        return await OutcomesAsync(run, difference, decisions.ToDictionary(d => d.Line), done, cancellationToken);
    }

    /// <summary>Each outcome is what decision, grants and payouts tell; of an applied run none is missing.</summary>
    private async Task<string?> OutcomesAsync(
        Run run,
        Difference difference,
        Dictionary<int, LineDecision> decisions,
        Doings done,
        CancellationToken cancellationToken
    )
    {
        var outcomes = (await runs.OutcomesAsync(run.Id, cancellationToken)).ToDictionary(o => o.Line);
        foreach (var outcome in outcomes.Values)
        {
            if (!decisions.TryGetValue(outcome.Line, out var decision))
                return $"tells what came of line {outcome.Line}, which was not decided";
            var line = difference.Lines[outcome.Line];
            IReadOnlyList<StepOutcome> expected = decision.Applies ? done.Of(run.Id, line) : [StepOutcome.OfLine(line, decision)];
            if (!expected.SequenceEqual(outcome.Steps))
                return $"tells of line {outcome.Line} '{string.Join("; ", outcome.Steps)}', and '{string.Join("; ", expected)}' came of it";
        }

        if (run.State != RunState.Applied)
            return null;
        for (var i = 0; i < difference.Lines.Count; i++)
        {
            if (difference.Lines[i].NeedsTwoPersons && !outcomes.ContainsKey(i))
                return $"is applied, and nothing is told of its line {i}";
        }

        return null;
    }

    /// <summary>
    /// Rounds know of a rerun by its act: each that was applied has one, and each act is of one that is or is being applied.
    /// </summary>
    private async Task<string?> UnansweredAsync(IReadOnlyList<Run> all, CancellationToken cancellationToken)
    {
        var known = (await acts.RerunsAsync(cancellationToken)).Select(r => r.Run).ToHashSet(StringComparer.Ordinal);
        if (all.FirstOrDefault(r => r.State == RunState.Applied && !known.Contains(r.Id)) is { } silent)
            return $"run {silent.Id}: is applied, and no act says so";
        return
            known
                .Except(all.Where(r => r.Kind == RunKind.DryRun && r.State != RunState.Cancelled).Select(r => r.Id))
                .Order(StringComparer.Ordinal)
                .FirstOrDefault()
                is { } stray
            ? $"act '{ApplyRerun.ActOf(stray)}': there is no such run that could be applied"
            : null;
    }

    private async Task<List<SupplementGrant>> GrantsAsync(CancellationToken cancellationToken)
    {
        var granted = new List<SupplementGrant>();
        for (var bucket = 0; bucket < options.Buckets; bucket++)
            granted.AddRange((await claims.GrantsAsync(bucket, cancellationToken)).Values);
        return granted;
    }

    private static DifferenceLine? LineOf(Difference difference, int line) =>
        line >= 0 && line < difference.Lines.Count && difference.Lines[line] is { NeedsTwoPersons: true } found ? found : null;

    /// <summary>What reruns did, by the rows that are their effects; what a decided line explains is taken out.</summary>
    private sealed class Doings(IReadOnlyList<Payout> moved, IReadOnlyList<SupplementGrant> granted)
    {
        private readonly Dictionary<ClaimKey, SupplementGrant> _granted = granted.ToDictionary(g => g.Claim);
        private readonly Dictionary<(string Act, string Payout), Payout> _moved = moved
            .Where(p => p.Act!.StartsWith(ApplyRerun.ActOf(""), StringComparison.Ordinal))
            .ToDictionary(p => (p.Act!, p.Id));

        private readonly HashSet<object> _explained = [];

        /// <summary>What is done by a run of a line that applies.</summary>
        public void Explain(string run, DifferenceLine line)
        {
            foreach (var shown in line.Claims.Where(c => c.IsGranted))
            {
                if (_granted.TryGetValue(line.KeyOf(shown), out var grant) && grant.Run == run)
                    _explained.Add(grant);
            }

            foreach (var shown in line.Payouts.Where(p => p.TakesBack))
            {
                if (
                    _moved.TryGetValue((ApplyRerun.ActOf(run), shown.Id), out var taken)
                    && taken.Taking == shown.TooMuch
                    && taken.State == StateOf(shown.Step)
                )
                    _explained.Add(taken);
            }
        }

        /// <summary>What came of a line that applies.</summary>
        public List<StepOutcome> Of(string run, DifferenceLine line)
        {
            var steps = new List<StepOutcome>();
            foreach (var shown in line.Claims.Where(c => c.IsGranted))
            {
                var key = line.KeyOf(shown);
                steps.Add(StepOutcome.OfGrant(key, shown, run, _granted.TryGetValue(key, out var grant) ? grant.Run : ""));
            }

            foreach (var shown in line.Payouts.Where(p => p.TakesBack))
                steps.Add(StepOutcome.OfPayout(shown, _moved.ContainsKey((ApplyRerun.ActOf(run), shown.Id))));
            return steps;
        }

        /// <summary>What no decided line asked for; null if there is nothing.</summary>
        public string? Unexplained() =>
            _granted.Values.FirstOrDefault(g => !_explained.Contains(g)) is { } grant
                ? $"supplement {grant.Claim}: run {grant.Run} has no line that grants it"
            : _moved.Values.FirstOrDefault(p => !_explained.Contains(p)) is { } taken
                ? $"payout {taken.Id}: transition {taken.Version} takes {taken.Taking} fen by '{taken.Act}', and no line of that run does"
            : null;

        private static PayoutState StateOf(LineStep step) => step == LineStep.Release ? PayoutState.Releasing : PayoutState.ClawbackDue;
    }
}
