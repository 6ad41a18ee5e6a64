using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Rerunning;

/// <summary>
/// Holds what is due by everything that is stored now, as the next round would see it, against what stands claimed, reserved and paid. It
/// stores nothing.
/// </summary>
public sealed class DryRun(
    OpenRound open,
    RoundReplay replay,
    IClaimStore claims,
    IPayoutStore payouts,
    ClaimLimits limits,
    IActLog acts,
    Catalogue catalogue,
    EngineOptions options
)
{
    /// <summary>Works the difference out.</summary>
    public async Task<Difference> HandleAsync(RerunScope scope, CancellationToken cancellationToken)
    {
        var planned = await replay.PlannedAsync(await open.PlanAsync(cancellationToken), cancellationToken);
        var reasons = new ChangeReasons(catalogue, planned);
        var limited = await limits.ReadAsync(cancellationToken);
        var withdrawn = (await acts.KnownAsync(cancellationToken)).Withdrawn;
        var lines = new List<DifferenceLine>();
        var undecided = 0;
        for (var bucket = 0; bucket < options.Buckets; bucket++)
        {
            if (scope.Enterprise is { } only && Bucket.Of(only, options.Buckets) != bucket)
                continue;
            var standing = await StandingAsync(bucket, limited, withdrawn, cancellationToken);
            foreach (var enterprise in await replay.EnterprisesAsync(planned, bucket, cancellationToken))
            {
                if (scope.Enterprise is { } one && enterprise.Uscc != one)
                    continue;
                if (enterprise.Sets is null)
                    undecided++;
                else
                    lines.AddRange(enterprise.Sets.SelectMany(s => LinesOf(enterprise.Uscc, s, scope, standing, reasons)));
            }
        }

        lines =
        [
            .. lines.OrderBy(l => l.Policy, StringComparer.Ordinal).ThenBy(l => l.Uscc).ThenBy(l => l.Occasion, StringComparer.Ordinal),
        ];
        var unchanged = lines
            .Where(l => l.Kind == DifferenceKind.Unchanged)
            .Select(l => $"{l.Policy}|{l.Occasion}|{l.Uscc}|{l.After}")
            .ToArray();
        return new Difference(
            scope,
            planned.Last.Number,
            catalogue.Version,
            undecided,
            unchanged.Length,
            CanonicalJson.Hash(unchanged),
            [.. lines.Where(l => l.Kind != DifferenceKind.Unchanged)]
        );
    }

    private async Task<Standing> StandingAsync(
        int bucket,
        IReadOnlyDictionary<ClaimKey, Fen> limited,
        ILookup<ClaimKey, ClaimWithdrawn> withdrawn,
        CancellationToken cancellationToken
    )
    {
        var all = new List<Payout>();
        await foreach (var stored in payouts.ReadBucketAsync(bucket, cancellationToken))
            all.Add(stored.Payout);
        var known = await claims.EntitlementsAsync(bucket, cancellationToken);
        return new Standing(
            known,
            known.Keys.ToLookup(k => k.Uscc),
            await claims.SupplementsAsync(bucket, cancellationToken),
            await claims.GrantsAsync(bucket, cancellationToken),
            limited,
            withdrawn,
            all.ToLookup(p => p.Claim)
        );
    }

    private static IEnumerable<DifferenceLine> LinesOf(
        Uscc uscc,
        ReplayedSet set,
        RerunScope scope,
        Standing standing,
        ChangeReasons reasons
    )
    {
        var given = set.Movements.Select(m => m.Movement).ToLookup(KeyOf);
        var keys = given
            .Select(g => g.Key)
            .Concat(standing.KeysOf[uscc].Where(k => set.Set.Policies.Contains(k.Policy)))
            .Where(scope.Contains)
            .Distinct();
        foreach (var award in keys.GroupBy(k => (k.Policy, k.Occasion)))
        {
            var compared = award.OrderBy(k => k.Number).Select(k => standing.Compare(k, [.. given[k]])).ToList();
            if (LineOf(uscc, award.Key.Policy, award.Key.Occasion, compared) is not { } line)
                continue;
            yield return line.Kind == DifferenceKind.Unchanged
                ? line with
                {
                    Claims = [],
                    Payouts = [],
                }
                : line with
                {
                    Reasons = reasons.Of(
                        line.Policy,
                        set,
                        compared.Where(c => c.Claim.Stands != c.Claim.Due && c.Last is not null).Select(c => c.Last!)
                    ),
                };
        }
    }

    private static DifferenceLine? LineOf(Uscc uscc, string policy, string occasion, List<ComparedClaim> compared)
    {
        var before = compared.Aggregate(Fen.Zero, (sum, c) => sum + c.WithCounty(c.Claim.Stands));
        var after = compared.Aggregate(Fen.Zero, (sum, c) => sum + c.WithCounty(c.Claim.Due));
        if (before == Fen.Zero && after == Fen.Zero)
            return null;
        var isGranted = compared.Exists(c => c.Claim.IsGranted);
        var kind =
            before == after && !isGranted && compared.TrueForAll(c => c.Payouts.All(p => p.Step == LineStep.None))
                ? DifferenceKind.Unchanged
            : compared.TrueForAll(c => !c.IsKnown) ? DifferenceKind.New
            : after == Fen.Zero ? DifferenceKind.Lost
            : after > before || (after == before && isGranted) ? DifferenceKind.Higher
            : DifferenceKind.Lower;
        return new DifferenceLine(
            kind,
            policy,
            occasion,
            uscc,
            before,
            after,
            compared.Exists(c => c.AfterRound),
            [],
            [.. compared.Select(c => c.Claim)],
            [.. compared.SelectMany(c => c.Payouts)]
        );
    }

    private static ClaimKey KeyOf(Movement movement) =>
        movement switch
        {
            Movement.Claimed claimed => claimed.Key,
            Movement.Limited limit => limit.Key,
            _ => throw new InvalidOperationException($"Unknown movement {movement.GetType().Name}."),
        };
}
