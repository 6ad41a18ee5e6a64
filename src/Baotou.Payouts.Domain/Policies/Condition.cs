using System.Text.Json.Serialization;
using Baotou.Payouts.Domain.Facts;

namespace Baotou.Payouts.Domain.Policies;

/// <summary>
/// A field that a condition or an award reads, seen from the occasion: a field of the anchor record itself, of the year's figure
/// <paramref name="YearOffset"/> years from the occasion's year, or of the state (or latest record) in effect on the occasion's day.
/// </summary>
/// <param name="Kind">Id of the fact kind.</param>
/// <param name="Field">Name of the field.</param>
/// <param name="YearOffset">0 for the occasion's own year, −1 for the year before; only for kinds by year.</param>
public sealed record FieldRef(string Kind, string Field, int YearOffset = 0)
{
    /// <summary>"kind.field", with "[-1]" behind it for another year.</summary>
    public override string ToString() => YearOffset == 0 ? $"{Kind}.{Field}" : $"{Kind}.{Field}[{YearOffset}]";
}

/// <summary>
/// How two values are compared. The printed 以上 includes the number (<see cref="AtLeast"/>), 超过 does not (<see cref="MoreThan"/>).
/// </summary>
public enum Comparison
{
    /// <summary>以上, 达到, 不少于: the number is included.</summary>
    AtLeast,

    /// <summary>超过, 大于: the number is not included.</summary>
    MoreThan,

    /// <summary>以下(含), 不超过: the number is included.</summary>
    AtMost,

    /// <summary>低于, 不含: the number is not included.</summary>
    LessThan,

    /// <summary>Equal.</summary>
    Equal,

    /// <summary>Not equal.</summary>
    NotEqual,
}

/// <summary>One condition of a policy. The vocabulary is closed: what cannot be said here is not computable.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Compare), "compare")]
[JsonDerivedType(typeof(OneOf), "one-of")]
[JsonDerivedType(typeof(WithinDays), "within-days")]
[JsonDerivedType(typeof(YearsSince), "years-since")]
[JsonDerivedType(typeof(Count), "count")]
[JsonDerivedType(typeof(Total), "total")]
[JsonDerivedType(typeof(AnyOf), "any-of")]
public abstract record Condition
{
    private Condition() { }

    /// <summary>A field compared with a number, a flag, a day or a code.</summary>
    public sealed record Compare(FieldRef Field, Comparison Comparison, FactValue Threshold) : Condition;

    /// <summary>A code that is one of a list.</summary>
    public sealed record OneOf(FieldRef Field, IReadOnlyList<string> Codes) : Condition;

    /// <summary>Two days at most so many days apart, the later not before the earlier; both ends included.</summary>
    /// <param name="From">The earlier day.</param>
    /// <param name="To">The later day; null for the occasion's day.</param>
    /// <param name="Days">0 or more.</param>
    public sealed record WithinDays(FieldRef From, FieldRef? To, int Days) : Condition;

    /// <summary>Whole years that have passed from a day to the occasion's day.</summary>
    public sealed record YearsSince(FieldRef From, Comparison Comparison, int Years) : Condition;

    /// <summary>
    /// The number of records of a kind in calendar years relative to the occasion's year (both ends included) that fit all of
    /// <paramref name="Where"/>. By <paramref name="DistinctYears"/>, records of one year count once.
    /// </summary>
    public sealed record Count(
        string Kind,
        IReadOnlyList<Condition> Where,
        int FromYear,
        int ToYear,
        bool DistinctYears,
        Comparison Comparison,
        long Threshold
    ) : Condition;

    /// <summary>
    /// The sum of a field over the records of its kind in the occasion's calendar year that fit all of <paramref name="Where"/>.
    /// </summary>
    public sealed record Total(FieldRef Field, IReadOnlyList<Condition> Where, Comparison Comparison, FactValue Threshold) : Condition;

    /// <summary>At least one of several conditions.</summary>
    public sealed record AnyOf(IReadOnlyList<Condition> Conditions) : Condition;
}
