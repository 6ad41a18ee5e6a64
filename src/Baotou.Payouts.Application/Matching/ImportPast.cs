using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Matching;

/// <summary>
/// Keeps payments made outside the system as taken keys: what was paid is not paid again. Only while an entry is in shadow; once it reserves, a payment of
/// the past that turns up is a case for two persons.
/// </summary>
public sealed class ImportPast(IClaimStore claims, IActLog acts, Catalogue catalogue, EngineOptions options)
{
    /// <summary>Keeps what can be kept; importing the same again changes nothing.</summary>
    /// <returns>Those that were not kept, each with its reason and what to do.</returns>
    public async Task<IReadOnlyList<(TakenKey Key, string Reason)>> HandleAsync(IReadOnlyList<TakenKey> payments, CancellationToken cancellationToken)
    {
        var refused = new List<(TakenKey, string)>();
        var known = catalogue.Policies.Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        var done = await acts.PolicyActsAsync(cancellationToken);
        var keys = new Dictionary<ClaimKey, TakenKey>();
        foreach (var key in payments)
        {
            if (!known.Contains(key.Policy)) refused.Add((key, $"the list has no entry '{key.Policy}'"));
            else if (EntryActs.IsAutomatic(done, key.Policy)) refused.Add((key, "the entry is automatic and may have paid it too; let two persons release or recover one of the two"));
            else if (!keys.TryAdd(ClaimOf(key), key)) refused.Add((key, "the file has a payment for the same entry, occasion and enterprise before it; add them up"));
        }

        foreach (var bucket in keys.Values.GroupBy(k => Bucket.Of(k.Uscc, options.Buckets)).OrderBy(g => g.Key))
        {
            var claimed = await claims.EntitlementsAsync(bucket.Key, cancellationToken);
            var own = bucket.Where(k => claimed.GetValueOrDefault(ClaimOf(k)) is not { State: EntitlementState.Claimed }).ToList();
            refused.AddRange(bucket.Except(own).Select(k => (k, $"it was claimed here in round {claimed[ClaimOf(k)].Round}; let two persons release or recover one of the two")));
            refused.AddRange((await claims.AddTakenAsync(bucket.Key, own, cancellationToken)).Select(k => (k, "imported before with another amount, day or reference; the earlier stands")));
        }

        return refused;
    }

    private static ClaimKey ClaimOf(TakenKey key) => new(key.Policy, key.Occasion, key.Uscc, 0);
}
