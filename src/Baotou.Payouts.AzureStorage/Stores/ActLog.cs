using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.AzureStorage.Stores;

/// <summary>Acts of officers.</summary>
internal sealed class ActLog(IRowStore rows) : IActLog
{
    public async Task AddAllAsync(IReadOnlyList<Act> acts, CancellationToken cancellationToken)
    {
        var existing = await rows.AddMissingAsync(
            StorageKeys.Acts, StorageKeys.AllActs, [.. acts.Select(a => new RowWrite.Add(StorageKeys.HashRow(a.Id), RowBody.Write(a)))], cancellationToken);
        foreach (var act in acts)
        {
            if (existing.TryGetValue(StorageKeys.HashRow(act.Id), out var row) && RowBody.Read<Act>(row) != act)
                throw new InvalidOperationException($"Act '{act.Id}' stands in the log with other content; an act's id is used once.");
        }
    }

    public async Task<IReadOnlyList<Act>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await rows.ReadAllAsync<Act>(StorageKeys.Acts, StorageKeys.AllActs, "0", "~", cancellationToken)).OrderBy(a => a.Id, StringComparer.Ordinal)];
}
