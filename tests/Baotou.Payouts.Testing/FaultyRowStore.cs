using System.Runtime.CompilerServices;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.Testing;

/// <summary>
/// A row store whose calls fail as planned. A query is one call; one whose answer is lost gives its first row and then fails.
/// </summary>
public sealed class FaultyRowStore(IRowStore rows, FaultPlan plan) : IRowStore
{
    /// <inheritdoc/>
    public Task<StoredRow?> GetAsync(string table, string partition, string rowKey, CancellationToken cancellationToken) =>
        plan.RunAsync(CallKind.Read, () => rows.GetAsync(table, partition, rowKey, cancellationToken));

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredRow> QueryAsync(
        string table,
        string partition,
        string from,
        string below,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        (long call, Fault fault) = plan.Next(CallKind.ReadInPieces);
        if (fault == Fault.BeforeEffect)
        {
            throw new PlantedFaultException(call);
        }

        await foreach (StoredRow row in rows.QueryAsync(table, partition, from, below, cancellationToken).ConfigureAwait(false))
        {
            yield return row;
            if (fault is Fault.AnswerLost or Fault.WorkerEnds)
            {
                break;
            }
        }

        if (fault is Fault.AnswerLost or Fault.WorkerEnds)
        {
            await plan.LoseAnswerAsync(call, fault).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<PlacedRow> ScanAsync(string table, string? rowKey, CancellationToken cancellationToken) =>
        rows.ScanAsync(table, rowKey, cancellationToken);

    /// <inheritdoc/>
    public Task<CommitOutcome> CommitAsync(
        string table,
        string partition,
        IReadOnlyList<RowWrite> writes,
        CancellationToken cancellationToken
    ) => plan.RunAsync(CallKind.Write, () => rows.CommitAsync(table, partition, writes, cancellationToken));
}
