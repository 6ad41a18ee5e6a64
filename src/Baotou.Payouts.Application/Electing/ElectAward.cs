using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Electing;

/// <summary>What became of an election, in order of precedence.</summary>
public abstract record Electing
{
    private Electing() { }

    /// <summary>The key was used for another request.</summary>
    public sealed record KeyReused : Electing;

    /// <summary>It cannot be elected now, and why.</summary>
    public sealed record NotNow(string Why) : Electing;

    /// <summary>It stands; of a repeat, what stands already.</summary>
    public sealed record Stands(Election Election) : Electing;
}

/// <summary>
/// Takes an enterprise's election of one award of a group in place of another, an act with its own moment. The next round that reaches the
/// moment withdraws what the other awards of the group claimed and claims the elected one; until what was reserved for the others is
/// released, the elected one is held.
/// </summary>
public sealed class ElectAward(IElectionLog elections, DescribeDecisions decisions, DescribeStatus status)
{
    /// <summary>Elects. Whoever asks must be known to act for the enterprise.</summary>
    /// <param name="uscc">The enterprise.</param>
    /// <param name="policy">Id of the entry it prefers.</param>
    /// <param name="occasion">The occasion of that award.</param>
    /// <param name="request">Who, under which key, with which body.</param>
    /// <param name="at">When, on the business clock.</param>
    /// <param name="asOf">The legal day whose decisions it is chosen from.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task<Electing> HandleAsync(
        Uscc uscc,
        string policy,
        string occasion,
        RequestMark request,
        DateTimeOffset at,
        DateOnly asOf,
        CancellationToken cancellationToken
    )
    {
        if (await elections.FindAsync(request.Subject, request.Key, cancellationToken) is { } before)
            return AnswerOf(before, request);
        if (await ProblemAsync(uscc, policy, occasion, asOf, cancellationToken) is { } problem)
            return new Electing.NotNow(problem);
        var moment = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
        return AnswerOf(
            await elections.AddAsync(new StoredElection(new Election(uscc, policy, occasion, moment), request), cancellationToken),
            request
        );
    }

    private static Electing AnswerOf(StoredElection stands, RequestMark request) =>
        stands.Request == request ? new Electing.Stands(stands.Election) : new Electing.KeyReused();

    private async Task<string?> ProblemAsync(Uscc uscc, string policy, string occasion, DateOnly asOf, CancellationToken cancellationToken)
    {
        var due = (await decisions.HandleAsync(uscc, asOf, cancellationToken))
            .Where(d => d.Outcome is Outcome.Entitled or Outcome.Superseded)
            .ToList();
        if (due.FirstOrDefault(d => d.Policy == policy && d.Occasion == occasion) is not { } elected)
            return "this award is not due; the decisions say why";
        if (elected.Choice is not { } choice)
            return "this award excludes no other, so there is nothing to choose";
        var others = due.Where(d => d.Choice == choice && d != elected).ToList();
        if (others.Count == 0)
            return "no other award that this one excludes is due";
        var payouts = (await status.HandleAsync(uscc, cancellationToken)).Payouts.Select(p => p.Payout);
        return
            payouts.FirstOrDefault(p =>
                others.Any(o => o.Policy == p.Claim.Policy && o.Occasion == p.Claim.Occasion) && IsUnderWay(p.State)
            )
                is { } late
            ? $"payout {late.Id} of {late.Claim.Policy} is on its way to the bank or paid; ask the bureau"
            : null;
    }

    private static bool IsUnderWay(PayoutState state) =>
        state
            is not (
                PayoutState.Reserved
                or PayoutState.Ready
                or PayoutState.Confirmed
                or PayoutState.Held
                or PayoutState.Declined
                or PayoutState.Releasing
                or PayoutState.Released
                or PayoutState.ClawedBack
            );
}
