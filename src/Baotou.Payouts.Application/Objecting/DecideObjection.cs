using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Objecting;

/// <summary>What became of a decision on an objection, in order of precedence.</summary>
public abstract record ObjectionDecided
{
    private ObjectionDecided() { }

    /// <summary>There is no such objection.</summary>
    public sealed record NotFound : ObjectionDecided;

    /// <summary>The same request was answered before: the objection as it stands now.</summary>
    public sealed record Repeated(ObjectionCase Case) : ObjectionDecided;

    /// <summary>The key was used for another decision on this objection.</summary>
    public sealed record KeyReused : ObjectionDecided;

    /// <summary>Whoever objected does not decide.</summary>
    public sealed record OwnObjection : ObjectionDecided;

    /// <summary>It is decided already, and how.</summary>
    public sealed record TooLate(Finding Finding) : ObjectionDecided;

    /// <summary>It was upheld, and the release that follows from that is not refused: whoever decides that release comes first.</summary>
    public sealed record ReleaseProposed : ObjectionDecided;

    /// <summary>It stands decided so.</summary>
    public sealed record Done(ObjectionCase Case) : ObjectionDecided;
}

/// <summary>
/// Takes what the responsible bureau finds. Dismissed: the payout goes on, unless another objection holds it. Upheld: it stays held, and
/// its release is proposed in the name of whoever decided; a second person agrees to it, as to every release.
/// </summary>
public sealed class DecideObjection(IPayoutStore payouts, IObjectionStore objections, ProposeReleases propose, BusinessDay day)
{
    /// <summary>Takes it. Whoever asks must be known to belong to the bureau of the payout's entry.</summary>
    public async Task<ObjectionDecided> HandleAsync(
        string payoutId,
        int number,
        Finding finding,
        string why,
        RequestMark request,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            if (await payouts.ReadAsync(payoutId, cancellationToken) is not { } stored)
                return new ObjectionDecided.NotFound();
            var all = await objections.OfPayoutAsync(payoutId, cancellationToken);
            if (all.FirstOrDefault(c => c.Objection.Number == number) is not { } found)
                return new ObjectionDecided.NotFound();
            if (found.Decisions.FirstOrDefault(d => d.Request.Subject == request.Subject && d.Request.Key == request.Key) is { } same)
            {
                if (same.Request != request)
                    return new ObjectionDecided.KeyReused();
                await ProposeAsync(payoutId, found, cancellationToken);
                return new ObjectionDecided.Repeated(found);
            }

            if (string.Equals(found.Objection.Request.Subject.Trim(), request.Subject.Trim(), StringComparison.OrdinalIgnoreCase))
                return new ObjectionDecided.OwnObjection();
            if (found.Finding is { } already && (already == Finding.Dismissed || already == finding))
                return new ObjectionDecided.TooLate(already);
            if (found.Finding == Finding.Upheld && !await propose.IsRefusedAsync(found.Decisions[^1], cancellationToken))
                return new ObjectionDecided.ReleaseProposed();
            var decision = new ObjectionDecision(payoutId, number, found.Decisions.Count + 1, finding, why, request, day.Moment);
            var after =
                finding == Finding.Dismissed
                && stored.Payout is { State: PayoutState.Held, Note: PayoutDays.Objected }
                && !all.Any(c => c != found && c.Holds)
                    ? PayoutDays.GoOn(stored.Payout, "the objections are dismissed")
                    : stored.Payout;
            if (!await objections.AddAsync(stored, after, decision, cancellationToken))
                continue;
            var decided = found with { Decisions = [.. found.Decisions, decision] };
            await ProposeAsync(payoutId, decided, cancellationToken);
            return new ObjectionDecided.Done(decided);
        }
    }

    private async Task ProposeAsync(string payoutId, ObjectionCase decided, CancellationToken cancellationToken)
    {
        if (decided.Finding == Finding.Upheld && await payouts.ReadAsync(payoutId, cancellationToken) is { } now)
            await propose.HandleAsync([now], cancellationToken);
    }
}
