using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.AzureStorage.Backups;

/// <summary>
/// Stands in a store from before the first row of a restore until after its last. It goes in the transaction that stops instructing, so
/// there is no moment at which a restored store may instruct; a store whose restore was cut off asks for another one and does nothing else.
/// </summary>
internal sealed class RestoreMark(IRowStore rows)
{
    /// <summary>What the mark says to whoever meets it.</summary>
    public const string Unfinished =
        "The restore of this store was not finished: its tables hold a part of the backup. Delete them and restore again, or restore into another store.";

    /// <summary>Whether it stands at that place.</summary>
    public static bool Is(string table, string partition, string rowKey) =>
        (table, partition, rowKey) == (StorageKeys.Acts, StorageKeys.AllSwitches, StorageKeys.Restoring);

    /// <summary>Puts the mark into an empty store.</summary>
    public async Task PutAsync(BackupLabel label, CancellationToken cancellationToken)
    {
        var mark = new RowWrite.Add(StorageKeys.Restoring, new() { ["takenAt"] = label.TakenAt.ToString("O") });
        var existing = await rows.AddMissingAsync(StorageKeys.Acts, StorageKeys.AllSwitches, [mark], cancellationToken);
        if (existing.Values.Any(stands => !IsAdded(mark, stands)))
            throw Disturbed(mark.RowKey);
    }

    /// <summary>Takes the mark away and stops instructing.</summary>
    /// <param name="act">The stop.</param>
    /// <param name="cancellationToken">Stops before it.</param>
    public async Task TakeAwayAsync(SwitchAct act, CancellationToken cancellationToken)
    {
        var stop = new RowWrite.Add(StorageKeys.SwitchRow(act.Number), RowBody.Write(act));
        if (await rows.GetAsync(StorageKeys.Acts, StorageKeys.AllSwitches, StorageKeys.Restoring, cancellationToken) is { } mark)
            await rows.CommitAsync(
                StorageKeys.Acts,
                StorageKeys.AllSwitches,
                [new RowWrite.Delete(mark.RowKey, mark.Version), stop],
                cancellationToken
            );

        // Whatever was answered: a request that the client library sent twice is told that it came too late.
        if (!IsAdded(stop, await rows.GetAsync(StorageKeys.Acts, StorageKeys.AllSwitches, stop.RowKey, cancellationToken)))
            throw Disturbed(stop.RowKey);
    }

    /// <summary>Somebody else writes into the store.</summary>
    public static InvalidOperationException Disturbed(string rowKey) =>
        new(
            $"Somebody else writes into the store: '{rowKey}' was there before it was restored. Stop everything that uses the store, delete its tables and restore again."
        );

    private static bool IsAdded(RowWrite.Add add, StoredRow? stands) =>
        RowSeal.IsAdded(StorageKeys.Acts, StorageKeys.AllSwitches, add, stands);
}
