using Baotou.Payouts.Application.Holding;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Application.Withdrawing;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Approving;

/// <summary>What two persons may decide about one claim or payout.</summary>
public sealed class PayoutActs(
    WithdrawClaim withdraw,
    ReleasePayout release,
    ResumePayout resume,
    RecoverPayout recover,
    IPayoutStore payouts
)
{
    /// <summary>Why withdrawing a claim makes no sense; null if it does.</summary>
    public Task<string?> ProblemAsync(Proposal.Withdraw proposal, CancellationToken cancellationToken) =>
        withdraw.ProblemAsync(proposal, cancellationToken);

    /// <summary>Why a release makes no sense; null if it does.</summary>
    public async Task<string?> ProblemAsync(Proposal.ReleaseMoney proposal, CancellationToken cancellationToken) =>
        await payouts.ReadAsync(proposal.Payout, cancellationToken) is not { Payout.State: var state } ? "there is no such payout"
        : PayoutTransitions.Allows(state, PayoutState.Releasing) ? null
        : state == PayoutState.Paid ? "it is paid; what is not due is recovered by 'clawback'"
        : "the payout's state does not allow it";

    /// <summary>Why letting a payout go on makes no sense; null if it does.</summary>
    public Task<string?> ProblemAsync(Proposal.Resume proposal, CancellationToken cancellationToken) =>
        resume.ProblemAsync(proposal, cancellationToken);

    /// <summary>Why clawing back makes no sense; null if it does.</summary>
    public Task<string?> ProblemAsync(Proposal.ClawBack proposal, CancellationToken cancellationToken) =>
        recover.ProblemAsync(proposal, cancellationToken);

    /// <summary>Why recording a recovery makes no sense; null if it does.</summary>
    public async Task<string?> ProblemAsync(Proposal.Recovered proposal, CancellationToken cancellationToken) =>
        await payouts.ReadAsync(proposal.Payout, cancellationToken) is { Payout.State: PayoutState.ClawbackDue }
            ? null
            : "no clawback case of that payout is open";

    /// <summary>Withdraws; answers why it cannot be done if it cannot.</summary>
    public Task<string?> DoAsync(Proposal.Withdraw proposal, Agreement agreement, CancellationToken cancellationToken) =>
        withdraw.DoAsync(proposal, agreement.Act, agreement.At, agreement.Why, agreement.Persons, cancellationToken);

    /// <summary>Releases; answers why it cannot be done if it cannot.</summary>
    public async Task<string?> DoAsync(Proposal.ReleaseMoney proposal, Agreement agreement, CancellationToken cancellationToken) =>
        await release.HandleAsync(proposal.Payout, agreement.Why, agreement.Persons, cancellationToken) == ReleaseOutcome.Released
            ? null
            : "the payout's state does not allow it any more";

    /// <summary>Lets a payout go on; answers why it cannot be done if it cannot.</summary>
    public Task<string?> DoAsync(Proposal.Resume proposal, Agreement agreement, CancellationToken cancellationToken) =>
        resume.DoAsync(proposal, agreement.Approval, cancellationToken);

    /// <summary>Opens a clawback case; answers why it cannot be done if it cannot.</summary>
    public Task<string?> DoAsync(Proposal.ClawBack proposal, Agreement agreement, CancellationToken cancellationToken) =>
        recover.ClawBackAsync(proposal, agreement.Act, agreement.Why, agreement.Persons, cancellationToken);

    /// <summary>Records that money came back; answers why it cannot be done if it cannot.</summary>
    public async Task<string?> DoAsync(Proposal.Recovered proposal, Agreement agreement, CancellationToken cancellationToken) =>
        await recover.RecordAsync(proposal.Payout, proposal.Document, agreement.Act, agreement.Persons, cancellationToken)
            ? null
            : "no case of the payout is open any more";
}
