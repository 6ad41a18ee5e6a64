using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Holding;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Application.Rerunning;
using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.Application.Withdrawing;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Approving;

/// <summary>What became of a request, in order of precedence.</summary>
public abstract record Requesting
{
    private Requesting()
    {
    }

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
    private Decided()
    {
    }

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
public sealed class Approvals(
    IApprovalStore store, OfficerActs acts, EntryActs entries, CodeAndSourceActs others, SettleWithdrawals settle, AllocatePool allocate, WithdrawClaim withdraw, ReleasePayout release,
    ResumePayout resume, RecoverPayout recover, ApplyRerun rerun, ThrowSwitch switches, IPoolLog pools, IPayoutStore payouts, IWorkQueue queue, Catalogue catalogue)
{
    /// <summary>The subject of what the schedule proposes. It is no person: two have to agree.</summary>
    public const string Schedule = "schedule";

    /// <summary>The id under which an approval's act stands in logs and histories.</summary>
    public static string ActOf(string approval) => "approval:" + approval;

    /// <summary>Asks.</summary>
    public async Task<Requesting> RequestAsync(Proposal proposal, string why, RequestMark request, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var id = ContentHash.OfText($"{request.Subject}\n{request.Key}").Hex[..26];
        var before = await store.ReadAsync(id, cancellationToken);
        if (before is null && await ProblemAsync(proposal, at, cancellationToken) is { } problem) return new Requesting.Senseless(problem);
        var stands = before?.Approval ?? await store.AddAsync(new Approval(id, proposal, why, request, at, ApprovalState.Pending, null, null, ""), cancellationToken);
        return stands.Request == request ? new Requesting.Asked(stands) : new Requesting.KeyReused();
    }

    /// <summary>Decides, and if it is agreed, does it.</summary>
    public async Task<Decided> DecideAsync(string id, bool agree, string note, string subject, DateTimeOffset at, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await store.ReadAsync(id, cancellationToken) is not { } stored) return new Decided.NotFound();
            var approval = stored.Approval;
            if (string.Equals(approval.Request.Subject.Trim(), subject.Trim(), StringComparison.OrdinalIgnoreCase)) return new Decided.OwnRequest();
            if (approval.State != ApprovalState.Pending)
            {
                if (approval.DecidedBy != subject || agree != approval.State is ApprovalState.Approved or ApprovalState.Done) return new Decided.TooLate(approval);
                return new Decided.Stands(await FinishAsync(stored, cancellationToken));
            }

            if (agree && approval.Request.Subject == Schedule && string.Equals((approval.AgreedBy ?? subject).Trim(), subject.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                if (approval.AgreedBy is not null) return new Decided.Stands(approval);
                var agreed = approval with { AgreedBy = subject };
                if (!await store.MoveAsync(stored, agreed, cancellationToken)) continue;
                return new Decided.Stands(agreed);
            }

            var decided = approval with { State = agree ? ApprovalState.Approved : ApprovalState.Refused, DecidedBy = subject, DecidedAt = at, Note = note };
            if (!await store.MoveAsync(stored, decided, cancellationToken)) continue;
            return new Decided.Stands(await store.ReadAsync(id, cancellationToken) is { } now ? await FinishAsync(now, cancellationToken) : decided);
        }
    }

    /// <summary>Finishes what was agreed and stopped half-way.</summary>
    public async Task FinishAllAsync(CancellationToken cancellationToken)
    {
        foreach (var approval in (await store.ListAsync(cancellationToken)).Where(a => a.State == ApprovalState.Approved))
        {
            if (await store.ReadAsync(approval.Id, cancellationToken) is { } stored) await FinishAsync(stored, cancellationToken);
        }
    }

    private async Task<Approval> FinishAsync(StoredApproval stored, CancellationToken cancellationToken)
    {
        if (stored.Approval.State != ApprovalState.Approved) return stored.Approval;
        if (stored.Approval.Proposal is Proposal.Rerun proposed) return await ApplyAsync(stored, proposed, cancellationToken);
        return await EndAsync(stored, await DoAsync(stored.Approval, cancellationToken), cancellationToken);
    }

    /// <summary>A rerun may have to wait for the round that takes its changes up; until then it stands agreed.</summary>
    private async Task<Approval> ApplyAsync(StoredApproval stored, Proposal.Rerun proposed, CancellationToken cancellationToken)
    {
        var approval = stored.Approval;
        var persons = new TwoPersons(approval.AgreedBy ?? approval.Request.Subject, approval.DecidedBy!);
        return await rerun.HandleAsync(proposed.Run, proposed.Difference, approval.Id, approval.Why, persons, approval.DecidedAt!.Value, cancellationToken) switch
        {
            Applying.NotYet => approval,
            Applying.Impossible impossible => await EndAsync(stored, impossible.Why, cancellationToken),
            _ => await EndAsync(stored, null, cancellationToken),
        };
    }

