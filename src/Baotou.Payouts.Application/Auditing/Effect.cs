using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Auditing;

/// <summary>Something that a person did, as a row tells it that is its effect.</summary>
/// <param name="Subject">Who.</param>
/// <param name="Body">Hash of the request that did it; null where the row does not keep it.</param>
/// <param name="Id">Where it does not, the id by which the request named what it is about; else empty.</param>
/// <param name="What">What it is, for people.</param>
public sealed record Effect(string Subject, ContentHash? Body, string Id, string What)
{
    /// <summary>
    /// Whether the audit log has to have its line: of whoever came with a token, whose subject names its issuer before a colon, and of
    /// whoever acted on the machine itself. What the schedule does has none.
    /// </summary>
    public bool NeedsLine => Subject.Contains(':', StringComparison.Ordinal) || LocalAct.IsBy(Subject);

    /// <summary>An effect that carries the request that made it.</summary>
    public static Effect Of(RequestMark request, string what) => new(request.Subject, request.Body, "", what);

    /// <summary>An effect on something that its request named.</summary>
    public static Effect On(string subject, string id, string what) => new(subject, null, id, what);
}

/// <summary>Rows that are effects of persons.</summary>
public interface IEffects
{
    /// <summary>All effects, those of the schedule among them.</summary>
    IAsyncEnumerable<Effect> ReadAsync(CancellationToken cancellationToken);
}
