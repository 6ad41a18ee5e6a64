using Baotou.Payouts.Application.Work;
using Microsoft.Azure.Functions.Worker;

namespace Baotou.Payouts.Functions;

/// <summary>
/// Parks what failed too often, where an officer sees it. A message that cannot even be parked stays in its poison queue:
/// the platform has none behind that and leaves it.
/// </summary>
public sealed class PoisonTriggers(PoisonParking parking)
{
    /// <summary>Parks a walk that failed.</summary>
    [Function("PullPoison")]
    public Task PullAsync([QueueTrigger(QueueNames.Pull + QueueNames.PoisonSuffix)] string body, CancellationToken cancellationToken) =>
        parking.ParkAsync(QueueNames.Pull, body, cancellationToken);

    /// <summary>Parks a bucket that could not be matched.</summary>
    [Function("MatchPoison")]
    public Task MatchAsync([QueueTrigger(QueueNames.Match + QueueNames.PoisonSuffix)] string body, CancellationToken cancellationToken) =>
        parking.ParkAsync(QueueNames.Match, body, cancellationToken);

    /// <summary>Parks a pool that could not go on.</summary>
    [Function("AllocatePoison")]
    public Task AllocateAsync(
        [QueueTrigger(QueueNames.Allocate + QueueNames.PoisonSuffix)] string body,
        CancellationToken cancellationToken
    ) => parking.ParkAsync(QueueNames.Allocate, body, cancellationToken);

    /// <summary>Parks entries that could not be projected.</summary>
    [Function("ProjectPoison")]
    public Task ProjectAsync(
        [QueueTrigger(QueueNames.Project + QueueNames.PoisonSuffix)] string body,
        CancellationToken cancellationToken
    ) => parking.ParkAsync(QueueNames.Project, body, cancellationToken);
}
