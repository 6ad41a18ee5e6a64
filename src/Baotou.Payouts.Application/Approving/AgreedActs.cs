using Baotou.Payouts.Application.Stopping;

namespace Baotou.Payouts.Application.Approving;

/// <summary>That two persons agreed, and to what end.</summary>
/// <param name="Approval">Id of the approval.</param>
/// <param name="Why">Why it was asked for.</param>
/// <param name="Persons">Who asked and who agreed.</param>
/// <param name="At">When they agreed.</param>
public sealed record Agreement(string Approval, string Why, TwoPersons Persons, DateTimeOffset At)
{
    /// <summary>The id under which what was agreed to stands in logs and histories.</summary>
    public string Act => Approvals.ActOf(Approval);
}

/// <summary>
/// What two persons may agree to: whether it makes sense, and doing it. Acts have natural ids, so doing one twice does nothing new.
/// </summary>
public sealed class AgreedActs(PoolActs pools, EntryActs entries, PayoutActs payouts, CodeAndSourceActs others, ThrowSwitch switches)
{
    /// <summary>Why a proposal makes no sense; null if it does.</summary>
    public Task<string?> ProblemAsync(Proposal proposal, DateTimeOffset at, CancellationToken cancellationToken) =>
        proposal switch
        {
            Proposal.OpenPool p => pools.ProblemAsync(p, cancellationToken),
            Proposal.Appropriate p => pools.ProblemAsync(p, cancellationToken),
            Proposal.Cut p => pools.ProblemAsync(p, cancellationToken),
            Proposal.ClosePool p => pools.ProblemAsync(p, cancellationToken),
            Proposal.MakeAutomatic p => entries.ProblemAsync(p, cancellationToken),
            Proposal.PutInShadow p => entries.ProblemAsync(p, cancellationToken),
            Proposal.DeclarePast p => entries.ProblemAsync(p, cancellationToken),
            Proposal.StillInForce p => Task.FromResult(entries.Problem(p)),
            Proposal.Withdraw p => payouts.ProblemAsync(p, cancellationToken),
            Proposal.ReleaseMoney p => payouts.ProblemAsync(p, cancellationToken),
            Proposal.Resume p => payouts.ProblemAsync(p, cancellationToken),
            Proposal.ClawBack p => payouts.ProblemAsync(p, cancellationToken),
            Proposal.Recovered p => payouts.ProblemAsync(p, cancellationToken),
            Proposal.MergeCodes p => others.ProblemAsync(p, cancellationToken),
            Proposal.CloseSource p => others.ProblemAsync(p, at, cancellationToken),
            Proposal.CorrectRecord p => others.ProblemAsync(p, at, cancellationToken),
            Proposal.SettleHeld p => others.ProblemAsync(p, cancellationToken),
            Proposal.StartAgain p => switches.ProblemAsync(p, cancellationToken),
            _ => throw new InvalidOperationException($"Unknown proposal {proposal.GetType().Name}."),
        };

    /// <summary>Does what was agreed to; answers why it cannot be done if it cannot.</summary>
    public Task<string?> DoAsync(Proposal proposal, Agreement agreement, CancellationToken cancellationToken) =>
        proposal switch
        {
            Proposal.OpenPool p => pools.DoAsync(p, agreement, cancellationToken),
            Proposal.Appropriate p => pools.DoAsync(p, agreement, cancellationToken),
            Proposal.Cut p => pools.DoAsync(p, agreement, cancellationToken),
            Proposal.ClosePool p => pools.DoAsync(p, agreement, cancellationToken),
            Proposal.MakeAutomatic p => entries.DoAsync(p, agreement, cancellationToken),
            Proposal.PutInShadow p => entries.DoAsync(p, agreement, cancellationToken),
            Proposal.DeclarePast p => entries.DoAsync(p, agreement, cancellationToken),
            Proposal.StillInForce p => entries.DoAsync(p, agreement, cancellationToken),
            Proposal.Withdraw p => payouts.DoAsync(p, agreement, cancellationToken),
            Proposal.ReleaseMoney p => payouts.DoAsync(p, agreement, cancellationToken),
            Proposal.Resume p => payouts.DoAsync(p, agreement, cancellationToken),
            Proposal.ClawBack p => payouts.DoAsync(p, agreement, cancellationToken),
            Proposal.Recovered p => payouts.DoAsync(p, agreement, cancellationToken),
            Proposal.MergeCodes p => others.DoAsync(p, agreement, cancellationToken),
            Proposal.CloseSource p => others.DoAsync(p, agreement, cancellationToken),
            Proposal.CorrectRecord p => others.DoAsync(p, agreement, cancellationToken),
            Proposal.SettleHeld p => others.DoAsync(p, agreement, cancellationToken),
            Proposal.StartAgain p => switches.StartAsync(
                p,
                agreement.Why,
                agreement.Act,
                agreement.Persons,
                agreement.At,
                cancellationToken
            ),
            _ => throw new InvalidOperationException($"Unknown proposal {proposal.GetType().Name}."),
        };
}
