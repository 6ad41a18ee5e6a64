using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Deciding;
using Microsoft.Extensions.Logging;

namespace Baotou.Payouts.Application.Matching;

/// <summary>Opens the next round when the sources have moved, and fixes in it everything that matching depends on.</summary>
public sealed class OpenRound(
    Decider decider,
    SourceMoments moments,
    PlanRound plan,
    ChangedOccasions occasions,
    IFactLog facts,
    IRoundLog rounds,
    IKeptLists lists,
    EngineOptions options,
    ILogger<OpenRound> log
)
{
    /// <summary>
    /// Opens a round if none is open and every source has moved since the last one, or one is behind the others by more than the patience.
    /// </summary>
    /// <returns>The open round's number, or 0 if none is open afterwards: none is due, or <see cref="ChangedOccasions"/> forbid it.</returns>
    public async Task<int> HandleAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var standing = await rounds.ReadStandingAsync(cancellationToken);
            if (standing.Standing.Open > 0)
                return standing.Standing.Open;
            var last = await LastAsync(standing.Standing, cancellationToken);
            var through = await moments.ThroughAsync(cancellationToken);
            if (!await moments.CallsForRoundAsync(last, through, cancellationToken))
                return 0;
            var round = await plan.BuildAsync(standing.Standing.Closed + 1, last, through, cancellationToken);
            if (await occasions.ForbidAsync(round, last, cancellationToken))
                return 0;
            if (await OpenedAsync(round, standing, cancellationToken))
                return round.Number;
        }
    }

    /// <summary>
    /// Opens a round though no source has moved, because somebody asks for it when all walks are complete: only if something is stored that
    /// the last round did not see (imported facts, acts, entries). What it brings counts at the round's edge.
    /// </summary>
    /// <returns>The open round's number, or 0 if there is nothing new.</returns>
    public async Task<int> OnRequestAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var standing = await rounds.ReadStandingAsync(cancellationToken);
            if (standing.Standing.Open > 0)
                return standing.Standing.Open;
            var last = await LastAsync(standing.Standing, cancellationToken);
            var planned = await PlanAsync(standing.Standing, last, cancellationToken);
            if (last is not null && !await HasNewsAsync(planned, last, cancellationToken))
                return 0;
            if (await occasions.ForbidAsync(planned, last, cancellationToken))
                return 0;
            if (await OpenedAsync(planned, standing, cancellationToken))
                return planned.Number;
        }
    }

    private async Task<bool> OpenedAsync(Round round, StoredStanding before, CancellationToken cancellationToken)
    {
        await lists.KeepAsync(decider.Catalogue, cancellationToken);
        if (!await rounds.OpenAsync(round, before, cancellationToken))
            return false;
        log.RoundOpened(round.Number, round.Watermarks.Count);
        return true;
    }

    private async Task<Round?> LastAsync(RoundStanding standing, CancellationToken cancellationToken) =>
        standing.Closed > 0 ? await rounds.ReadAsync(standing.Closed, cancellationToken) : null;

    private async Task<bool> HasNewsAsync(Round planned, Round last, CancellationToken cancellationToken)
    {
        if (planned.Merges.Count + planned.Elections.Count > 0)
            return true;
        var isAsBefore =
            planned.Acts.SequenceEqual(last.Acts)
            && planned.Entries.SequenceEqual(last.Entries)
            && planned.Pools.SequenceEqual(last.Pools)
            && planned.Reruns.SequenceEqual(last.Reruns)
            && planned.Stopped.SequenceEqual(last.Stopped);
        if (!isAsBefore)
            return true;
        for (var bucket = 0; bucket < options.Buckets; bucket++)
        {
            if (await facts.CountAsync(bucket, cancellationToken) > (await rounds.FreezesAsync(bucket, last.Number, cancellationToken))[^1])
                return true;
        }

        return false;
    }

    /// <summary>The round that would open now, whether or not it is time for one; nothing is stored.</summary>
    public async Task<Round> PlanAsync(CancellationToken cancellationToken)
    {
        var standing = await rounds.StandingAsync(cancellationToken);
        return await PlanAsync(standing, await LastAsync(standing, cancellationToken), cancellationToken);
    }

    private async Task<Round> PlanAsync(RoundStanding standing, Round? last, CancellationToken cancellationToken)
    {
        var through = await moments.ThroughAsync(decider.Catalogue.Facts.Kinds.Select(k => k.Agency).Distinct(), cancellationToken);
        return await plan.BuildAsync(standing.Closed + 1, last, through, cancellationToken);
    }
}
