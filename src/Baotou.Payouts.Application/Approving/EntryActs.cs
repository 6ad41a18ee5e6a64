using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Approving;

/// <summary>What two persons may decide about an entry: its past is declared before it leaves shadow, so that nothing is paid twice.</summary>
public sealed class EntryActs(IActLog log, OfficerActs acts, PaidBefore paid, DeclaredPast declared, Catalogue catalogue)
{
    /// <summary>Whether the acts so far let an entry reserve.</summary>
    public static bool IsAutomatic(IEnumerable<PolicyAct> acts, string policy) =>
        acts.Where(a => a.Policy == policy).LastOrDefault(a => a is PolicyAct.MadeAutomatic or PolicyAct.PutInShadow)
        is PolicyAct.MadeAutomatic;

    /// <summary>Why it makes no sense to declare the past so; null if it does.</summary>
    public async Task<string?> ProblemAsync(Proposal.DeclarePast proposal, CancellationToken cancellationToken)
    {
        if (OnEntry(proposal.Policy) is { } unknown)
            return unknown;
        if (IsAutomatic(await log.PolicyActsAsync(cancellationToken), proposal.Policy))
            return "the entry is automatic; its past was to be declared before";
        var (payments, amount) = await paid.TotalAsync(proposal.Policy, cancellationToken);
        return (payments, amount) == (proposal.Payments, proposal.Amount)
            ? null
            : $"{payments} payments of {amount} fen together are imported for it, not {proposal.Payments} of {proposal.Amount}; import what is missing, or declare what is there";
    }

    /// <summary>Why it makes no sense to take an entry out of shadow; null if it does.</summary>
    public async Task<string?> ProblemAsync(Proposal.MakeAutomatic proposal, CancellationToken cancellationToken)
    {
        if (OnEntry(proposal.Policy) is { } unknown)
            return unknown;
        return await declared.ProblemAsync(proposal.Policy, cancellationToken);
    }

    /// <summary>Why it makes no sense to put an entry back into shadow; null if it does.</summary>
    public async Task<string?> ProblemAsync(Proposal.PutInShadow proposal, CancellationToken cancellationToken) =>
        OnEntry(proposal.Policy)
        ?? (IsAutomatic(await log.PolicyActsAsync(cancellationToken), proposal.Policy) ? null : "the entry is in shadow already");

    /// <summary>Why it makes no sense to say that an entry is still in force; null if it does.</summary>
    public string? Problem(Proposal.StillInForce proposal) => OnEntry(proposal.Policy);

    /// <summary>Declares the past; answers why it cannot be done if it cannot.</summary>
    public Task<string?> DoAsync(Proposal.DeclarePast proposal, Agreement agreement, CancellationToken cancellationToken) =>
        KeepAsync(
            new PolicyAct.PastDeclared(proposal.Policy, agreement.At, proposal.Payments, proposal.Amount),
            agreement,
            () => ProblemAsync(proposal, cancellationToken),
            cancellationToken
        );

    /// <summary>Takes an entry out of shadow; answers why it cannot be done if it cannot.</summary>
    public Task<string?> DoAsync(Proposal.MakeAutomatic proposal, Agreement agreement, CancellationToken cancellationToken) =>
        KeepAsync(
            new PolicyAct.MadeAutomatic(proposal.Policy, agreement.At),
            agreement,
            () => ProblemAsync(proposal, cancellationToken),
            cancellationToken
        );

    /// <summary>Puts an entry back into shadow; answers why it cannot be done if it cannot.</summary>
    public Task<string?> DoAsync(Proposal.PutInShadow proposal, Agreement agreement, CancellationToken cancellationToken) =>
        KeepAsync(
            new PolicyAct.PutInShadow(proposal.Policy, agreement.At),
            agreement,
            () => ProblemAsync(proposal, cancellationToken),
            cancellationToken
        );

    /// <summary>Says that an entry whose end is not printed is still in force; answers why it cannot be done if it cannot.</summary>
    public Task<string?> DoAsync(Proposal.StillInForce proposal, Agreement agreement, CancellationToken cancellationToken) =>
        KeepAsync(
            new PolicyAct.StillInForce(proposal.Policy, agreement.At, proposal.Through),
            agreement,
            () => Task.FromResult(Problem(proposal)),
            cancellationToken
        );

    /// <summary>Keeps an act unless it stands there from an earlier attempt. Two of one kind about one entry take effect at two moments: which came first would be nobody's word.</summary>
    private async Task<string?> KeepAsync(
        PolicyAct act,
        Agreement agreement,
        Func<Task<string?>> problemAsync,
        CancellationToken cancellationToken
    )
    {
        var kept = OfficerActs.ActOf(act, agreement.Why, agreement.Persons);
        if (await log.FindAsync(kept.Id, cancellationToken) is { } before)
            return before == kept ? null : SameMoment;
        if (await problemAsync() is { } problem)
            return problem;
        if (
            act is PolicyAct.MadeAutomatic
            && await log.FindAsync(OfficerActs.IdOf(new PolicyAct.PutInShadow(act.Policy, act.Moment)), cancellationToken) is not null
        )
            return SameMoment;
        await acts.OnPolicyAsync(act, agreement.Why, agreement.Persons, cancellationToken);
        return null;
    }

    private const string SameMoment =
        "another act about the entry takes effect at the same moment; look at what it says, and ask again if this one is still wanted";

    private string? OnEntry(string policy) =>
        catalogue.VersionsOf(policy) is [.., { Terms: not null }] ? null : "the list has no such entry that can be computed";
}
