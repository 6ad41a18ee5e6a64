using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Telemetry;

namespace Baotou.Payouts.Application.Matching;

/// <summary>How far the sources are, and whether that calls for a round.</summary>
public sealed class SourceMoments(WalkSource walks, ISourceLog sources, IActLog acts, EngineOptions options)
{
    /// <summary>
    /// Whether all sources have moved since a round, or some have and one is behind the others by more than the patience.
    /// </summary>
    /// <param name="last">The round; null if there was none.</param>
    /// <param name="through">How far they are now.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    public async Task<bool> CallsForRoundAsync(Round? last, IReadOnlyList<SourceThrough> through, CancellationToken cancellationToken)
    {
        if (through.Count == 0)
            return false;
        var moved = through
            .Where(s => last?.Sources.FirstOrDefault(l => l.Source == s.Source) is not { } before || s.Through > before.Through)
            .ToList();
        if (moved.Count == 0)
            return false;
        if (moved.Count == walks.Sources.Count)
            return true;
        var standings = await sources.ListAsync(cancellationToken);

        // Closed by two persons so that the others need not wait: they do not wait for the next time all move, either.
        if (moved.Any(s => !(standings.GetValueOrDefault(s.Source)?.CompleteThrough >= s.Through)))
            return true;
        var behind = through.Count < walks.Sources.Count ? FirstThrough(standings) : through.Min(s => s.Through);
        return through.Max(s => s.Through) - behind > options.RoundPatience;
    }

    /// <summary>A source that was never walked is behind since the first moment up to which any other had been.</summary>
    private DateTimeOffset FirstThrough(IReadOnlyDictionary<string, SourceStanding> standings) =>
        walks
            .Sources.Select(s => standings.GetValueOrDefault(s)?.FirstThrough ?? DateTimeOffset.MaxValue)
            .Append(DateTimeOffset.MaxValue)
            .Min();

    /// <summary>How far the sources are that are walked.</summary>
    public Task<IReadOnlyList<SourceThrough>> ThroughAsync(CancellationToken cancellationToken) =>
        ThroughAsync(walks.Sources, cancellationToken);

    /// <summary>
    /// The moments up to which sources are complete, by their walks or by an act; those of which there is none are left out.
    /// </summary>
    public async Task<IReadOnlyList<SourceThrough>> ThroughAsync(IEnumerable<string> ofSources, CancellationToken cancellationToken)
    {
        var through = new List<SourceThrough>();
        var closed = (await acts.ListAsync(cancellationToken))
            .Select(a => a.Closed)
            .OfType<SourceClosed>()
            .ToLookup(c => c.Source, c => c.Through);
        var standings = await sources.ListAsync(cancellationToken);
        foreach (var source in ofSources)
        {
            if (
                closed[source].Append(standings.GetValueOrDefault(source)?.CompleteThrough ?? DateTimeOffset.MinValue).Max() is var moment
                && moment > DateTimeOffset.MinValue
            )
                through.Add(new SourceThrough(source, moment));
        }

        return through;
    }

    /// <summary>The traces of the walks that told what a round matches. Read only for somebody who traces.</summary>
    public async Task<IReadOnlyList<string>> TracesAsync(CancellationToken cancellationToken)
    {
        if (!Tracing.IsOn)
            return [];
        var standings = await sources.ListAsync(cancellationToken);
        return [.. walks.Sources.Select(s => standings.GetValueOrDefault(s)?.Trace).OfType<string>()];
    }
}
