using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Electing;

/// <summary>An election as it is kept for ever, with the request that made it.</summary>
public sealed record StoredElection(Election Election, RequestMark Request);

/// <summary>What enterprises elected, append-only. Rounds take up what none before has.</summary>
public interface IElectionLog
{
    /// <summary>Adds an election under its request's subject and key; answers what stands there: the same, or an earlier one.</summary>
    Task<StoredElection> AddAsync(StoredElection election, CancellationToken cancellationToken);

    /// <summary>What stands under a subject and key; null if nothing does.</summary>
    Task<StoredElection?> FindAsync(string subject, string key, CancellationToken cancellationToken);

    /// <summary>All, by moment, then code, entry and occasion.</summary>
    Task<IReadOnlyList<StoredElection>> ListAsync(CancellationToken cancellationToken);
}
