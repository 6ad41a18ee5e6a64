namespace Baotou.Payouts.Testing;

/// <summary>What happens to one call.</summary>
public enum Fault
{
    /// <summary>It passes.</summary>
    None,

    /// <summary>It fails before it takes effect.</summary>
    BeforeEffect,

    /// <summary>It takes effect and its answer is lost.</summary>
    AnswerLost,

    /// <summary>
    /// It takes effect, its answer is lost on the way, and the client library sends it again: the caller is told what came of the second
    /// time.
    /// </summary>
    SentAgain,

    /// <summary>
    /// It takes effect and its worker ends there: it is told nothing, not even that something failed, and does nothing more.
    /// </summary>
    WorkerEnds,
}

/// <summary>What a call does to what is stored.</summary>
public enum CallKind
{
    /// <summary>It reads, all at once: whether it fails or its answer is lost is the same to everybody.</summary>
    Read,

    /// <summary>It reads piece by piece, so that a part of the answer may have come before the rest is lost.</summary>
    ReadInPieces,

    /// <summary>It changes something.</summary>
    Write,
}

/// <summary>The planted failure. The caller cannot know whether the call took effect.</summary>
/// <param name="call">The number of the call, from 1.</param>
public sealed class PlantedFaultException(long call) : IOException($"Planted fault at call {call}.");

/// <summary>
/// Says which calls fail and counts them all. One plan may stand behind several stores and queues: they count together, in the order of the
/// calls. Let the first call fail, then the second, the third, until an operation passes untouched, and check the state each time.
/// </summary>
public sealed class FaultPlan
{
    private readonly Func<long, Fault> _at;
    private readonly List<CallKind> _kinds = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _calls;
    private long _faults;

    private FaultPlan(Func<long, Fault> at) => _at = at;

    /// <summary>Calls so far, failed ones included.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    /// <summary>Calls that failed so far; zero means that the operation passed untouched.</summary>
    public long Faults => Interlocked.Read(ref _faults);

    /// <summary>
    /// Completes when a call met <see cref="Fault.WorkerEnds"/>. Whoever made it waits for ever; leave it and begin a new worker.
    /// </summary>
    public Task WorkerEnded => _ended.Task;

    /// <summary>
    /// Every way in which one of the calls so far may go wrong, but for those that nobody can tell apart: a read that is repeated reads,
    /// and a worker that ends after it leaves what it would have left after the write before.
    /// </summary>
    public IReadOnlyList<(long Call, Fault Fault)> Points()
    {
        lock (_kinds)
        {
            return [.. _kinds.SelectMany((kind, n) => FaultsOf(kind).Select(fault => (n + 1L, fault)))];
        }
    }

    /// <summary>Nothing fails; calls are counted.</summary>
    public static FaultPlan None() => new(_ => Fault.None);

    /// <summary>Only call number <paramref name="call"/> (from 1) fails.</summary>
    public static FaultPlan Once(long call, Fault fault) => new(number => number == call ? fault : Fault.None);

    /// <summary>
    /// Call number <paramref name="call"/> (from 1) fails with <paramref name="fault"/> and every later one before its effect, as if the
    /// worker had been killed there.
    /// </summary>
    public static FaultPlan KilledAt(long call, Fault fault) =>
        new(number =>
            number < call ? Fault.None
            : number == call ? fault
            : Fault.BeforeEffect
        );

    /// <summary>
    /// About <paramref name="perThousand"/> of a thousand calls fail, half of them after their effect; the same seed fails the same call
    /// numbers.
    /// </summary>
    public static FaultPlan Seeded(ulong seed, int perThousand) =>
        new(number =>
        {
            ulong drawn = Draw(seed, (ulong)number);
            return drawn % 1000 >= (ulong)perThousand ? Fault.None
                : (drawn >> 40) % 2 == 0 ? Fault.BeforeEffect
                : Fault.AnswerLost;
        });

    /// <summary>Whatever a test can say as a function of the call's number, from 1.</summary>
    public static FaultPlan Of(Func<long, Fault> at) => new(at);

    internal async Task<T> RunAsync<T>(CallKind kind, Func<Task<T>> effect)
    {
        (long call, Fault fault) = Next(kind);
        if (fault == Fault.BeforeEffect)
        {
            throw new PlantedFaultException(call);
        }

        T answer = await effect().ConfigureAwait(false);
        if (fault == Fault.SentAgain)
        {
            return await effect().ConfigureAwait(false);
        }

        await LoseAnswerAsync(call, fault).ConfigureAwait(false);
        return answer;
    }

    /// <summary>What the caller of a call that took effect sees of it: nothing amiss, an exception, or nothing any more.</summary>
    public async Task LoseAnswerAsync(long call, Fault fault)
    {
        if (fault == Fault.None)
            return;
        if (fault != Fault.WorkerEnds)
            throw new PlantedFaultException(call);
        _ended.TrySetResult();
        await new TaskCompletionSource().Task.ConfigureAwait(false);
    }

    /// <summary>Counts a call and says what happens to it.</summary>
    public (long Call, Fault Fault) Next(CallKind kind)
    {
        long call;
        lock (_kinds)
        {
            _kinds.Add(kind);
            call = Interlocked.Increment(ref _calls);
        }

        Fault fault = _at(call);
        if (fault != Fault.None)
        {
            Interlocked.Increment(ref _faults);
        }

        return (call, fault);
    }

    private static Fault[] FaultsOf(CallKind kind) =>
        kind switch
        {
            CallKind.Read => [Fault.BeforeEffect],
            CallKind.ReadInPieces => [Fault.BeforeEffect, Fault.AnswerLost],
            _ => [Fault.BeforeEffect, Fault.AnswerLost, Fault.SentAgain, Fault.WorkerEnds],
        };

    /// <summary>SplitMix64: well spread, and the same on every machine and version.</summary>
    private static ulong Draw(ulong seed, ulong number)
    {
        unchecked
        {
            ulong mixed = seed + (number * 0x9E3779B97F4A7C15);
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
