using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Approving;

/// <summary>What was declared of payments made for an entry outside the system, held against what is imported: before they agree, the entry stays in shadow.</summary>
public sealed class DeclaredPast(IActLog log, PaidBefore paid)
{
    /// <summary>Why an entry cannot leave shadow, and what to do; null if it can.</summary>
    public async Task<string?> ProblemAsync(string policy, CancellationToken cancellationToken) =>
        await ProblemAsync([new PolicyAct.MadeAutomatic(policy, DateTimeOffset.MaxValue)], cancellationToken) is var (_, problem)
            ? problem
            : null;

    /// <summary>The first entry that acts done together would let out of shadow too early, and why; null if there is none. Acts that stand already are not asked about again.</summary>
    public async Task<(string Policy, string Why)?> ProblemAsync(IReadOnlyList<PolicyAct> together, CancellationToken cancellationToken)
    {
        if (!together.Any(a => a is PolicyAct.MadeAutomatic))
            return null;
        var before = await log.PolicyActsAsync(cancellationToken);
        var leaving = together.OfType<PolicyAct.MadeAutomatic>().Except(before.OfType<PolicyAct.MadeAutomatic>()).ToList();
        if (leaving.Count == 0)
            return null;
        var declared = before
            .Concat(together)
            .OfType<PolicyAct.PastDeclared>()
            .OrderBy(d => d.Moment)
            .ToLookup(d => d.Policy, StringComparer.Ordinal);
        var totals = await paid.TotalsAsync(cancellationToken);
        var back = before.OfType<PolicyAct.PutInShadow>().ToLookup(a => a.Policy, a => a.Moment, StringComparer.Ordinal);
        foreach (var policy in leaving.Select(a => a.Policy))
        {
            if (declared[policy].LastOrDefault() is not { } last)
                return (
                    policy,
                    "what was paid for it outside the system is neither imported nor declared empty; import it and ask for 'declare-past' first"
                );
            if (back[policy].Any(moment => moment > last.Moment))
                return (
                    policy,
                    "it went back into shadow since its past was declared; import what was paid meanwhile, and ask for 'declare-past' again"
                );
            if ((last.Payments, last.Amount) != totals.GetValueOrDefault(policy))
                return (policy, "payments were imported for it since its past was declared; declare it again");
        }

        return null;
    }
}
