using System.Runtime.CompilerServices;
using Baotou.Payouts.Application.Matching;

namespace Baotou.Payouts.Application.Auditing;

/// <summary>
/// Payments of the past that a file told. Facts are not among them: they name no request, whether an agency told them or a file.
/// </summary>
public sealed class EffectsOfImports(IClaimStore claims, EngineOptions options) : IEffects
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<Effect> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var bucket = 0; bucket < options.Buckets; bucket++)
        {
            foreach (var taken in await claims.TakenAsync(bucket, cancellationToken))
            {
                if (taken.Import is { } request)
                    yield return Effect.Of(request, $"the payment of the past {taken.Policy}|{taken.Occasion}|{taken.Uscc}");
            }
        }
    }
}
