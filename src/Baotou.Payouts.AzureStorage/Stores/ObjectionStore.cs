using Baotou.Payouts.Application.Objecting;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.AzureStorage.Stores;

/// <summary>Objections and decisions beside the payouts, in the partition of their bucket, so that one transaction holds both.</summary>
internal sealed class ObjectionStore(IRowStore rows) : IObjectionStore
{
    public Task<IReadOnlyList<ObjectionCase>> OfPayoutAsync(string payoutId, CancellationToken cancellationToken) =>
        PayoutId.BucketOf(payoutId) is { } bucket
            ? ReadAsync(bucket, $"u{payoutId}!", $"u{payoutId}\"", cancellationToken)
            : Task.FromResult<IReadOnlyList<ObjectionCase>>([]);

    public Task<IReadOnlyList<ObjectionCase>> OfBucketAsync(int bucket, CancellationToken cancellationToken) =>
        ReadAsync(bucket, "u", "v", cancellationToken);

    public Task<bool> AddAsync(StoredPayout before, Payout after, Objection objection, CancellationToken cancellationToken) =>
        AddAsync(
            before,
            after,
            new RowWrite.Add(StorageKeys.ObjectionRow(objection.Payout, objection.Number), RowBody.Write(objection)),
            cancellationToken
        );

    public Task<bool> AddAsync(StoredPayout before, Payout after, ObjectionDecision decision, CancellationToken cancellationToken) =>
        AddAsync(
            before,
            after,
            new RowWrite.Add(
                StorageKeys.ObjectionDecisionRow(decision.Payout, decision.Objection, decision.Number),
                RowBody.Write(decision)
            ),
            cancellationToken
        );

    private async Task<bool> AddAsync(StoredPayout before, Payout after, RowWrite.Add add, CancellationToken cancellationToken)
    {
        var partition = StorageKeys.BucketPartition(PayoutId.BucketOf(after.Id)!.Value);
        var writes =
            after == before.Payout
                ? [new RowWrite.Update(StorageKeys.PayoutRow(after.Id), before.Version, RowBody.Write(after))]
                : PayoutStore.WritesOf(before, after);
        return await rows.CommitAsync(StorageKeys.Payouts, partition, [.. writes, add], cancellationToken) is CommitOutcome.Committed;
    }

    /// <summary>A decision sorts behind its objection, since its key goes on where the objection's ends.</summary>
    private async Task<IReadOnlyList<ObjectionCase>> ReadAsync(int bucket, string from, string below, CancellationToken cancellationToken)
    {
        var cases = new List<ObjectionCase>();
        await foreach (var row in rows.QueryAsync(StorageKeys.Payouts, StorageKeys.BucketPartition(bucket), from, below, cancellationToken))
        {
            if (row.RowKey.Count(c => c == '!') == 1)
                cases.Add(new ObjectionCase(RowBody.Read<Objection>(row), []));
            else
                cases[^1] = cases[^1] with { Decisions = [.. cases[^1].Decisions, RowBody.Read<ObjectionDecision>(row)] };
        }

        return cases;
    }
}
