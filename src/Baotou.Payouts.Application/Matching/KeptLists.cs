using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Application.Matching;

/// <summary>The lists that rounds were opened with: their computable entries, each version once, the pools and the facts they speak of. Kept for ever.</summary>
public interface IKeptLists
{
    /// <summary>Keeps a list; one that is kept already is left as it is.</summary>
    Task KeepAsync(Catalogue list, CancellationToken cancellationToken);

    /// <summary>The list of that version; null if it was never kept.</summary>
    Task<Catalogue?> ReadAsync(ContentHash version, CancellationToken cancellationToken);
}

/// <summary>Replays rounds with the lists they were opened with, however the list was changed since.</summary>
public sealed class ReplayAsThen(IKeptLists lists, RoundReplay now, Decider decider, IFactLog facts, IRoundLog rounds, EngineOptions options)
{
    private readonly Dictionary<ContentHash, RoundReplay> _then = [];
    private readonly Lock _lock = new();

    /// <summary>What replays a round as it was matched; throws <see cref="InvalidDataException"/> if its list is neither this program's nor kept.</summary>
    public async Task<RoundReplay> OfAsync(Round round, CancellationToken cancellationToken)
    {
        if (round.Catalogue == decider.Catalogue.Version) return now;
        lock (_lock)
        {
            if (_then.TryGetValue(round.Catalogue, out var known)) return known;
        }

        var list = await lists.ReadAsync(round.Catalogue, cancellationToken)
            ?? throw new InvalidDataException($"Round {round.Number} was opened with list {round.Catalogue.Hex}, which is not kept; it cannot be replayed.");
        var replay = new RoundReplay(new Decider(list), facts, rounds, options);
        lock (_lock) return _then[round.Catalogue] = replay;
    }

    /// <summary>The closed rounds in stretches that were opened with one list, each with what replays it.</summary>
    public async Task<IReadOnlyList<Stretch>> StretchesAsync(int closed, CancellationToken cancellationToken)
    {
        var stretches = new List<Stretch>();
        for (var number = 1; number <= closed; number++)
        {
            var round = await rounds.ReadAsync(number, cancellationToken);
            if (stretches.Count > 0 && stretches[^1].List == round.Catalogue) stretches[^1] = stretches[^1] with { To = number };
            else stretches.Add(new Stretch(number, number, round.Catalogue, await OfAsync(round, cancellationToken)));
        }

        return stretches;
    }
}

/// <summary>Rounds in a row that were opened with one list.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last, included.</param>
/// <param name="List">Hash of the list.</param>
/// <param name="Replay">What replays them.</param>
public sealed record Stretch(int From, int To, ContentHash List, RoundReplay Replay);
