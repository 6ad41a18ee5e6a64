using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Rerunning;

/// <summary>What somebody started.</summary>
public enum RunKind
{
    /// <summary>A difference, worked out and kept; two persons may have it applied.</summary>
    DryRun,

    /// <summary>Every source walked now, as the schedule does.</summary>
    Pass,
}

/// <summary>Where a run stands.</summary>
public enum RunState
{
    /// <summary>A pass was started; how far it is follows from the sources.</summary>
    Started,

    /// <summary>The difference is worked out, and nothing of it is applied.</summary>
    Shown,

    /// <summary>Two persons agreed; line by line it is applied, and the sweep finishes it.</summary>
    Applying,

    /// <summary>Every line was applied or answered.</summary>
    Applied,

    /// <summary>Somebody took it back before it was applied. Nothing of it ever will be.</summary>
    Cancelled,
}

/// <summary>How many walks of a source were complete.</summary>
public sealed record SourceWalks(string Source, long Walks);

/// <summary>Where everything stood when a pass was started.</summary>
/// <param name="Round">The last closed round.</param>
/// <param name="Sources">The walks of every source.</param>
public sealed record PassStart(int Round, IReadOnlyList<SourceWalks> Sources);

/// <summary>A run that a person started, with who, why and what came of it.</summary>
/// <param name="Id">26 digits, a function of who asked and under which key.</param>
/// <param name="Kind">What it is.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Scope">What a dry run looked at; everything for a pass.</param>
/// <param name="Why">Why, in the officer's words.</param>
/// <param name="Request">Who asked, under which key.</param>
/// <param name="RequestedAt">When, on the business clock.</param>
/// <param name="Difference">Hash of the difference a dry run showed; null for a pass.</param>
/// <param name="Start">Where a pass began; null for a dry run.</param>
/// <param name="Approval">The approval by which it is applied; null before.</param>
/// <param name="CancelledBy">Who took it back; null unless cancelled.</param>
public sealed record Run(
    string Id,
    RunKind Kind,
    RunState State,
    RerunScope Scope,
    string Why,
    RequestMark Request,
    DateTimeOffset RequestedAt,
    ContentHash? Difference,
    PassStart? Start,
    string? Approval,
    string? CancelledBy
);

/// <summary>A run with the version that its next step must name.</summary>
public sealed record StoredRun(Run Run, string Version);

/// <summary>Whether a line is applied, said once for ever before anything of it is done.</summary>
/// <param name="Line">Place of the line in the difference, from 0.</param>
/// <param name="Applies">Whether everything is still as shown.</param>
/// <param name="Why">What changed since; empty if it applies.</param>
public sealed record LineDecision(int Line, bool Applies, string Why);

/// <summary>What became of one step of a line. Its words are kept, and verifying says them again: they stay as they are.</summary>
/// <param name="Subject">The payout or, of a supplement, the claim.</param>
/// <param name="Done">Whether it was done by this run.</param>
/// <param name="What">What was done, or what changed since.</param>
public sealed record StepOutcome(string Subject, bool Done, string What)
{
    /// <summary>Of a line that does not apply.</summary>
    public static StepOutcome OfLine(DifferenceLine line, LineDecision decision) =>
        new($"{line.Policy} {line.Occasion}", false, decision.Why);

    /// <summary>Of a supplement: granted by the run that shows it, or by another one before.</summary>
    public static StepOutcome OfGrant(ClaimKey key, ShownClaim shown, string run, string grantedBy) =>
        grantedBy == run
            ? new(key.ToString(), true, $"supplement of {shown.Due} fen granted")
            : new(key.ToString(), false, $"changed since: run {grantedBy} granted it");

    /// <summary>Of a payout that gives something back: moved by the run that shows it, or by somebody else before.</summary>
    public static StepOutcome OfPayout(ShownPayout shown, bool isMoved) =>
        isMoved
            ? new(
                shown.Id,
                true,
                $"{shown.TooMuch} fen {(shown.Step == LineStep.Release ? "released" : "to be recovered: a case stands open")}"
            )
            : new(shown.Id, false, $"changed since: it was {shown.State} in version {shown.Version}");
}

/// <summary>What became of a line.</summary>
/// <param name="Line">Place of the line in the difference, from 0.</param>
/// <param name="Steps">Its steps in order; one that says why if the line did not apply.</param>
public sealed record LineOutcome(int Line, IReadOnlyList<StepOutcome> Steps)
{
    /// <summary>Whether all of it was done.</summary>
    public bool IsApplied => Steps.All(s => s.Done);
}

/// <summary>Runs, the differences they showed, and what became of each line; kept for ever.</summary>
public interface IRunStore
{
    /// <summary>Adds a run; answers what stands there under its id: the same, or an earlier one.</summary>
    Task<Run> AddAsync(Run run, CancellationToken cancellationToken);

    /// <summary>One run; null if there is none.</summary>
    Task<StoredRun?> ReadAsync(string id, CancellationToken cancellationToken);

    /// <summary>All, in the order of their ids.</summary>
    Task<IReadOnlyList<Run>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Moves a run on. False if somebody else was faster.</summary>
    Task<bool> MoveAsync(StoredRun before, Run after, CancellationToken cancellationToken);

    /// <summary>Keeps a difference under its hash; one that is there is left.</summary>
    Task KeepAsync(Difference difference, CancellationToken cancellationToken);

    /// <summary>
    /// What is kept under a hash, as it stands: whoever relies on it compares <see cref="Difference.Hash"/>. Null if nothing is; throws
    /// <see cref="InvalidDataException"/> for rows that are no difference.
    /// </summary>
    Task<Difference?> ReadDifferenceAsync(ContentHash hash, CancellationToken cancellationToken);

    /// <summary>Adds what was decided about a line; answers what stands there: the same, or an earlier decision.</summary>
    Task<LineDecision> AddDecisionAsync(string run, LineDecision decision, CancellationToken cancellationToken);

    /// <summary>All decisions of a run, by line.</summary>
    Task<IReadOnlyList<LineDecision>> DecisionsAsync(string run, CancellationToken cancellationToken);

    /// <summary>Adds what became of a line; one that is there is left.</summary>
    Task AddOutcomeAsync(string run, LineOutcome outcome, CancellationToken cancellationToken);

    /// <summary>What became of the lines of a run so far, by line.</summary>
    Task<IReadOnlyList<LineOutcome>> OutcomesAsync(string run, CancellationToken cancellationToken);
}
