using System.Collections.Concurrent;
using Baotou.Payouts.Local.Sandbox.World;

namespace Baotou.Payouts.Local.Sandbox;

/// <summary>What can go wrong with an answer.</summary>
public enum SandboxFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>HTTP 500.</summary>
    ServerError,

    /// <summary>HTTP 200 with a code of 503.</summary>
    Busy,

    /// <summary>No answer within the time-out of an attempt.</summary>
    Silence,

    /// <summary>An answer that takes a while but comes.</summary>
    Slow,

    /// <summary>Half a JSON text that ends as if it were whole.</summary>
    Truncated,

    /// <summary>A line that breaks in the middle of the body.</summary>
    BrokenLine,

    /// <summary>Some records twice, or again though they stood on an earlier page.</summary>
    Duplicated,

    /// <summary>Records in another order.</summary>
    Reordered,

    /// <summary>The agency's clock jumps by twenty minutes, or back.</summary>
    ClockJump,
}

/// <summary>
/// Decides which answers go wrong. It never touches what is delivered in the end: only how. Of one request (dataset, cursor and size) at
/// most three answers running go wrong, so that a walk always ends.
/// </summary>
/// <param name="rate">Share of answers that go wrong, 0 to 1.</param>
/// <param name="seed">Another seed, other faults.</param>
public sealed class SandboxFaults(double rate, long seed)
{
    /// <summary>The most faults of one request running.</summary>
    public const int MostRunning = 3;

    private readonly ConcurrentDictionary<string, Course> _courses = new(StringComparer.Ordinal);
    private readonly long[] _counts = new long[Enum.GetValues<SandboxFault>().Length];

    /// <summary>No faults at all.</summary>
    public static SandboxFaults None { get; } = new(0, 0);

    /// <summary>How often each kind was chosen so far, <see cref="SandboxFault.None"/> included.</summary>
    public IReadOnlyDictionary<SandboxFault, long> Counts =>
        Enum.GetValues<SandboxFault>().ToDictionary(f => f, f => Interlocked.Read(ref _counts[(int)f]));

    /// <summary>Chooses for the next answer to a request.</summary>
    /// <param name="request">The request's identity.</param>
    public SandboxFault Next(string request)
    {
        var fault = rate <= 0 ? SandboxFault.None : Choose(request);
        Interlocked.Increment(ref _counts[(int)fault]);
        return fault;
    }

    private SandboxFault Choose(string request)
    {
        var course = _courses.GetOrAdd(request, static _ => new Course());
        lock (course)
        {
            var random = SplitMix64.For(seed, request, course.Answers++);
            var fault =
                course.Running < MostRunning && random.Below(1_000_000) < (long)(rate * 1_000_000) ? Kind(random) : SandboxFault.None;
            course.Running = fault == SandboxFault.None ? 0 : course.Running + 1;
            return fault;
        }
    }

    /// <summary>Silence is rare because it costs the whole time-out of an attempt.</summary>
    private static SandboxFault Kind(SplitMix64 random) =>
        random.Weighted(
            (SandboxFault.ServerError, 22),
            (SandboxFault.Busy, 10),
            (SandboxFault.Truncated, 16),
            (SandboxFault.BrokenLine, 10),
            (SandboxFault.Slow, 8),
            (SandboxFault.Duplicated, 14),
            (SandboxFault.Reordered, 10),
            (SandboxFault.ClockJump, 7),
            (SandboxFault.Silence, 3)
        );

    private sealed class Course
    {
        public long Answers;
        public int Running;
    }
}
