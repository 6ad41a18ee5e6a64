using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Telemetry;

namespace Baotou.Payouts.Application.Work;

/// <summary>Takes rounds on: what is left of one is told by the rows of its buckets.</summary>
public sealed class SweepRounds(
    SourceMoments moments,
    OpenRound open,
    CloseRound close,
    IRoundLog rounds,
    IWorkQueue queue,
    EngineOptions options
)
{
    /// <summary>Opens a round, asks for the buckets it misses, or closes it.</summary>
    /// <returns>How many messages were sent or steps done; 0 if no round is open and none is due.</returns>
    public async Task<int> HandleAsync(CancellationToken cancellationToken)
    {
        var round = await open.HandleAsync(cancellationToken);
        if (round == 0)
            return 0;
        var done = await rounds.DoneAsync(round, cancellationToken);
        var missing = Enumerable.Range(0, options.Buckets).Where(b => !done.Contains(b)).ToList();
        var from = await moments.TracesAsync(cancellationToken);
        using var activity = Tracing.Start("round", parent: from.FirstOrDefault(), links: from.Skip(1));
        Tracing.Tag(TraceTags.Round, round);
        foreach (var bucket in missing)
            await queue.SendAsync(QueueNames.Match, WorkMessages.Write(new MatchMessage(round, bucket)), TimeSpan.Zero, cancellationToken);
        if (missing.Count > 0)
            return missing.Count;
        return (await close.HandleAsync(round, cancellationToken))?.Count + 1 ?? 0;
    }
}
