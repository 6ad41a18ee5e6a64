using Baotou.Payouts.Application.Objecting;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Reconciling;

/// <summary>What objections and the history of their payout owe each other, said once for whoever verifies.</summary>
internal static class ObjectionHistory
{
    /// <summary>
    /// What is wrong with the objections against a payout; null if nothing is. An objection may name a version that is not there: a
    /// restored backup may have read it after its payout, which the next sweep then holds.
    /// </summary>
    /// <param name="history">All versions of the payout.</param>
    /// <param name="cases">The objections against it, by number.</param>
    public static string? Problem(IReadOnlyList<Payout> history, IEnumerable<ObjectionCase> cases)
    {
        var expected = 1;
        var objected = history.Any(v => v is { State: PayoutState.Held, Note: PayoutDays.Objected });
        foreach (var (objection, decisions) in cases)
        {
            if (objection.Number != expected++)
                return $"objection {objection.Number} follows {expected - 2}";
            if (objection.Version < history.Count && history[objection.Version].State != PayoutState.Held)
                return $"objection {objection.Number} did not hold it: version {objection.Version} is {history[objection.Version].State}";
            for (var i = 0; i < decisions.Count; i++)
            {
                if (decisions[i].Number != i + 1)
                    return $"objection {objection.Number}: decision {decisions[i].Number} follows {i}";
                if (i > 0 && decisions[i - 1].Finding == Finding.Dismissed)
                    return $"objection {objection.Number} was decided again after it was dismissed";
            }

            if (
                (decisions.Count == 0 || decisions[^1].Finding != Finding.Dismissed)
                && history.Skip(objection.Version).Any(v => v.State == PayoutState.Instructed)
            )
                return $"payment was instructed while objection {objection.Number} stands";
        }

        return objected && expected == 1 ? "is held for an objection that is not there" : null;
    }
}
