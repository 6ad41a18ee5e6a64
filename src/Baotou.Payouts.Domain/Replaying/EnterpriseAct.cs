using Baotou.Payouts.Domain.Enterprises;

namespace Baotou.Payouts.Domain.Replaying;

/// <summary>
/// Two codes turned out to be one enterprise's. From the moment on their facts are one enterprise's, what is due to it is compared with
/// what both codes have, and new claims bear the later code; keys made before stay as they are.
/// </summary>
/// <param name="From">The code that is no longer used.</param>
/// <param name="Into">The code that stands for both.</param>
/// <param name="Moment">When the act took effect, UTC.</param>
public sealed record CodesMerged(Uscc From, Uscc Into, DateTimeOffset Moment);

/// <summary>A merge with the moment at which it counts for a set of pools.</summary>
public sealed record CountedMerge(CodesMerged Merge, CountedMoment Moment);

/// <summary>
/// An enterprise prefers one award of a group to the higher one that would stand before it. It holds as long as that award is due, or until
/// it elects again.
/// </summary>
/// <param name="Uscc">The enterprise's code when it elected.</param>
/// <param name="Policy">Id of the entry it prefers.</param>
/// <param name="Occasion">The occasion of that award.</param>
/// <param name="Moment">When the act took effect, UTC.</param>
public sealed record Election(Uscc Uscc, string Policy, string Occasion, DateTimeOffset Moment);

/// <summary>An election with the moment at which it counts for a set of pools.</summary>
public sealed record CountedElection(Election Election, CountedMoment Moment);

/// <summary>Which codes are one enterprise by a list of merges.</summary>
public sealed class MergedCodes
{
    private readonly Dictionary<Uscc, Uscc> _into = [];
    private readonly Dictionary<Uscc, List<Uscc>> _families = [];

    /// <summary>
    /// Follows merges in any order. A code that was merged before, and a merge that would go round in a circle, are left out.
    /// </summary>
    public MergedCodes(IEnumerable<CodesMerged> merges)
    {
        foreach (var merge in merges.OrderBy(m => m.Moment).ThenBy(m => m.From).ThenBy(m => m.Into))
        {
            if (!_into.ContainsKey(merge.From) && CurrentOf(merge.Into) != merge.From)
                _into[merge.From] = merge.Into;
        }

        foreach (var code in _into.Keys.Concat(_into.Values).Distinct())
        {
            var current = CurrentOf(code);
            if (!_families.TryGetValue(current, out var family))
                _families[current] = family = [];
            family.Add(code);
        }

        foreach (var family in _families.Values)
            family.Sort();
    }

    /// <summary>The code that stands for a code now; itself if it was never merged.</summary>
    public Uscc CurrentOf(Uscc code)
    {
        while (_into.TryGetValue(code, out var next))
            code = next;
        return code;
    }

    /// <summary>All codes of the enterprise that a code belongs to, in order; itself alone if it was never merged.</summary>
    public IReadOnlyList<Uscc> FamilyOf(Uscc code) => _families.TryGetValue(CurrentOf(code), out var family) ? family : [code];

    /// <summary>
    /// The codes whose past a code carries: itself and all that were merged into it, in order. A code that is no longer used carries only
    /// what it had.
    /// </summary>
    public IReadOnlyList<Uscc> BehindOf(Uscc code) => [.. FamilyOf(code).Where(c => IsBehind(c, code))];

    /// <summary>Every family of several codes, by the code that stands for it.</summary>
    public IEnumerable<IReadOnlyList<Uscc>> Families => _families.OrderBy(f => f.Key).Select(f => f.Value);

    private bool IsBehind(Uscc code, Uscc ahead)
    {
        while (code != ahead)
        {
            if (!_into.TryGetValue(code, out code))
                return false;
        }

        return true;
    }
}
