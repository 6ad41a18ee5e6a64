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
        if (await allocate.HandleAsync(new PoolYear(message.Pool, message.FiscalYear), cancellationToken) > 0)
            await queue.SendAsync(QueueNames.Project, WorkMessages.Write(new ProjectMessage(message.Pool, message.FiscalYear)), TimeSpan.Zero, cancellationToken);
    }
}
