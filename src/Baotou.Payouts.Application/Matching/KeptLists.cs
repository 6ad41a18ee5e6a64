using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Application.Matching;

/// <summary>
/// The lists that rounds were opened with: their computable entries, each version once, the pools and the facts they speak of. Kept for
/// ever.
/// </summary>
public interface IKeptLists
{
    /// <summary>Keeps a list; one that is kept already is left as it is.</summary>
    Task KeepAsync(Catalogue list, CancellationToken cancellationToken);

    /// <summary>The list of that version; null if it was never kept.</summary>
    Task<Catalogue?> ReadAsync(ContentHash version, CancellationToken cancellationToken);
}

/// <summary>
/// Replays rounds with the lists they were opened with and in the wording of their time, however list and wording were changed since.
/// </summary>
public sealed class ReplayAsThen(
    IKeptLists lists,
    RoundReplay now,
    Decider decider,
    IFactLog facts,
    IRoundLog rounds,
    EngineOptions options
)
{
    private readonly Dictionary<(ContentHash List, int Wording), RoundReplay> _then = [];
    private readonly Lock _lock = new();

    /// <summary>
    /// What replays a round as it was matched; throws <see cref="InvalidDataException"/> if its list is neither this program's nor kept, or
    /// its wording is of a later release.
    /// </summary>
    public async Task<RoundReplay> OfAsync(Round round, CancellationToken cancellationToken)
    {
        if (round.WordedAs is < Wording.First or > Wording.Latest)
            throw new InvalidDataException(
                $"Round {round.Number} says its receipts in wording {round.WordedAs}, and this program knows {Wording.First} to {Wording.Latest}; use the release that opened it, or a later one."
            );
        if (round.Catalogue == decider.Catalogue.Version)
            return InWordsOf(round);
        if (Known(round.Catalogue, round.WordedAs) is { } known)
            return known;
        var list =
            await lists.ReadAsync(round.Catalogue, cancellationToken)
            ?? throw new InvalidDataException(
                $"Round {round.Number} was opened with list {round.Catalogue.Hex}, which is not kept; it cannot be replayed."
            );
        return Kept(list, round.WordedAs);
    }

    /// <summary>What replays with this program's list in the wording of a round, which is one that this program knows.</summary>
    public RoundReplay InWordsOf(Round round) =>
        round.WordedAs == decider.WordedAs
            ? now
            : Known(decider.Catalogue.Version, round.WordedAs) ?? Kept(decider.Catalogue, round.WordedAs);

    /// <summary>The closed rounds in stretches that were opened with one list and wording, each with what replays it.</summary>
    public async Task<IReadOnlyList<Stretch>> StretchesAsync(int closed, CancellationToken cancellationToken)
    {
        var stretches = new List<Stretch>();
        for (var number = 1; number <= closed; number++)
        {
            var replay = await OfAsync(await rounds.ReadAsync(number, cancellationToken), cancellationToken);
            if (stretches.Count > 0 && stretches[^1].Replay == replay)
                stretches[^1] = stretches[^1] with { To = number };
            else
                stretches.Add(new Stretch(number, number, replay));
        }

        return stretches;
    }

    private RoundReplay? Known(ContentHash list, int wording)
    {
        lock (_lock)
            return _then.GetValueOrDefault((list, wording));
    }

    private RoundReplay Kept(Catalogue list, int wording)
    {
        var replay = new RoundReplay(new Decider(list, wording), facts, rounds, options);
        lock (_lock)
            return _then.TryAdd((list.Version, wording), replay) ? replay : _then[(list.Version, wording)];
    }
}

/// <summary>Rounds in a row that were opened with one list and wording.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last, included.</param>
/// <param name="Replay">What replays them.</param>
public sealed record Stretch(int From, int To, RoundReplay Replay);
