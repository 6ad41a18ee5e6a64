using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Matching;

/// <summary>
/// Keeps payments made outside the system as taken keys: what was paid is not paid again. Only while an entry is in shadow; once it reserves, a payment of
/// the past that turns up is a case for two persons.
/// </summary>
public sealed class ImportPast(IClaimStore claims, IActLog acts, IRoundLog rounds, Catalogue catalogue, EngineOptions options)
{
    /// <summary>Keeps what can be kept, each under the key that the engine would give it; importing the same again changes nothing.</summary>
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
        var codes = new MergedCodes(await acts.MergesAsync(cancellationToken));
        var standing = await rounds.StandingAsync(cancellationToken);
        var keys = new Dictionary<ClaimKey, TakenKey>();
        foreach (var written in payments)
        {
            var (occasion, problem) = OccasionOf(written);
            var key = written with { Occasion = occasion ?? written.Occasion };
            if (occasion is null)
                refused.Add((key, problem));
            else if (EntryActs.IsAutomatic(done, key.Policy))
                refused.Add((key, "the entry is automatic and may have paid it too; let two persons release or recover one of the two"));
            else if (standing.Open > 0 && WasAutomatic(done, key.Policy))
                refused.Add(
                    (
                        key,
                        $"round {standing.Open} is open and may claim it, as the entry was automatic when it was opened; import it again once the round is closed"
                    )
                );
            else if (!keys.TryAdd(ClaimOf(key), key))
                refused.Add((key, "the file has a payment for the same entry, occasion and enterprise before it; add them up"));
        }

        foreach (var bucket in keys.Values.GroupBy(k => Bucket.Of(k.Uscc, options.Buckets)).OrderBy(g => g.Key))
        {
            var claimed = await claims.EntitlementsAsync(bucket.Key, cancellationToken);
            var own = new List<TakenKey>();
            foreach (var key in bucket)
            {
                if (await ClaimedAsync(key, claimed, codes, cancellationToken) is not { } claim)
                    own.Add(key);
                else
                    refused.Add(
                        (
                            key,
                            $"it was claimed here in round {claim.Round}{(claim.Claim.Key.Uscc == key.Uscc ? "" : $" for {claim.Claim.Key.Uscc}")}; let two persons release or recover one of the two"
                        )
                    );
            }

            refused.AddRange(
                (await claims.AddTakenAsync(bucket.Key, own, cancellationToken)).Select(k =>
                    (k, "imported before with another amount, day or reference; the earlier stands")
                )
            );
        }

        return await rounds.StandingAsync(cancellationToken) == standing
            ? refused
            : [.. refused, .. await OvertakenAsync(keys.Values.Except(refused.Select(r => r.Item1)), cancellationToken)];
    }

    /// <summary>A round that opened meanwhile may have looked for taken keys before they were there. Importing them again tells which it claimed.</summary>
    private async Task<IEnumerable<(TakenKey Key, string Reason)>> OvertakenAsync(
        IEnumerable<TakenKey> kept,
        CancellationToken cancellationToken
    )
    {
        var done = await acts.PolicyActsAsync(cancellationToken);
        return kept.Where(k => WasAutomatic(done, k.Policy))
            .Select(k =>
                (k, "it is kept, but a round was opened meanwhile and may have claimed it first; import it again once the round is closed")
            );
    }

    /// <summary>The claim that was made for the same, under the code or another of the same enterprise; null if there is none.</summary>
    private async Task<Entitlement?> ClaimedAsync(
        TakenKey key,
        IReadOnlyDictionary<ClaimKey, Entitlement> own,
        MergedCodes codes,
        CancellationToken cancellationToken
    )
    {
        foreach (var code in codes.FamilyOf(key.Uscc))
        {
            var known = code == key.Uscc ? own : await claims.EntitlementsAsync(Bucket.Of(code, options.Buckets), code, cancellationToken);
            if (known.GetValueOrDefault(ClaimOf(key) with { Uscc = code }) is { State: EntitlementState.Claimed } claimed)
                return claimed;
        }

        return null;
    }

    private static bool WasAutomatic(IReadOnlyList<PolicyAct> done, string policy) =>
        done.Any(a => a is PolicyAct.MadeAutomatic && a.Policy == policy);

    private WrittenOccasion OccasionOf(TakenKey written) =>
        catalogue.VersionsOf(written.Policy) switch
        {
            [] => new(null, $"the list has no entry '{written.Policy}'"),
            [.., { Terms: { } terms }] => WrittenOccasion.Read(terms, catalogue.Facts, written.Occasion),
            _ => new(written.Occasion, ""),
        };

    private static ClaimKey ClaimOf(TakenKey key) => new(key.Policy, key.Occasion, key.Uscc, 0);
}
