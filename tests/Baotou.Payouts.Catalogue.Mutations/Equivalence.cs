using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues.Mutations;

/// <summary>Why some changes can be told from the original by no facts at all. Each rule gives its reason; what has none counts.</summary>
internal static class Equivalence
{
    /// <summary>Whether amounts always come in whole yuan, in whole fen, or in fractions of a fen.</summary>
    private enum Grain
    {
        Yuan,
        Fen,
        Fraction,
    }

    /// <summary>A condition that only repeats what the award, or another condition, asks by itself can be loosened unseen.</summary>
    public static string? Of(Terms before, Terms after, FactDictionary facts)
    {
        if (ReferenceEquals(before.Conditions, after.Conditions))
            return OfRaise(before, after);
        var (gone, come) = (before.Conditions.Except(after.Conditions).ToList(), after.Conditions.Except(before.Conditions).ToList());
        return gone is [var old] ? OfCondition(old, come is [var changed] ? changed : null, before, facts) : null;
    }

    /// <summary>Ceilings whose spans hold the same occasions are one ceiling.</summary>
    public static string? OfSpans(Terms terms, Cap cap, CapSpan to)
    {
        if (terms is { Occasion: OccasionKind.Once, OnceBy: null })
            return "there is one occasion ever";
        if (terms.Occasion == OccasionKind.Year && cap.By is null && cap.Span != CapSpan.Lifetime && to != CapSpan.Lifetime)
            return "there is one occasion a year";
        return null;
    }

    /// <summary>Rounding is seen only on what is finer than its unit; a cap in whole yuan does not change that.</summary>
    public static string? OfRounding(Terms terms, Rounding to, FactDictionary facts)
    {
        var grain = GrainOf(terms.Award, facts);
        if (grain == Grain.Yuan)
            return "all amounts are whole yuan";
        static bool Yuan(Rounding r) => r is Rounding.YuanDown or Rounding.YuanHalfUp;
        return grain == Grain.Fen && !Yuan(terms.Rounding) && !Yuan(to) ? "all amounts are whole fen" : null;
    }

    /// <summary>The order of two members of a group counts only where both can come to the same amount.</summary>
    public static string? OfOrder(Terms a, Terms b) =>
        AmountsOf(a) is { } one && AmountsOf(b) is { } other && !one.Intersect(other).Any() ? "the two never come to one amount" : null;

    /// <summary>A sum that fills a ceiling by itself is cut to it, however much higher the sum is.</summary>
    private static string? OfRaise(Terms before, Terms after) =>
        (before.Award, after.Award) is (Award.Fixed sum, Award.Fixed raised)
        && raised.Amount > sum.Amount
        && before.Caps == after.Caps
        && before.Caps.Any(c => c.Amount <= sum.Amount)
            ? "the ceiling cuts it to the same"
            : null;

    private static string? OfCondition(Condition old, Condition? changed, Terms terms, FactDictionary facts)
    {
        switch (old)
        {
            case Condition.OneOf one
                when terms.Award is Award.Tier tier
                    && tier.Field == one.Field
                    && (changed is null || changed is Condition.OneOf { Codes: var codes } && one.Codes.All(codes.Contains)):
                return IsRequired(one.Field, facts) && tier.Cases.All(c => c is TierCase.ByCode by && one.Codes.Contains(by.Code))
                    ? "the award has no case for other codes"
                    : null;
            case Condition.Compare { Threshold.IsText: false } number when Loosened(number, changed):
                var begins = Begins(terms.Award, number.Field, facts);
                if (begins is { } from && number.Comparison is Comparison.AtLeast && number.Threshold.Number <= from)
                    return "the award begins there by itself";
                return number.Comparison is Comparison.MoreThan && number.Threshold.Number == 0 && Nothing(terms.Award, number.Field)
                        ? "of nothing comes nothing"
                    : number.Comparison is Comparison.AtLeast && number.Threshold.Number == 1 && Nothing(terms.Award, number.Field)
                        ? "of nothing comes nothing"
                    : null;
            case Condition.Compare { Comparison: Comparison.MoreThan, Threshold: { Type: FieldType.Money, Number: 0 } } nothing
                when changed is Condition.Compare { Comparison: Comparison.MoreThan, Threshold.Number: 1 }
                    && terms.Rounding == Rounding.FenDown
                    && BelowOne(terms.Award, nothing.Field):
                return "a share of one fen is less than a fen";
            default:
                return null;
        }
    }

