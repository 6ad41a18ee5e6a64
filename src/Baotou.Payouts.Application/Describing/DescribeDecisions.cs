using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Electing;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Describing;

/// <summary>Tells why and why not an enterprise gets what the list promises.</summary>
public sealed class DescribeDecisions(IFactLog facts, IActLog acts, IElectionLog elections, Decider decider, EngineOptions options)
{
    /// <summary>
    /// Every entry's decision, worked out from the facts of a code and of those merged into it that were recorded and in effect by the end
    /// of a day (included); empty if nothing at all is known of the code.
    /// </summary>
    public async Task<IReadOnlyList<Decision>> HandleAsync(Uscc uscc, DateOnly asOf, CancellationToken cancellationToken)
    {
        var codes = new MergedCodes(await acts.MergesAsync(cancellationToken)).BehindOf(uscc);
        var known = new List<Fact>();
        foreach (var bucket in codes.Select(c => Bucket.Of(c, options.Buckets)).Distinct())
        {
            await foreach (var stored in facts.ReadAsync(bucket, 0, await facts.CountAsync(bucket, cancellationToken), cancellationToken))
            {
                if (codes.Contains(stored.Fact.Uscc))
                    known.Add(stored.Fact);
            }
        }

        if (known.Count == 0)
            return [];
        var elected = (await elections.ListAsync(cancellationToken)).Select(e => e.Election).Where(e => codes.Contains(e.Uscc));
        return decider.Decide(known, asOf, elected);
    }
}
