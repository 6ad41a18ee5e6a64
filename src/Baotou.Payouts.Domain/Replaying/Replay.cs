using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Domain.Replaying;

/// <summary>What to replay.</summary>
public sealed record ReplayRequest
{
    /// <summary>The enterprise.</summary>
    public required Uscc Uscc { get; init; }

    /// <summary>Its facts with the moments at which they count, in any order.</summary>
    public required IEnumerable<CountedFact> Facts { get; init; }

    /// <summary>The entries, their acts and publications.</summary>
    public required ReplayPlan Plan { get; init; }

    /// <summary>The watermark, included.</summary>
    public required DateTimeOffset Through { get; init; }

    /// <summary>Claims from this moment on carry their receipt; by default all.</summary>
    public DateTimeOffset ReceiptsFrom { get; init; } = DateTimeOffset.MinValue;
}

/// <summary>
/// Replays an enterprise's facts in the order of their moments. Every moment at which what is due changes gives one claim or one reduction at that moment;
/// what stands at the end follows from the facts alone, never from the state in which an earlier run left anything.
/// </summary>
public sealed class Replay
{
    private readonly Uscc _uscc;
    private readonly ReplayPlan _plan;
    private readonly DateTimeOffset _receiptsFrom;
    private readonly FactView _view = new();
    private readonly Dictionary<string, List<Verdict>> _verdicts = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), List<Standing>> _claimed = [];
    private readonly Dictionary<(string Policy, string Occasion), int> _numbers = [];
    private readonly Dictionary<Policy, bool> _reserves = new(ReferenceEqualityComparer.Instance);
    private readonly List<Movement> _movements = [];

    private Replay(ReplayRequest request)
    {
        _uscc = request.Uscc;
        _plan = request.Plan;
        _receiptsFrom = request.ReceiptsFrom;
    }

    /// <summary>All movements up to and including <see cref="ReplayRequest.Through"/>, in order.</summary>
    public static IReadOnlyList<Movement> Run(ReplayRequest request)
    {
        var replay = new Replay(request);
        var facts = request.Facts.Where(f => f.Moment.At <= request.Through).GroupBy(f => f.Moment).ToDictionary(g => g.Key, g => g.ToList());
        var moments = facts.Keys.Concat(request.Plan.Moments.Where(m => m.At <= request.Through)).Distinct().Order();
        foreach (var moment in moments) replay.StepTo(moment, facts.GetValueOrDefault(moment) ?? []);
        return replay._movements;
    }

    private void StepTo(CountedMoment moment, List<CountedFact> facts)
    {
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var fact in facts)
        {
            var replaced = _view.Latest(fact.Fact.Source, fact.Fact.RecordId)?.Kind;
            if (!_view.Apply(fact.Fact)) continue;
            kinds.Add(fact.Fact.Kind);
            if (replaced is not null) kinds.Add(replaced);
        }

        var touched = _plan.Touched(kinds, moment).Where(c => _verdicts.ContainsKey(c.Id) || c.Anchors.Any(a => _view.OfKind(a).Count > 0)).ToList();
        if (touched.Count == 0) return;
        var before = UnitsOf(touched);
        foreach (var check in touched) _verdicts[check.Id] = check.Check(_view, v => _plan.IsPublished(v, moment), explain: false);
        List<(string, string)> units =
            [.. before.Concat(UnitsOf(touched)).Distinct().OrderBy(u => u.Item1, StringComparer.Ordinal).ThenBy(u => u.Item2, StringComparer.Ordinal)];
        if (units.Count == 0) return;
        var due = _verdicts.Values.SelectMany(v => v).Where(v => v.IsEntitled).ToLookup(UnitOf);
        _reserves.Clear();
        foreach (var unit in units) Settle(unit, [.. due[unit]], moment, facts);
    }

    /// <summary>
    /// The units that entries speak of. Those spoken of before a change count like those after it: an award that claimed nothing, being the lower one, may
    /// still be what an earlier claim of its unit rests on.
    /// </summary>
    private List<(string, string)> UnitsOf(List<PolicyCheck> touched) =>
        [.. touched.SelectMany(c => _verdicts.GetValueOrDefault(c.Id) ?? []).Where(v => v.IsEntitled).Select(UnitOf)];

    /// <summary>What conflicts with what: the unit of a group, or an award's own occasion.</summary>
    private static (string, string) UnitOf(Verdict verdict) =>
        Exclusivity.KeyOf(verdict) is var (group, unit) ? ("group " + group, unit) : (verdict.Policy.Id, verdict.Occasion);

    private void Settle((string, string) unit, List<Verdict> due, CountedMoment moment, List<CountedFact> facts)
    {
        var standing = _claimed.TryGetValue(unit, out var existing) ? existing : [];
        var claimed = standing.Aggregate(Fen.Zero, (sum, s) => sum + s.Amount.Total);
        var total = Exclusivity.Highest(due.Where(v => Backs(v, standing, moment)))?.Amount ?? Fen.Zero;
        if (total < claimed) Reduce(standing, claimed - total, moment);
        var payable = Exclusivity.Highest(due.Where(v => Reserves(v.Policy, moment)));
        if (payable is not null && payable.Amount > claimed) Claim(unit, standing, payable, payable.Amount - claimed, moment, facts);
    }

    /// <summary>
    /// Whether a verdict can uphold what stands claimed: its entry reserves, or did when it claimed. An award in shadow that never claimed cannot, since it
    /// may have been paid elsewhere.
    /// </summary>
    private bool Backs(Verdict verdict, List<Standing> standing, CountedMoment moment) =>
        Reserves(verdict.Policy, moment) || standing.Exists(s => s.Key.Policy == verdict.Policy.Id && s.Amount.Total > Fen.Zero);

    private bool Reserves(Policy entry, CountedMoment moment)
    {
        if (!_reserves.TryGetValue(entry, out var reserves)) _reserves[entry] = reserves = _plan.Reserves(entry, moment);
        return reserves;
    }

    private void Claim((string, string) unit, List<Standing> standing, Verdict verdict, Fen rise, CountedMoment moment, List<CountedFact> facts)
    {
        var name = (verdict.Policy.Id, verdict.Occasion);
        var number = _numbers.GetValueOrDefault(name);
        _numbers[name] = number + 1;
        var explain = moment.At >= _receiptsFrom;
        var detail = _plan.Check(verdict.Policy.Id).Detail(verdict, _view, explain);
        var used = facts.Where(f => detail.Used.Contains(f.Fact)).ToList();
        var deciding = used.Count == 0 || used.Any(f => ReferenceEquals(f.Fact, verdict.Anchor))
            ? verdict.Anchor
            : used.Select(f => f.Fact).OrderBy(f => f.Source, StringComparer.Ordinal).ThenBy(f => f.RecordId, StringComparer.Ordinal).First();
        var key = new ClaimKey(verdict.Policy.Id, verdict.Occasion, _uscc, number);
        var amount = verdict.SharesOf(rise);
        standing.Add(new Standing(key, amount));
        _claimed[unit] = standing;
        _movements.Add(new Movement.Claimed(key, verdict.Policy, amount, moment, verdict.Year, deciding, detail.Used, explain ? Decider.Entitled(detail) : null));
    }

    private void Reduce(List<Standing> standing, Fen excess, CountedMoment moment)
    {
        for (var i = standing.Count - 1; i >= 0 && excess > Fen.Zero; i--)
        {
            var (key, amount) = standing[i];
            var taken = Fen.Min(excess, amount.Total);
            if (taken == Fen.Zero) continue;
            excess -= taken;
            var rest = amount.Total - taken;
            var limit = Shares.Split(rest, amount.City.Value, amount.County.Value);
            standing[i] = new Standing(key, limit);
            _movements.Add(new Movement.Limited(key, limit, moment));
        }
    }

    private sealed record Standing(ClaimKey Key, Shares Amount);
}
