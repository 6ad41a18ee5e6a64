using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Domain.Replaying;

/// <summary>One enterprise on its way through a replay: what is known of it, what is due to it and what it has claimed.</summary>
internal sealed class Holder(Uscc uscc, ReplayPlan plan, DateTimeOffset receiptsFrom, List<Movement> movements)
{
    private readonly FactView _view = new();
    private readonly Dictionary<string, List<Verdict>> _verdicts = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), List<Standing>> _claimed = [];
    private readonly Dictionary<(string Policy, string Occasion), int> _numbers = [];
    private readonly Dictionary<Policy, bool> _reserves = new(ReferenceEqualityComparer.Instance);
    private readonly List<Election> _elections = [];
    private bool _hasJoined;

    /// <summary>The code that its claims bear.</summary>
    public Uscc Uscc => uscc;

    /// <summary>Takes over all that another code has. What is due together is compared with it at the next step.</summary>
    public void Join(Holder other)
    {
        foreach (var fact in other._view.Latests)
            _view.Apply(fact);
        foreach (var (unit, standing) in other._claimed)
        {
            var both = _claimed.TryGetValue(unit, out var own) ? own.Concat(standing) : standing;
            _claimed[unit] = [.. both.OrderBy(s => s.Since).ThenBy(s => s.Key.Uscc).ThenBy(s => s.Key.Number)];
        }

        foreach (var (name, number) in other._numbers)
            _numbers[name] = Math.Max(number, _numbers.GetValueOrDefault(name));
        _elections.AddRange(other._elections);
        _hasJoined = true;
    }

    /// <summary>Goes on to a moment with what counts from it on.</summary>
    public void StepTo(CountedMoment moment, List<CountedFact> facts, List<Election> elections)
    {
        _elections.AddRange(elections);
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var fact in facts)
        {
            var replaced = _view.Latest(fact.Fact.Source, fact.Fact.RecordId)?.Kind;
            if (!_view.Apply(fact.Fact))
                continue;
            kinds.Add(fact.Fact.Kind);
            if (replaced is not null)
                kinds.Add(replaced);
        }

        var touched = (_hasJoined ? plan.Checks : plan.Touched(kinds, moment))
            .Where(c => _verdicts.ContainsKey(c.Id) || c.Anchors.Any(a => _view.OfKind(a).Count > 0))
            .ToList();
        if (touched.Count == 0 && elections.Count == 0)
            return;
        var before = UnitsOf(touched).Concat(_hasJoined ? _claimed.Keys : []).ToList();
        _hasJoined = false;
        foreach (var check in touched)
            _verdicts[check.Id] = check.Check(_view, v => plan.IsPublished(v, moment), explain: false);
        var elected = elections.SelectMany(e => _verdicts.GetValueOrDefault(e.Policy) ?? []).Where(v => v.IsEntitled).Select(UnitOf);
        List<(string, string)> units =
        [
            .. before
                .Concat(UnitsOf(touched))
                .Concat(elected)
                .Distinct()
                .OrderBy(u => u.Item1, StringComparer.Ordinal)
                .ThenBy(u => u.Item2, StringComparer.Ordinal),
        ];
        if (units.Count == 0)
            return;
        var due = _verdicts.Values.SelectMany(v => v).Where(v => v.IsEntitled).ToLookup(UnitOf);
        _reserves.Clear();
        foreach (var unit in units)
            Settle(unit, [.. due[unit]], moment, facts);
    }

    /// <summary>
    /// The units that entries speak of. Those spoken of before a change count like those after it: an award that claimed nothing, being the
    /// lower one, may still be what an earlier claim of its unit rests on.
    /// </summary>
    private List<(string, string)> UnitsOf(List<PolicyCheck> touched) =>
        [.. touched.SelectMany(c => _verdicts.GetValueOrDefault(c.Id) ?? []).Where(v => v.IsEntitled).Select(UnitOf)];

    /// <summary>What conflicts with what: the unit of a group, or an award's own occasion.</summary>
    private static (string, string) UnitOf(Verdict verdict) =>
        Exclusivity.KeyOf(verdict) is var (group, unit) ? ("group " + group, unit) : (verdict.Policy.Id, verdict.Occasion);

    private void Settle((string, string) unit, List<Verdict> due, CountedMoment moment, List<CountedFact> facts)
    {
        var standing = _claimed.TryGetValue(unit, out var existing) ? existing : [];
        if (Exclusivity.Elected(due.Where(v => Backs(v, standing, moment)), _elections) is { } elected)
        {
            Reduce(standing, TotalOf(standing.Where(s => !IsOf(s, elected))), moment, s => !IsOf(s, elected));
            due = [elected];
        }

        var claimed = TotalOf(standing);
        var total = Exclusivity.Highest(due.Where(v => Backs(v, standing, moment)))?.Amount ?? Fen.Zero;
        if (total < claimed)
            Reduce(standing, claimed - total, moment, _ => true);
        var payable = Exclusivity.Highest(due.Where(v => Reserves(v.Policy, moment)));
        if (payable is not null && payable.Amount > claimed)
            Claim(unit, standing, payable, payable.Amount - claimed, moment, facts);
    }

    private static Fen TotalOf(IEnumerable<Standing> standing) => standing.Aggregate(Fen.Zero, (sum, s) => sum + s.Amount.Total);

    private static bool IsOf(Standing standing, Verdict verdict) =>
        standing.Key.Policy == verdict.Policy.Id && standing.Key.Occasion == verdict.Occasion;

    /// <summary>
    /// Whether a verdict can uphold what stands claimed: its entry reserves, or did when it claimed. An award in shadow that never claimed
    /// cannot, since it may have been paid elsewhere.
    /// </summary>
    private bool Backs(Verdict verdict, List<Standing> standing, CountedMoment moment) =>
        Reserves(verdict.Policy, moment) || standing.Exists(s => s.Key.Policy == verdict.Policy.Id && s.Amount.Total > Fen.Zero);

    private bool Reserves(Policy entry, CountedMoment moment)
    {
        if (!_reserves.TryGetValue(entry, out var reserves))
            _reserves[entry] = reserves = plan.Reserves(entry, moment);
        return reserves;
    }

    private void Claim(
        (string, string) unit,
        List<Standing> standing,
        Verdict verdict,
        Fen rise,
        CountedMoment moment,
        List<CountedFact> facts
    )
    {
        var name = (verdict.Policy.Id, verdict.Occasion);
        var number = _numbers.GetValueOrDefault(name);
        _numbers[name] = number + 1;
        var explain = moment.At >= receiptsFrom;
        var detail = plan.Check(verdict.Policy.Id).Detail(verdict, _view, explain);
        var used = facts.Where(f => detail.Used.Contains(f.Fact)).ToList();
        var deciding =
            used.Count == 0 || used.Any(f => ReferenceEquals(f.Fact, verdict.Anchor))
                ? verdict.Anchor
                : used.Select(f => f.Fact)
                    .OrderBy(f => f.Source, StringComparer.Ordinal)
                    .ThenBy(f => f.RecordId, StringComparer.Ordinal)
                    .First();
        var key = new ClaimKey(verdict.Policy.Id, verdict.Occasion, uscc, number);
        var amount = verdict.SharesOf(rise);
        standing.Add(new Standing(key, amount, moment));
        _claimed[unit] = standing;
        movements.Add(
            new Movement.Claimed(
                key,
                verdict.Policy,
                amount,
                moment,
                verdict.Year,
                deciding,
                detail.Used,
                explain ? Decider.Entitled(detail) : null
            )
        );
    }

    /// <summary>Takes the excess off what was claimed last.</summary>
    private void Reduce(List<Standing> standing, Fen excess, CountedMoment moment, Func<Standing, bool> which)
    {
        for (var i = standing.Count - 1; i >= 0 && excess > Fen.Zero; i--)
        {
            if (!which(standing[i]))
                continue;
            var (key, amount, since) = standing[i];
            var taken = Fen.Min(excess, amount.Total);
            if (taken == Fen.Zero)
                continue;
            excess -= taken;
            var rest = amount.Total - taken;
            var limit = Shares.Split(rest, amount.City.Value, amount.County.Value);
            standing[i] = new Standing(key, limit, since);
            movements.Add(new Movement.Limited(key, limit, moment));
        }
    }

    private sealed record Standing(ClaimKey Key, Shares Amount, CountedMoment Since);
}
