namespace Baotou.Payouts.Application.Work;

/// <summary>
/// The queues that carry hints between the steps. Every message may be lost, repeated, reordered or old; tables carry the truth.
/// </summary>
public static class QueueNames
{
    /// <summary>Walk a source.</summary>
    public const string Pull = "pull";

    /// <summary>Match a bucket of enterprises for a round.</summary>
    public const string Match = "match";

    /// <summary>Go on with a pool's fold.</summary>
    public const string Allocate = "allocate";

    /// <summary>Carry a pool's entries into payout rows.</summary>
    public const string Project = "project";

    /// <summary>All of them, in the order of the flow.</summary>
    public static readonly IReadOnlyList<string> All = [Pull, Match, Allocate, Project];

    /// <summary>What the platform puts behind the name of a queue to name its poison queue.</summary>
    public const string PoisonSuffix = "-poison";

    /// <summary>The queue to which the platform moves a message of <paramref name="queue"/> that failed too often.</summary>
    public static string PoisonOf(string queue) => queue + PoisonSuffix;
}

/// <summary>A message taken from a queue and not yet taken off it.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Body">The text.</param>
/// <param name="Handle">What the queue needs to take it off.</param>
/// <param name="DequeueCount">How often it was taken, this time included; 1 or more.</param>
public sealed record ReceivedWork(string Queue, string Body, string Handle, long DequeueCount);

/// <summary>Sends hints. Time to live is −1: the service's seven days would lose one silently.</summary>
public interface IWorkQueue
{
    /// <summary>Sends a message.</summary>
    /// <param name="queue">One of <see cref="QueueNames"/> or its poison queue.</param>
    /// <param name="body">At most 48 KiB of UTF-8, since Base64 makes it a third longer.</param>
    /// <param name="delay">How long it stays invisible; zero for none.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    Task SendAsync(string queue, string body, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>
    /// How long ago the oldest message was sent that waits and is neither hidden nor delayed; null if none is. Nothing is taken.
    /// </summary>
    Task<TimeSpan?> AgeAsync(string queue, CancellationToken cancellationToken);
}

/// <summary>Takes messages; used by the local host, whose cloud sister gets them from its triggers.</summary>
public interface IWorkSource
{
    /// <summary>Takes up to <paramref name="most"/> (1 to 32) messages and hides them for <paramref name="visibility"/>.</summary>
    Task<IReadOnlyList<ReceivedWork>> ReceiveAsync(string queue, int most, TimeSpan visibility, CancellationToken cancellationToken);

    /// <summary>Takes a message off its queue. False if its hiding time had run out and somebody else has it now.</summary>
    Task<bool> CompleteAsync(ReceivedWork work, CancellationToken cancellationToken);

    /// <summary>Makes a message visible again after <paramref name="delay"/>.</summary>
    Task AbandonAsync(ReceivedWork work, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>About how many messages wait, hidden ones included.</summary>
    Task<int> CountAsync(string queue, CancellationToken cancellationToken);
}
