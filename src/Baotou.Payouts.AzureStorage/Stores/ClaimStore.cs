using Baotou.Payouts.Application;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.AzureStorage.Stores;

/// <summary>Entitlements in their buckets, claims in their pool's line.</summary>
internal sealed class ClaimStore(IRowStore rows, EngineOptions options) : IClaimStore
{
    public Task<IReadOnlyDictionary<ClaimKey, Entitlement>> EntitlementsAsync(int bucket, CancellationToken cancellationToken) =>
        EntitlementsAsync(bucket, "0", "~", cancellationToken);

    public Task<IReadOnlyDictionary<ClaimKey, Entitlement>> EntitlementsAsync(int bucket, Uscc uscc, CancellationToken cancellationToken)
    {
        var (from, below) = StorageKeys.EntitlementsOf(uscc);
        return EntitlementsAsync(bucket, from, below, cancellationToken);
    }

    public Task<IReadOnlyList<Entitlement>> AddEntitlementsAsync(
        int bucket,
        IReadOnlyList<Entitlement> entitlements,
        CancellationToken cancellationToken
    ) => AddAsync(StorageKeys.BucketPartition(bucket), entitlements, cancellationToken);

    public async Task<IReadOnlyDictionary<ClaimKey, SupplementGrant>> GrantsAsync(int bucket, CancellationToken cancellationToken) =>
        (
            await rows.ReadAllAsync<SupplementGrant>(
                StorageKeys.Entitlements,
                StorageKeys.GrantPartition(bucket),
                "0",
                "~",
                cancellationToken
            )
        ).ToDictionary(g => g.Claim);

    public async Task<SupplementGrant> AddGrantAsync(int bucket, SupplementGrant grant, CancellationToken cancellationToken)
    {
        var key = StorageKeys.EntitlementRow(grant.Claim);
        var existing = await rows.AddMissingAsync(
            StorageKeys.Entitlements,
            StorageKeys.GrantPartition(bucket),
            [new RowWrite.Add(key, RowBody.Write(grant))],
            cancellationToken
        );
        return existing.TryGetValue(key, out var row) ? RowBody.Read<SupplementGrant>(row) : grant;
    }

    public async Task<IReadOnlyDictionary<ClaimKey, Entitlement>> SupplementsAsync(int bucket, CancellationToken cancellationToken) =>
        (
            await rows.ReadAllAsync<Entitlement>(
                StorageKeys.Entitlements,
                StorageKeys.SupplementPartition(bucket),
                "0",
                "~",
                cancellationToken
            )
        ).ToDictionary(e => e.Claim.Key);

    public Task<IReadOnlyList<Entitlement>> AddSupplementsAsync(
        int bucket,
        IReadOnlyList<Entitlement> supplements,
        CancellationToken cancellationToken
    ) => AddAsync(StorageKeys.SupplementPartition(bucket), supplements, cancellationToken);

    private async Task<IReadOnlyList<Entitlement>> AddAsync(
        string partition,
        IReadOnlyList<Entitlement> entitlements,
        CancellationToken cancellationToken
    )
    {
        var adds = entitlements.Select(e => new RowWrite.Add(StorageKeys.EntitlementRow(e.Claim.Key), RowBody.Write(e))).ToList();
        var existing = await rows.AddMissingAsync(StorageKeys.Entitlements, partition, adds, cancellationToken);
        return [.. entitlements.Zip(adds, (e, a) => existing.TryGetValue(a.RowKey, out var row) ? RowBody.Read<Entitlement>(row) : e)];
    }

    public async Task AddClaimsAsync(PoolYear pool, int round, IReadOnlyList<PoolClaim> claims, CancellationToken cancellationToken)
    {
        var existing = await rows.AddMissingAsync(
            StorageKeys.Claims,
            StorageKeys.ClaimsPartition(pool, round),
            [.. claims.Select(c => new RowWrite.Add(c.OrderKey, RowBody.Write(c)))],
            cancellationToken
        );
        foreach (var claim in claims)
        {
            if (existing.TryGetValue(claim.OrderKey, out var row) && RowBody.Read<PoolClaim>(row) != claim)
                throw new InvalidOperationException(
                    $"Broken promise 4: {pool} round {round} holds another claim in the place of {claim.Key}."
                );
        }
    }

    public async Task<IReadOnlyList<PoolClaim>> ClaimsAsync(PoolYear pool, int round, CancellationToken cancellationToken) =>
        await rows.ReadAllAsync<PoolClaim>(StorageKeys.Claims, StorageKeys.ClaimsPartition(pool, round), "0", "~", cancellationToken);

    public Task PutLimitsAsync(int round, int bucket, IReadOnlyList<RoundLimit> limits, CancellationToken cancellationToken) =>
        rows.PutAllAsync(
            StorageKeys.Claims,
            StorageKeys.LimitsPartition(round, bucket),
            [.. limits.Select(l => new RowWrite.Put(StorageKeys.HashRow($"{l.Pool}\n{l.Input.Id}"), RowBody.Write(l)))],
            cancellationToken
        );

