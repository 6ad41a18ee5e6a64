using System.Runtime.ExceptionServices;
using Baotou.Payouts.Application.Rerunning;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Approving;

/// <summary>What became of a request, in order of precedence.</summary>
public abstract record Requesting
{
    private Requesting() { }

    /// <summary>The key was used for another request.</summary>
    public sealed record KeyReused : Requesting;

    /// <summary>It makes no sense, and why. A repeat is never told so: what it asked for may have come about by now.</summary>
    public sealed record Senseless(string Why) : Requesting;

    /// <summary>It waits for a second person; of a repeat, where it stands by now.</summary>
    public sealed record Asked(Approval Approval) : Requesting;
}

/// <summary>What became of a decision, in order of precedence.</summary>
public abstract record Decided
{
    private Decided() { }

    /// <summary>There is no such approval.</summary>
    public sealed record NotFound : Decided;

    /// <summary>Whoever asked cannot decide.</summary>
    public sealed record OwnRequest : Decided;

    /// <summary>It was decided before, otherwise or by somebody else.</summary>
    public sealed record TooLate(Approval Approval) : Decided;

    /// <summary>It stands decided so.</summary>
    public sealed record Stands(Approval Approval) : Decided;
}

/// <summary>
/// Moving money takes two: one asks, another decides, and only then is it done. The decision is stored before the act; whatever stops the act half-way,
/// the sweep finishes it, and acts have natural ids, so finishing twice does nothing new.
/// </summary>
public sealed class Approvals(IApprovalStore store, AgreedActs acts, ApplyRerun rerun)
{
    /// <summary>The subject of what the schedule proposes. It is no person: two have to agree.</summary>
    public const string Schedule = "schedule";

    /// <summary>The id under which an approval's act stands in logs and histories.</summary>
    public static string ActOf(string approval) => "approval:" + approval;

    /// <summary>Asks.</summary>
    public async Task<Requesting> RequestAsync(
        Proposal proposal,
        string why,
        RequestMark request,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var id = ContentHash.OfText($"{request.Subject}\n{request.Key}").Hex[..26];
        var before = await store.ReadAsync(id, cancellationToken);
        if (before is null && await ProblemAsync(proposal, at, cancellationToken) is { } problem)
            return new Requesting.Senseless(problem);
        var stands =
            before?.Approval
            ?? await store.AddAsync(new Approval(id, proposal, why, request, at, ApprovalState.Pending, null, null, ""), cancellationToken);
        return stands.Request == request ? new Requesting.Asked(stands) : new Requesting.KeyReused();
    }

    /// <summary>Decides, and if it is agreed, does it.</summary>
    public async Task<Decided> DecideAsync(
        string id,
        bool agree,
        string note,
        string subject,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            if (await store.ReadAsync(id, cancellationToken) is not { } stored)
                return new Decided.NotFound();
            var approval = stored.Approval;
            if (string.Equals(approval.Request.Subject.Trim(), subject.Trim(), StringComparison.OrdinalIgnoreCase))
                return new Decided.OwnRequest();
            if (approval.State != ApprovalState.Pending)
            {
                if (approval.DecidedBy != subject || agree != approval.State is ApprovalState.Approved or ApprovalState.Done)
                    return new Decided.TooLate(approval);
                return new Decided.Stands(await FinishAsync(stored, cancellationToken));
            }

            if (
                agree
                && approval.Request.Subject == Schedule
                && string.Equals((approval.AgreedBy ?? subject).Trim(), subject.Trim(), StringComparison.OrdinalIgnoreCase)
            )
            {
                if (approval.AgreedBy is not null)
                    return new Decided.Stands(approval);
                var agreed = approval with { AgreedBy = subject };
                if (!await store.MoveAsync(stored, agreed, cancellationToken))
                    continue;
                return new Decided.Stands(agreed);
            }

            var decided = approval with
            {
                State = agree ? ApprovalState.Approved : ApprovalState.Refused,
                DecidedBy = subject,
                DecidedAt = at,
                Note = note,
            };
            if (!await store.MoveAsync(stored, decided, cancellationToken))
                continue;
            return new Decided.Stands(
                await store.ReadAsync(id, cancellationToken) is { } now ? await FinishAsync(now, cancellationToken) : decided
            );
        }
    }

    /// <summary>Finishes what was agreed and stopped half-way. One that throws keeps no other from being finished; the first trouble is thrown when all were tried.</summary>
    public async Task FinishAllAsync(CancellationToken cancellationToken)
    {
        ExceptionDispatchInfo? trouble = null;
        foreach (var approval in (await store.ListAsync(cancellationToken)).Where(a => a.State == ApprovalState.Approved))
        {
            try
            {
                if (await store.ReadAsync(approval.Id, cancellationToken) is { } stored)
                    await FinishAsync(stored, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                trouble ??= ExceptionDispatchInfo.Capture(e);
            }
        }

        trouble?.Throw();
    }

    private async Task<Approval> FinishAsync(StoredApproval stored, CancellationToken cancellationToken)
    {
        if (stored.Approval.State != ApprovalState.Approved)
            return stored.Approval;
        if (stored.Approval.Proposal is Proposal.Rerun proposed)
            return await ApplyAsync(stored, proposed, cancellationToken);
        return await EndAsync(
            stored,
            await acts.DoAsync(stored.Approval.Proposal, AgreementOf(stored.Approval), cancellationToken),
            cancellationToken
        );
    }

    /// <summary>A rerun may have to wait for the round that takes its changes up; until then it stands agreed.</summary>
    private async Task<Approval> ApplyAsync(StoredApproval stored, Proposal.Rerun proposed, CancellationToken cancellationToken)
    {
        var approval = stored.Approval;
        var agreement = AgreementOf(approval);
        return await rerun.HandleAsync(
            proposed.Run,
            proposed.Difference,
            approval.Id,
            approval.Why,
            agreement.Persons,
            agreement.At,
            cancellationToken
        ) switch
        {
            Applying.NotYet => approval,
            Applying.Impossible impossible => await EndAsync(stored, impossible.Why, cancellationToken),
            _ => await EndAsync(stored, null, cancellationToken),
        };
    }

    private async Task<Approval> EndAsync(StoredApproval stored, string? impossible, CancellationToken cancellationToken)
    {
        var after = impossible is null
            ? stored.Approval with
            {
                State = ApprovalState.Done,
            }
            : stored.Approval with
            {
                State = ApprovalState.Refused,
                Note = impossible,
            };
        if (await store.MoveAsync(stored, after, cancellationToken))
            return after;
        return (await store.ReadAsync(stored.Approval.Id, cancellationToken))?.Approval ?? after;
    }

    private static Agreement AgreementOf(Approval approval) =>
        new(
            approval.Id,
            approval.Why,
            new TwoPersons(approval.AgreedBy ?? approval.Request.Subject, approval.DecidedBy!),
            approval.DecidedAt!.Value
        );

    private Task<string?> ProblemAsync(Proposal proposal, DateTimeOffset at, CancellationToken cancellationToken) =>
        proposal is Proposal.Rerun p
            ? rerun.ProblemAsync(p.Run, p.Difference, cancellationToken)
            : acts.ProblemAsync(proposal, at, cancellationToken);
}
