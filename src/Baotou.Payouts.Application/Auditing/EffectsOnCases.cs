using System.Runtime.CompilerServices;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Settling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Application.Auditing;

/// <summary>What was done about records in quarantine and parked messages.</summary>
public sealed class EffectsOnCases(IQuarantine quarantine, IParkedWork parked, Catalogue catalogue) : IEffects
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<Effect> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var source in catalogue.Facts.Kinds.Select(k => k.Agency).Append(WalkAccounts.Source).Distinct())
        {
            await foreach (var effect in OfAsync(quarantine, source, cancellationToken))
                yield return effect;
        }

        foreach (var queue in QueueNames.All)
        {
            await foreach (var effect in OfAsync(parked, queue, cancellationToken))
                yield return effect;
        }
    }

    private static async IAsyncEnumerable<Effect> OfAsync<T>(
        ICaseLog<T> log,
        string place,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var kept in log.ReadAsync(place, "", cancellationToken))
        {
            foreach (var act in kept.Acts)
            {
                if (act.Request is { } request)
                    yield return Effect.Of(request, $"act {act.Number} on case {act.Case} of {place}");
            }
        }
    }
}
