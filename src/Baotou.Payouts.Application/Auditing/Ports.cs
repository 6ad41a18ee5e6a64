using System.Globalization;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Time;

namespace Baotou.Payouts.Application.Auditing;

/// <summary>What is written of an act of a person, or of what became of it. No account number and nothing personal but who acted.</summary>
/// <param name="Moment">When, by the clock of whoever took the request; it is content, and fixes the day of the log.</param>
/// <param name="Request">The id of the request, as its answer and the host's log lines have it.</param>
/// <param name="Subject">Who: the issuer's id, a colon and the token's subject.</param>
/// <param name="Role">In which role; of several that allow it, all, joined by "+".</param>
/// <param name="What">The operation's id, as <c>stop</c> or <c>decide</c>.</param>
/// <param name="About">On what: "name=value" of ids, kinds, amounts and days, joined by "; ".</param>
/// <param name="Why">The reason that was given; empty if none is asked for.</param>
/// <param name="Body">Hash of method, path and body: the one that a row made by this request carries.</param>
/// <param name="Answers">Of an outcome, the number of the act in the same log; null for an act.</param>
/// <param name="Outcome">Of an outcome, the status of the answer, and the code if it is a refusal; empty for an act.</param>
public sealed record AuditAct(
    DateTimeOffset Moment,
    string Request,
    string Subject,
    string Role,
    string What,
    string About,
    string Why,
    ContentHash Body,
    long? Answers = null,
    string Outcome = ""
);

/// <summary>A link of a log: its hash covers the act, its number and the hash before.</summary>
/// <param name="Number">1, 2, 3 … without a gap.</param>
/// <param name="Act">What is written.</param>
/// <param name="Before">Hash of the link before; of the first, <see cref="AuditPlace.Root"/>.</param>
public sealed record AuditEntry(long Number, AuditAct Act, ContentHash Before)
{
    /// <summary>The hash that the next link carries.</summary>
    public ContentHash Hash => CanonicalJson.Hash(this);
}

/// <summary>One log: a legal day (UTC+8) and a bucket of subjects, so that all that one person did on a day stands in one order.</summary>
/// <param name="Day">The day.</param>
/// <param name="Bucket">0 to the store's buckets − 1.</param>
public sealed record AuditPlace(DateOnly Day, int Bucket)
{
    /// <summary>What the first link stands on: it ties the log to its day and bucket.</summary>
    public ContentHash Root =>
        ContentHash.OfText(
            $"audit {Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} {Bucket.ToString(CultureInfo.InvariantCulture)}"
        );

    /// <summary>Where an act belongs.</summary>
    public static AuditPlace Of(AuditAct act, int buckets)
    {
        var hash = ContentHash.OfParts(act.Subject);
        return new AuditPlace(
            ChinaTime.DayOf(act.Moment),
            (int)((((uint)hash[0] << 24) | ((uint)hash[1] << 16) | ((uint)hash[2] << 8) | hash[3]) % (uint)buckets)
        );
    }
}

/// <summary>How far a log goes.</summary>
/// <param name="Count">Its entries.</param>
/// <param name="Hash">The hash of the last one.</param>
public sealed record AuditHead(long Count, ContentHash Hash);

/// <summary>
/// The audit log. An act is appended before it takes effect: whoever cannot write it down does nothing, so no effect lacks its line
/// whatever is lost on the way. A line whose outcome is missing was tried; whether it took effect is read from the act's own rows, which
/// carry the hash of the same request. The outcome is appended afterwards and may be lost, since it can be told from those rows.
/// </summary>
public interface IAuditLog
{
    /// <summary>Appends, behind whatever others append at the same time.</summary>
    /// <returns>The number it got.</returns>
    Task<long> AppendAsync(AuditAct act, CancellationToken cancellationToken);

    /// <summary>The entries of a log with numbers above <paramref name="after"/>, in order.</summary>
    IAsyncEnumerable<AuditEntry> ReadAsync(AuditPlace place, long after, CancellationToken cancellationToken);

    /// <summary>How far a log goes; null if nothing was ever appended.</summary>
    Task<AuditHead?> HeadAsync(AuditPlace place, CancellationToken cancellationToken);

    /// <summary>Every log that there is, by day and bucket. One that got its first entry this moment may be missing.</summary>
    Task<IReadOnlyList<AuditPlace>> PlacesAsync(CancellationToken cancellationToken);
}