    private static bool Loosened(Condition.Compare old, Condition? changed) =>
        changed switch
        {
            null => true,
            Condition.Compare c when c.Field == old.Field => (old.Comparison, c.Comparison) switch
            {
                (Comparison.AtLeast, Comparison.AtLeast) => c.Threshold.Number < old.Threshold.Number,
                (Comparison.MoreThan, Comparison.AtLeast) => true,
                _ => false,
            },
            _ => false,
        };

    /// <summary>The least number of a field with which an award pays anything; null if it does not depend on one.</summary>
    private static long? Begins(Award award, FieldRef field, FactDictionary facts) =>
        award switch
        {
            Award.Steps s when s.Of == field => s.From * Scale(field, facts),
            Award.PerUnit { Each: > 1, Times: null } u when u.Units == field => u.Each * Scale(field, facts),
            Award.Tier t when t.Field == field => t.Cases.OfType<TierCase.ByRange>().Select(r => r.From ?? 0).DefaultIfEmpty(0).Min(),
            _ => null,
        };

    /// <summary>Whether zero in a field makes the award zero, which is none.</summary>
    private static bool Nothing(Award award, FieldRef field) =>
        award switch
        {
            Award.Percent p => p.Of == field,
            Award.PerUnit u => u.Units == field || u.Times == field,
            Award.YearlySchedule y => y.Of == field,
            Award.Interest { Basis: InterestBasis.Paid p } => p.Interest == field,
            Award.Interest { Basis: InterestBasis.Computed c } => c.Principal == field || c.Rate == field || c.Days == field,
            Award.LowestOf l => l.Awards.Any(a => Nothing(a, field)),
            Award.TopUp t => Nothing(t.To, field),
            Award.Tier t => t.Cases.All(c => Nothing(c.Award, field)),
            _ => false,
        };

    /// <summary>Whether one fen in a field gives less than a fen, whatever the class.</summary>
    private static bool BelowOne(Award award, FieldRef field) =>
        award is Award.Percent p && p.Of == field && p.Rates.Values.Append(p.Otherwise ?? default).All(r => r.Value < 10_000);

    private static long Scale(FieldRef field, FactDictionary facts) =>
        facts.Find(field.Kind)!.Field(field.Field)!.Type == FieldType.Quantity ? 1000 : 1;

    private static bool IsRequired(FieldRef field, FactDictionary facts) => facts.Find(field.Kind)!.Field(field.Field)!.Required;

    private static Grain GrainOf(Award award, FactDictionary facts) =>
        award switch
        {
            Award.Fixed a => Of(a.Amount),
            Award.Tier a => a.Cases.Max(c => GrainOf(c.Award, facts)),
            Award.Steps a => (Grain)Math.Max((int)Of(a.Base), (int)Of(a.More)),
            Award.PerUnit a when a.Each > 1 || facts.Find(a.Units.Kind)!.Field(a.Units.Field)!.Type == FieldType.Count => Of(a.Amount),
            Award.PerUnit a => a.Amount.Value % 100_000 == 0 ? Grain.Yuan
            : a.Amount.Value % 1_000 == 0 ? Grain.Fen
            : Grain.Fraction,
            Award.LowestOf a => a.Awards.Max(x => GrainOf(x, facts)),
            Award.Percent a when a.Rates.Values.Append(a.Otherwise ?? default).All(Whole) => Grain.Fen,
            Award.YearlySchedule a when a.Rates.All(Whole) => Grain.Fen,
            Award.Interest { Basis: InterestBasis.Paid } a when Whole(a.Share) => Grain.Fen,
            Award.TopUp a => (Grain)Math.Max((int)GrainOf(a.To, facts), (int)Grain.Fen),
            _ => Grain.Fraction,
        };

    private static bool Whole(BasisPoints rate) => rate.Value % 10_000 == 0;

    private static Grain Of(Fen amount) => amount.Value % 100 == 0 ? Grain.Yuan : Grain.Fen;

    /// <summary>The amounts an award can come to, where they are few; null where they are many.</summary>
    private static IReadOnlyList<Fen>? AmountsOf(Terms terms) =>
        terms.Caps.Count > 0
            ? null
            : terms.Award switch
            {
                Award.Fixed a => [a.Amount],
                Award.Tier a when a.Cases.All(c => c.Award is Award.Fixed) => [.. a.Cases.Select(c => ((Award.Fixed)c.Award).Amount)],
                _ => null,
            };
}
