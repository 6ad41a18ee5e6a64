using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Withdrawing;

/// <summary>
/// Two persons take what still waits of a claim out of its line: the claim is limited to what is reserved for it, which stays. They name
/// how much that is, so that nobody agrees to more than was looked at. First the act, then the log of the claim's own pool-year, then those
/// of later years into which it may have been carried; each may be repeated. What the pool reserves between the act and its log is held as
/// reserved beyond its claim.
/// </summary>
public sealed class WithdrawClaim(
    OfficerActs acts,
    IActLog log,
    IClaimStore claims,
    IPoolLog pools,
    PoolLines lines,
    AllocatePool allocate,
    IWorkQueue queue,
    EngineOptions options
)
{
    /// <summary>Why it makes no sense to ask for it, and what to do; null if it does.</summary>
    public async Task<string?> ProblemAsync(Proposal.Withdraw proposal, CancellationToken cancellationToken) =>
        await FindAsync(proposal.Claim, cancellationToken) is { } entitlement
            ? await ProblemAsync(entitlement, proposal, cancellationToken)
            : NoSuchClaim;

    /// <summary>Withdraws it; answers why it cannot be done if it cannot. Doing it twice for one approval does it once.</summary>
    /// <param name="proposal">What was agreed to.</param>
    /// <param name="id">Id of the input, which names the approval.</param>
    /// <param name="at">When the second person agreed.</param>
    /// <param name="why">Why; its enterprise is told.</param>
    /// <param name="persons">Who asked and who agreed.</param>
    /// <param name="cancellationToken">Stops between steps; the sweep goes on.</param>
    public async Task<string?> DoAsync(
        Proposal.Withdraw proposal,
        string id,
        DateTimeOffset at,
        string why,
        TwoPersons persons,
        CancellationToken cancellationToken
    )
    {
        if (await FindAsync(proposal.Claim, cancellationToken) is not { } entitlement)
            return NoSuchClaim;
        if ((await log.ListAsync(cancellationToken)).All(a => a.Id != OfficerActs.IdOf(entitlement.Pool, id)))
        {
            // What is in the log by now may serve the claim: only what waits after that is withdrawn.
            var (line, _) = await lines.WhereItWaitsAsync(entitlement.Pool, cancellationToken);
            await allocate.HandleAsync(line.Pool, cancellationToken);
            if (await ProblemAsync(entitlement, proposal, cancellationToken) is { } problem)
                return problem;
        }

        var limit = new PoolInput.LimitClaim(id, proposal.Claim, proposal.Granted);
        await acts.WithdrawAsync(
            entitlement.Pool,
            limit,
            new ClaimWithdrawn(proposal.Claim, proposal.Granted, proposal.Document, why),
            at,
            persons,
            cancellationToken
        );
        await AllocateAsync(entitlement.Pool, cancellationToken);
        foreach (var later in (await pools.OpenedAsync(cancellationToken)).Where(y => y.IsLaterThan(entitlement.Pool)))
        {
            await pools.SubmitAsync(later, limit, cancellationToken);
            await AllocateAsync(later, cancellationToken);
        }

        return null;
    }

    private const string NoSuchClaim =
        "there is no such claim; name it by policy, occasion, code and number as its enterprise's status shows it";

    private async Task<string?> ProblemAsync(Entitlement entitlement, Proposal.Withdraw proposal, CancellationToken cancellationToken)
    {
        if (entitlement.State == EntitlementState.Taken)
            return "it was paid outside the system; nothing of it waits";
        if (entitlement.State == EntitlementState.NeedsApproval)
            return "it stands in no line before two persons agree to it by a rerun's difference; refuse that instead";
        var (line, hasLapsed) = await lines.WhereItWaitsAsync(entitlement.Pool, cancellationToken);
        if (line.Places.GetValueOrDefault(proposal.Claim) is not { } place)
            return await WhyNotInLineAsync(proposal.Claim, cancellationToken);
        if (hasLapsed)
            return $"{line.Pool} is closed and carries nothing over; nothing more is reserved for it";
        return place.Granted == proposal.Granted
            ? null
            : $"{place.Granted} fen of it are reserved, not {proposal.Granted}; look again, and ask for the rest that still waits";
    }

    private async Task<string> WhyNotInLineAsync(ClaimKey claim, CancellationToken cancellationToken) =>
        (await log.KnownAsync(cancellationToken)).Withdrawn.Contains(claim)
            ? "it was withdrawn before"
            : "nothing of it waits: it is reserved or paid whole, reduced to what is, or its round is not closed yet; what is reserved goes back by 'release' of its payouts, what is paid by 'clawback'";

    /// <summary>The claim as it stands in line: a supplement that two persons agreed to is claimed there.</summary>
    private async Task<Entitlement?> FindAsync(ClaimKey claim, CancellationToken cancellationToken)
    {
        var bucket = Bucket.Of(claim.Uscc, options.Buckets);
        var made = (await claims.EntitlementsAsync(bucket, claim.Uscc, cancellationToken)).GetValueOrDefault(claim);
        return made is { State: EntitlementState.NeedsApproval }
            ? (await claims.SupplementsAsync(bucket, cancellationToken)).GetValueOrDefault(claim) ?? made
            : made;
    }

    private Task AllocateAsync(PoolYear pool, CancellationToken cancellationToken) =>
        queue.SendAsync(
            QueueNames.Allocate,
            WorkMessages.Write(new AllocateMessage(pool.Pool, pool.FiscalYear)),
            TimeSpan.Zero,
            cancellationToken
        );
}
