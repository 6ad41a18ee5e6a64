using System.Runtime.CompilerServices;
using Baotou.Payouts.Application.Electing;
using Baotou.Payouts.Application.Objecting;

namespace Baotou.Payouts.Application.Auditing;

/// <summary>What enterprises said besides their clicks, which payouts carry: elections and objections.</summary>
public sealed class EffectsOfEnterprises(IElectionLog elections, IObjectionStore objections, EngineOptions options) : IEffects
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<Effect> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (election, request) in await elections.ListAsync(cancellationToken))
            yield return Effect.Of(request, $"the election of {election.Policy} {election.Occasion} by {election.Uscc}");
        for (var bucket = 0; bucket < options.Buckets; bucket++)
        {
            foreach (var (objection, _) in await objections.OfBucketAsync(bucket, cancellationToken))
                yield return Effect.Of(objection.Request, $"objection {objection.Number} against payout {objection.Payout}");
        }
    }
}
