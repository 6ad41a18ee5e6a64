using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.AzureStorage.Stores;

/// <summary>Acts of officers.</summary>
internal sealed class ActLog(IRowStore rows) : IActLog
{
    public async Task AddAsync(Act act, CancellationToken cancellationToken)
    {
        var key = StorageKeys.HashRow(act.Id);
        var existing = await rows.AddMissingAsync(StorageKeys.Acts, StorageKeys.AllActs, [new RowWrite.Add(key, RowBody.Write(act))], cancellationToken);
        if (existing.TryGetValue(key, out var row) && RowBody.Read<Act>(row) != act)
            throw new InvalidOperationException($"Act '{act.Id}' stands in the log with other content; an act's id is used once.");
    }

    public async Task<IReadOnlyList<Act>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await rows.ReadAllAsync<Act>(StorageKeys.Acts, StorageKeys.AllActs, "0", "~", cancellationToken)).OrderBy(a => a.Id, StringComparer.Ordinal)];
}
