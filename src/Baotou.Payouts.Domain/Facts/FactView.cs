using Baotou.Payouts.Domain.Time;

namespace Baotou.Payouts.Domain.Facts;

/// <summary>
/// What is known and in effect about one enterprise at a moment: of each record its latest version, withdrawn ones left out.
/// </summary>
public sealed class FactView
{
    private readonly Dictionary<(string Source, string RecordId), Fact> _latest = [];
    private readonly Dictionary<string, List<Fact>> _byKind = new(StringComparer.Ordinal);

    /// <summary>What is known at the end of a legal day.</summary>
    /// <param name="facts">Facts of one enterprise, in any order, repeats allowed.</param>
    /// <param name="asOf">The day, included: facts recorded and in effect on it count.</param>
    public static FactView At(IEnumerable<Fact> facts, DateOnly asOf)
    {
        var end = ChinaTime.EndOf(asOf);
        var view = new FactView();
        foreach (var fact in facts.Where(f => MomentOf(f) <= end))
            view.Apply(fact);
        return view;
    }

    /// <summary>
    /// The moment from which a fact counts: when it was recorded, or the beginning of the day it takes effect if that is later.
    /// </summary>
    public static DateTimeOffset MomentOf(Fact fact)
    {
        var effective = ChinaTime.StartOf(fact.EffectiveOn);
        return effective > fact.RecordedAt ? effective : fact.RecordedAt;
    }

    /// <summary>
    /// Takes a fact in. Of two versions of one record the one recorded later stands; for one moment the one with the larger hash, so that
    /// the order of calls does not matter.
    /// </summary>
    /// <returns>False if the view did not change.</returns>
    public bool Apply(Fact fact)
    {
        var key = (fact.Source, fact.RecordId);
        if (_latest.TryGetValue(key, out var current))
        {
            if (!IsNewer(fact, current))
                return false;
            Remove(current);
        }

        _latest[key] = fact;
        if (fact.Withdrawn)
            return true;
        if (!_byKind.TryGetValue(fact.Kind, out var list))
            _byKind[fact.Kind] = list = [];
        list.Insert(~list.BinarySearch(fact, InOrder), fact);
        return true;
    }

    /// <summary>The latest version of a record, be it a withdrawal; null if there is none.</summary>
    public Fact? Latest(string source, string recordId) => _latest.GetValueOrDefault((source, recordId));

    /// <summary>The latest version of every record, withdrawals included.</summary>
    internal IEnumerable<Fact> Latests => _latest.Values;

    /// <summary>The current records of a kind, by the moment they count from, then record number.</summary>
    public IReadOnlyList<Fact> OfKind(string kind) => _byKind.TryGetValue(kind, out var list) ? list : [];

    /// <summary>The record of a kind with the latest effective day that is not after <paramref name="day"/>; null if none.</summary>
    public Fact? InEffect(string kind, DateOnly day)
    {
        Fact? found = null;
        foreach (var fact in OfKind(kind))
        {
            if (fact.EffectiveOn <= day && (found is null || fact.EffectiveOn >= found.EffectiveOn))
                found = fact;
        }

        return found;
    }

    /// <summary>The record of a kind for a period, the latest recorded if there are several; null if none.</summary>
    public Fact? OfPeriod(string kind, string period)
    {
        var facts = OfKind(kind);
        for (var i = facts.Count - 1; i >= 0; i--)
        {
            if (facts[i].Period == period)
                return facts[i];
        }

        return null;
    }

    private static readonly Comparer<Fact> InOrder = Comparer<Fact>.Create(
        (a, b) =>
        {
            var byMoment = MomentOf(a).CompareTo(MomentOf(b));
            if (byMoment != 0)
                return byMoment;
            var byRecord = string.CompareOrdinal(a.RecordId, b.RecordId);
            return byRecord != 0 ? byRecord : string.CompareOrdinal(a.Source, b.Source);
        }
    );

    private static bool IsNewer(Fact fact, Fact current) =>
        fact.RecordedAt != current.RecordedAt
            ? fact.RecordedAt > current.RecordedAt
            : string.CompareOrdinal(fact.Hash.Hex, current.Hash.Hex) > 0;

    private void Remove(Fact fact)
    {
        if (!fact.Withdrawn)
            _byKind[fact.Kind].RemoveAll(f => ReferenceEquals(f, fact));
    }
}
