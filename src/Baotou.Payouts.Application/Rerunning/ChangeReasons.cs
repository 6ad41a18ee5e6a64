using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Rerunning;

/// <summary>
/// Says which record, entry version or act moved what is due of an award. Figures of the tax bureau are named and not told.
/// </summary>
internal sealed class ChangeReasons(Catalogue catalogue, RoundHistory history)
{
    private const int Most = 20;
    private const string WithheldSource = "tax";
    private const string Withheld = "(not shown)";

    private readonly Dictionary<string, (IReadOnlyList<Policy> Versions, HashSet<string> Kinds)> _related = new(StringComparer.Ordinal);

    /// <summary>What counted at the moments of these movements of an entry, the first twenty.</summary>
    public IReadOnlyList<ChangeReason> Of(string policy, ReplayedSet set, IEnumerable<Movement> movements)
    {
        var (versions, kinds) = Related(policy);
        return [.. movements.Select(m => m.Moment).Distinct().Order().SelectMany(m => At(m, set, versions, kinds)).Distinct().Take(Most)];
    }

    private List<ChangeReason> At(CountedMoment moment, ReplayedSet set, IReadOnlyList<Policy> versions, HashSet<string> kinds)
    {
        var reasons = versions.Where(v => history.Published(set.Set.Id, v) == moment).Select(RuleChanged).ToList();
        var ids = versions.Select(v => v.Id).ToHashSet(StringComparer.Ordinal);
        reasons.AddRange(history.Last.Acts.Where(a => ids.Contains(a.Policy) && history.Acted(set.Set.Id, a) == moment).Select(Acted));
        var records = Records(moment, set, kinds);
        if (reasons.Count == 0 && records.Count == 0)
            records = Records(moment, set, null);
        reasons.AddRange(records);
        return reasons.Count > 0
            ? reasons
            : [new ChangeReason(ReasonKind.Day, "a day came", "", $"{Domain.Time.ChinaTime.DayOf(moment.At):yyyy-MM-dd}")];
    }

    private ChangeReason RuleChanged(Policy version)
    {
        var before = catalogue.VersionsOf(version.Id).TakeWhile(v => v != version).LastOrDefault();
        return new ChangeReason(ReasonKind.Rule, $"entry {version.Id}", before?.Hash.Hex[..12] ?? "", version.Hash.Hex[..12]);
    }

    private static ChangeReason Acted(PolicyAct act) =>
        act switch
        {
            PolicyAct.MadeAutomatic => new(ReasonKind.Act, $"entry {act.Policy}", "", "made automatic"),
            PolicyAct.PutInShadow => new(ReasonKind.Act, $"entry {act.Policy}", "", "put in shadow"),
            PolicyAct.StillInForce still => new(ReasonKind.Act, $"entry {act.Policy}", "", $"in force through {still.Through:yyyy-MM-dd}"),
            _ => new(ReasonKind.Act, $"entry {act.Policy}", "", act.GetType().Name),
        };

    private static List<ChangeReason> Records(CountedMoment moment, ReplayedSet set, HashSet<string>? kinds)
    {
        var reasons = new List<ChangeReason>();
        foreach (
            var record in set
                .Facts.Where(f => f.Moment.CompareTo(moment) <= 0)
                .GroupBy(f => (f.Fact.Source, f.Fact.RecordId))
                .OrderBy(g => g.Key.Source, StringComparer.Ordinal)
                .ThenBy(g => g.Key.RecordId, StringComparer.Ordinal)
        )
        {
            var now = Latest(record);
            if (now.Moment != moment)
                continue;
            var before = record.Any(f => f.Moment != moment) ? Latest(record.Where(f => f.Moment != moment)).Fact : null;
            if (kinds is null || kinds.Contains(now.Fact.Kind) || (before is not null && kinds.Contains(before.Kind)))
                reasons.AddRange(Changed(before, now.Fact));
        }

        return reasons;
    }

    private static IEnumerable<ChangeReason> Changed(Fact? before, Fact now)
    {
        var tells = now.Source != WithheldSource;
        var record = tells ? $"{now.Source}/{now.RecordId}" : now.Source;
        if (now.Withdrawn)
            return [new ChangeReason(ReasonKind.Fact, record, "", "withdrawn")];
        var old = before is { Withdrawn: false } ? before : null;
        var names = now.Values.Keys.Union(old?.Values.Keys ?? []).Order(StringComparer.Ordinal);
        var fields = names
            .Where(n => now.Value(n) != old?.Value(n))
            .Select(n => new ChangeReason(
                ReasonKind.Fact,
                $"{record} {n}",
                tells ? old?.Value(n)?.ToDeliveredText() ?? "" : "",
                tells ? now.Value(n)?.ToDeliveredText() ?? "missing" : Withheld
            ))
            .ToList();
        if (old is not null && old.EffectiveOn != now.EffectiveOn)
            fields.Add(
                new ChangeReason(
                    ReasonKind.Fact,
                    $"{record} effective day",
                    $"{old.EffectiveOn:yyyy-MM-dd}",
                    $"{now.EffectiveOn:yyyy-MM-dd}"
                )
            );
        return fields.Count > 0
            ? fields
            : [new ChangeReason(ReasonKind.Fact, record, "", $"recorded {now.RecordedAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}")];
    }

    /// <summary>Of a record's versions the one that stands, as <see cref="FactView"/> has it.</summary>
    private static CountedFact Latest(IEnumerable<CountedFact> versions) =>
        versions.OrderBy(f => f.Fact.RecordedAt).ThenBy(f => f.Fact.Hash.Hex, StringComparer.Ordinal).Last();

    /// <summary>The versions of an entry and of those that exclude it, with the kinds of facts they read.</summary>
    private (IReadOnlyList<Policy> Versions, HashSet<string> Kinds) Related(string policy)
    {
        if (_related.TryGetValue(policy, out var known))
            return known;
        var own = catalogue.VersionsOf(policy).Where(v => v.Terms is not null).ToList();
        var groups = own.Select(v => v.Terms!.Group?.Id).OfType<string>().ToHashSet(StringComparer.Ordinal);
        List<Policy> versions =
        [
            .. own,
            .. catalogue.Policies.Where(p => p.Id != policy && p.Terms?.Group is { } group && groups.Contains(group.Id)),
        ];
        return _related[policy] = (versions, versions.SelectMany(v => TermsWalk.KindsOf(v.Terms!)).ToHashSet(StringComparer.Ordinal));
    }
}
