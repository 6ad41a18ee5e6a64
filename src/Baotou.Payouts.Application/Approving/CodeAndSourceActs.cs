using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Settling;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Replaying;
using Baotou.Payouts.Domain.Time;

namespace Baotou.Payouts.Application.Approving;

/// <summary>What two persons may decide about codes of enterprises, about sources and about their records: whether it makes sense, and doing it once it is agreed.</summary>
public sealed class CodeAndSourceActs(
    IActLog log,
    OfficerActs acts,
    ISourceLog sources,
    QuarantineCases quarantine,
    SettleWithdrawals settle,
    Catalogue catalogue
)
{
    /// <summary>Why a merge makes no sense; null if it does.</summary>
    public async Task<string?> ProblemAsync(Proposal.MergeCodes proposal, CancellationToken cancellationToken)
    {
        if (proposal.From == proposal.Into)
            return "a code cannot be merged into itself";
        var merges = await log.MergesAsync(cancellationToken);
        if (merges.FirstOrDefault(m => m.From == proposal.From) is { } before)
            return $"{proposal.From} was merged into {before.Into} already; merge that one";
        return new MergedCodes(merges).CurrentOf(proposal.Into) == proposal.From
            ? $"{proposal.Into} was merged into {proposal.From} already; the two are one enterprise"
            : null;
    }

    /// <summary>Merges; answers why it cannot be done if it cannot.</summary>
    public async Task<string?> DoAsync(Proposal.MergeCodes proposal, Agreement agreement, CancellationToken cancellationToken)
    {
        var merge = new CodesMerged(proposal.From, proposal.Into, agreement.At);
        if ((await log.MergesAsync(cancellationToken)).Contains(merge))
            return null;
        if (await ProblemAsync(proposal, cancellationToken) is { } problem)
            return problem;
        await acts.MergeAsync(merge, agreement.Why, agreement.Persons, cancellationToken);
        return null;
    }

    /// <summary>Why closing a source makes no sense; null if it does.</summary>
    public async Task<string?> ProblemAsync(Proposal.CloseSource proposal, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (catalogue.Facts.Kinds.All(k => k.Agency != proposal.Source))
            return $"the dictionary of facts has no source '{proposal.Source}'";
        var through = ChinaTime.EndOf(proposal.Through);
        if (through > at)
            return "a source is closed through a day that is over";
        return (await sources.ReadAsync(proposal.Source, cancellationToken)).Standing.CompleteThrough is { } complete && complete >= through
            ? $"it has told everything through {ChinaTime.DayOf(complete):yyyy-MM-dd} already"
            : null;
    }

    /// <summary>Closes a source through a day; answers why it cannot be done if it cannot.</summary>
    public async Task<string?> DoAsync(Proposal.CloseSource proposal, Agreement agreement, CancellationToken cancellationToken)
    {
        var closed = new SourceClosed(proposal.Source, ChinaTime.EndOf(proposal.Through));
        var act = OfficerActs.ActOf(closed, agreement.At, agreement.Why, agreement.Persons);
        if (await log.FindAsync(act.Id, cancellationToken) is { } before)
            return before == act ? null : "another approval closed it through that day already";
        await acts.CloseSourceAsync(closed, agreement.At, agreement.Why, agreement.Persons, cancellationToken);
        return null;
    }

    /// <summary>Why a correction of a record makes no sense; null if it does.</summary>
    public Task<string?> ProblemAsync(Proposal.CorrectRecord proposal, DateTimeOffset at, CancellationToken cancellationToken) =>
        quarantine.ProblemAsync(proposal, at, cancellationToken);

    /// <summary>Corrects a record; answers why it cannot be done if it cannot.</summary>
    public Task<string?> DoAsync(Proposal.CorrectRecord proposal, Agreement agreement, CancellationToken cancellationToken) =>
        quarantine.DoAsync(proposal, agreement.Approval, agreement.At, agreement.Why, agreement.Persons, cancellationToken);

    /// <summary>Why settling what vanished from a snapshot makes no sense; null if it does.</summary>
    public Task<string?> ProblemAsync(Proposal.SettleHeld proposal, CancellationToken cancellationToken) =>
        settle.ProblemAsync(proposal.Source, proposal.Snapshot, cancellationToken);

    /// <summary>Settles it; answers why it cannot be done if it cannot.</summary>
    public Task<string?> DoAsync(Proposal.SettleHeld proposal, Agreement agreement, CancellationToken cancellationToken) =>
        settle.HandleAsync(
            agreement.Act,
            proposal.Source,
            proposal.Snapshot,
            proposal.Outcome,
            agreement.At,
            agreement.Why,
            agreement.Persons,
            cancellationToken
        );
}
