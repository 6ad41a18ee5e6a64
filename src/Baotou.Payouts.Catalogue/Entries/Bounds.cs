using System.Collections.Immutable;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues.Entries;

/// <summary>
/// What an entry's conditions leave possible: for numbers the least and the most, both included; for codes those that remain.
/// </summary>
internal sealed record Bounds(
    ImmutableDictionary<FieldRef, (long Least, long Most)> Numbers,
    ImmutableDictionary<FieldRef, ImmutableHashSet<string>> Codes
)
{
    internal static readonly Bounds None = new(
        ImmutableDictionary<FieldRef, (long, long)>.Empty,
        ImmutableDictionary<FieldRef, ImmutableHashSet<string>>.Empty
    );

    internal (long Least, long Most) Of(FieldRef field) => Numbers.TryGetValue(field, out var range) ? range : (0, long.MaxValue);

    internal ImmutableHashSet<string> Of(FieldRef reference, FactField field) =>
        Codes.TryGetValue(reference, out var codes) ? codes : [.. field.Codes.Select(c => c.Code)];

    internal Bounds With(FieldRef field, long least, long most)
    {
        var (oldLeast, oldMost) = Of(field);
        return this with { Numbers = Numbers.SetItem(field, (Math.Max(oldLeast, least), Math.Min(oldMost, most))) };
    }

    internal Bounds With(FieldRef reference, FactField field, IEnumerable<string> codes) =>
        this with
        {
            Codes = Codes.SetItem(reference, Of(reference, field).Intersect(codes)),
        };

    /// <summary>These bounds narrowed by one condition that must hold.</summary>
    internal Bounds And(Condition condition, FactDictionary facts)
    {
        switch (condition)
        {
            case Condition.OneOf one:
                return With(one.Field, FieldOf(one.Field, facts), one.Codes);
            case Condition.Compare { Threshold.IsText: true, Comparison: Comparison.Equal } code:
                return With(code.Field, FieldOf(code.Field, facts), [code.Threshold.Text!]);
            case Condition.Compare { Threshold.IsText: true } code:
                return With(
                    code.Field,
                    FieldOf(code.Field, facts),
                    Of(code.Field, FieldOf(code.Field, facts)).Remove(code.Threshold.Text!)
                );
            case Condition.Compare number:
                var n = number.Threshold.Number;
                return number.Comparison switch
                {
                    Comparison.AtLeast => With(number.Field, n, long.MaxValue),
                    Comparison.MoreThan => With(number.Field, n + 1, long.MaxValue),
                    Comparison.AtMost => With(number.Field, 0, n),
                    Comparison.LessThan => With(number.Field, 0, n - 1),
                    Comparison.Equal => With(number.Field, n, n),
                    _ => this,
                };
            default:
                return this;
        }
    }

    /// <summary>The first field for which nothing remains, or null.</summary>
    internal FieldRef? Impossible() =>
        Numbers
            .Where(n => n.Value.Least > n.Value.Most)
            .Select(n => n.Key)
            .Concat(Codes.Where(c => c.Value.IsEmpty).Select(c => c.Key))
            .FirstOrDefault();

    private static FactField FieldOf(FieldRef field, FactDictionary facts) => facts.Find(field.Kind)!.Field(field.Field)!;
}
