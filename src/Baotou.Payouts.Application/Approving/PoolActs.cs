using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Approving;

/// <summary>
/// What two persons may decide about the money of a pool-year. A cut or a close is asked of the pool itself, which may refuse: the money
/// may have gone meanwhile.
/// </summary>
public sealed class PoolActs(OfficerActs acts, AllocatePool allocate, IPoolLog pools, IWorkQueue queue, Catalogue catalogue)
{
    /// <summary>Why opening makes no sense; null if it does.</summary>
    public async Task<string?> ProblemAsync(Proposal.OpenPool proposal, CancellationToken cancellationToken) =>
        OnPool(proposal.Pool) ?? (await SeedOfAsync(proposal.Pool, cancellationToken) is null ? null : "the pool-year is open already");

    /// <summary>Why appropriating makes no sense; null if it does.</summary>
    public Task<string?> ProblemAsync(Proposal.Appropriate proposal, CancellationToken cancellationToken) =>
        OfMoneyAsync(proposal.Pool, proposal.Amount, cancellationToken);

    /// <summary>Why a cut makes no sense; null if it does.</summary>
    public async Task<string?> ProblemAsync(Proposal.Cut proposal, CancellationToken cancellationToken)
    {
        if (await OfMoneyAsync(proposal.Pool, proposal.Amount, cancellationToken) is { } problem)
            return problem;
        var free = (await pools.ReadHeadAsync(proposal.Pool, cancellationToken)).Head.Free;
        return proposal.Amount > free ? PoolFold.CutTooDeep(free) : null;
    }

    /// <summary>Why closing makes no sense; null if it does.</summary>
    public async Task<string?> ProblemAsync(Proposal.ClosePool proposal, CancellationToken cancellationToken)
    {
        if (await OnOpenAsync(proposal.Pool, cancellationToken) is { } problem)
            return problem;
        return (await pools.ReadHeadAsync(proposal.Pool, cancellationToken)).Head.AwaitsCarryIn
            ? $"{PoolFold.NotCarriedIn}; close that year first, and this one once its rest has come"
            : null;
    }

    /// <summary>Opens; answers why it cannot be done if it cannot.</summary>
    public async Task<string?> DoAsync(Proposal.OpenPool proposal, Agreement agreement, CancellationToken cancellationToken)
    {
        if (await SeedOfAsync(proposal.Pool, cancellationToken) is { } seed && seed != proposal.Seed)
            return "the pool-year was opened meanwhile";
        return await OnlyOnceAsync(() =>
                acts.OpenPoolAsync(proposal.Pool, proposal.Seed, awaitsCarryIn: false, agreement.At, agreement.Persons, cancellationToken)
            ) ?? await AllocateAsync(proposal.Pool, cancellationToken);
    }

    /// <summary>Appropriates.</summary>
    public async Task<string?> DoAsync(Proposal.Appropriate proposal, Agreement agreement, CancellationToken cancellationToken)
    {
        await acts.AppropriateAsync(
            proposal.Pool,
            agreement.Act,
            proposal.Amount,
            proposal.Document,
            agreement.At,
            agreement.Persons,
            cancellationToken
        );
        return await AllocateAsync(proposal.Pool, cancellationToken);
    }

    /// <summary>Cuts; answers what the pool said if it refused.</summary>
    public async Task<string?> DoAsync(Proposal.Cut proposal, Agreement agreement, CancellationToken cancellationToken)
    {
        await acts.CutAsync(
            proposal.Pool,
            agreement.Act,
            proposal.Amount,
            proposal.Document,
            agreement.At,
            agreement.Persons,
            cancellationToken
        );
        return await RefusalAsync(proposal.Pool, agreement.Act, cancellationToken) ?? await AllocateAsync(proposal.Pool, cancellationToken);
    }

    /// <summary>Closes; answers what the pool said if it refused.</summary>
    public async Task<string?> DoAsync(Proposal.ClosePool proposal, Agreement agreement, CancellationToken cancellationToken)
    {
        await acts.ClosePoolAsync(proposal.Pool, agreement.Act, proposal.Document, agreement.At, agreement.Persons, cancellationToken);
        return await RefusalAsync(proposal.Pool, agreement.Act, cancellationToken) ?? await AllocateAsync(proposal.Pool, cancellationToken);
    }

    private async Task<string?> OfMoneyAsync(PoolYear pool, Fen amount, CancellationToken cancellationToken) =>
        amount <= Fen.Zero ? "an amount is positive" : await OnOpenAsync(pool, cancellationToken);

    private async Task<string?> OnOpenAsync(PoolYear pool, CancellationToken cancellationToken)
    {
        if (OnPool(pool) is { } problem)
            return problem;
        if (await SeedOfAsync(pool, cancellationToken) is null)
            return "the pool-year is not open";
        return (await pools.ReadHeadAsync(pool, cancellationToken)).Head.Closed ? "the pool-year is closed" : null;
    }

    private string? OnPool(PoolYear pool) =>
        catalogue.Pools.All(p => p.Id != pool.Pool) ? "the list has no such pool"
        : pool.FiscalYear is < 2000 or > 2100 ? "a fiscal year lies between 2000 and 2100"
        : null;

    private async Task<string?> SeedOfAsync(PoolYear pool, CancellationToken cancellationToken) =>
        ((await pools.InputsAsync(pool, 0, cancellationToken)).FirstOrDefault()?.Input as PoolInput.Open)?.Seed;

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

    /// <summary>
    /// What the pool said to an act: why it moved nothing, or null if it did. The money may have gone since it was asked for.
    /// </summary>
    private async Task<string?> RefusalAsync(PoolYear pool, string id, CancellationToken cancellationToken)
    {
        await allocate.HandleAsync(pool, cancellationToken);
        await foreach (var entry in pools.EntriesAsync(pool, 0, cancellationToken))
        {
            if (entry.InputId == id)
                return entry.Kind == EntryKind.Refused ? entry.Note : null;
        }

        return null;
    }

    private async Task<string?> AllocateAsync(PoolYear pool, CancellationToken cancellationToken)
    {
        await queue.SendAsync(
            QueueNames.Allocate,
            WorkMessages.Write(new AllocateMessage(pool.Pool, pool.FiscalYear)),
            TimeSpan.Zero,
            cancellationToken
        );
        return null;
    }
}
