using System.Diagnostics;

namespace Baotou.Payouts.Application.Telemetry;

/// <summary>What a step of a trace may be tagged with: ids, counts and amounts, never a name, an enterprise's code or an account.</summary>
public static class TraceTags
{
    /// <summary>The dataset that is walked.</summary>
    public const string Source = "payouts.source";

    /// <summary>The number of the walk.</summary>
    public const string Walk = "payouts.walk";

    /// <summary>The number of the round.</summary>
    public const string Round = "payouts.round";

    /// <summary>The bucket that is matched.</summary>
    public const string Bucket = "payouts.bucket";

    /// <summary>The pool-year, "id/year".</summary>
    public const string Pool = "payouts.pool";

    /// <summary>Entries written to the pool's chain.</summary>
    public const string Entries = "payouts.entries";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Source, Walk, Round, Bucket, Pool, Entries];
}

/// <summary>
/// Steps of traces, told to whoever listens. A trace begins where sources are asked and goes with the messages, and with the rows of the
/// sources to the round that matches what they told. Nothing is told, read or written for it where nobody listens; no outcome depends on
/// it.
/// </summary>
public static class Tracing
{
    private static readonly ActivitySource Source = new(Metrics.Source);

    /// <summary>Whether the step that is being done is traced.</summary>
    public static bool IsOn => Mine is not null;

    /// <summary>The step that is being done, as a W3C <c>traceparent</c>; null if none of ours is.</summary>
    public static string? Current => Mine is { IdFormat: ActivityIdFormat.W3C } step ? step.Id : null;

    private static Activity? Mine => Activity.Current is { } step && step.Source == Source ? step : null;

    /// <summary>Begins a step that ends when it is disposed of; null if nobody listens.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="kind">Consumer for the handling of a message.</param>
    /// <param name="parent">The step it follows from, as a <c>traceparent</c>; null or one that makes no sense for the step that is being
    /// done.</param>
    /// <param name="links">Other steps it follows from.</param>
    public static Activity? Start(
        string name,
        ActivityKind kind = ActivityKind.Internal,
        string? parent = null,
        IEnumerable<string>? links = null
    )
    {
        ActivityContext.TryParse(parent, null, isRemote: true, out var from);
        return Source.StartActivity(name, kind, from, links: links?.Distinct().Select(LinkTo).OfType<ActivityLink>());
    }

    /// <summary>Tags the step that is being done.</summary>
    /// <param name="tag">One of <see cref="TraceTags"/>.</param>
    /// <param name="value">An id, a count or an amount.</param>
    public static void Tag(string tag, object value) => Mine?.SetTag(tag, value);

    /// <summary>Marks a step as failed, with the kind of the exception and without its text, which may name an enterprise.</summary>
    /// <returns>False always, to stand in an exception filter.</returns>
    public static bool Fails(Activity? step, Exception exception)
    {
        step?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
        return false;
    }

    private static ActivityLink? LinkTo(string parent) =>
        ActivityContext.TryParse(parent, null, isRemote: true, out var context) ? new ActivityLink(context) : null;
}
