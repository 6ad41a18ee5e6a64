using System.Globalization;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Time;

namespace Baotou.Payouts.Domain.Deciding;

/// <summary>Records of a kind that a condition counts or sums for a year, with their sum.</summary>
internal sealed record Counted(IReadOnlyList<Fact> Records, long Sum);

/// <summary>
/// A policy version looked at for one anchor record. Resolves the fields that conditions and awards read. Where asked to, it remembers the
/// records used: that costs more than deciding, and only a claim or an explanation needs it.
/// </summary>
internal sealed class Occasion(
    Policy policy,
    Terms terms,
    Fact anchor,
    FactView view,
    FactDictionary dictionary,
    bool remember,
    int wording,
    Dictionary<(Condition, int), Counted>? counted = null
)
{
    private readonly List<Fact> _used = [anchor];
    private readonly HashSet<Fact>? _usedSet = remember ? new(ReferenceEqualityComparer.Instance) { anchor } : null;

    public Policy Policy { get; } = policy;

    public Terms Terms { get; } = terms;

    public Fact Anchor { get; } = anchor;

    public FactView View { get; } = view;

    public FactDictionary Dictionary => dictionary;

    /// <summary>In which wording conditions and arithmetic are said.</summary>
    public int WordedAs => wording;

    public IReadOnlyList<Fact> Used => _used;

    /// <summary>The day as of which states are read: the record's own day, or the last day of its period.</summary>
    public DateOnly Day { get; } = DayOf(anchor);

    public int Year => Day.Year;

    /// <summary>The permanent part of the payout key.</summary>
    public string Key =>
        Terms.Occasion switch
        {
            OccasionKind.Year => Anchor.Period.Length > 0 ? Anchor.Period : Year.ToString(CultureInfo.InvariantCulture),
            OccasionKind.Once => Terms.OnceBy is { } by ? WrittenOccasion.OnceFor(Resolve(by)?.Value) : "once",
            _ => Anchor.RecordId,
        };

    public FactKind Kind(string id) =>
        dictionary.Find(id)
        ?? throw new InvalidOperationException(
            $"Entry {Policy.Id} speaks of kind '{id}', which the dictionary lacks; the catalogue's checks refuse that."
        );

    public FactField Field(FieldRef field) =>
        Kind(field.Kind).Field(field.Field)
        ?? throw new InvalidOperationException(
            $"Entry {Policy.Id} speaks of field '{field}', which the dictionary lacks; the catalogue's checks refuse that."
        );

    /// <summary>The record a field is read from and its value; null if either is missing.</summary>
    public (FactValue Value, Fact Fact)? Resolve(FieldRef field)
    {
        if (RecordFor(field) is not { } fact || fact.Value(field.Field) is not { } value)
            return null;
        Use(fact);
        return (value, fact);
    }

    public void Use(Fact fact)
    {
        if (_usedSet is not null && _usedSet.Add(fact))
            _used.Add(fact);
    }

    /// <summary>What a condition counts for this occasion's year; worked out once for all occasions of that year.</summary>
    public Counted CountedFor(Condition condition, Func<Counted> work)
    {
        if (counted is null)
            return work();
        if (!counted.TryGetValue((condition, Year), out var known))
            counted[(condition, Year)] = known = work();
        return known;
    }

    private Fact? RecordFor(FieldRef field)
    {
        if (field.Kind == Anchor.Kind && field.YearOffset == 0)
            return Anchor;
        return Kind(field.Kind).Period switch
        {
            PeriodKind.Year => View.OfPeriod(field.Kind, (Year + field.YearOffset).ToString(CultureInfo.InvariantCulture)),
            PeriodKind.Month => View.OfPeriod(field.Kind, Day.ToString("yyyy-MM", CultureInfo.InvariantCulture)),
            _ => View.InEffect(field.Kind, Day),
        };
    }

    /// <summary>
    /// The day that must lie in the entry's validity: the record's own, or for a period's figure the day it became known.
    /// </summary>
    public static DateOnly ValidityDay(Fact anchor) => anchor.Period.Length == 0 ? anchor.EffectiveOn : ChinaTime.DayOf(anchor.RecordedAt);

    /// <summary>The calendar year a record lies in: that of its period, or of the day it took effect.</summary>
    public static int YearOf(Fact fact) => DayOf(fact).Year;

    private static DateOnly DayOf(Fact anchor) =>
        anchor.Period.Length switch
        {
            4 => new DateOnly(int.Parse(anchor.Period, CultureInfo.InvariantCulture), 12, 31),
            7 => DateOnly.ParseExact(anchor.Period + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture).AddMonths(1).AddDays(-1),
            _ => anchor.EffectiveOn,
        };
}
