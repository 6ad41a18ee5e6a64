using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.AzureStorage.Stores;

/// <summary>Acts of officers. Those asked for with every status stay in memory while the partition's stamp stands.</summary>
internal sealed class ActLog(IRowStore rows) : IActLog
{
    private StampedActs? _known;

    public async Task AddAllAsync(IReadOnlyList<Act> acts, CancellationToken cancellationToken)
    {
        var existing = await rows.AddMissingAsync(
            StorageKeys.Acts,
            StorageKeys.AllActs,
            [.. acts.Select(a => new RowWrite.Add(StorageKeys.HashRow(a.Id), RowBody.Write(a)))],
            cancellationToken
        );
        foreach (var act in acts)
        {
            if (existing.TryGetValue(StorageKeys.HashRow(act.Id), out var row) && RowBody.Read<Act>(row) != act)
                throw new InvalidOperationException($"Act '{act.Id}' stands in the log with other content; an act's id is used once.");
        }
    }

    public async Task<IReadOnlyList<Act>> ListAsync(CancellationToken cancellationToken) =>
        [
            .. (await rows.ReadAllAsync<Act>(StorageKeys.Acts, StorageKeys.AllActs, "0", "~", cancellationToken)).OrderBy(
                a => a.Id,
                StringComparer.Ordinal
            ),
        ];

    public async Task<KnownActs> KnownAsync(CancellationToken cancellationToken)
    {
        // Before the acts: one that is added meanwhile is seen now and read once more the next time, never missed.
        var stamp = await rows.StampAsync(StorageKeys.Acts, StorageKeys.AllActs, cancellationToken);
        if (stamp is not null && _known is { } known && known.Stamp == stamp)
            return known.Acts;
        var all = await ListAsync(cancellationToken);
        var acts = new KnownActs(
            [.. all.Select(a => a.Merge).OfType<CodesMerged>().OrderBy(m => m.Moment).ThenBy(m => m.From)],
            all.Select(a => a.Withdrawn).OfType<ClaimWithdrawn>().ToLookup(w => w.Claim)
        );
        _known = stamp is null ? null : new StampedActs(stamp, acts);
        return acts;
    }

    private sealed record StampedActs(string Stamp, KnownActs Acts);
}
