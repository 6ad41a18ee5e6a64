using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Domain.Replaying;

/// <summary>
/// When something counts: at its own moment, or, known too late for the round of that moment, at the edge of the round that first sees it.
/// What counts at an edge comes after all that had that moment by itself, so a closed round is never touched again.
/// </summary>
/// <param name="At">The moment, UTC.</param>
/// <param name="Edge">0 for an own moment; otherwise the number of the round whose beginning it counts at.</param>
public readonly record struct CountedMoment(DateTimeOffset At, int Edge = 0) : IComparable<CountedMoment>
{
    /// <summary>Whether it was known too late for its own round.</summary>
    public bool IsLate => Edge > 0;

    /// <summary>By moment, then by edge.</summary>
    public int CompareTo(CountedMoment other) => At != other.At ? At.CompareTo(other.At) : Edge.CompareTo(other.Edge);
}

/// <summary>A fact with the moment at which it counts for a set of pools.</summary>
public sealed record CountedFact(Fact Fact, CountedMoment Moment);

/// <summary>An act about an entry with the moment at which it counts for a set of pools.</summary>
public sealed record CountedAct(PolicyAct Act, CountedMoment Moment);

/// <summary>The permanent name of a claim.</summary>
/// <param name="Policy">Id of the entry.</param>
/// <param name="Occasion">Benefit year, record number, or "once".</param>
/// <param name="Uscc">The enterprise's code as it was then.</param>
/// <param name="Number">0 for the first claim, 1, 2 … for supplements.</param>
public sealed record ClaimKey(string Policy, string Occasion, Uscc Uscc, int Number)
{
    /// <summary>The parts joined by vertical bars, for people and logs.</summary>
    public override string ToString() => $"{Policy}|{Occasion}|{Uscc}|{Number}";
}

/// <summary>What replaying an enterprise's facts gives: claims and reductions in the order of their moments.</summary>
public abstract record Movement(CountedMoment Moment)
{
    /// <summary>The claim it makes or limits.</summary>
    public abstract ClaimKey Claim { get; }

    /// <summary>What is due rose.</summary>
    /// <param name="Key">Its permanent name.</param>
    /// <param name="Entry">The version of the entry that raised it.</param>
    /// <param name="Amount">The increment with both shares.</param>
    /// <param name="Moment">When it rose.</param>
    /// <param name="Year">The calendar year of the occasion.</param>
    /// <param name="Deciding">The record that gives its place in the order.</param>
    /// <param name="Facts">All records it rests on.</param>
    /// <param name="Receipt">The decision with all its reasons; null where receipts were not asked for.</param>
    public sealed record Claimed(
        ClaimKey Key,
        Policy Entry,
        Shares Amount,
        CountedMoment Moment,
        int Year,
        Fact Deciding,
        IReadOnlyList<Fact> Facts,
        Decision? Receipt
    ) : Movement(Moment)
    {
        /// <inheritdoc/>
        public override ClaimKey Claim => Key;

        /// <summary>The hash over the hashes of its facts, sorted; the claim's identity rests on it.</summary>
        public ContentHash FactsHash => CanonicalJson.Hash(Facts.Select(f => f.Hash.Hex).Order(StringComparer.Ordinal).ToArray());
    }

    /// <summary>What is due fell; an earlier claim is limited.</summary>
    /// <param name="Key">The claim.</param>
    /// <param name="Limit">What it is limited to, both shares; zero withdraws it.</param>
    /// <param name="Moment">When it fell.</param>
    public sealed record Limited(ClaimKey Key, Shares Limit, CountedMoment Moment) : Movement(Moment)
    {
        /// <inheritdoc/>
        public override ClaimKey Claim => Key;
    }
}
