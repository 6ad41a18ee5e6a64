using System.Text.Json.Serialization;
using Baotou.Payouts.Application.Settling;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;

namespace Baotou.Payouts.Application.Pulling;

/// <summary>A fact with its number in its bucket's log.</summary>
public sealed record StoredFact(long Seq, Fact Fact);

/// <summary>The facts, bucket by bucket, append-only. The same content may stand in it more than once; readers count the first.</summary>
public interface IFactLog
{
    /// <summary>
    /// Appends facts of one bucket. After trouble on the way nothing or a first part may stand there; appending again is harmless.
    /// </summary>
    Task AppendAsync(int bucket, IReadOnlyList<Fact> facts, CancellationToken cancellationToken);

    /// <summary>Drops what earlier reads left in memory, so that the next read shows what is stored.</summary>
    void Forget();

    /// <summary>The number of the last fact; 0 for an empty log.</summary>
    Task<long> CountAsync(int bucket, CancellationToken cancellationToken);

    /// <summary>Facts with numbers above <paramref name="after"/> up to <paramref name="upTo"/> (included), in order.</summary>
    IAsyncEnumerable<StoredFact> ReadAsync(int bucket, long after, long upTo, CancellationToken cancellationToken);
}

/// <summary>How far a source has been walked.</summary>
/// <param name="Source">The dataset.</param>
/// <param name="Walks">Walks completed.</param>
/// <param name="Cursor">Where the next page begins.</param>
/// <param name="CompleteThrough">The moment up to which the source was walked completely; null before the first whole walk.</param>
/// <param name="Delivered">Records seen in completed walks, repeats included; for people.</param>
/// <param name="FirstThrough">The moment up to which its first whole walk told everything; null before.</param>
/// <param name="Snapshot">Names the index of the last snapshot that counted; null before the first, and for sources that are no
/// snapshots.</param>
/// <param name="Held">A later snapshot that lacks too much, until it is settled; null if none.</param>
/// <param name="SettledBy">The act that settled the last one that was held; null if none did.</param>
public sealed record SourceStanding(
    string Source,
    long Walks,
    string Cursor,
    DateTimeOffset? CompleteThrough,
    long Delivered,
    DateTimeOffset? FirstThrough = null,
    ContentHash? Snapshot = null,
    HeldWithdrawals? Held = null,
    string? SettledBy = null
)
{
    /// <summary>
    /// The trace (W3C <c>traceparent</c>) of the walk that moved it last; null where nobody traced it. It decides nothing and stands beside
    /// the row's content.
    /// </summary>
    [JsonIgnore]
    public string? Trace { get; init; }

    /// <summary>The standing after a snapshot that counts; nothing is held any more.</summary>
    public SourceStanding AfterSnapshot(ContentHash snapshot, DateTimeOffset asOf) =>
        this with
        {
            Walks = Walks + 1,
            CompleteThrough = Later(CompleteThrough, asOf),
            FirstThrough = FirstThrough ?? asOf,
            Snapshot = snapshot,
            Held = null,
        };

    /// <summary>A source never falls back.</summary>
    public static DateTimeOffset Later(DateTimeOffset? a, DateTimeOffset b) => a > b ? a.Value : b;
}

/// <summary>
/// A snapshot from which so many records vanished that it may be a torn one. What it has that is new was stored; what it lacks is not
/// withdrawn before two persons say so, and the source has not moved: a set that lost records may lack new ones too, and those would be
/// late through no fault of theirs.
/// </summary>
/// <param name="Snapshot">Names the index as it would be with these withdrawals; what is settled is what was looked at.</param>
/// <param name="AsOf">Up to when the agency says that it told everything.</param>
/// <param name="Missing">How many records vanished.</param>
/// <param name="Known">Of how many.</param>
public sealed record HeldWithdrawals(ContentHash Snapshot, DateTimeOffset AsOf, long Missing, long Known);

/// <summary>Rows of the sources; only a whole walk moves <see cref="SourceStanding.CompleteThrough"/>.</summary>
public interface ISourceLog
{
    /// <summary>Reads a source; a source never walked has an empty standing with version null.</summary>
    Task<(SourceStanding Standing, string? Version)> ReadAsync(string source, CancellationToken cancellationToken);

