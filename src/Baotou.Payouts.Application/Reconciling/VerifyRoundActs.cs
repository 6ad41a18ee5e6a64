using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Electing;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.Domain.Hashing;

namespace Baotou.Payouts.Application.Reconciling;

/// <summary>
/// Holds what rounds took up of merges, elections, acts on entries, reruns and stops against the acts themselves: nothing that nobody did,
/// nothing twice, and nothing that an earlier round had forgotten. Each round names the one before it as it is, and the standing the last,
/// so that none says later that it took up something else. No round goes back to an older wording.
/// </summary>
public sealed class VerifyRoundActs(IRoundLog rounds, IActLog acts, IElectionLog elections, ISwitchLog switches)
{
    /// <summary>Verifies every round that was opened.</summary>
    /// <returns>The first difference, naming the round; null if everything holds.</returns>
    public async Task<string?> HandleAsync(CancellationToken cancellationToken)
    {
        var (standing, _, opened) = await rounds.ReadStandingAsync(cancellationToken);
        var merges = new Kept("merge", await acts.MergesAsync(cancellationToken));
        var elected = new Kept("election", (await elections.ListAsync(cancellationToken)).Select(e => e.Election));
        var entries = new Kept("act on an entry", await acts.PolicyActsAsync(cancellationToken));
        var reruns = new Kept("rerun", await acts.RerunsAsync(cancellationToken));
        var stopped = (await switches.ListAsync(cancellationToken))
            .Where(a => a.Stops && a.Switch.What == SwitchKind.Policy)
            .Select(a => a.Switch.Id)
            .Distinct();
        var stops = new Kept("stop of an entry", stopped);
        Round? before = null;
        for (var number = 1; number <= Math.Max(standing.Closed, standing.Open); number++)
        {
            var round = await rounds.ReadAsync(number, cancellationToken);
            var problem =
                merges.Once(round.Merges)
                ?? elected.Once(round.Elections)
                ?? entries.StillAll(round.Acts)
                ?? reruns.StillAll(round.Reruns)
                ?? stops.Known(round.Stopped)
                ?? Follows(before, round);
            if (problem is not null)
                return $"round {number}: {problem}";
            before = round;
        }

        if (before is null)
            return null;
        return opened == (before.Before is null ? null : before.Hash)
            ? null
            : $"round {before.Number} has the hash {before.Hash}, and the standing of the rounds names {opened}";
    }

    /// <summary>A release that does not link rounds cannot go on after one that does.</summary>
    private static string? Follows(Round? before, Round round)
    {
        if (round.WordedAs < before?.WordedAs)
            return $"says its receipts in wording {round.WordedAs}, and the round before in {before.WordedAs}";
        var expected = before?.Hash ?? ContentHash.None;
        return (round.Before ?? (before?.Before is null ? expected : null)) == expected
            ? null
            : $"follows a round with the hash {round.Before}, and the one before it has {expected}";
    }

    /// <summary>What was done of a kind, and what rounds so far have of it.</summary>
    private sealed class Kept(string what, IEnumerable<object> done)
    {
        private readonly HashSet<object> _done = [.. done];
        private HashSet<object> _before = [];

        /// <summary>Each is taken up by one round.</summary>
        public string? Once(IReadOnlyList<object> has)
        {
            if (Known(has) is { } unknown)
                return unknown;
            return has.FirstOrDefault(h => !_before.Add(h)) is { } twice ? $"takes up a second time the {what} {twice}" : null;
        }

        /// <summary>Each round has what the ones before it had.</summary>
        public string? StillAll(IReadOnlyList<object> has)
        {
            if (Known(has) is { } unknown)
                return unknown;
            var lost = _before.FirstOrDefault(b => !has.Contains(b));
            _before = [.. has];
            return lost is null ? null : $"lacks the {what} {lost}, which the round before had";
        }

        public string? Known(IReadOnlyList<object> has) =>
            has.FirstOrDefault(h => !_done.Contains(h)) is { } unknown ? $"names the {what} {unknown}, which nobody did" : null;
    }
}
