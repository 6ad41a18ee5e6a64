using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Matching;

/// <summary>What was paid outside the system, as far as a bucket's claims are concerned.</summary>
public sealed class PaidBefore(IClaimStore claims, EngineOptions options)
{
    /// <summary>
    /// The taken keys of a bucket by the claim that they stand for. Where codes are one enterprise's, a payment to one of them is found
    /// under each: what was paid to the old code is not paid to the new one again.
    /// </summary>
    public async Task<IReadOnlyDictionary<ClaimKey, TakenKey>> ReadAsync(int bucket, MergedCodes codes, CancellationToken cancellationToken)
    {
        var taken = (await claims.TakenAsync(bucket, cancellationToken)).ToDictionary(t => new ClaimKey(t.Policy, t.Occasion, t.Uscc, 0));
        foreach (var family in codes.Families.Where(f => f.Any(c => Bucket.Of(c, options.Buckets) == bucket)))
        {
            foreach (var of in family.Select(c => Bucket.Of(c, options.Buckets)).Distinct().Order())
            {
                foreach (var paid in (await claims.TakenAsync(of, cancellationToken)).Where(t => family.Contains(t.Uscc)))
                {
                    foreach (var code in family)
                        taken.TryAdd(new ClaimKey(paid.Policy, paid.Occasion, code, 0), paid);
                }
            }
        }

        return taken;
    }

    /// <summary>How many payments of the past are imported for an entry, and their sum.</summary>
    public async Task<(int Payments, Fen Amount)> TotalAsync(string policy, CancellationToken cancellationToken) =>
        (await TotalsAsync(cancellationToken)).GetValueOrDefault(policy);

    /// <summary>How many payments of the past are imported, and their sum, by entry; entries without any are left out.</summary>
    public async Task<IReadOnlyDictionary<string, (int Payments, Fen Amount)>> TotalsAsync(CancellationToken cancellationToken)
    {
        var totals = new Dictionary<string, (int Payments, Fen Amount)>(StringComparer.Ordinal);
        for (var bucket = 0; bucket < options.Buckets; bucket++)
        {
            foreach (var paid in await claims.TakenAsync(bucket, cancellationToken))
            {
                var (payments, amount) = totals.GetValueOrDefault(paid.Policy);
                totals[paid.Policy] = (payments + 1, amount + paid.Amount);
            }
        }

        return totals;
    }
}
