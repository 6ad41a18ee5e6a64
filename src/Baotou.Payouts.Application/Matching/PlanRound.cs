using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Electing;
using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Matching;

/// <summary>Collects everything that matching depends on, so that a round can fix it. Stores nothing.</summary>
public sealed class PlanRound(Decider decider, IRoundLog rounds, IPoolLog pools, IActLog acts, IElectionLog elections, ISwitchLog switches)
{
    private readonly IReadOnlyList<PoolSet> _sets = PoolSets.Of(decider.Catalogue);

    /// <summary>Reads everything that a round with this number would fix if it opened now.</summary>
    /// <param name="number">The round.</param>
    /// <param name="last">The one before; null for the first.</param>
    /// <param name="through">How far the sources are; see <see cref="SourceMoments"/>.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    public async Task<Round> BuildAsync(int number, Round? last, IReadOnlyList<SourceThrough> through, CancellationToken cancellationToken)
    {
        var moments = through.ToDictionary(s => s.Source, s => s.Through, StringComparer.Ordinal);
        var watermarks = new List<SetWatermark>();
        foreach (var set in _sets)
        {
            DateTimeOffset? now = set.Sources.All(moments.ContainsKey) ? set.Sources.Min(s => moments[s]) : null;
            var before = last?.Watermark(set.Id);
            if ((now > before ? now : before ?? now) is { } watermark)
                watermarks.Add(new SetWatermark(set.Id, watermark));
        }

        var open = new List<OpenPoolYear>();
        foreach (var pool in await pools.ListAsync(cancellationToken))
        {
            var inputs = await pools.InputsAsync(pool, 0, cancellationToken);
            if (inputs.Count > 0 && inputs[0].Input is PoolInput.Open first && !PoolFold.IsClosedBy(inputs.Select(i => i.Input)))
                open.Add(new OpenPoolYear(pool.Pool, pool.FiscalYear, first.Seed));
        }

        var earlier = new List<Round>();
        for (var r = 1; r < number; r++)
            earlier.Add(await rounds.ReadAsync(r, cancellationToken));
        var marks = decider.Catalogue.Policies.Where(p => p.Terms is not null).Select(Round.EntryMark);
        return new Round
        {
            Number = number,
            Sources = through,
            Watermarks = watermarks,
            Pools = open,
            Acts = await acts.PolicyActsAsync(cancellationToken),
            Reruns = await acts.RerunsAsync(cancellationToken),
            Merges = [.. (await acts.MergesAsync(cancellationToken)).Except(earlier.SelectMany(r => r.Merges))],
            Elections =
            [
                .. (await elections.ListAsync(cancellationToken)).Select(e => e.Election).Except(earlier.SelectMany(r => r.Elections)),
            ],
            Stopped = (await switches.ReadAsync(cancellationToken)).StoppedPolicies,
            Entries = [.. marks.Distinct().Order(StringComparer.Ordinal)],
            Catalogue = decider.Catalogue.Version,
            Wording = decider.WordedAs == Wording.First ? null : decider.WordedAs,
            Before = last?.Hash ?? ContentHash.None,
        };
    }
}
