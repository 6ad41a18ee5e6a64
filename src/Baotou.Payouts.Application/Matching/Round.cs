using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Matching;

/// <summary>How far a source had been walked completely when a round was opened.</summary>
public sealed record SourceThrough(string Source, DateTimeOffset Through);

/// <summary>The watermark of a set of pools in a round.</summary>
public sealed record SetWatermark(string Set, DateTimeOffset Through);

/// <summary>A pool-year that was open when a round was opened, with the seed of its lottery.</summary>
public sealed record OpenPoolYear(string Pool, int FiscalYear, string Seed);

/// <summary>
/// A rerun that two persons agreed to and that was applied, line by line: from here on rounds put its supplements into line.
/// </summary>
/// <param name="Run">The run whose difference they agreed to.</param>
/// <param name="Moment">When they agreed: no claim that rests on it counts from earlier.</param>
public sealed record RerunAct(string Run, DateTimeOffset Moment);

/// <summary>
/// One closed step of facts → claims. Everything that matching depends on besides the facts is fixed in it when it is opened.
/// </summary>
public sealed record Round
{
    /// <summary>1, 2, 3 …</summary>
    public required int Number { get; init; }

    /// <summary>How far each source had been walked.</summary>
    public required IReadOnlyList<SourceThrough> Sources { get; init; }

    /// <summary>The watermark of each set of pools; a set not named has none yet.</summary>
    public required IReadOnlyList<SetWatermark> Watermarks { get; init; }

    /// <summary>Pool-years open for claims.</summary>
    public required IReadOnlyList<OpenPoolYear> Pools { get; init; }

    /// <summary>All acts about entries known so far.</summary>
    public required IReadOnlyList<PolicyAct> Acts { get; init; }

    /// <summary>All applied reruns known so far, by moment, then run.</summary>
    public IReadOnlyList<RerunAct> Reruns { get; init; } = [];

    /// <summary>Merges of codes that no round before had.</summary>
    public IReadOnlyList<CodesMerged> Merges { get; init; } = [];

    /// <summary>Elections that no round before had.</summary>
    public IReadOnlyList<Election> Elections { get; init; } = [];

    /// <summary>
    /// Entries that were stopped: the round makes no claim of them; the first one that opens after their start does, at its edge.
    /// </summary>
    public IReadOnlyList<string> Stopped { get; init; } = [];

    /// <summary>The first 16 digits of the hash of every version of every computable entry of the list it was opened with.</summary>
    public required IReadOnlyList<string> Entries { get; init; }

    /// <summary>Hash of the catalogue.</summary>
    public required ContentHash Catalogue { get; init; }

    /// <summary>In which <see cref="Domain.Deciding.Wording"/> the receipts of its claims are said; null for the first.</summary>
    public int? Wording { get; init; }

    /// <summary>In which wording the receipts of its claims are said.</summary>
    public int WordedAs => Wording ?? Domain.Deciding.Wording.First;

    /// <summary>
    /// Hash of the round before it, of the first one <see cref="ContentHash.None"/>; null in rounds of releases that did not link them.
    /// </summary>
    public ContentHash? Before { get; init; }

    /// <summary>The hash that the next round names.</summary>
    public ContentHash Hash => CanonicalJson.Hash(this);

    /// <summary>The watermark of a set; null if it has none yet.</summary>
    public DateTimeOffset? Watermark(string set) => Watermarks.FirstOrDefault(w => w.Set == set)?.Through;

    /// <summary>How a version of an entry stands in <see cref="Entries"/>.</summary>
    public static string EntryMark(Policy policy) => policy.Hash.Hex[..16];
}

/// <summary>
/// The rounds up to one of them, as one pass of matching needs them (not for several threads at once): when each fact, act and publication
/// counts for a set of pools, and which round a movement belongs to.
/// </summary>
public sealed class RoundHistory
{
    private readonly IReadOnlyList<Round> _rounds;
    private readonly ILookup<Uscc, (CodesMerged Merge, int Round)> _merges;
    private readonly ILookup<Uscc, (Election Election, int Round)> _elections;
    private readonly Dictionary<string, ReplayPlan> _plans = new(StringComparer.Ordinal);

    /// <summary>Takes rounds 1, 2, 3 … without a gap.</summary>
    public RoundHistory(IReadOnlyList<Round> rounds)
    {
        _rounds = rounds;
        Codes = new MergedCodes(rounds.SelectMany(r => r.Merges));
        _merges = rounds.SelectMany(r => r.Merges.Select(m => (Merge: m, Round: r.Number))).ToLookup(m => m.Merge.From);
        _elections = rounds.SelectMany(r => r.Elections.Select(e => (Election: e, Round: r.Number))).ToLookup(e => e.Election.Uscc);
        if (rounds.Where((r, i) => r.Number != i + 1).Any())
            throw new ArgumentException("Rounds are numbered from 1 without a gap.", nameof(rounds));
    }

