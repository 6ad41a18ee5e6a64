using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Domain.Replaying;

/// <summary>A fact with the moment at which it counts for a set of pools.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="Moment">Its own moment, or the edge of the round in which it was first seen if that is later.</param>
/// <param name="Late">Whether it was known too late for its own round.</param>
public sealed record CountedFact(Fact Fact, DateTimeOffset Moment, bool Late);

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
public abstract record Movement(DateTimeOffset Moment)
{
    /// <summary>What is due rose.</summary>
    /// <param name="Key">Its permanent name.</param>
    /// <param name="Entry">The version of the entry that raised it.</param>
    /// <param name="Amount">The increment with both shares.</param>
    /// <param name="Moment">When it rose.</param>
    /// <param name="Late">Whether a fact it rests on came too late for its own round.</param>
    /// <param name="Year">The calendar year of the occasion.</param>
    /// <param name="Deciding">The record that gives its place in the order.</param>
    /// <param name="Facts">All records it rests on.</param>
    public sealed record Claimed(
        ClaimKey Key, Policy Entry, Shares Amount, DateTimeOffset Moment, bool Late, int Year, Fact Deciding, IReadOnlyList<Fact> Facts) : Movement(Moment)
    {
        /// <summary>The hash over the hashes of its facts, sorted; the claim's identity rests on it.</summary>
        public ContentHash FactsHash => CanonicalJson.Hash(Facts.Select(f => f.Hash.Hex).Order(StringComparer.Ordinal).ToArray());
    }

    /// <summary>What is due fell; an earlier claim is limited.</summary>
    /// <param name="Key">The claim.</param>
    /// <param name="Limit">What it is limited to, both shares; zero withdraws it.</param>
    /// <param name="Moment">When it fell.</param>
    public sealed record Limited(ClaimKey Key, Shares Limit, DateTimeOffset Moment) : Movement(Moment);
}
