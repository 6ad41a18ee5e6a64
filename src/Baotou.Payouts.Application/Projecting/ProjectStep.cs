using Baotou.Payouts.Application.Telemetry;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Projecting;

/// <summary>Carries a pool-year's entries into payout rows.</summary>
public sealed class ProjectStep(ProjectPool project) : IWorkStep
{
    /// <inheritdoc/>
    public string Queue => QueueNames.Project;

    /// <inheritdoc/>
    public Task HandleAsync(string body, CancellationToken cancellationToken)
    {
        var message = WorkMessages.Read<ProjectMessage>(Queue, body);
        var pool = new PoolYear(message.Pool, message.FiscalYear);
        Tracing.Tag(TraceTags.Pool, pool.ToString());
        return project.HandleAsync(pool, cancellationToken);
    }
}
