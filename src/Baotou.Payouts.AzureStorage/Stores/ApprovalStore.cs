using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.AzureStorage.Stores;

/// <summary>Approvals in one partition: they are few.</summary>
internal sealed class ApprovalStore(IRowStore rows) : IApprovalStore
{
    public async Task<Approval> AddAsync(Approval approval, CancellationToken cancellationToken)
    {
        var existing = await rows.AddMissingAsync(StorageKeys.Approvals, StorageKeys.AllApprovals, [new RowWrite.Add(approval.Id, RowBody.Write(approval))], cancellationToken);
        return existing.TryGetValue(approval.Id, out var row) ? RowBody.Read<Approval>(row) : approval;
    }

    public async Task<StoredApproval?> ReadAsync(string id, CancellationToken cancellationToken) =>
        id.Length == 26 && id.All(char.IsAsciiHexDigitLower) && await rows.GetAsync(StorageKeys.Approvals, StorageKeys.AllApprovals, id, cancellationToken) is { } row
            ? new StoredApproval(RowBody.Read<Approval>(row), row.Version)
            : null;

    public async Task<IReadOnlyList<Approval>> ListAsync(CancellationToken cancellationToken) =>
        await rows.ReadAllAsync<Approval>(StorageKeys.Approvals, StorageKeys.AllApprovals, "0", "~", cancellationToken);

    public async Task<bool> MoveAsync(StoredApproval before, Approval after, CancellationToken cancellationToken) =>
        await rows.CommitAsync(StorageKeys.Approvals, StorageKeys.AllApprovals, [new RowWrite.Update(after.Id, before.Version, RowBody.Write(after))], cancellationToken) is CommitOutcome.Committed;
}
