using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Rerunning;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Reconciling;

/// <summary>
/// Holds what two persons agreed to about one claim or one payout against what came of it: each withdrawal and each case rests on an
/// approval that says the same, and each approval that is done has them.
/// </summary>
public sealed class VerifyAgreed(IApprovalStore approvals, IActLog acts, IPoolLog pools)
{
    /// <summary>Verifies withdrawals, clawback cases and recoveries.</summary>
    /// <param name="moved">The transitions of payouts that an act made, and all that open or end a case.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    /// <returns>The first difference; null if everything holds.</returns>
    public async Task<string?> HandleAsync(IReadOnlyList<Payout> moved, CancellationToken cancellationToken)
    {
        var agreed = (await approvals.ListAsync(cancellationToken))
            .Where(a => a.State is ApprovalState.Approved or ApprovalState.Done)
            .ToDictionary(a => Approvals.ActOf(a.Id), StringComparer.Ordinal);
        return CompareCases(agreed, moved) ?? await CompareWithdrawalsAsync(agreed, cancellationToken);
    }

    private static string? CompareCases(Dictionary<string, Approval> agreed, IReadOnlyList<Payout> moved)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var payout in moved.Where(p => p.Act is not { } act || !act.StartsWith(ApplyRerun.ActOf(""), StringComparison.Ordinal)))
        {
            var act = payout.Act ?? "";
            if (!agreed.TryGetValue(act, out var approval) || !IsOf(approval.Proposal, payout))
                return $"payout {payout.Id}: transition {payout.Version} takes {payout.Taking} fen by '{act}', and no two persons agreed to that";
            if (!found.Add(act))
                return $"payout {payout.Id}: transition {payout.Version} is by '{act}', which was done before";
        }

        return
            agreed.Values.FirstOrDefault(a =>
                a is { State: ApprovalState.Done, Proposal: Proposal.ClawBack or Proposal.Recovered }
                && !found.Contains(Approvals.ActOf(a.Id))
            )
                is { } idle
            ? $"approval {idle.Id}: is done, and no payout was moved by it"
            : null;
    }

    private static bool IsOf(Proposal proposal, Payout moved) =>
        proposal switch
        {
            Proposal.ClawBack p => p.Payout == moved.Id && moved.State == PayoutState.ClawbackDue && moved.Taking == p.Amount,
            Proposal.Recovered p => p.Payout == moved.Id && moved.State == PayoutState.ClawingBack,
            _ => false,
        };

    private async Task<string?> CompareWithdrawalsAsync(Dictionary<string, Approval> agreed, CancellationToken cancellationToken)
    {
        var limited = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pool in await pools.ListAsync(cancellationToken))
        {
            var inputs = await pools.InputsAsync(pool, 0, cancellationToken);
            foreach (
                var limit in inputs
                    .Select(i => i.Input)
                    .OfType<PoolInput.LimitClaim>()
                    .Where(l => !l.Id.StartsWith(RoundLimit.IdPrefix, StringComparison.Ordinal))
            )
            {
                if (
                    !agreed.TryGetValue(limit.Id, out var approval)
                    || approval.Proposal is not Proposal.Withdraw p
                    || LimitOf(limit.Id, p) != limit
                )
                    return $"{pool}: act '{limit.Id}' limits claim {limit.Claim} to {limit.Limit} fen, and no two persons agreed to that";
                limited.Add(OfficerActs.IdOf(pool, limit.Id));
            }
        }

        var withdrawn = (await acts.ListAsync(cancellationToken)).Where(a => a.Withdrawn is not null).ToList();
        foreach (var act in withdrawn)
        {
            var (id, approval) = agreed.FirstOrDefault(a => act.Id.EndsWith(":" + a.Key, StringComparison.Ordinal));
            if (
                approval?.Proposal is not Proposal.Withdraw p
                || act.Withdrawn != new ClaimWithdrawn(p.Claim, p.Granted, p.Document, approval.Why)
                || act.What != CanonicalJson.Write<PoolInput>(LimitOf(id, p))
            )
                return $"act '{act.Id}': withdraws claim {act.Withdrawn!.Claim}, and no two persons agreed to that";
            if (approval.State == ApprovalState.Done && !limited.Contains(act.Id))
                return $"act '{act.Id}': withdraws claim {act.Withdrawn!.Claim}, and the log of its pool does not";
        }

        return
            agreed.Values.FirstOrDefault(a =>
                a is { State: ApprovalState.Done, Proposal: Proposal.Withdraw }
                && !withdrawn.Exists(w => w.Id.EndsWith(":" + Approvals.ActOf(a.Id), StringComparison.Ordinal))
            )
                is { } idle
            ? $"approval {idle.Id}: is done, and no act withdraws its claim"
            : null;
    }

    private static PoolInput.LimitClaim LimitOf(string id, Proposal.Withdraw proposal) => new(id, proposal.Claim, proposal.Granted);
}
