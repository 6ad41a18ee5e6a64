using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.AzureStorage.Stores;

/// <summary>Approvals in one partition: they are few.</summary>
internal sealed class ApprovalStore(IRowStore rows) : IApprovalStore
{
    private readonly IdRows<Approval> _approvals = new(rows, StorageKeys.Approvals, StorageKeys.AllApprovals, approval => approval.Id);

    public Task<Approval> AddAsync(Approval approval, CancellationToken cancellationToken) =>
        _approvals.AddAsync(approval, cancellationToken);

    public async Task<StoredApproval?> ReadAsync(string id, CancellationToken cancellationToken) =>
        await _approvals.ReadAsync(id, cancellationToken) is var (approval, version) ? new StoredApproval(approval, version) : null;

    public Task<IReadOnlyList<Approval>> ListAsync(CancellationToken cancellationToken) => _approvals.ListAsync(cancellationToken);

    public Task<bool> MoveAsync(StoredApproval before, Approval after, CancellationToken cancellationToken) =>
        _approvals.MoveAsync(before.Version, after, cancellationToken);
}
