using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Electing;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Pools;
using Microsoft.Extensions.Logging;

namespace Baotou.Payouts.Application.Matching;

/// <summary>Opens the next round when the sources have moved, and fixes in it everything that matching depends on.</summary>
public sealed class OpenRound(
    Decider decider, WalkSource walks, IFactLog facts, ISourceLog sources, IRoundLog rounds, IKeptLists lists, IPoolLog pools, IActLog acts, IElectionLog elections, ISwitchLog switches, EngineOptions options, ILogger<OpenRound> log)
{
    private readonly IReadOnlyList<PoolSet> _sets = PoolSets.Of(decider.Catalogue);

    /// <summary>Opens a round if none is open and every source has moved since the last one, or one is behind the others by more than the patience.</summary>
    /// <returns>The open round's number, or 0 if none is open afterwards.</returns>
    public async Task<int> HandleAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var standing = await rounds.ReadStandingAsync(cancellationToken);
            if (standing.Standing.Open > 0) return standing.Standing.Open;
            var last = await LastAsync(standing.Standing, cancellationToken);
            var through = await ThroughAsync(walks.Sources, cancellationToken);
            if (!await IsTimeAsync(last, through, cancellationToken)) return 0;
            var round = await BuildAsync(standing.Standing.Closed + 1, last, through, cancellationToken);
            if (await OpenedAsync(round, standing, cancellationToken)) return round.Number;
        }
    }

    /// <summary>
    /// Opens a round though no source has moved, because somebody asks for it when all walks are complete: only if something is stored that the last round
    /// did not see (imported facts, acts, entries). What it brings counts at the round's edge.
    /// </summary>
    /// <returns>The open round's number, or 0 if there is nothing new.</returns>
    public async Task<int> OnRequestAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var standing = await rounds.ReadStandingAsync(cancellationToken);
            if (standing.Standing.Open > 0) return standing.Standing.Open;
            var last = await LastAsync(standing.Standing, cancellationToken);
            var planned = await PlanAsync(standing.Standing, last, cancellationToken);
            if (last is not null && !await HasNewsAsync(planned, last, cancellationToken)) return 0;
            if (await OpenedAsync(planned, standing, cancellationToken)) return planned.Number;
        }
    }

    private async Task<bool> OpenedAsync(Round round, StoredStanding before, CancellationToken cancellationToken)
    {
        await lists.KeepAsync(decider.Catalogue, cancellationToken);
        if (!await rounds.OpenAsync(round, before, cancellationToken)) return false;
        log.RoundOpened(round.Number, round.Watermarks.Count);
        return true;
    }

    private async Task<Round?> LastAsync(RoundStanding standing, CancellationToken cancellationToken) =>
        standing.Closed > 0 ? await rounds.ReadAsync(standing.Closed, cancellationToken) : null;

    private async Task<bool> HasNewsAsync(Round planned, Round last, CancellationToken cancellationToken)
    {
        if (planned.Merges.Count + planned.Elections.Count > 0) return true;
        if (!planned.Acts.SequenceEqual(last.Acts) || !planned.Entries.SequenceEqual(last.Entries) || !planned.Pools.SequenceEqual(last.Pools) || !planned.Reruns.SequenceEqual(last.Reruns) || !planned.Stopped.SequenceEqual(last.Stopped)) return true;
        for (var bucket = 0; bucket < options.Buckets; bucket++)
        {
            if (await facts.CountAsync(bucket, cancellationToken) > (await rounds.FreezesAsync(bucket, last.Number, cancellationToken))[^1]) return true;
        }

        return false;
    }

    /// <summary>The round that would open now, whether or not it is time for one; nothing is stored.</summary>
    public async Task<Round> PlanAsync(CancellationToken cancellationToken)
    {
        var standing = await rounds.StandingAsync(cancellationToken);
        return await PlanAsync(standing, await LastAsync(standing, cancellationToken), cancellationToken);
    }

    private async Task<Round> PlanAsync(RoundStanding standing, Round? last, CancellationToken cancellationToken) =>
        await BuildAsync(standing.Closed + 1, last, await ThroughAsync(decider.Catalogue.Facts.Kinds.Select(k => k.Agency).Distinct(), cancellationToken), cancellationToken);

    private async Task<bool> IsTimeAsync(Round? last, List<SourceThrough> through, CancellationToken cancellationToken)
    {
        if (through.Count == 0) return false;
        var moved = through.Where(s => last?.Sources.FirstOrDefault(l => l.Source == s.Source) is not { } before || s.Through > before.Through).ToList();
        if (moved.Count == 0) return false;
        if (moved.Count == walks.Sources.Count) return true;
        foreach (var source in moved)
        {
            // Closed by two persons so that the others need not wait: they do not wait for the next time all move, either.
            if (!((await sources.ReadAsync(source.Source, cancellationToken)).Standing.CompleteThrough >= source.Through)) return true;
        }

        var behind = through.Count < walks.Sources.Count ? await FirstThroughAsync(cancellationToken) : through.Min(s => s.Through);
        return through.Max(s => s.Through) - behind > options.RoundPatience;
    }

    /// <summary>A source that was never walked is behind since the first moment up to which any other had been.</summary>
    private async Task<DateTimeOffset> FirstThroughAsync(CancellationToken cancellationToken)
    {
        var first = DateTimeOffset.MaxValue;
        foreach (var source in walks.Sources)
        {
            if ((await sources.ReadAsync(source, cancellationToken)).Standing.FirstThrough is { } moment && moment < first) first = moment;
        }

        return first;
    }

    private async Task<List<SourceThrough>> ThroughAsync(IEnumerable<string> ofSources, CancellationToken cancellationToken)
    {
        var through = new List<SourceThrough>();
        var closed = (await acts.ListAsync(cancellationToken)).Select(a => a.Closed).OfType<SourceClosed>().ToLookup(c => c.Source, c => c.Through);
        foreach (var source in ofSources)
        {
            var (standing, _) = await sources.ReadAsync(source, cancellationToken);
            if (closed[source].Append(standing.CompleteThrough ?? DateTimeOffset.MinValue).Max() is var moment && moment > DateTimeOffset.MinValue)
                through.Add(new SourceThrough(source, moment));
        }

        return through;
    }

    private async Task<Round> BuildAsync(int number, Round? last, List<SourceThrough> through, CancellationToken cancellationToken)
    {
        var moments = through.ToDictionary(s => s.Source, s => s.Through, StringComparer.Ordinal);
        var watermarks = new List<SetWatermark>();
        foreach (var set in _sets)
        {
            DateTimeOffset? now = set.Sources.All(moments.ContainsKey) ? set.Sources.Min(s => moments[s]) : null;
            var before = last?.Watermark(set.Id);
            if ((now > before ? now : before ?? now) is { } watermark) watermarks.Add(new SetWatermark(set.Id, watermark));
        }

        var open = new List<OpenPoolYear>();
        foreach (var pool in await pools.ListAsync(cancellationToken))
        {
            var inputs = await pools.InputsAsync(pool, 0, cancellationToken);
            if (inputs.Count > 0 && inputs[0].Input is PoolInput.Open first && !inputs.Any(i => i.Input is PoolInput.Close))
                open.Add(new OpenPoolYear(pool.Pool, pool.FiscalYear, first.Seed));
        }

        var earlier = new List<Round>();
        for (var r = 1; r < number; r++) earlier.Add(await rounds.ReadAsync(r, cancellationToken));
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
            Elections = [.. (await elections.ListAsync(cancellationToken)).Select(e => e.Election).Except(earlier.SelectMany(r => r.Elections))],
            Stopped = (await switches.ReadAsync(cancellationToken)).StoppedPolicies,
            Entries = [.. marks.Distinct().Order(StringComparer.Ordinal)],
            Catalogue = decider.Catalogue.Version,
        };
    }
}

