using Baotou.Payouts.Application.Telemetry;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Allocating;

/// <summary>Goes on with a pool-year's fold and asks for the payout rows of what it wrote.</summary>
public sealed class AllocateStep(AllocatePool allocate, IWorkQueue queue) : IWorkStep
{
    /// <inheritdoc/>
    public string Queue => QueueNames.Allocate;

    /// <inheritdoc/>
    public async Task HandleAsync(string body, CancellationToken cancellationToken)
    {
        var message = WorkMessages.Read<AllocateMessage>(Queue, body);
        var pool = new PoolYear(message.Pool, message.FiscalYear);
        Tracing.Tag(TraceTags.Pool, pool.ToString());
        var written = await allocate.HandleAsync(pool, cancellationToken);
        Tracing.Tag(TraceTags.Entries, written);
        if (written > 0)
            await queue.SendAsync(
                QueueNames.Project,
                WorkMessages.Write(new ProjectMessage(message.Pool, message.FiscalYear)),
                TimeSpan.Zero,
                cancellationToken
            );
    }
}
