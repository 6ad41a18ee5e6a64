using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Application.Describing;

/// <summary>Where a source stands.</summary>
/// <param name="Standing">How far it was walked, and what of it is held.</param>
/// <param name="ClosedThrough">The latest moment through which two persons closed it; null if they never did.</param>
/// <param name="IsSilent">Whether its last whole walk is longer ago than it may be: the agency is to be asked, or the source closed through
/// a day.</param>
public sealed record SourceAccount(SourceStanding Standing, DateTimeOffset? ClosedThrough, bool IsSilent);

/// <summary>Tells where the sources of facts stand, and which are silent.</summary>
public sealed class DescribeSources(ISourceLog sources, IActLog acts, Catalogue catalogue, EngineOptions options)
{
    /// <summary>Every source of the dictionary of facts, in ordinal order.</summary>
    /// <param name="now">The moment from which silence is counted back.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    public async Task<IReadOnlyList<SourceAccount>> HandleAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var closed = (await acts.ListAsync(cancellationToken))
            .Select(a => a.Closed)
            .OfType<SourceClosed>()
            .ToLookup(c => c.Source, c => (DateTimeOffset?)c.Through);
        var accounts = new List<SourceAccount>();
        foreach (var source in catalogue.Facts.Kinds.Select(k => k.Agency).Distinct().Order(StringComparer.Ordinal))
        {
            var (standing, _) = await sources.ReadAsync(source, cancellationToken);
            accounts.Add(new SourceAccount(standing, closed[source].Max(), !(now - standing.CompleteThrough <= options.SilenceAlarm)));
        }

        return accounts;
    }
}
