using Baotou.Payouts.Application.Telemetry;
using Baotou.Payouts.Application.Work;

namespace Baotou.Payouts.Application.Matching;

/// <summary>Matches a bucket for a round; whoever matches the last bucket closes the round.</summary>
public sealed class MatchStep(MatchBucket match, CloseRound close, IWorkQueue queue, EngineOptions options) : IWorkStep
{
    /// <inheritdoc/>
    public string Queue => QueueNames.Match;

    /// <inheritdoc/>
    public async Task HandleAsync(string body, CancellationToken cancellationToken)
    {
        var message = WorkMessages.Read<MatchMessage>(Queue, body);
        Tracing.Tag(TraceTags.Round, message.Round);
        Tracing.Tag(TraceTags.Bucket, message.Bucket);
        if (message.Bucket < 0 || message.Bucket >= options.Buckets)
            throw new InvalidDataException($"There is no bucket {message.Bucket}; this store has 0 to {options.Buckets - 1}.");
        await match.HandleAsync(message.Round, message.Bucket, cancellationToken);
        foreach (var pool in await close.HandleAsync(message.Round, cancellationToken) ?? [])
            await queue.SendAsync(
                QueueNames.Allocate,
                WorkMessages.Write(new AllocateMessage(pool.Pool, pool.FiscalYear)),
                TimeSpan.Zero,
                cancellationToken
            );
    }
}
