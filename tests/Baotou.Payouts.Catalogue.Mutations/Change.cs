using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues.Mutations;

/// <summary>One small change of a part of an entry.</summary>
/// <param name="What">The change, in words: "at-least 3000 → more-than 3000".</param>
/// <param name="To">The changed part.</param>
/// <param name="Equivalent">Why no facts can tell it from the original; null if some can.</param>
public sealed record Change<T>(string What, T To, string? Equivalent = null)
{
    /// <summary>The same change seen from the part around it.</summary>
    public Change<TOuter> Within<TOuter>(Func<T, TOuter> wrap, string place = "") => new(place + What, wrap(To), Equivalent);
}

/// <summary>An entry with one change, or the same change of all entries that take the changed value from one place.</summary>
/// <param name="Kind">What was changed: "condition", "award", "cap", "rounding", "funding", "occasion", "group" or "validity".</param>
/// <param name="What">The change, in words.</param>
/// <param name="Before">The entry as it stands in the list.</param>
/// <param name="After">The entry with the change.</param>
/// <param name="Equivalent">Why no facts can tell them apart; null if some can.</param>
public sealed record Mutation(string Kind, string What, Policy Before, Policy After, string? Equivalent)
{
    /// <summary>Further entries that change with it, as they stand and as changed.</summary>
    public IReadOnlyDictionary<Policy, Policy> Further { get; init; } = new Dictionary<Policy, Policy>();

    /// <summary>The entries that change, as they stand.</summary>
    public IEnumerable<Policy> Changed => Further.Keys.Prepend(Before);

    /// <summary>What stands in the place of an entry.</summary>
    public Policy InsteadOf(Policy policy) => ReferenceEquals(policy, Before) ? After : Further.GetValueOrDefault(policy, policy);

    /// <summary>The part of the list it belongs to: "17", "19-cont".</summary>
    public string Section => SectionOf(Before.Id);

    /// <summary>The part of the list an id belongs to: document, and for a divided document its part.</summary>
    public static string SectionOf(string id) =>
        id.Split('-') is [var document, "cont" or "adj" or "new" or "plan" or "re", ..] parts ? $"{document}-{parts[1]}" : id.Split('-')[0];
}