    private async Task<Approval> EndAsync(StoredApproval stored, string? impossible, CancellationToken cancellationToken)
    {
        var after = impossible is null ? stored.Approval with { State = ApprovalState.Done } : stored.Approval with { State = ApprovalState.Refused, Note = impossible };
        if (await store.MoveAsync(stored, after, cancellationToken)) return after;
        return (await store.ReadAsync(stored.Approval.Id, cancellationToken))?.Approval ?? after;
    }

    /// <summary>Does it; answers why it cannot be done if it cannot.</summary>
    private async Task<string?> DoAsync(Approval approval, CancellationToken cancellationToken)
    {
        var persons = new TwoPersons(approval.AgreedBy ?? approval.Request.Subject, approval.DecidedBy!);
        var at = approval.DecidedAt!.Value;
        var id = ActOf(approval.Id);
        switch (approval.Proposal)
        {
            case Proposal.OpenPool p:
                if (await SeedOfAsync(p.Pool, cancellationToken) is { } seed && seed != p.Seed) return "the pool-year was opened meanwhile";
                return await OnlyOnceAsync(() => acts.OpenPoolAsync(p.Pool, p.Seed, awaitsCarryIn: false, at, persons, cancellationToken)) ?? await AllocateAsync(p.Pool, cancellationToken);
            case Proposal.Appropriate p:
                await acts.AppropriateAsync(p.Pool, id, p.Amount, p.Document, at, persons, cancellationToken);
                return await AllocateAsync(p.Pool, cancellationToken);
            case Proposal.Cut p:
                await acts.CutAsync(p.Pool, id, p.Amount, p.Document, at, persons, cancellationToken);
                return await RefusalAsync(p.Pool, id, cancellationToken) ?? await AllocateAsync(p.Pool, cancellationToken);
            case Proposal.ClosePool p:
                await acts.ClosePoolAsync(p.Pool, id, p.Document, at, persons, cancellationToken);
                return await RefusalAsync(p.Pool, id, cancellationToken) ?? await AllocateAsync(p.Pool, cancellationToken);
            case Proposal.MakeAutomatic p:
                return await entries.DoAsync(p, at, approval.Why, persons, cancellationToken);
            case Proposal.PutInShadow p:
                return await entries.DoAsync(p, at, approval.Why, persons, cancellationToken);
            case Proposal.DeclarePast p:
                return await entries.DoAsync(p, at, approval.Why, persons, cancellationToken);
            case Proposal.StillInForce p:
                await acts.OnPolicyAsync(new PolicyAct.StillInForce(p.Policy, at, p.Through), approval.Why, persons, cancellationToken);
                return null;
            case Proposal.Withdraw p:
                return await withdraw.DoAsync(p, id, at, approval.Why, persons, cancellationToken);
            case Proposal.ReleaseMoney p:
                return await release.HandleAsync(p.Payout, approval.Why, persons, cancellationToken) == ReleaseOutcome.Released ? null : "the payout's state does not allow it any more";
            case Proposal.Resume p:
                return await resume.DoAsync(p, approval.Id, cancellationToken);
            case Proposal.ClawBack p:
                return await recover.ClawBackAsync(p, id, approval.Why, persons, cancellationToken);
            case Proposal.Recovered p:
                return await recover.RecordAsync(p.Payout, p.Document, id, persons, cancellationToken) ? null : "no case of the payout is open any more";
            case Proposal.MergeCodes p:
                return await others.DoAsync(p, at, approval.Why, persons, cancellationToken);
            case Proposal.CloseSource p:
                return await others.DoAsync(p, at, approval.Why, persons, cancellationToken);
            case Proposal.SettleHeld p:
                return await settle.HandleAsync(id, p.Source, p.Snapshot, p.Outcome, at, approval.Why, persons, cancellationToken);
            case Proposal.CorrectRecord p:
                return await others.DoAsync(p, approval.Id, at, approval.Why, persons, cancellationToken);
            case Proposal.StartAgain p:
                return await switches.StartAsync(p, approval.Why, id, persons, at, cancellationToken);
            default:
                throw new InvalidOperationException($"Unknown proposal {approval.Proposal.GetType().Name}.");
        }
    }

    /// <summary>A pool-year is opened once; two approvals of it may have waited side by side.</summary>
    private static async Task<string?> OnlyOnceAsync(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (InvalidOperationException)
        {
            return "another approval did this already";
        }
    }

    /// <summary>What the pool said to an act: why it moved nothing, or null if it did. The money may have gone since it was asked for.</summary>
    private async Task<string?> RefusalAsync(PoolYear pool, string id, CancellationToken cancellationToken)
    {
        await allocate.HandleAsync(pool, cancellationToken);
        await foreach (var entry in pools.EntriesAsync(pool, 0, cancellationToken))
        {
            if (entry.InputId == id) return entry.Kind == EntryKind.Refused ? entry.Note : null;
        }

        return null;
    }

    private async Task<string?> AllocateAsync(PoolYear pool, CancellationToken cancellationToken)
    {
        await queue.SendAsync(QueueNames.Allocate, WorkMessages.Write(new AllocateMessage(pool.Pool, pool.FiscalYear)), TimeSpan.Zero, cancellationToken);
        return null;
    }

