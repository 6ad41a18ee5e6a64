using Baotou.Payouts.Application.Work;

namespace Baotou.Payouts.Local.Hosting;

/// <summary>
/// What the platform's queue triggers are in the cloud: takes messages, hands them to their steps, tries a failing one again and parks it after
/// <see cref="Redelivery.MostTries"/>. A message stays hidden while it is worked on; if this process ends, it comes back by itself.
/// </summary>
public sealed class Pump(WorkDispatcher work, PoisonParking parking, IWorkSource source, TimeProvider clock, PumpOptions options)
{
    private const int MessagesPerTake = 8;
    private long _handled;
    private long _parked;

    /// <summary>Messages done so far.</summary>
    public long Handled => Interlocked.Read(ref _handled);

    /// <summary>Messages parked so far: each is a defect or a lasting trouble that a person has to look at.</summary>
    public long Parked => Interlocked.Read(ref _parked);

    /// <summary>What a message failed with last, for people; null if none did.</summary>
    public Exception? LastFailure { get; private set; }

    /// <summary>Works with all workers until no visible message is left in any queue.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        var busy = 0;
        await Task.WhenAll(Enumerable.Range(0, options.Workers).Select(_ => Task.Run(WorkAsync, cancellationToken)));

        async Task WorkAsync()
        {
            while (true)
            {
                Interlocked.Increment(ref busy);
                var done = await TakeOnceAsync(cancellationToken);
                Interlocked.Decrement(ref busy);
                if (done) continue;
                if (Volatile.Read(ref busy) == 0) return;
                await Task.Delay(TimeSpan.FromMilliseconds(20), clock, cancellationToken);
            }
        }
    }

    private async Task<bool> TakeOnceAsync(CancellationToken cancellationToken)
    {
        foreach (var queue in QueueNames.All)
        {
            // With several workers each takes few, so that a burst is shared out.
            var taken = await source.ReceiveAsync(queue, options.Workers == 1 ? MessagesPerTake : 1, options.Visibility, cancellationToken);
            if (taken.Count == 0) continue;
            foreach (var message in taken) await HandleAsync(message, cancellationToken);
            return true;
        }

        return false;
    }

    private async Task HandleAsync(ReceivedWork message, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await work.HandleAsync(message.Queue, message.Body, cancellationToken);
                Interlocked.Increment(ref _handled);
                break;
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                LastFailure = e;
                if (attempt >= Redelivery.MostTries)
                {
                    await parking.ParkAsync(message.Queue, message.Body, cancellationToken);
                    Interlocked.Increment(ref _parked);
                    break;
                }

                await Task.Delay(options.Rest, clock, cancellationToken);
            }
        }

        await source.CompleteAsync(message, cancellationToken);
    }
}

/// <summary>How hard the pump works.</summary>
public sealed record PumpOptions
{
    /// <summary>Messages worked on at once, 1 to 64. An emulator gains nothing past 4.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>How long a taken message stays hidden: longer than any step takes, and as short as a crash may delay what only its message asks for.</summary>
    public TimeSpan Visibility { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a failed message rests. Shorter than in the cloud, where others wait less for it.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromMilliseconds(200);
}
