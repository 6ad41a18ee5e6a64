using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.AzureStorage.Backups;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.AzureStorage.Stores;

/// <summary>
/// Acts on switches by number in one partition: they are few. While a restore is under way its mark stands before them, and nothing that
/// asks the switches goes on.
/// </summary>
internal sealed class SwitchLog(IRowStore rows) : ISwitchLog
{
    public async Task<IReadOnlyList<SwitchAct>> ListAsync(CancellationToken cancellationToken)
    {
        var acts = new List<SwitchAct>();
        await foreach (var row in rows.QueryAsync(StorageKeys.Acts, StorageKeys.AllSwitches, StorageKeys.Restoring, "t", cancellationToken))
        {
            if (row.RowKey == StorageKeys.Restoring)
                throw new InvalidDataException(RestoreMark.Unfinished);
            acts.Add(RowBody.Read<SwitchAct>(row));
            if (acts[^1].Number != acts.Count)
                throw new InvalidDataException($"Act {acts.Count} on the switches is missing; the log goes on with {acts[^1].Number}.");
        }

        return acts;
    }

    public async Task<bool> AddAsync(SwitchAct act, CancellationToken cancellationToken) =>
        await rows.CommitAsync(
            StorageKeys.Acts,
            StorageKeys.AllSwitches,
            [new RowWrite.Add(StorageKeys.SwitchRow(act.Number), RowBody.Write(act))],
            cancellationToken
        ) is CommitOutcome.Committed;
}
