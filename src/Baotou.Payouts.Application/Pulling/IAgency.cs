using Baotou.Payouts.Domain.Facts;

namespace Baotou.Payouts.Application.Pulling;

/// <summary>How an agency hands over its records.</summary>
public enum WalkKind
{
    /// <summary>Page by page behind a cursor; the next walk goes on where the last one ended.</summary>
    Cursor,

    /// <summary>The whole set each time; the difference to the set before is ours to find.</summary>
    Snapshot,
}

/// <summary>A record that could not even be read as a record.</summary>
/// <param name="Position">Where it stood ("record 17 of the page after cursor 200").</param>
/// <param name="Text">What was delivered, at most 2,000 characters.</param>
/// <param name="Reason">What is wrong and what was expected.</param>
public sealed record UnreadableRecord(string Position, string Text, string Reason);

/// <summary>One page of a walk.</summary>
/// <param name="Records">Records as delivered, in no order that may be relied on; repeats are allowed.</param>
/// <param name="Unreadable">What could not be read as a record; it goes to quarantine.</param>
/// <param name="Cursor">Where the next page begins. On the last page of a cursor walk: where the next walk begins.</param>
/// <param name="AsOf">Only on the last page: the moment up to which the agency has now told everything.</param>
/// <param name="AnnouncedCount">For snapshots: how many records the whole set has. Every page of one snapshot announces the same.</param>
/// <param name="SnapshotId">For snapshots: which one; pages of two snapshots are never mixed.</param>
public sealed record AgencyPage(
    IReadOnlyList<DeliveredRecord> Records,
    IReadOnlyList<UnreadableRecord> Unreadable,
    string Cursor,
    DateTimeOffset? AsOf,
    long? AnnouncedCount = null,
    string? SnapshotId = null
)
{
    /// <summary>Whether the walk ends here.</summary>
    public bool IsLast => AsOf is not null;
}

/// <summary>One dataset of one agency, as the walk sees it.</summary>
public interface IAgency
{
    /// <summary>Id of the dataset ("tax", "science", …); the <see cref="Fact.Source"/> of its facts.</summary>
    string Source { get; }

    /// <summary>How it is walked.</summary>
    WalkKind Kind { get; }

    /// <summary>
    /// Reads one page. Trouble on the way (time-outs, 5xx, torn answers) is retried inside and thrown when it lasts, so that the message
    /// goes back to its queue.
    /// </summary>
    /// <param name="cursor">Empty for the very first page, or what the page before said.</param>
    /// <param name="size">Most records wanted, 1 to 1,000; an agency may give fewer.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    Task<AgencyPage> ReadPageAsync(string cursor, int size, CancellationToken cancellationToken);
}

/// <summary>
/// A payee account as the treasury holds it. The number is never written in clear outside the encrypted column made for it.
/// </summary>
/// <param name="Uscc">Holder, as delivered.</param>
/// <param name="Holder">Name of the holder.</param>
/// <param name="Number">Account number, digits only.</param>
/// <param name="BankCode">Bank code, digits only.</param>
/// <param name="Open">Whether money can be sent to it.</param>
/// <param name="RecordedAt">When the treasury recorded it, UTC.</param>
/// <param name="RecordId">The treasury's record number.</param>
public sealed record PayeeAccount(
    string Uscc,
    string Holder,
    string Number,
    string BankCode,
    bool Open,
    DateTimeOffset RecordedAt,
    string RecordId
);

/// <summary>One page of payee accounts; <see cref="AsOf"/> only on the last.</summary>
public sealed record AccountPage(
    IReadOnlyList<PayeeAccount> Accounts,
    IReadOnlyList<UnreadableRecord> Unreadable,
    string Cursor,
    DateTimeOffset? AsOf
);

/// <summary>The treasury's dataset of payee accounts, walked like an agency by cursor.</summary>
public interface IAccountRegister
{
    /// <summary>Reads one page; see <see cref="IAgency.ReadPageAsync"/>.</summary>
    Task<AccountPage> ReadPageAsync(string cursor, int size, CancellationToken cancellationToken);
}
