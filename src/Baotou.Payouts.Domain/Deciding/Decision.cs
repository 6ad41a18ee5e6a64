using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;

namespace Baotou.Payouts.Domain.Deciding;

/// <summary>What a policy says about an enterprise's facts.</summary>
public enum Outcome
{
    /// <summary>All conditions hold and no other award of its group stands before it.</summary>
    Entitled,

    /// <summary>A condition does not hold; the steps say which.</summary>
    NotEntitled,

    /// <summary>It would be entitled, but another award of its group stands before it.</summary>
    Superseded,

    /// <summary>A fact that a condition needs is not known; the steps say which and who would hold it.</summary>
    FactsMissing,

    /// <summary>The entry was not in force on the day that counts.</summary>
    Expired,

    /// <summary>The entry cannot be computed; it says why.</summary>
    NotAutomatic,
}

/// <summary>One condition as it was looked at.</summary>
/// <param name="Condition">What was asked, in words.</param>
/// <param name="Value">The value used, with its unit, in Chinese; empty if the fact is missing.</param>
/// <param name="Threshold">What it was compared with.</param>
/// <param name="Holds">Whether it holds; null if the fact is missing.</param>
/// <param name="Source">Dataset of the fact; for a missing fact, the agency that would hold it.</param>
/// <param name="RecordId">Number of the record; empty if missing.</param>
/// <param name="EffectiveOn">The day the fact took effect; null if missing.</param>
/// <param name="EnglishValue">The value in English; null where it is written as in Chinese, and in receipts of the first wording.</param>
public sealed record Step(
    Bilingual Condition,
    string Value,
    Bilingual Threshold,
    bool? Holds,
    string Source,
    string RecordId,
    DateOnly? EffectiveOn,
    string? EnglishValue = null
)
{
    /// <summary>The value in English, as far as it was kept.</summary>
    public string ValueEn => EnglishValue ?? Value;
}

/// <summary>A policy applied to an enterprise's facts for one occasion.</summary>
public sealed record Decision
{
    /// <summary>Id of the entry.</summary>
    public required string Policy { get; init; }

    /// <summary>Hash of the version of the entry that was applied.</summary>
    public required ContentHash EntryHash { get; init; }

    /// <summary>The occasion: a benefit year, a record number, or "once"; empty if there is none to speak of.</summary>
    public string Occasion { get; init; } = "";

    /// <summary>The answer.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>
    /// What is due; zero unless <see cref="Deciding.Outcome.Entitled"/>. For a superseded award, what it would have been stands in the
    /// arithmetic.
    /// </summary>
    public Fen Amount { get; init; }

    /// <summary>Who bears it.</summary>
    public Shares Shares { get; init; }

    /// <summary>The entry that stands before it; null unless superseded.</summary>
    public string? SupersededBy { get; init; }

    /// <summary>
    /// What it is chosen from: equal for awards that exclude each other; null for an award that excludes none or is not due.
    /// </summary>
    public (string Group, string Unit)? Choice { get; init; }

    /// <summary>Each condition with the value used.</summary>
    public IReadOnlyList<Step> Steps { get; init; } = [];

    /// <summary>How the amount came about; where the conditions hold and nothing is due, why.</summary>
    public Bilingual Arithmetic { get; init; } = new("", "");

    /// <summary>The answer in one sentence.</summary>
    public required Bilingual Reason { get; init; }

    /// <summary>The records the decision rests on; empty if there are none.</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>The record that is the occasion; null if there is none.</summary>
    public Fact? Anchor { get; init; }
}