    public async Task<IReadOnlyList<RoundLimit>> LimitsAsync(int round, CancellationToken cancellationToken)
    {
        var limits = new List<RoundLimit>();
        for (var bucket = 0; bucket < options.Buckets; bucket++)
            limits.AddRange(
                await rows.ReadAllAsync<RoundLimit>(
                    StorageKeys.Claims,
                    StorageKeys.LimitsPartition(round, bucket),
                    "0",
                    "~",
                    cancellationToken
                )
            );
        return [.. limits.OrderBy(l => l.Pool.ToString(), StringComparer.Ordinal).ThenBy(l => l.Input.Id, StringComparer.Ordinal)];
    }

    public async Task PutHoldsAsync(int round, int bucket, IReadOnlyList<MatchHold> holds, CancellationToken cancellationToken)
    {
        var partition = StorageKeys.BucketPartition(bucket);
        await rows.PutAllAsync(
            StorageKeys.Holds,
            partition,
            [.. holds.Select(h => new RowWrite.Put(StorageKeys.HoldRow(round, h.Uscc.Value, h.Subject, h.Code), RowBody.Write(h)))],
            cancellationToken
        );
        while (!await MoveHoldsAsync(partition, round, cancellationToken))
        {
            // Somebody else moved them first: read again.
        }
    }

    /// <summary>Never back: a worker that slept while its round was closed and the next one matched would show what is over.</summary>
    private async Task<bool> MoveHoldsAsync(string partition, int round, CancellationToken cancellationToken)
    {
        var current = await rows.GetAsync(StorageKeys.Holds, partition, StorageKeys.CurrentHolds, cancellationToken);
        if (current?.Columns.Number("round") >= round)
            return true;
        var moved = new RowColumns { ["round"] = (long)round };
        RowWrite write = current is null
            ? new RowWrite.Add(StorageKeys.CurrentHolds, moved)
            : new RowWrite.Update(StorageKeys.CurrentHolds, current.Version, moved);
        return await rows.CommitAsync(StorageKeys.Holds, partition, [write], cancellationToken) is CommitOutcome.Committed;
    }

    public async Task<IReadOnlyList<MatchHold>> HoldsAsync(int bucket, CancellationToken cancellationToken)
    {
        var partition = StorageKeys.BucketPartition(bucket);
        if (await rows.GetAsync(StorageKeys.Holds, partition, StorageKeys.CurrentHolds, cancellationToken) is not { } current)
            return [];
        return await HoldsAsync(bucket, (int)current.Columns.Number("round"), cancellationToken);
    }

    public async Task<IReadOnlyList<MatchHold>> HoldsAsync(int bucket, int round, CancellationToken cancellationToken)
    {
        var (from, below) = (StorageKeys.RoundRow(round) + "!", StorageKeys.RoundRow(round) + "\"");
        return await rows.ReadAllAsync<MatchHold>(StorageKeys.Holds, StorageKeys.BucketPartition(bucket), from, below, cancellationToken);
    }

    public async Task<IReadOnlyList<TakenKey>> AddTakenAsync(int bucket, IReadOnlyList<TakenKey> keys, CancellationToken cancellationToken)
    {
        var first = keys.DistinctBy(RowOf).ToDictionary(RowOf, StringComparer.Ordinal);
        var existing = await rows.AddMissingAsync(
            StorageKeys.Entitlements,
            StorageKeys.TakenPartition(bucket),
            [.. first.Select(k => new RowWrite.Add(k.Key, RowBody.Write(k.Value)))],
            cancellationToken
        );
        return
        [
            .. keys.Where(k =>
                !k.IsSamePayment(existing.TryGetValue(RowOf(k), out var row) ? RowBody.Read<TakenKey>(row) : first[RowOf(k)])
            ),
        ];

        static string RowOf(TakenKey key) => StorageKeys.TakenRow(key.Uscc, key.Policy, key.Occasion);
    }

    public async Task<IReadOnlyList<TakenKey>> TakenAsync(int bucket, CancellationToken cancellationToken) =>
        await rows.ReadAllAsync<TakenKey>(StorageKeys.Entitlements, StorageKeys.TakenPartition(bucket), "0", "~", cancellationToken);

    private async Task<IReadOnlyDictionary<ClaimKey, Entitlement>> EntitlementsAsync(
        int bucket,
        string from,
        string below,
        CancellationToken cancellationToken
    ) =>
        (
            await rows.ReadAllAsync<Entitlement>(
                StorageKeys.Entitlements,
                StorageKeys.BucketPartition(bucket),
                from,
                below,
                cancellationToken
            )
        ).ToDictionary(e => e.Claim.Key);
}
