namespace Baotou.Payouts.Exchange.Http;

/// <summary>
/// Our estimate of an agency's clock: ours plus the difference its last refusal showed. Zero until an agency refuses for its clock.
/// </summary>
internal sealed class AgencyClock(TimeProvider time)
{
    /// <summary>A difference below this is travel time and the whole seconds of the Date header, not a clock that is off.</summary>
    private static readonly TimeSpan Notable = TimeSpan.FromMinutes(1);

    private long _offsetTicks;

    /// <summary>The agency's time as far as we know it.</summary>
    public DateTimeOffset Now => time.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));

    /// <summary>
    /// Learns from the Date header of a refusal. True if the request, signed at <paramref name="signedAt"/>, was notably off, so that
    /// signing anew may help.
    /// </summary>
    public bool Learn(DateTimeOffset signedAt, DateTimeOffset? theirDate)
    {
        if (theirDate is not { } date)
            return false;
        if ((date - signedAt).Duration() < Notable)
            return false;
        Interlocked.Exchange(ref _offsetTicks, (date - time.GetUtcNow()).Ticks);
        return true;
    }
}