    /// <summary>All sources that were ever walked, by name, in one look.</summary>
    Task<IReadOnlyDictionary<string, SourceStanding>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Moves a source on. False if somebody else moved it since: whoever did goes on.</summary>
    Task<bool> AdvanceAsync(SourceStanding next, string? version, CancellationToken cancellationToken);
}

/// <summary>A record of the last complete snapshot.</summary>
/// <param name="RecordId">Its number.</param>
/// <param name="Uscc">Its enterprise, as delivered.</param>
/// <param name="Kind">Its kind, as delivered.</param>
/// <param name="Period">Its period, as delivered.</param>
/// <param name="Hash">Hash of what was delivered.</param>
/// <param name="Kept">Whether it vanished and two persons said that it is valid nevertheless: that it is still absent surprises
/// nobody.</param>
public sealed record SnapshotLine(string RecordId, string Uscc, string Kind, string Period, string Hash, bool Kept = false)
{
    /// <summary>
    /// Stands in the place of the hash of a record that vanished, so that one that comes back is known to have been withdrawn.
    /// </summary>
    public const string Withdrawn = "withdrawn";
}

/// <summary>
/// What snapshots held, named by their content, so that the next one can be compared with it and nobody reads half of one and half of
/// another.
/// </summary>
public interface ISnapshotIndex
{
    /// <summary>
    /// The lines of a snapshot, in any order; empty for null. Throws <see cref="InvalidDataException"/> if they are not all there.
    /// </summary>
    Task<IReadOnlyList<SnapshotLine>> ReadAsync(string source, ContentHash? name, CancellationToken cancellationToken);

    /// <summary>Stores lines and answers how they are named. Storing the same again is harmless.</summary>
    Task<ContentHash> WriteAsync(string source, IReadOnlyList<SnapshotLine> lines, CancellationToken cancellationToken);
}

/// <summary>A record that could not become a fact, kept with its reason.</summary>
/// <param name="Id">Hash of source, text and code: the same bad record is kept once.</param>
/// <param name="Source">The dataset.</param>
/// <param name="Code">A stable code of the reason.</param>
/// <param name="Reason">What is wrong, where, and what was expected.</param>
/// <param name="Text">The record as delivered, at most 2,000 characters.</param>
public sealed record Quarantined(string Id, string Source, string Code, string Reason, string Text);

/// <summary>Bad records by source, with what was done about each. They stay, whatever is done.</summary>
public interface IQuarantine : ICaseLog<Quarantined>
{
    /// <summary>Keeps records; those already kept are left as they are, settled ones too.</summary>
    Task AddAsync(IReadOnlyList<Quarantined> records, CancellationToken cancellationToken);
}

/// <summary>An enterprise's payee account as the engine keeps it: the number encrypted, people see the last four digits.</summary>
/// <param name="Uscc">Holder.</param>
/// <param name="LastFour">What people see.</param>
/// <param name="Open">Whether money can be sent to it.</param>
/// <param name="RecordedAt">When the treasury recorded it.</param>
/// <param name="RecordId">The treasury's record number.</param>
/// <param name="Sealed">Holder, number and bank, encrypted under the account key.</param>
public sealed record StoredAccount(
    Domain.Enterprises.Uscc Uscc,
    string LastFour,
    bool Open,
    DateTimeOffset RecordedAt,
    string RecordId,
    byte[] Sealed
);

/// <summary>Payee accounts by enterprise.</summary>
public interface IAccountStore
{
    /// <summary>Stores versions of accounts of one bucket; each (enterprise, moment, record) has one row.</summary>
    Task PutAsync(int bucket, IReadOnlyList<StoredAccount> accounts, CancellationToken cancellationToken);

    /// <summary>The version recorded last for each enterprise of a bucket.</summary>
    Task<IReadOnlyDictionary<Domain.Enterprises.Uscc, StoredAccount>> ReadAsync(int bucket, CancellationToken cancellationToken);
}

/// <summary>Encrypts account data under a key of its own.</summary>
public interface IAccountCipher
{
    /// <summary>Encrypts; the same text gives another result each time.</summary>
    byte[] Seal(string text);

    /// <summary>
    /// Decrypts; throws <see cref="System.Security.Cryptography.CryptographicException"/> if the key or the data are not the right ones.
    /// </summary>
    string Unseal(byte[] data);
}
