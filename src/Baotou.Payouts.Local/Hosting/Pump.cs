using Baotou.Payouts.Application.Work;

namespace Baotou.Payouts.Local.Hosting;

/// <summary>
/// What the platform's queue triggers are in the cloud: takes messages, hands them to their steps, tries a failing one again and parks it
/// after <see cref="Redelivery.MostTries"/>. A message stays hidden while it is worked on; if this process ends, it comes back by itself.
/// </summary>
public sealed class Pump(WorkDispatcher work, PoisonParking parking, IWorkSource source, TimeProvider clock, PumpOptions options)
{
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
        var running = new HashSet<Task>();
        try
        {
            while (true)
            {
                var taken = running.Count < options.Workers ? await TakeAsync(options.Workers - running.Count, cancellationToken) : [];
                foreach (var message in taken)
                    running.Add(Task.Run(() => HandleAsync(message, cancellationToken), cancellationToken));
                if (taken.Count > 0)
                    continue;
                if (running.Count == 0)
                    return;
                var ended = await Task.WhenAny(running);
                running.Remove(ended);
                await ended;
            }
        }
        finally
        {
            // Whatever ended the loop, nothing goes on behind the caller's back.
            await Task.WhenAll(running)
                .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>Takes from the queue furthest down the flow first, so that what was begun ends before more is begun.</summary>
    private async Task<IReadOnlyList<ReceivedWork>> TakeAsync(int most, CancellationToken cancellationToken)
    {
        foreach (var queue in QueueNames.All.Reverse())
        {
            var taken = await source.ReceiveAsync(queue, Math.Min(most, 32), options.Visibility, cancellationToken);
            if (taken.Count > 0)
                return taken;
        }

        return [];
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

    /// <summary>
    /// How long a taken message stays hidden: longer than any step takes, and as short as a crash may delay what only its message asks for.
    /// </summary>
    public TimeSpan Visibility { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a failed message rests. Shorter than in the cloud, where others wait less for it.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromMilliseconds(200);
}
