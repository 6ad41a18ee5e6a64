using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Matching;

/// <summary>
/// Keeps payments made outside the system as taken keys: what was paid is not paid again. Only while an entry is in shadow; once it
/// reserves, a payment of the past that turns up is a case for two persons.
/// </summary>
public sealed class ImportPast(IClaimStore claims, IActLog acts, Catalogue catalogue, EngineOptions options)
{
    /// <summary>
    /// Keeps what can be kept, each under the key that the engine would give it; importing the same again changes nothing.
    /// </summary>
    /// <param name="payments">What was paid; the occasion as <see cref="WrittenOccasion.Read"/> takes it.</param>
    /// <param name="cancellationToken">Stops between buckets.</param>
    /// <returns>Those that were not kept, each with its reason and what to do.</returns>
    public async Task<IReadOnlyList<(TakenKey Key, string Reason)>> HandleAsync(
        IReadOnlyList<TakenKey> payments,
        CancellationToken cancellationToken
    )
    {
        var refused = new List<(TakenKey, string)>();
        var done = await acts.PolicyActsAsync(cancellationToken);
        var keys = new Dictionary<ClaimKey, TakenKey>();
        foreach (var written in payments)
        {
            var (occasion, problem) = OccasionOf(written);
            var key = written with { Occasion = occasion ?? written.Occasion };
            if (occasion is null)
                refused.Add((key, problem));
            else if (EntryActs.IsAutomatic(done, key.Policy))
                refused.Add((key, "the entry is automatic and may have paid it too; let two persons release or recover one of the two"));
            else if (!keys.TryAdd(ClaimOf(key), key))
                refused.Add((key, "the file has a payment for the same entry, occasion and enterprise before it; add them up"));
        }

        foreach (var bucket in keys.Values.GroupBy(k => Bucket.Of(k.Uscc, options.Buckets)).OrderBy(g => g.Key))
        {
            var claimed = await claims.EntitlementsAsync(bucket.Key, cancellationToken);
            var own = bucket.Where(k => claimed.GetValueOrDefault(ClaimOf(k)) is not { State: EntitlementState.Claimed }).ToList();
            refused.AddRange(
                bucket
                    .Except(own)
                    .Select(k =>
                        (k, $"it was claimed here in round {claimed[ClaimOf(k)].Round}; let two persons release or recover one of the two")
                    )
            );
            refused.AddRange(
                (await claims.AddTakenAsync(bucket.Key, own, cancellationToken)).Select(k =>
                    (k, "imported before with another amount, day or reference; the earlier stands")
                )
            );
        }

        return refused;
    }

    private WrittenOccasion OccasionOf(TakenKey written) =>
        catalogue.VersionsOf(written.Policy) switch
        {
            [] => new(null, $"the list has no entry '{written.Policy}'"),
            [.., { Terms: { } terms }] => WrittenOccasion.Read(terms, catalogue.Facts, written.Occasion),
            _ => new(written.Occasion, ""),
        };

    private static ClaimKey ClaimOf(TakenKey key) => new(key.Policy, key.Occasion, key.Uscc, 0);
}
