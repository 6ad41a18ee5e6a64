using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Reconciling;

/// <summary>
/// Holds what persons did against what came of it: what rounds took up, what reruns applied, and what the audit log says.
/// </summary>
public sealed class VerifyActs(VerifyRoundActs rounds, VerifyRuns runs, VerifyAgreed agreed, VerifyEffects effects)
{
    /// <summary>Verifies everything that persons did.</summary>
    /// <param name="moved">The transitions of payouts that an act or a request made, and all that open or end a case.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    /// <returns>The first difference; null if everything holds.</returns>
    public async Task<string?> HandleAsync(IReadOnlyList<Payout> moved, CancellationToken cancellationToken) =>
        await rounds.HandleAsync(cancellationToken)
        ?? await runs.HandleAsync([.. moved.Where(p => p.Act is not null)], cancellationToken)
        ?? await agreed.HandleAsync([.. moved.Where(p => p.Act is not null || IsOfCase(p))], cancellationToken)
        ?? await effects.HandleAsync([.. moved.Where(p => p.Request is not null)], cancellationToken);

    /// <summary>Whether a transition opens a case or ends one; none of them comes about by itself.</summary>
    internal static bool IsOfCase(Payout moved) => moved.State is PayoutState.ClawbackDue or PayoutState.ClawingBack;
}
