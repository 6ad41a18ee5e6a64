using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.AzureStorage.Stores;

/// <summary>Acts on switches by number in one partition: they are few.</summary>
internal sealed class SwitchLog(IRowStore rows) : ISwitchLog
{
    public async Task<IReadOnlyList<SwitchAct>> ListAsync(CancellationToken cancellationToken)
    {
        var acts = await rows.ReadAllAsync<SwitchAct>(StorageKeys.Acts, StorageKeys.AllSwitches, StorageKeys.SwitchRow(1), "t", cancellationToken);
        for (var i = 0; i < acts.Count; i++)
        {
            if (acts[i].Number != i + 1) throw new InvalidDataException($"Act {i + 1} on the switches is missing; the log goes on with {acts[i].Number}.");
        }

        return acts;
    }

    public async Task<bool> AddAsync(SwitchAct act, CancellationToken cancellationToken) =>
        await rows.CommitAsync(
            StorageKeys.Acts, StorageKeys.AllSwitches, [new RowWrite.Add(StorageKeys.SwitchRow(act.Number), RowBody.Write(act))], cancellationToken) is CommitOutcome.Committed;
}
