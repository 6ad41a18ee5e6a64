using System.Globalization;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Objecting;

/// <summary>
/// Sees to it that the release of what an upheld objection or a missing click holds is proposed. The proposal has a natural key, so it is
/// made once; what it asks for is done only by two persons. A refused release for want of a click has the enterprise asked again.
/// </summary>
public sealed class ProposeReleases(
    Approvals approvals,
    IApprovalStore store,
    IObjectionStore objections,
    IPayoutStore payouts,
    PayoutDays days,
    BusinessDay day
)
{
    /// <summary>Whether a payout is one of those.</summary>
    public static bool Concerns(Payout payout) => payout is { State: PayoutState.Held, Note: PayoutDays.Objected or PayoutDays.NoClick };

    /// <summary>Looks at held payouts; others are left alone.</summary>
    /// <param name="held">The payouts as they were read.</param>
    /// <param name="cancellationToken">Stops between payouts.</param>
    /// <returns>How many payouts moved.</returns>
    public async Task<int> HandleAsync(IReadOnlyList<StoredPayout> held, CancellationToken cancellationToken)
    {
        var moved = 0;
        if (held.Count == 0)
            return moved;
        var known = (await store.ListAsync(cancellationToken)).ToDictionary(a => a.Request);
        foreach (var stored in held)
        {
            if (stored.Payout.Note == PayoutDays.NoClick && await AfterNoClickAsync(stored, known, cancellationToken))
                moved++;
            if (stored.Payout.Note != PayoutDays.NoClick)
                await AfterObjectionsAsync(stored.Payout, known, cancellationToken);
        }

        return moved;
    }

    /// <summary>Whether the release that an upheld objection asks for was refused.</summary>
    public async Task<bool> IsRefusedAsync(ObjectionDecision upheld, CancellationToken cancellationToken) =>
        (await store.ListAsync(cancellationToken)).Any(a => a.Request == MarkOf(upheld) && a.State == ApprovalState.Refused);

    private async Task<bool> AfterNoClickAsync(
        StoredPayout stored,
        Dictionary<RequestMark, Approval> known,
        CancellationToken cancellationToken
    )
    {
        if (stored.Payout.State != PayoutState.Held)
            return false;
        var version = stored.Payout.Version.ToString(CultureInfo.InvariantCulture);
        var request = Mark(Approvals.Schedule, $"no-click:{stored.Payout.Id}:{version}");
        if (known.TryGetValue(request, out var proposed))
            return proposed.State == ApprovalState.Refused
                && await payouts.MoveAsync(stored, days.AskAgain(stored.Payout), cancellationToken);
        await approvals.RequestAsync(
            new Proposal.ReleaseMoney(stored.Payout.Id),
            "nobody confirmed in time",
            request,
            day.Moment,
            cancellationToken
        );
        return false;
    }

    private async Task AfterObjectionsAsync(Payout payout, Dictionary<RequestMark, Approval> known, CancellationToken cancellationToken)
    {
        foreach (var upheld in (await objections.OfPayoutAsync(payout.Id, cancellationToken)).Where(c => c.Finding == Finding.Upheld))
        {
            var decision = upheld.Decisions[^1];
            var request = MarkOf(decision);
            if (known.ContainsKey(request))
                continue;
            await approvals.RequestAsync(
                new Proposal.ReleaseMoney(payout.Id),
                string.Create(CultureInfo.InvariantCulture, $"objection {decision.Objection} upheld"),
                request,
                decision.At,
                cancellationToken
            );
        }
    }

    /// <summary>The mark under which the release is proposed that an upheld objection asks for: in the name of whoever upheld it.</summary>
    public static RequestMark MarkOf(ObjectionDecision decision) =>
        Mark(
            decision.Request.Subject,
            string.Create(CultureInfo.InvariantCulture, $"objection:{decision.Payout}:{decision.Objection}:{decision.Number}")
        );

    private static RequestMark Mark(string subject, string key) => new(subject, key, ContentHash.OfText(key));
}