/// <summary>Closes a round whose buckets are all matched: its reductions and then its claims become inputs of their pools.</summary>
public sealed class CloseRound(IRoundLog rounds, IClaimStore claims, IPoolLog pools, EngineOptions options, ILogger<CloseRound> log)
{
    /// <summary>Closes the round if it is open and complete. Every step may be repeated.</summary>
    /// <returns>The pool-years that got inputs; null if the round is not complete or not open.</returns>
    public async Task<IReadOnlyList<PoolYear>?> HandleAsync(int round, CancellationToken cancellationToken)
    {
        if (round < 1 || (await rounds.StandingAsync(cancellationToken)).Open != round) return null;
        var done = await rounds.DoneAsync(round, cancellationToken);
        if (!Enumerable.Range(0, options.Buckets).All(done.Contains)) return null;
        var content = await rounds.ReadAsync(round, cancellationToken);
        var touched = new HashSet<PoolYear>();
        var limits = await claims.LimitsAsync(round, cancellationToken);
        foreach (var limit in limits)
        {
            await pools.SubmitAsync(limit.Pool, limit.Input, cancellationToken);
            touched.Add(limit.Pool);
        }

        await SubmitToLaterYearsAsync(limits, touched, cancellationToken);
        long total = 0;
        foreach (var open in content.Pools)
        {
            var pool = new PoolYear(open.Pool, open.FiscalYear);
            var line = await claims.ClaimsAsync(pool, round, cancellationToken);
            if (line.Count == 0) continue;
            total += line.Count;
            await pools.SubmitAsync(pool, new PoolInput.RoundClosed($"round:{round}", round, line.Count, PoolClaim.HashOf(line)), cancellationToken);
            touched.Add(pool);
        }

        await rounds.CloseAsync(round, cancellationToken);
        log.RoundClosed(round, total, touched.Count, limits.Count);
        return [.. touched.OrderBy(p => p.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>
    /// A claim may have been carried into a later year. Which years there are is asked after its own year has the reduction: one that opens only now takes
    /// it over from there.
    /// </summary>
    private async Task SubmitToLaterYearsAsync(IReadOnlyList<RoundLimit> limits, HashSet<PoolYear> touched, CancellationToken cancellationToken)
    {
        if (limits.Count == 0) return;
        var years = new List<PoolYear>();
        foreach (var year in await pools.ListAsync(cancellationToken))
        {
            if ((await pools.InputsAsync(year, 0, cancellationToken)).FirstOrDefault()?.Input is PoolInput.Open) years.Add(year);
        }

        foreach (var limit in limits)
        {
            foreach (var later in years.Where(y => y.Pool == limit.Pool.Pool && y.FiscalYear > limit.Pool.FiscalYear))
            {
                await pools.SubmitAsync(later, limit.Input, cancellationToken);
                touched.Add(later);
            }
        }
    }
}
