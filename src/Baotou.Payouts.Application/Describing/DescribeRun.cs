using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Rerunning;
using Baotou.Payouts.Domain.Hashing;

namespace Baotou.Payouts.Application.Describing;

/// <summary>How far a source was walked since a pass was started.</summary>
/// <param name="Source">The source.</param>
/// <param name="Before">Its complete walks then.</param>
/// <param name="Now">Its complete walks now.</param>
public sealed record SourceProgress(string Source, long Before, long Now);

/// <summary>A run with how far it is.</summary>
/// <param name="Run">The run.</param>
/// <param name="Difference">What a dry run showed; null for a pass, or if the stored one is not what was shown.</param>
/// <param name="Outcomes">What became of its lines so far, by their place in the difference.</param>
/// <param name="Sources">How far a pass is, source by source; empty for a dry run.</param>
/// <param name="Round">The last closed round now.</param>
public sealed record RunAccount(
    Run Run,
    Difference? Difference,
    IReadOnlyDictionary<int, LineOutcome> Outcomes,
    IReadOnlyList<SourceProgress> Sources,
    int Round
)
{
    /// <summary>Lines that applying does something with.</summary>
    public int Lines => Difference?.Lines.Count(l => l.NeedsTwoPersons) ?? 0;

    /// <summary>Whether a pass has walked every source.</summary>
    public bool IsWalked => Sources.All(s => s.Now > s.Before);
}

/// <summary>Tells what a run showed and what came of it; all of it follows from rows.</summary>
public sealed class DescribeRun(IRunStore runs, ISourceLog sources, IRoundLog rounds)
{
    /// <summary>All runs, the latest first.</summary>
    public async Task<IReadOnlyList<Run>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await runs.ListAsync(cancellationToken)).OrderByDescending(r => r.RequestedAt).ThenBy(r => r.Id, StringComparer.Ordinal)];

    /// <summary>One run; null if there is none.</summary>
    public async Task<RunAccount?> HandleAsync(string id, CancellationToken cancellationToken)
    {
        if (await runs.ReadAsync(id, cancellationToken) is not { Run: var run })
            return null;
        var progress = new List<SourceProgress>();
        foreach (var (source, walks) in run.Start?.Sources ?? [])
            progress.Add(new SourceProgress(source, walks, (await sources.ReadAsync(source, cancellationToken)).Standing.Walks));
        var outcomes = run.State is RunState.Applying or RunState.Applied
            ? (await runs.OutcomesAsync(id, cancellationToken)).ToDictionary(o => o.Line)
            : [];
        var difference = run.Difference is { } hash ? await ReadAsync(hash, cancellationToken) : null;
        return new RunAccount(run, difference, outcomes, progress, (await rounds.StandingAsync(cancellationToken)).Closed);
    }

    private async Task<Difference?> ReadAsync(ContentHash hash, CancellationToken cancellationToken)
    {
        try
        {
            return await runs.ReadDifferenceAsync(hash, cancellationToken) is { } difference && difference.Hash == hash ? difference : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
