using System.Text.Json.Serialization;
using Baotou.Payouts.Domain.Money;

namespace Baotou.Payouts.Domain.Policies;

/// <summary>How an amount is worked out. The vocabulary is closed; ceilings of an entry stand in its <see cref="Cap"/>s.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Fixed), "fixed")]
[JsonDerivedType(typeof(Tier), "tier")]
[JsonDerivedType(typeof(Percent), "percent")]
[JsonDerivedType(typeof(PerUnit), "per-unit")]
[JsonDerivedType(typeof(Steps), "steps")]
[JsonDerivedType(typeof(YearlySchedule), "yearly-schedule")]
[JsonDerivedType(typeof(Interest), "interest")]
[JsonDerivedType(typeof(LowestOf), "lowest-of")]
[JsonDerivedType(typeof(TopUp), "top-up")]
public abstract record Award
{
    private Award() { }

    /// <summary>A fixed amount.</summary>
    public sealed record Fixed(Fen Amount) : Award;

    /// <summary>
    /// A case by code or by bracket, each with its own award. Cases neither overlap nor, where <see cref="Field"/> is a number, leave gaps.
    /// </summary>
    public sealed record Tier(FieldRef Field, IReadOnlyList<TierCase> Cases) : Award;

    /// <summary>
    /// A percentage of money, by class. A class without a rate of its own takes <see cref="Otherwise"/>; null there means that class has no
    /// award.
    /// </summary>
    /// <param name="Of">The money.</param>
    /// <param name="Class">The code that selects the rate; null if there is one rate only, in <paramref name="Otherwise"/>.</param>
    /// <param name="Rates">Rate by code.</param>
    /// <param name="Otherwise">Rate of every other class.</param>
    public sealed record Percent(FieldRef Of, FieldRef? Class, IReadOnlyDictionary<string, BasisPoints> Rates, BasisPoints? Otherwise)
        : Award;

    /// <summary>
    /// So much for each whole unit. With <paramref name="Times"/>, units are the product of two fields (visitors × nights).
    /// </summary>
    /// <param name="Units">A count or a quantity; a quantity is paid to its thousandth.</param>
    /// <param name="Times">A second factor, a count; or null.</param>
    /// <param name="Each">How many units make one payment, 1 or more (500 mu of alfalfa); a started block does not count.</param>
    /// <param name="Amount">Paid for each block.</param>
    /// <param name="AtMost">The largest number of blocks paid, or null.</param>
    public sealed record PerUnit(FieldRef Units, FieldRef? Times, long Each, Fen Amount, long? AtMost) : Award;

    /// <summary>A base from a threshold on and more for each whole further step; a started step does not count.</summary>
    public sealed record Steps(FieldRef Of, long From, Fen Base, long Each, Fen More) : Award;

    /// <summary>
    /// A rate that changes with the number of the year: the first entry of <paramref name="Rates"/> is for year 1. Years past the list have
    /// no award.
    /// </summary>
    /// <param name="Of">The money of the occasion's year.</param>
    /// <param name="FirstYear">A day or a year number; the occasion's calendar year minus it, plus one, is the number of the year.</param>
    /// <param name="Rates">By year.</param>
    public sealed record YearlySchedule(FieldRef Of, FieldRef FirstYear, IReadOnlyList<BasisPoints> Rates) : Award;

    /// <summary>A share of interest: of interest actually paid, or of principal × rate × days ÷ day count.</summary>
    public sealed record Interest(InterestBasis Basis, BasisPoints Share) : Award;

    /// <summary>
    /// The lowest of several amounts: a fixed sum "but not more than half of the fees paid". If one of them has no amount, there is none.
    /// </summary>
    public sealed record LowestOf(IReadOnlyList<Award> Awards) : Award;

    /// <summary>
    /// What is missing up to an amount when something like it was received already ("不足部分补齐"); nothing if that was as much or more.
    /// </summary>
    /// <param name="To">The amount topped up to.</param>
    /// <param name="Received">Money received already for the same occasion.</param>
    public sealed record TopUp(Award To, FieldRef Received) : Award;
}

/// <summary>One case of a <see cref="Award.Tier"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(ByCode), "by-code")]
[JsonDerivedType(typeof(ByRange), "by-range")]
public abstract record TierCase(Award Award)
{
    /// <summary>For one code.</summary>
    public sealed record ByCode(string Code, Award Then) : TierCase(Then);

    /// <summary>
    /// For numbers from <paramref name="From"/> (included) to <paramref name="Below"/> (not included), in the smallest unit of the field.
    /// Null is unbounded.
    /// </summary>
    public sealed record ByRange(long? From, long? Below, Award Then) : TierCase(Then);
}

/// <summary>Where interest comes from.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Paid), "paid")]
[JsonDerivedType(typeof(Computed), "computed")]
public abstract record InterestBasis
{
    /// <summary>Interest that was actually paid.</summary>
    public sealed record Paid(FieldRef Interest) : InterestBasis;

    /// <summary>Interest worked out: principal × rate × days ÷ <paramref name="DayCount"/>.</summary>
    /// <param name="Principal">Money.</param>
    /// <param name="Rate">A yearly rate.</param>
    /// <param name="Days">A count.</param>
    /// <param name="DayCount">360 or 365.</param>
    public sealed record Computed(FieldRef Principal, FieldRef Rate, FieldRef Days, int DayCount) : InterestBasis;
}

/// <summary>Over what a cap counts.</summary>
public enum CapSpan
{
    /// <summary>Each occasion by itself.</summary>
    Occasion,

    /// <summary>All occasions of one enterprise in one calendar year.</summary>
    Year,

    /// <summary>All occasions of one enterprise, ever.</summary>
    Lifetime,
}

/// <summary>A ceiling; the amount itself may still be paid. Occasions use up a shared ceiling in the order of their records.</summary>
/// <param name="Amount">The ceiling.</param>
/// <param name="Span">Over what it counts.</param>
/// <param name="By">A field of the anchor whose every value has a ceiling of its own ("同一人"); null for one over all of the enterprise's
/// occasions.</param>
public sealed record Cap(Fen Amount, CapSpan Span, FieldRef? By = null);
