using Baotou.Payouts.Application.Settling;
using Baotou.Payouts.Application.Telemetry;
using Baotou.Payouts.Domain.Hashing;
using Microsoft.Extensions.Logging;

namespace Baotou.Payouts.Application.Work;

/// <summary>A message that failed too often and waits for a person.</summary>
/// <param name="Id">Natural: the same message parked twice is one case.</param>
/// <param name="Queue">The queue whose step failed.</param>
/// <param name="Body">The message.</param>
/// <param name="ParkedAt">When it was parked first, UTC.</param>
public sealed record ParkedWork(string Id, string Queue, string Body, DateTimeOffset ParkedAt);

/// <summary>Parked messages by queue, with what was done about each.</summary>
public interface IParkedWork : ICaseLog<ParkedWork>
{
    /// <summary>Keeps it. One that is kept already is left as it is, but for a note that it came back if it had been settled.</summary>
    Task AddAsync(ParkedWork work, CancellationToken cancellationToken);
}

/// <summary>
/// Takes messages out of the poison queues into rows, where officers see them. Nothing is lost by it: what the message hinted at
/// is derived from rows again by the sweep; the case says that something keeps failing.
/// </summary>
public sealed class PoisonParking(IParkedWork parked, TimeProvider clock, ILogger<PoisonParking> log)
{
    /// <summary>
    /// Parks a message that failed in the step of <paramref name="queue"/>. Which trace it travelled in makes no difference: it is the same
    /// case.
    /// </summary>
    public async Task ParkAsync(string queue, string body, CancellationToken cancellationToken)
    {
        var content = WorkMessages.WithoutTrace(body);
        var id = IdOf(queue, content);
        await parked.AddAsync(new ParkedWork(id, queue, content, clock.GetUtcNow()), cancellationToken);
        EngineMeter.CountParked();
        log.Parked(queue, id);
    }

    private static string IdOf(string queue, string body) => ContentHash.OfText(queue + "\n" + body).Hex;
}
