using Baotou.Payouts.Application.Electing;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.AzureStorage.Stores;

/// <summary>Elections in one partition, each under the request that made it: they are few.</summary>
internal sealed class ElectionLog(IRowStore rows) : IElectionLog
{
    public async Task<StoredElection> AddAsync(StoredElection election, CancellationToken cancellationToken)
    {
        var key = StorageKeys.RequestRow(election.Request.Subject, election.Request.Key);
        var existing = await rows.AddMissingAsync(
            StorageKeys.Acts,
            StorageKeys.AllElections,
            [new RowWrite.Add(key, RowBody.Write(election))],
            cancellationToken
        );
        return existing.TryGetValue(key, out var row) ? RowBody.Read<StoredElection>(row) : election;
    }

    public async Task<StoredElection?> FindAsync(string subject, string key, CancellationToken cancellationToken) =>
        await rows.GetAsync(StorageKeys.Acts, StorageKeys.AllElections, StorageKeys.RequestRow(subject, key), cancellationToken) is { } row
            ? RowBody.Read<StoredElection>(row)
            : null;

    public async Task<IReadOnlyList<StoredElection>> ListAsync(CancellationToken cancellationToken) =>
        [
            .. (await rows.ReadAllAsync<StoredElection>(StorageKeys.Acts, StorageKeys.AllElections, "0", "~", cancellationToken))
                .OrderBy(e => e.Election.Moment)
                .ThenBy(e => e.Election.Uscc)
                .ThenBy(e => e.Election.Policy, StringComparer.Ordinal)
                .ThenBy(e => e.Election.Occasion, StringComparer.Ordinal),
        ];
}