    private Task<string?> ProblemAsync(Proposal proposal, DateTimeOffset at, CancellationToken cancellationToken) => proposal switch
    {
        Proposal.OpenPool p => OpeningAsync(p, cancellationToken),
        Proposal.Appropriate p => MoneyAsync(p.Pool, p.Amount, cancellationToken),
        Proposal.Cut p => CuttingAsync(p.Pool, p.Amount, cancellationToken),
        Proposal.ClosePool p => ClosingAsync(p.Pool, cancellationToken),
        Proposal.MakeAutomatic p => entries.ProblemAsync(p, cancellationToken),
        Proposal.PutInShadow p => entries.ProblemAsync(p, cancellationToken),
        Proposal.DeclarePast p => entries.ProblemAsync(p, cancellationToken),
        Proposal.StillInForce p => Task.FromResult(OnEntry(p.Policy)),
        Proposal.StartAgain p => switches.ProblemAsync(p, cancellationToken),
        Proposal.Withdraw p => withdraw.ProblemAsync(p, cancellationToken),
        Proposal.ReleaseMoney p => ReleasingAsync(p.Payout, cancellationToken),
        Proposal.Resume p => resume.ProblemAsync(p, cancellationToken),
        Proposal.Rerun p => rerun.ProblemAsync(p.Run, p.Difference, cancellationToken),
        Proposal.ClawBack p => recover.ProblemAsync(p, cancellationToken),
        Proposal.Recovered p => RecoveringAsync(p.Payout, cancellationToken),
        Proposal.MergeCodes p => others.ProblemAsync(p, cancellationToken),
        Proposal.CloseSource p => others.ProblemAsync(p, at, cancellationToken),
        Proposal.CorrectRecord p => others.ProblemAsync(p, at, cancellationToken),
        Proposal.SettleHeld p => settle.ProblemAsync(p.Source, p.Snapshot, cancellationToken),
        _ => throw new InvalidOperationException($"Unknown proposal {proposal.GetType().Name}."),
    };

    private async Task<string?> OpeningAsync(Proposal.OpenPool proposal, CancellationToken cancellationToken) =>
        OnPool(proposal.Pool) ?? (await SeedOfAsync(proposal.Pool, cancellationToken) is null ? null : "the pool-year is open already");

    private async Task<string?> MoneyAsync(PoolYear pool, Fen amount, CancellationToken cancellationToken) =>
        amount <= Fen.Zero ? "an amount is positive" : await OnOpenAsync(pool, cancellationToken);

    private async Task<string?> CuttingAsync(PoolYear pool, Fen amount, CancellationToken cancellationToken)
    {
        if (await MoneyAsync(pool, amount, cancellationToken) is { } problem) return problem;
        var free = (await pools.ReadHeadAsync(pool, cancellationToken)).Head.Free;
        return amount > free ? PoolFold.CutTooDeep(free) : null;
    }

    private async Task<string?> ClosingAsync(PoolYear pool, CancellationToken cancellationToken)
    {
        if (await OnOpenAsync(pool, cancellationToken) is { } problem) return problem;
        return (await pools.ReadHeadAsync(pool, cancellationToken)).Head.AwaitsCarryIn ? $"{PoolFold.NotCarriedIn}; close that year first, and this one once its rest has come" : null;
    }

    private async Task<string?> OnOpenAsync(PoolYear pool, CancellationToken cancellationToken)
    {
        if (OnPool(pool) is { } problem) return problem;
        if (await SeedOfAsync(pool, cancellationToken) is null) return "the pool-year is not open";
        return (await pools.ReadHeadAsync(pool, cancellationToken)).Head.Closed ? "the pool-year is closed" : null;
    }

    private async Task<string?> ReleasingAsync(string payoutId, CancellationToken cancellationToken) =>
        await payouts.ReadAsync(payoutId, cancellationToken) is not { Payout: var payout } ? "there is no such payout"
        : PayoutTransitions.Allows(payout.State, PayoutState.Releasing) ? null
        : payout.State == PayoutState.Paid ? "it is paid; what is not due is recovered by 'clawback'"
        : "the payout's state does not allow it";

    private async Task<string?> RecoveringAsync(string payoutId, CancellationToken cancellationToken) =>
        await payouts.ReadAsync(payoutId, cancellationToken) is { Payout.State: PayoutState.ClawbackDue } ? null : "no clawback case of that payout is open";

    private string? OnPool(PoolYear pool) =>
        catalogue.Pools.All(p => p.Id != pool.Pool) ? "the list has no such pool" : pool.FiscalYear is < 2000 or > 2100 ? "a fiscal year lies between 2000 and 2100" : null;

    private string? OnEntry(string policy) => catalogue.VersionsOf(policy) is [.., { Terms: not null }] ? null : "the list has no such entry that can be computed";

    private async Task<string?> SeedOfAsync(PoolYear pool, CancellationToken cancellationToken) =>
        ((await pools.InputsAsync(pool, 0, cancellationToken)).FirstOrDefault()?.Input as PoolInput.Open)?.Seed;
}
