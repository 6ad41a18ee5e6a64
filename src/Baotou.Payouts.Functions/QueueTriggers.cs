using Baotou.Payouts.Application.Work;
using Microsoft.Azure.Functions.Worker;

namespace Baotou.Payouts.Functions;

/// <summary>
/// Hands each message to its step. Whatever is thrown goes back to the platform, which makes the message visible again
/// and after <see cref="Redelivery.MostTries"/> tries moves it to the poison queue.
/// </summary>
public sealed class QueueTriggers(WorkDispatcher work)
{
    /// <summary>Walks a source.</summary>
    [Function("Pull")]
    public Task PullAsync([QueueTrigger(QueueNames.Pull)] string body, CancellationToken cancellationToken) =>
        work.HandleAsync(QueueNames.Pull, body, cancellationToken);

    /// <summary>Matches a bucket of enterprises for a round.</summary>
    [Function("Match")]
    public Task MatchAsync([QueueTrigger(QueueNames.Match)] string body, CancellationToken cancellationToken) =>
        work.HandleAsync(QueueNames.Match, body, cancellationToken);

    /// <summary>Goes on with a pool's fold.</summary>
    [Function("Allocate")]
    public Task AllocateAsync([QueueTrigger(QueueNames.Allocate)] string body, CancellationToken cancellationToken) =>
        work.HandleAsync(QueueNames.Allocate, body, cancellationToken);

    /// <summary>Carries a pool's entries into payout rows.</summary>
    [Function("Project")]
    public Task ProjectAsync([QueueTrigger(QueueNames.Project)] string body, CancellationToken cancellationToken) =>
        work.HandleAsync(QueueNames.Project, body, cancellationToken);
}