    /// <summary>Which codes are one enterprise by the merges of these rounds.</summary>
    public MergedCodes Codes { get; }

    /// <summary>The merges of an enterprise's codes as they count for a set.</summary>
    public IReadOnlyList<CountedMerge> MergesOf(string set, IReadOnlyCollection<Uscc> codes) =>
        [
            .. from known in codes.SelectMany(c => _merges[c])
            let moment = Counted(set, known.Merge.Moment, known.Round)
            where moment is not null
            select new CountedMerge(known.Merge, moment.Value),
        ];

    /// <summary>The elections of an enterprise's codes as they count for a set.</summary>
    public IReadOnlyList<CountedElection> ElectionsOf(string set, IReadOnlyCollection<Uscc> codes) =>
        [
            .. from known in codes.SelectMany(c => _elections[c])
            let moment = Counted(set, known.Election.Moment, known.Round)
            where moment is not null
            select new CountedElection(known.Election, moment.Value),
        ];

    /// <summary>A round by its number.</summary>
    public Round At(int round) => _rounds[round - 1];

    /// <summary>The last round.</summary>
    public Round Last => _rounds[^1];

    /// <summary>The watermark of a set after a round; null before its first.</summary>
    public DateTimeOffset? Through(string set, int round) => round < 1 ? null : _rounds[round - 1].Watermark(set);

    /// <summary>When a fact counts for a set: null if no round up to the last one sees it.</summary>
    /// <param name="set">The set of pools.</param>
    /// <param name="own">The fact's own moment.</param>
    /// <param name="frozenIn">The first round whose freeze includes the fact.</param>
    public CountedMoment? Counted(string set, DateTimeOffset own, int frozenIn)
    {
        for (var round = frozenIn; round <= _rounds.Count; round++)
        {
            if (Through(set, round) is { } through && own <= through)
                return CountedAt(set, own, round);
        }

        return null;
    }

    /// <summary>What replaying the entries of a set needs besides an enterprise's facts; made once for all enterprises.</summary>
    public ReplayPlan PlanFor(PoolSet set, Decider decider)
    {
        if (_plans.TryGetValue(set.Id, out var plan))
            return plan;
        var acts = Last
            .Acts.Where(a => set.Policies.Contains(a.Policy))
            .Select(a => (Act: a, Moment: Acted(set.Id, a)))
            .Where(a => a.Moment is not null)
            .Select(a => new CountedAct(a.Act, a.Moment!.Value));
        return _plans[set.Id] = new ReplayPlan(decider, (IReadOnlyCollection<string>)set.Policies, acts, p => Published(set.Id, p));
    }

    /// <summary>When an act about an entry counts for a set: null if no round up to the last one sees it.</summary>
    public CountedMoment? Acted(string set, PolicyAct act) => Counted(set, act.Moment, FirstRound(r => r.Acts.Contains(act)));

    /// <summary>When a rerun counts for a set: null if no round up to the last one sees it.</summary>
    public CountedMoment? Rerun(string set, string run)
    {
        var first = FirstRound(r => r.Reruns.Any(a => a.Run == run));
        return first > _rounds.Count ? null : Counted(set, _rounds[first - 1].Reruns.First(a => a.Run == run).Moment, first);
    }

    /// <summary>When a version of an entry counts as published for a set; the end of time if not yet.</summary>
    public CountedMoment Published(string set, Policy policy)
    {
        var own = Domain.Time.ChinaTime.StartOf(policy.PublishedOn);
        var mark = Round.EntryMark(policy);
        return Counted(set, own, FirstRound(r => r.Entries.Contains(mark))) ?? new CountedMoment(DateTimeOffset.MaxValue);
    }

    /// <summary>The round a movement of a set belongs to.</summary>
    public int RoundOf(string set, CountedMoment moment)
    {
        if (moment.IsLate)
            return moment.Edge;
        for (var round = 1; round <= _rounds.Count; round++)
        {
            if (Through(set, round) is { } through && moment.At <= through)
                return round;
        }

        throw new InvalidOperationException($"No round reaches {moment.At:O} for set '{set}'.");
    }

    private CountedMoment CountedAt(string set, DateTimeOffset own, int round) =>
        Through(set, round - 1) is { } edge && own <= edge ? new CountedMoment(edge, round) : new CountedMoment(own);

    private int FirstRound(Func<Round, bool> has)
    {
        for (var i = 0; i < _rounds.Count; i++)
        {
            if (has(_rounds[i]))
                return i + 1;
        }

        return _rounds.Count + 1;
    }
}
