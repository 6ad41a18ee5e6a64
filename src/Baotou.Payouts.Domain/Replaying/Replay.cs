using Baotou.Payouts.Domain.Enterprises;

namespace Baotou.Payouts.Domain.Replaying;

/// <summary>What to replay.</summary>
public sealed record ReplayRequest
{
    /// <summary>The enterprise; of one with several codes, any of them.</summary>
    public required Uscc Uscc { get; init; }

    /// <summary>
    /// Its facts with the moments at which they count, in any order; of an enterprise with several codes, those of all its codes.
    /// </summary>
    public required IEnumerable<CountedFact> Facts { get; init; }

    /// <summary>The entries, their acts and publications.</summary>
    public required ReplayPlan Plan { get; init; }

    /// <summary>The watermark, included.</summary>
    public required DateTimeOffset Through { get; init; }

    /// <summary>The merges of its codes; empty for an enterprise with one code.</summary>
    public IReadOnlyList<CountedMerge> Merges { get; init; } = [];

    /// <summary>What it elected, in any order.</summary>
    public IReadOnlyList<CountedElection> Elections { get; init; } = [];

    /// <summary>Claims from this moment on carry their receipt; by default all.</summary>
    public DateTimeOffset ReceiptsFrom { get; init; } = DateTimeOffset.MinValue;
}

/// <summary>
/// Replays an enterprise's facts in the order of their moments. Every moment at which what is due changes gives one claim or one reduction
/// at that moment; what stands at the end follows from the facts alone, never from the state in which an earlier run left anything. Codes
/// are enterprises of their own until the moment at which they are merged.
/// </summary>
public static class Replay
{
    /// <summary>All movements up to and including <see cref="ReplayRequest.Through"/>, in order.</summary>
    public static IReadOnlyList<Movement> Run(ReplayRequest request)
    {
        var movements = new List<Movement>();
        var facts = ByMoment(request, request.Facts, f => f.Moment);
        var elections = ByMoment(request, request.Elections, e => e.Moment);
        var merges = ByMoment(request, request.Merges, m => m.Moment);
        var codes =
            request.Merges.Count == 0
                ? [request.Uscc]
                : request.Merges.SelectMany(m => new[] { m.Merge.From, m.Merge.Into }).Append(request.Uscc).Distinct().ToList();
        var holders = codes.ToDictionary(c => c, c => new Holder(c, request.Plan, request.ReceiptsFrom, movements));
        var standing = Standing(holders);
        var moments = facts
            .Keys.Concat(elections.Keys)
            .Concat(merges.Keys)
            .Concat(request.Plan.Moments.Where(m => m.At <= request.Through))
            .Distinct()
            .Order();
        foreach (var moment in moments)
        {
            if (merges.TryGetValue(moment, out var joined))
            {
                foreach (var (merge, _) in joined.OrderBy(m => m.Merge.From).ThenBy(m => m.Merge.Into))
                    Join(holders, merge);
                standing = Standing(holders);
            }

            foreach (var holder in standing)
                holder.StepTo(
                    moment,
                    Of(holder, facts, f => f.Fact.Uscc),
                    [.. Of(holder, elections, e => e.Election.Uscc).Select(e => e.Election)]
                );

            List<T> Of<T>(Holder holder, Dictionary<CountedMoment, List<T>> known, Func<T, Uscc> code) =>
                !known.TryGetValue(moment, out var all) ? []
                : codes.Count == 1 ? all
                : [.. all.Where(a => holders.GetValueOrDefault(code(a)) == holder)];
        }

        return movements;
    }

    private static List<Holder> Standing(Dictionary<Uscc, Holder> holders) => [.. holders.Values.Distinct().OrderBy(h => h.Uscc)];

    /// <summary>
    /// From here on both codes are one holder. A code that has no holder of its own any more was merged before; that one stands.
    /// </summary>
    private static void Join(Dictionary<Uscc, Holder> holders, CodesMerged merge)
    {
        var (from, into) = (holders[merge.From], holders[merge.Into]);
        if (from == into || from.Uscc != merge.From)
            return;
        into.Join(from);
        foreach (var code in holders.Where(h => h.Value == from).Select(h => h.Key).ToList())
            holders[code] = into;
    }

    private static Dictionary<CountedMoment, List<T>> ByMoment<T>(
        ReplayRequest request,
        IEnumerable<T> all,
        Func<T, CountedMoment> moment
    ) => all.Where(a => moment(a).At <= request.Through).GroupBy(moment).ToDictionary(g => g.Key, g => g.ToList());
}
