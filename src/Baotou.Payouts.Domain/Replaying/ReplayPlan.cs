using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Time;

namespace Baotou.Payouts.Domain.Replaying;

/// <summary>
/// Everything about a replay that is the same for all enterprises: which entries, their acts and publications, and which entries a kind of
/// fact or a moment can touch. Made once, used for many enterprises, by any number of threads.
/// </summary>
public sealed class ReplayPlan
{
    private readonly Dictionary<string, PolicyCheck[]> _byKind;
    private readonly SortedDictionary<CountedMoment, PolicyCheck[]> _byMoment;
    private readonly Dictionary<string, CountedAct[]> _acts;
    private readonly Dictionary<Policy, CountedMoment> _published;
    private readonly Dictionary<string, PolicyCheck> _byId;

    /// <summary>Plans the replay of some entries.</summary>
    /// <param name="decider">The list.</param>
    /// <param name="policies">Ids of the entries to replay: those whose pools share a watermark.</param>
    /// <param name="acts">Acts about entries. Without <see cref="PolicyAct.MadeAutomatic"/> an entry is in shadow.</param>
    /// <param name="published">When each version of an entry counts as published; null for the beginning of the day it was published
    /// on.</param>
    public ReplayPlan(
        Decider decider,
        IReadOnlyCollection<string> policies,
        IEnumerable<CountedAct> acts,
        Func<Policy, CountedMoment>? published = null
    )
    {
        var ids = policies.ToHashSet(StringComparer.Ordinal);
        PolicyCheck[] checks = [.. decider.Checks.Where(c => ids.Contains(c.Id) && c.Kinds.Count > 0)];
        _byId = checks.ToDictionary(c => c.Id, StringComparer.Ordinal);
        _acts = acts.GroupBy(a => a.Act.Policy).ToDictionary(g => g.Key, g => g.OrderBy(a => a.Moment).ToArray(), StringComparer.Ordinal);
        _published = new Dictionary<Policy, CountedMoment>(ReferenceEqualityComparer.Instance);
        foreach (var version in checks.SelectMany(c => c.Versions))
            _published[version] = published?.Invoke(version) ?? new CountedMoment(ChinaTime.StartOf(version.PublishedOn));
        _byKind = checks
            .SelectMany(c => c.Kinds.Select(k => (Kind: k, Check: c)))
            .GroupBy(p => p.Kind)
            .ToDictionary(g => g.Key, g => g.Select(p => p.Check).ToArray(), StringComparer.Ordinal);
        _byMoment = new(
            checks
                .SelectMany(c =>
                    c.Versions.Select(v => _published[v])
                        .Concat(ActsOf(c.Id).Select(a => a.Moment))
                        .Distinct()
                        .Select(m => (Moment: m, Check: c))
                )
                .GroupBy(p => p.Moment)
                .ToDictionary(g => g.Key, g => g.Select(p => p.Check).ToArray())
        );
    }

    /// <summary>The moments at which something changes whatever the facts are.</summary>
    internal IEnumerable<CountedMoment> Moments => _byMoment.Keys;

    internal IReadOnlyCollection<PolicyCheck> Checks => _byId.Values;

    internal PolicyCheck Check(string id) => _byId[id];

    /// <summary>The entries that new facts of these kinds, or the moment itself, can touch; each once.</summary>
    internal List<PolicyCheck> Touched(IReadOnlyCollection<string> kinds, CountedMoment moment)
    {
        var touched = new HashSet<PolicyCheck>(ReferenceEqualityComparer.Instance);
        foreach (var kind in kinds)
        {
            if (_byKind.TryGetValue(kind, out var readers))
                touched.UnionWith(readers);
        }

        if (_byMoment.TryGetValue(moment, out var acted))
            touched.UnionWith(acted);
        return [.. touched];
    }

    internal bool IsPublished(Policy version, CountedMoment moment) => _published[version].CompareTo(moment) <= 0;

    /// <summary>
    /// Whether an entry reserves at a moment: automatic by an act, for an enterprise, and in force by its print or by an act.
    /// </summary>
    internal bool Reserves(Policy entry, CountedMoment moment)
    {
        if (entry.Class is not PolicyClass.Automatic || entry.Payee != Payee.Enterprise)
            return false;
        var past = ActsOf(entry.Id).Where(a => a.Moment.CompareTo(moment) <= 0).Select(a => a.Act).ToList();
        if (past.LastOrDefault(a => a is PolicyAct.MadeAutomatic or PolicyAct.PutInShadow) is not PolicyAct.MadeAutomatic)
            return false;
        var day = ChinaTime.DayOf(moment.At);
        return entry.Validity.To is not null || past.OfType<PolicyAct.StillInForce>().Any(a => day <= a.Through);
    }

    private CountedAct[] ActsOf(string policy) => _acts.GetValueOrDefault(policy) ?? [];
}
