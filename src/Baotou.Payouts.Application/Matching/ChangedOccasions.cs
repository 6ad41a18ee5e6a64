using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Policies;
using Microsoft.Extensions.Logging;

namespace Baotou.Payouts.Application.Matching;

/// <summary>
/// Entries whose occasions this program's list counts otherwise than the list of the last round: by the year what was counted by the record,
/// or by another kind of record. What they claimed has keys that no decision gives any more, and the same awards would be claimed again under
/// new ones. No round opens with such an entry before it is in shadow, from where what was paid is imported under the new occasions.
/// </summary>
public sealed class ChangedOccasions(
    Decider decider,
    IKeptLists lists,
    IClaimStore claims,
    EngineOptions options,
    ILogger<ChangedOccasions> log
)
{
    /// <summary>Whether a planned round would claim again what stands claimed; which entries are concerned is logged.</summary>
    /// <param name="planned">The round that is to open.</param>
    /// <param name="last">The one before; null for the first.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    public async Task<bool> ForbidAsync(Round planned, Round? last, CancellationToken cancellationToken)
    {
        if (last is null || last.Catalogue == planned.Catalogue)
            return false;
        if (await lists.ReadAsync(last.Catalogue, cancellationToken) is not { } before)
            return false;
        var changed = before
            .Policies.Where(p => p.Terms is { } terms && IsCountedOtherwise(p.Id, terms) && EntryActs.IsAutomatic(planned.Acts, p.Id))
            .Select(p => p.Id)
            .ToHashSet(StringComparer.Ordinal);
        var concerned = new SortedSet<string>(StringComparer.Ordinal);
        for (var bucket = 0; bucket < options.Buckets && changed.Count > 0; bucket++)
        {
            var known = await claims.EntitlementsAsync(bucket, cancellationToken);
            concerned.UnionWith(known.Keys.Select(k => k.Policy).Where(changed.Contains));
        }

        if (concerned.Count > 0)
            log.OccasionsChanged(planned.Number, string.Join(", ", concerned));
        return concerned.Count > 0;
    }

    /// <summary>An entry that the list has no more claims nothing; one that keeps a version of the old form keeps its claims by it.</summary>
    private bool IsCountedOtherwise(string policy, Terms before)
    {
        var now = decider.Catalogue.VersionsOf(policy).Select(v => v.Terms).OfType<Terms>().ToList();
        return now.Count > 0 && now.TrueForAll(t => FormOf(t) != FormOf(before));
    }

    private static (string Anchor, OccasionKind Occasion, FieldRef? OnceBy) FormOf(Terms terms) =>
        (terms.Anchor, terms.Occasion, terms.OnceBy);
}
