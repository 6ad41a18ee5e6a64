using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Testing;

namespace Baotou.Payouts.AzureStorage.Tests.Crashing;

/// <summary>
/// A planted bug: claims and entitlements whose writing failed are told to be written. It also counts along which requests write such rows,
/// so that one of them can be let fail.
/// </summary>
internal sealed class ForgetfulRows(IRowStore rows, FaultPlan plan) : IRowStore
{
    private readonly List<long> _writes = [];

    /// <summary>The numbers of the requests that wrote claims or entitlements.</summary>
    public IReadOnlyList<long> Writes => _writes;

    public Task<StoredRow?> GetAsync(string table, string partition, string rowKey, CancellationToken cancellationToken) =>
        rows.GetAsync(table, partition, rowKey, cancellationToken);

    public IAsyncEnumerable<StoredRow> QueryAsync(
        string table,
        string partition,
        string from,
        string below,
        CancellationToken cancellationToken
    ) => rows.QueryAsync(table, partition, from, below, cancellationToken);

    public IAsyncEnumerable<PlacedRow> ScanAsync(string table, string? rowKey, CancellationToken cancellationToken) =>
        rows.ScanAsync(table, rowKey, cancellationToken);

    public async Task<CommitOutcome> CommitAsync(
        string table,
        string partition,
        IReadOnlyList<RowWrite> writes,
        CancellationToken cancellationToken
    )
    {
        if (table is not (StorageKeys.Claims or StorageKeys.Entitlements))
            return await rows.CommitAsync(table, partition, writes, cancellationToken);
        _writes.Add(plan.Calls + 1);
        try
        {
            return await rows.CommitAsync(table, partition, writes, cancellationToken);
        }
        catch (PlantedFaultException)
        {
            return new CommitOutcome.Committed([.. writes.Select(_ => "forgotten")]);
        }
    }
}
