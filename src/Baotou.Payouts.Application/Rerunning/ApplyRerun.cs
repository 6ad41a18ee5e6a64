using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Hashing;

namespace Baotou.Payouts.Application.Rerunning;

/// <summary>What became of applying a difference, in order of precedence.</summary>
public abstract record Applying
{
    private Applying() { }

    /// <summary>It cannot be applied, now or ever, and why.</summary>
    public sealed record Impossible(string Why) : Applying;

    /// <summary>The round that has to take the changes up is not closed yet. Ask again.</summary>
    public sealed record NotYet : Applying;

    /// <summary>Every line was applied or answered.</summary>
    public sealed record Done : Applying;
}

/// <summary>
/// Applies a difference that two persons agreed to, line by line, each only if everything in it is still as shown. First it is said once
/// for ever whether a line applies, then its steps are done, each by naming the version of the row it was shown, and then what became of it
/// is kept. Every step may be repeated by anybody: a payout tells by which run it was moved.
/// </summary>
public sealed class ApplyRerun(
    IRunStore runs,
    IRoundLog rounds,
    IActLog acts,
    OpenRound open,
    ClaimLimits limits,
    LineStanding standing,
    LineSteps steps
)
{
    /// <summary>Why a difference cannot be asked to be applied; null if it can.</summary>
    public async Task<string?> ProblemAsync(string runId, ContentHash hash, CancellationToken cancellationToken)
    {
        if (await runs.ReadAsync(runId, cancellationToken) is not { Run: { Kind: RunKind.DryRun } run })
            return "there is no such dry run";
        if (run.Difference != hash)
            return "the run showed another difference";
        if (run.State != RunState.Shown)
            return run.State == RunState.Cancelled ? "the run was cancelled" : "another approval applies it already";
        var (difference, problem) = await ReadAsync(hash, cancellationToken);
        return problem ?? (difference!.Lines.Any(l => l.NeedsTwoPersons) ? null : "nothing in it needs two persons");
    }

    /// <summary>Applies it as far as it can be now.</summary>
    /// <param name="runId">The run that showed the difference.</param>
    /// <param name="hash">The difference as the approval names it.</param>
    /// <param name="approval">The approval, for telling a repeat from another one.</param>
    /// <param name="why">Why, for the notes.</param>
    /// <param name="persons">Who asked and who agreed.</param>
    /// <param name="at">When they agreed.</param>
    /// <param name="cancellationToken">Stops between steps; whoever comes next goes on.</param>
    public async Task<Applying> HandleAsync(
        string runId,
        ContentHash hash,
        string approval,
        string why,
        TwoPersons persons,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        if (await runs.ReadAsync(runId, cancellationToken) is not { Run.Kind: RunKind.DryRun } stored || stored.Run.Difference != hash)
            return new Applying.Impossible("there is no such difference");
        if (stored.Run.State == RunState.Cancelled)
            return new Applying.Impossible("the run was cancelled");
        if (stored.Run.State != RunState.Shown && stored.Run.Approval != approval)
            return new Applying.Impossible("another approval did this already");
        if (stored.Run.State == RunState.Applied)
            return new Applying.Done();
        var (difference, problem) = await ReadAsync(hash, cancellationToken);
        if (difference is null)
            return new Applying.Impossible(problem!);
        if (stored.Run.State == RunState.Shown)
        {
            await runs.MoveAsync(stored, stored.Run with { State = RunState.Applying, Approval = approval }, cancellationToken);
            return await HandleAsync(runId, hash, approval, why, persons, at, cancellationToken);
        }

        if (await WaitsForRoundAsync(difference, cancellationToken))
            return new Applying.NotYet();
        await ApplyAsync(difference, new LineNote(runId, $"{why} ({persons.RequestedBy}, {persons.ApprovedBy})"), cancellationToken);
        await acts.AddAsync(
            new Act(ActOf(runId), $"difference {hash}", persons.RequestedBy, persons.ApprovedBy, at, null, new RerunAct(runId, at)),
            cancellationToken
        );
        await open.OnRequestAsync(cancellationToken);
        await runs.MoveAsync(stored, stored.Run with { State = RunState.Applied }, cancellationToken);
        return new Applying.Done();
    }

    /// <summary>The id of the act of an applied run, which its transitions carry.</summary>
    public static string ActOf(string runId) => "rerun:" + runId;

    private async Task<(Difference? Difference, string? Problem)> ReadAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        const string changed =
            "the stored difference is not the one that was shown: it was changed behind the engine's back; make another dry run and look for who did it";
        try
        {
            var difference = await runs.ReadDifferenceAsync(hash, cancellationToken);
            return difference?.Hash == hash ? (difference, null) : (null, changed);
        }
        catch (InvalidDataException)
        {
            return (null, changed);
        }
    }

    /// <summary>What the facts change is claimed and limited by a round; only what a closed one holds is applied.</summary>
    private async Task<bool> WaitsForRoundAsync(Difference difference, CancellationToken cancellationToken)
    {
        if (!difference.Lines.Any(l => l is { AfterRound: true, NeedsTwoPersons: true }))
            return false;
        if ((await rounds.StandingAsync(cancellationToken)).Closed >= difference.Round)
            return false;
        await open.OnRequestAsync(cancellationToken);
        return true;
    }

    private async Task ApplyAsync(Difference difference, LineNote note, CancellationToken cancellationToken)
    {
        var decided = (await runs.DecisionsAsync(note.Run, cancellationToken)).ToDictionary(d => d.Line);
        var done = (await runs.OutcomesAsync(note.Run, cancellationToken)).Select(o => o.Line).ToHashSet();
        var limited = await limits.ReadAsync(cancellationToken);
        for (var i = 0; i < difference.Lines.Count; i++)
        {
            var line = difference.Lines[i];
            if (!line.NeedsTwoPersons || done.Contains(i))
                continue;
            if (!decided.TryGetValue(i, out var decision))
            {
                var changed = await standing.ChangedAsync(line, limited, cancellationToken);
                decision = await runs.AddDecisionAsync(note.Run, new LineDecision(i, changed is null, changed ?? ""), cancellationToken);
            }

            var became = decision.Applies ? await steps.DoAsync(line, note, cancellationToken) : [StepOutcome.OfLine(line, decision)];
            await runs.AddOutcomeAsync(note.Run, new LineOutcome(i, became), cancellationToken);
        }
    }
}
