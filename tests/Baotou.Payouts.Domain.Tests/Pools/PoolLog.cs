using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Domain.Tests.Pools;

/// <summary>A pool-year's log and claims in memory, and its fold.</summary>
internal sealed class PoolLog : IPoolView
{
    private readonly List<PoolInput> _inputs = [];
    private readonly SortedDictionary<int, List<PoolClaim>> _claims = [];

    public IReadOnlyList<PoolInput> Inputs => _inputs;

    public IReadOnlyDictionary<int, List<PoolClaim>> Claims => _claims;

    public PoolHead Head { get; private set; } = PoolHead.Fresh;

    public List<PoolEntry> Entries { get; } = [];

    public static ClaimKey Key(string name) => new("p", name, Uscc.Parse("91350100M000100Y43"), 0);

    public static PoolClaim Claim(string name, long fen, long county = 0) =>
        new(Key(name), new Fen(fen), new Fen(county), name, 0, Fen.Zero, ContentHash.OfText("entry"), ContentHash.OfText("facts"), false);

    public PoolLog Add(PoolInput input)
    {
        _inputs.Add(input);
        return this;
    }

    /// <summary>Makes a round's claims known before it is announced.</summary>
    public void Know(int round, IEnumerable<PoolClaim> claims) => _claims[round] = [.. claims];

    public PoolLog Open(bool wholeOnly = false, bool awaits = false) => Add(new PoolInput.Open("open", "seed", wholeOnly, awaits));

    public PoolLog Appropriate(long fen) => Add(new PoolInput.Appropriate($"a{_inputs.Count}", new Fen(fen), "doc"));

    public PoolLog Cut(long fen) => Add(new PoolInput.Cut($"c{_inputs.Count}", new Fen(fen), "doc"));

    public PoolLog Round(int round, params PoolClaim[] claims)
    {
        _claims[round] = [.. claims];
        return Add(new PoolInput.RoundClosed($"round:{round}", round, claims.Length, PoolClaim.HashOf(claims)));
    }

    public PoolLog CarryIn(long fen, params PoolClaim[] claims)
    {
        if (claims.Length > 0)
            _claims[0] = [.. claims];
        return Add(new PoolInput.CarryIn("carry", 2022, new Fen(fen), claims.Length, PoolClaim.HashOf(claims)));
    }

    public PoolLog Limit(string claim, long fen) => Add(new PoolInput.LimitClaim($"l{_inputs.Count}", Key(claim), new Fen(fen)));

    public PoolLog Release(long fen) => Add(new PoolInput.Release($"r{_inputs.Count}", "payout", new Fen(fen)));

    public PoolLog Settle(long fen) => Add(new PoolInput.Settle($"s{_inputs.Count}", "batch", 0, 1, new Fen(fen), ContentHash.None));

    public PoolLog Return(long fen) => Add(new PoolInput.Return($"b{_inputs.Count}", "payout", new Fen(fen)));

    public PoolLog ClawBack(long fen) => Add(new PoolInput.ClawBack($"k{_inputs.Count}", "payout", new Fen(fen)));

    public PoolLog Close() => Add(new PoolInput.Close($"close{_inputs.Count}", "doc"));

    /// <summary>Takes at most so many steps.</summary>
    public PoolLog Fold(int steps = int.MaxValue)
    {
        while (steps-- > 0 && PoolFold.Next(Head, this) is { } step)
        {
            Head = step.Head;
            Entries.Add(step.Entry);
        }

        return this;
    }

    /// <summary>What was reserved, in order: "claim/part:fen".</summary>
    public string Reserved() =>
        string.Join(' ', Entries.Where(e => e.Kind == EntryKind.Reserved).Select(e => $"{e.Claim!.Occasion}/{e.Part}:{e.Amount}"));

    /// <summary>"free reserved paid".</summary>
    public string Sums() => $"{Head.Free} {Head.Reserved} {Head.Paid}";

    PoolInput? IPoolView.Input(long number) => number <= _inputs.Count ? _inputs[(int)number - 1] : null;

    int? IPoolView.NextRound(int after, long done)
    {
        var announced = _inputs
            .Take((int)done)
            .Select(i =>
                i switch
                {
                    PoolInput.RoundClosed r => r.Round,
                    PoolInput.CarryIn => 0,
                    _ => -1,
                }
            );
        return announced.Where(r => r > after).Select(r => (int?)r).Min();
    }

    PoolClaim? IPoolView.Claim(int round, long place) =>
        _claims.TryGetValue(round, out var claims) && place < claims.Count ? claims[(int)place] : null;

    Fen? IPoolView.Limit(ClaimKey claim, long done) =>
        _inputs
            .Take((int)done)
            .OfType<PoolInput.LimitClaim>()
            .Where(l => l.Claim == claim && l.Limit >= Fen.Zero)
            .Select(l => (Fen?)l.Limit)
            .Min();
}
