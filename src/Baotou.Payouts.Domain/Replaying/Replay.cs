using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Time;

namespace Baotou.Payouts.Domain.Replaying;

/// <summary>
/// Replays an enterprise's facts in the order of their moments. Every moment at which what is due changes gives one claim or one reduction at that moment;
/// what stands at the end follows from the facts alone, never from the state in which an earlier run left anything.
/// </summary>
public sealed class Replay
{
    private readonly Decider _decider;
    private readonly Uscc _uscc;
    private readonly IReadOnlyList<PolicyCheck> _checks;
    private readonly Dictionary<string, List<PolicyAct>> _acts;
    private readonly FactView _view = new();
    private readonly Dictionary<string, List<Verdict>> _verdicts = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), List<Standing>> _claimed = [];
    private readonly Dictionary<(string Policy, string Occasion), int> _numbers = [];
    private readonly List<Movement> _movements = [];

    private Replay(Decider decider, Uscc uscc, IReadOnlyCollection<string> policies, IEnumerable<PolicyAct> acts)
    {
        _decider = decider;
        _uscc = uscc;
        _checks = [.. decider.Checks.Where(c => policies.Contains(c.Id) && c.Kinds.Count > 0)];
        _acts = acts.GroupBy(a => a.Policy).ToDictionary(g => g.Key, g => g.OrderBy(a => a.Moment).ToList(), StringComparer.Ordinal);
    }

    /// <summary>All movements up to and including <paramref name="through"/>.</summary>
    /// <param name="decider">The list.</param>
    /// <param name="uscc">The enterprise.</param>
    /// <param name="facts">Its facts with the moments at which they count, in any order.</param>
    /// <param name="policies">Ids of the entries to replay: those whose pools share a watermark.</param>
    /// <param name="acts">Acts about entries, known when the round was opened. Without <see cref="PolicyAct.MadeAutomatic"/> an entry is in shadow.</param>
    /// <param name="through">The watermark, included.</param>
    public static IReadOnlyList<Movement> Run(
        Decider decider, Uscc uscc, IEnumerable<CountedFact> facts, IReadOnlyCollection<string> policies, IReadOnlyList<PolicyAct> acts, DateTimeOffset through)
    {
        var replay = new Replay(decider, uscc, policies, acts);
        var known = facts.Where(f => f.Moment <= through).GroupBy(f => f.Moment).ToDictionary(g => g.Key, g => g.ToList());
        foreach (var moment in replay.Moments(known.Keys, through)) replay.StepTo(moment, known.GetValueOrDefault(moment) ?? []);
        return replay._movements;
    }

    private IEnumerable<DateTimeOffset> Moments(IEnumerable<DateTimeOffset> ofFacts, DateTimeOffset through) =>
        ofFacts
            .Concat(_checks.SelectMany(c => c.Versions).Select(v => ChinaTime.StartOf(v.PublishedOn)))
            .Concat(_acts.Values.SelectMany(a => a).Select(a => a.Moment))
            .Where(m => m <= through).Distinct().Order();

    private void StepTo(DateTimeOffset moment, List<CountedFact> facts)
    {
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var fact in facts)
        {
            if (_view.Apply(fact.Fact)) kinds.Add(fact.Fact.Kind);
        }

        var touched = _checks.Where(c => c.Kinds.Any(kinds.Contains) || IsActMoment(c, moment)).ToList();
        if (touched.Count == 0) return;
        foreach (var check in touched) _verdicts[check.Id] = check.Check(_view, moment, explain: false);
        foreach (var unit in UnitsOf(touched)) Settle(unit, moment, facts);
    }

    private bool IsActMoment(PolicyCheck check, DateTimeOffset moment) =>
        check.Versions.Any(v => ChinaTime.StartOf(v.PublishedOn) == moment) || (_acts.TryGetValue(check.Id, out var acts) && acts.Any(a => a.Moment == moment));

    /// <summary>The units whose due total may have changed: those that the touched entries speak of now, and those they spoke of before.</summary>
    private List<(string, string)> UnitsOf(List<PolicyCheck> touched)
    {
        var ids = touched.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        var now = touched.SelectMany(c => _verdicts[c.Id]).Where(v => v.IsEntitled).Select(UnitOf);
        var before = _claimed.Where(c => c.Value.Any(s => ids.Contains(s.Key.Policy))).Select(c => c.Key);
        return [.. now.Concat(before).Distinct().OrderBy(u => u.Item1, StringComparer.Ordinal).ThenBy(u => u.Item2, StringComparer.Ordinal)];
    }

    /// <summary>What conflicts with what: the unit of a group, or an award's own occasion.</summary>
    private static (string, string) UnitOf(Verdict verdict) =>
        Exclusivity.KeyOf(verdict) is var (group, unit) ? ("group " + group, unit) : (verdict.Policy.Id, verdict.Occasion);

    private void Settle((string, string) unit, DateTimeOffset moment, List<CountedFact> facts)
    {
        var due = _verdicts.Values.SelectMany(v => v).Where(v => v.IsEntitled && UnitOf(v) == unit).ToList();
        var standing = _claimed.TryGetValue(unit, out var existing) ? existing : [];
        var claimed = standing.Aggregate(Fen.Zero, (sum, s) => sum + s.Amount.Total);
        var highest = Highest(due);
        var total = highest?.Amount ?? Fen.Zero;
        if (total < claimed) Reduce(standing, claimed - total, moment);
        var payable = Highest(due.Where(v => Reserves(v.Policy, moment)));
        if (payable is not null && payable.Amount > claimed) Claim(unit, standing, payable, payable.Amount - claimed, moment, facts);
    }

    private static Verdict? Highest(IEnumerable<Verdict> due)
    {
        Verdict? best = null;
        foreach (var verdict in due)
        {
            if (best is null || Exclusivity.StandsBefore(verdict, best)) best = verdict;
        }

        return best;
    }

    private bool Reserves(Policy entry, DateTimeOffset moment)
    {
        if (entry.Class is not PolicyClass.Automatic || entry.Payee != Payee.Enterprise) return false;
        if (!_acts.TryGetValue(entry.Id, out var acts)) return false;
        var past = acts.Where(a => a.Moment <= moment).ToList();
        if (past.LastOrDefault(a => a is not PolicyAct.StillInForce) is not PolicyAct.MadeAutomatic) return false;
        var day = ChinaTime.DayOf(moment);
        return entry.Validity.To is not null || past.OfType<PolicyAct.StillInForce>().Any(a => day <= a.Through);
    }

    private void Claim((string, string) unit, List<Standing> standing, Verdict verdict, Fen rise, DateTimeOffset moment, List<CountedFact> facts)
    {
        var name = (verdict.Policy.Id, verdict.Occasion);
        var number = _numbers.GetValueOrDefault(name);
        _numbers[name] = number + 1;
        var used = facts.Where(f => verdict.Used.Contains(f.Fact)).ToList();
        var deciding = used.Count == 0 || used.Any(f => ReferenceEquals(f.Fact, verdict.Anchor))
            ? verdict.Anchor
            : used.Select(f => f.Fact).OrderBy(f => f.Source, StringComparer.Ordinal).ThenBy(f => f.RecordId, StringComparer.Ordinal).First();
        var key = new ClaimKey(verdict.Policy.Id, verdict.Occasion, _uscc, number);
        var amount = verdict.SharesOf(rise);
        standing.Add(new Standing(key, amount));
        _claimed[unit] = standing;
        _movements.Add(new Movement.Claimed(key, verdict.Policy, amount, moment, used.Any(f => f.Late), verdict.Year, deciding, verdict.Used));
    }

    private void Reduce(List<Standing> standing, Fen excess, DateTimeOffset moment)
    {
        for (var i = standing.Count - 1; i >= 0 && excess > Fen.Zero; i--)
        {
            var (key, amount) = standing[i];
            var taken = Fen.Min(excess, amount.Total);
            if (taken == Fen.Zero) continue;
            excess -= taken;
            var rest = amount.Total - taken;
            var limit = rest == Fen.Zero ? default : Shares.Split(rest, amount.City.Value, amount.County.Value);
            standing[i] = new Standing(key, limit);
            _movements.Add(new Movement.Limited(key, limit, moment));
        }
    }

    private sealed record Standing(ClaimKey Key, Shares Amount);
}
