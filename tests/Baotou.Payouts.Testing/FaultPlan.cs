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

    /// <summary>It takes effect, its answer is lost on the way, and the client library sends it again: the caller is told what came of the second time.</summary>
    SentAgain,
}

/// <summary>The planted failure. The caller cannot know whether the call took effect.</summary>
/// <param name="call">The number of the call, from 1.</param>
public sealed class PlantedFaultException(long call) : IOException($"Planted fault at call {call}.");

/// <summary>
/// Says which calls fail and counts them all. One plan may stand behind several stores and queues: they count together, in the order of the calls.
/// Let the first call fail, then the second, the third, until an operation passes untouched, and check the state each time.
/// </summary>
public sealed class FaultPlan
{
    private readonly Func<long, Fault> _at;
    private long _calls;
    private long _faults;

    private FaultPlan(Func<long, Fault> at) => _at = at;

    /// <summary>Calls so far, failed ones included.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    /// <summary>Calls that failed so far; zero means that the operation passed untouched.</summary>
    public long Faults => Interlocked.Read(ref _faults);

    /// <summary>Nothing fails; calls are counted.</summary>
    public static FaultPlan None() => new(_ => Fault.None);

    /// <summary>Only call number <paramref name="call"/> (from 1) fails.</summary>
    public static FaultPlan Once(long call, Fault fault) => new(number => number == call ? fault : Fault.None);

    /// <summary>Call number <paramref name="call"/> (from 1) fails with <paramref name="fault"/> and every later one before its effect, as if the worker had been killed there.</summary>
    public static FaultPlan KilledAt(long call, Fault fault) =>
        new(number => number < call ? Fault.None : number == call ? fault : Fault.BeforeEffect);

    /// <summary>About <paramref name="perThousand"/> of a thousand calls fail, half of them after their effect; the same seed fails the same call numbers.</summary>
    public static FaultPlan Seeded(ulong seed, int perThousand) => new(number =>
    {
        ulong drawn = Draw(seed, (ulong)number);
        return drawn % 1000 >= (ulong)perThousand ? Fault.None : (drawn >> 40) % 2 == 0 ? Fault.BeforeEffect : Fault.AnswerLost;
    });

    /// <summary>Whatever a test can say as a function of the call's number, from 1.</summary>
    public static FaultPlan Of(Func<long, Fault> at) => new(at);

    internal async Task<T> RunAsync<T>(Func<Task<T>> effect)
    {
        (long call, Fault fault) = Next();
        if (fault == Fault.BeforeEffect)
        {
            throw new PlantedFaultException(call);
        }

        T answer = await effect().ConfigureAwait(false);
        if (fault == Fault.SentAgain)
        {
            return await effect().ConfigureAwait(false);
        }

        return fault == Fault.None ? answer : throw new PlantedFaultException(call);
    }

    internal (long Call, Fault Fault) Next()
    {
        long call = Interlocked.Increment(ref _calls);
        Fault fault = _at(call);
        if (fault != Fault.None)
        {
            Interlocked.Increment(ref _faults);
        }

        return (call, fault);
    }

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
