using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Allocating;

/// <summary>A pool-year's input log and claims in memory, as far as the fold needs them from a head on.</summary>
public sealed class PoolBook : IPoolView
{
    private readonly List<PoolInput> _inputs = [];
    private readonly SortedDictionary<int, long> _announced = [];
    private readonly Dictionary<int, IReadOnlyList<PoolClaim>> _claims = [];
    private readonly Dictionary<ClaimKey, List<(long Number, Fen Limit)>> _limits = [];

    /// <summary>Inputs known.</summary>
    public long InputCount => _inputs.Count;

    /// <summary>Loads a pool-year.</summary>
    /// <param name="pool">The pool-year.</param>
    /// <param name="fromRound">Claims of earlier rounds are left out: nothing looks back at them.</param>
    /// <param name="log">The log.</param>
    /// <param name="claims">The claims.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    public static async Task<PoolBook> LoadAsync(
        PoolYear pool,
        int fromRound,
        IPoolLog log,
        IClaimStore claims,
        CancellationToken cancellationToken
    )
    {
        var book = new PoolBook();
        foreach (var input in await log.InputsAsync(pool, 0, cancellationToken))
            book.Add(input);
        foreach (var round in book._announced.Keys.Where(r => r >= fromRound))
            book._claims[round] = await claims.ClaimsAsync(pool, round, cancellationToken);
        return book;
    }

    /// <summary>The rounds announced to this pool-year with the number of the announcing input.</summary>
    public IReadOnlyDictionary<int, long> Announced => _announced;

    /// <summary>The claims of a loaded round.</summary>
    public IReadOnlyList<PoolClaim> ClaimsOf(int round) => _claims.TryGetValue(round, out var line) ? line : [];

    /// <summary>How many claims wait at a head: unfinished ones in announced rounds, those limited to nothing left out.</summary>
    public long WaitingFrom(PoolHead head)
    {
        var waiting = 0L;
        for (
            var (at, claim) = PoolFold.FirstWaiting(head, this);
            claim is not null;
            (at, claim) = PoolFold.FirstWaiting(PoolFold.Behind(at), this)
        )
            waiting++;
        return waiting;
    }

    /// <inheritdoc/>
    public PoolInput? Input(long number) => number <= _inputs.Count ? _inputs[(int)number - 1] : null;

    /// <inheritdoc/>
    public int? NextRound(int after, long done)
    {
        foreach (var (round, number) in _announced)
        {
            if (round > after && number <= done)
                return round;
        }

        return null;
    }

    /// <inheritdoc/>
    public PoolClaim? Claim(int round, long place)
    {
        var line = ClaimsOf(round);
        return place < line.Count ? line[(int)place] : null;
    }

    /// <inheritdoc/>
    public Fen? Limit(ClaimKey claim, long done)
    {
        if (!_limits.TryGetValue(claim, out var limits))
            return null;
        Fen? lowest = null;
        foreach (var (number, limit) in limits)
        {
            if (number <= done && !(limit >= lowest))
                lowest = limit;
        }

        return lowest;
    }

    private void Add(NumberedInput input)
    {
        if (input.Number != _inputs.Count + 1)
            throw new InvalidDataException($"Input {_inputs.Count + 1} is missing; the log goes on with {input.Number}.");
        _inputs.Add(input.Input);
        switch (input.Input)
        {
            case PoolInput.RoundClosed r:
                _announced[r.Round] = input.Number;
                break;
            case PoolInput.CarryIn { Claims: > 0 }:
                _announced[0] = input.Number;
                break;
            case PoolInput.LimitClaim { Limit.Value: >= 0 } l:
                if (!_limits.TryGetValue(l.Claim, out var limits))
                    _limits[l.Claim] = limits = [];
                limits.Add((input.Number, l.Limit));
                break;
        }
    }
}
