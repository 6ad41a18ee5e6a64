using System.Text.Json.Serialization;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Approving;

/// <summary>What an officer asks for and a second person agrees to.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(OpenPool), "open-pool")]
[JsonDerivedType(typeof(Appropriate), "appropriate")]
[JsonDerivedType(typeof(Cut), "cut")]
[JsonDerivedType(typeof(ClosePool), "close-pool")]
[JsonDerivedType(typeof(MakeAutomatic), "make-automatic")]
[JsonDerivedType(typeof(PutInShadow), "put-in-shadow")]
[JsonDerivedType(typeof(StillInForce), "still-in-force")]
[JsonDerivedType(typeof(Withdraw), "withdraw")]
[JsonDerivedType(typeof(ReleaseMoney), "release")]
[JsonDerivedType(typeof(Resume), "resume")]
[JsonDerivedType(typeof(Rerun), "rerun")]
[JsonDerivedType(typeof(ClawBack), "clawback")]
[JsonDerivedType(typeof(Recovered), "recovered")]
[JsonDerivedType(typeof(MergeCodes), "merge")]
[JsonDerivedType(typeof(CloseSource), "close-source")]
[JsonDerivedType(typeof(SettleHeld), "settle-withdrawals")]
[JsonDerivedType(typeof(DeclarePast), "declare-past")]
[JsonDerivedType(typeof(StartAgain), "start")]
[JsonDerivedType(typeof(CorrectRecord), "correct-record")]
public abstract record Proposal
{
    /// <summary>Open a pool-year with the seed of its lottery.</summary>
    public sealed record OpenPool(PoolYear Pool, string Seed) : Proposal;

    /// <summary>Appropriate money under a document number.</summary>
    public sealed record Appropriate(PoolYear Pool, Fen Amount, string Document) : Proposal;

    /// <summary>Take money back; the pool refuses above what is free.</summary>
    public sealed record Cut(PoolYear Pool, Fen Amount, string Document) : Proposal;

    /// <summary>Close a pool-year.</summary>
    public sealed record ClosePool(PoolYear Pool, string Document) : Proposal;

    /// <summary>
    /// State that all payments made for an entry outside the system are imported: so many, of so much; none for an empty past.
    /// </summary>
    public sealed record DeclarePast(string Policy, int Payments, Fen Amount) : Proposal;

    /// <summary>Take an entry out of shadow, once its past is declared.</summary>
    public sealed record MakeAutomatic(string Policy) : Proposal;

    /// <summary>Put an automatic entry back into shadow: it decides and shows, and reserves nothing new.</summary>
    public sealed record PutInShadow(string Policy) : Proposal;

    /// <summary>State that an entry is still in force, through a day (included).</summary>
    public sealed record StillInForce(string Policy, DateOnly Through) : Proposal;

    /// <summary>
    /// Take what still waits of a claim out of its line, under a document number. What is reserved for it, <paramref name="Granted"/> of
    /// the city share as it was looked at, stays.
    /// </summary>
    public sealed record Withdraw(ClaimKey Claim, Fen Granted, string Document) : Proposal;

    /// <summary>Give a payout's money back to its pool.</summary>
    public sealed record ReleaseMoney(string Payout) : Proposal;

    /// <summary>Let a payout go on that a person of the staff holds since that version.</summary>
    public sealed record Resume(string Payout, int Version) : Proposal;

    /// <summary>Apply the difference that a dry run showed, line by line, each only if it is still as shown.</summary>
    public sealed record Rerun(string Run, ContentHash Difference) : Proposal;

    /// <summary>Open a case to recover so much of a paid payout's city share, under a document number.</summary>
    public sealed record ClawBack(string Payout, Fen Amount, string Document) : Proposal;

    /// <summary>Record that the money of an open clawback case came back, under a document number.</summary>
    public sealed record Recovered(string Payout, string Document) : Proposal;

    /// <summary>Take two codes as one enterprise's: <paramref name="Into"/> stands for both from then on.</summary>
    public sealed record MergeCodes(Uscc From, Uscc Into) : Proposal;

    /// <summary>
    /// Take a silent source as complete through the end of a day (included), so that rounds go on; what it tells later counts late.
    /// </summary>
    public sealed record CloseSource(string Source, DateOnly Through) : Proposal;

    /// <summary>
    /// Withdraw or keep the records that vanished from a source's snapshot, as they stand in the snapshot that was looked at.
    /// </summary>
    public sealed record SettleHeld(string Source, ContentHash Snapshot, VanishedRecords Outcome) : Proposal;

    /// <summary>
    /// Start again what the stop of that number stopped; after a restore with what is stated of the treasury's results since the backup.
    /// </summary>
    public sealed record StartAgain(Switch Switch, long Stop, TreasuryResults? Results = null) : Proposal;

    /// <summary>Make a fact of a record in quarantine, corrected so.</summary>
    public sealed record CorrectRecord(string Source, string Record, Correction Correction) : Proposal;
}

/// <summary>What is put in the place of parts of a delivered record; what is null stays as it was delivered.</summary>
/// <param name="Uscc">Code of the enterprise.</param>
/// <param name="Kind">Kind of fact.</param>
/// <param name="Period">Year or month, as the kind has it.</param>
/// <param name="EffectiveOn">Day it took effect, yyyy-MM-dd.</param>
/// <param name="RecordId">Number of the record, where the delivered one has none that can be read.</param>
/// <param name="Batch">Its batch.</param>
/// <param name="Values">All its values, by field; null leaves the delivered ones.</param>
public sealed record Correction(
    string? Uscc,
    string? Kind,
    string? Period,
    string? EffectiveOn,
    string? RecordId,
    string? Batch,
    IReadOnlyDictionary<string, string>? Values
);

/// <summary>Where an approval stands.</summary>
public enum ApprovalState
{
    /// <summary>Asked for; nobody has decided.</summary>
    Pending,

    /// <summary>Agreed; the act is under way and the sweep finishes it.</summary>
    Approved,

    /// <summary>Agreed and done.</summary>
    Done,

    /// <summary>Refused by the second person, or impossible when it came to it; the note says why.</summary>
    Refused,
}

/// <summary>A proposal on its way.</summary>
/// <param name="Id">26 digits, a function of who asked and under which key.</param>
/// <param name="Proposal">What is asked for.</param>
/// <param name="Why">Why, in the officer's words.</param>
/// <param name="Request">Who asked, under which key.</param>
/// <param name="RequestedAt">When, on the business clock.</param>
/// <param name="State">Where it stands.</param>
/// <param name="DecidedBy">Who decided; null while pending.</param>
/// <param name="DecidedAt">When the act takes effect; null while pending.</param>
/// <param name="Note">What the second person said, or why it could not be done.</param>
/// <param name="AgreedBy">Of what the schedule asked for: the first of the two persons who agree; null before, and for all that a person
/// asked for.</param>
public sealed record Approval(
    string Id,
    Proposal Proposal,
    string Why,
    RequestMark Request,
    DateTimeOffset RequestedAt,
    ApprovalState State,
    string? DecidedBy,
    DateTimeOffset? DecidedAt,
    string Note,
    string? AgreedBy = null
);

/// <summary>An approval with the version that its next step must name.</summary>
public sealed record StoredApproval(Approval Approval, string Version);

/// <summary>Approvals, kept for ever.</summary>
public interface IApprovalStore
{
    /// <summary>Adds one; answers what stands there under its id: the same, or an earlier one.</summary>
    Task<Approval> AddAsync(Approval approval, CancellationToken cancellationToken);

    /// <summary>One approval; null if there is none.</summary>
    Task<StoredApproval?> ReadAsync(string id, CancellationToken cancellationToken);

    /// <summary>All, in the order of their ids.</summary>
    Task<IReadOnlyList<Approval>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Moves one on. False if somebody else was faster.</summary>
    Task<bool> MoveAsync(StoredApproval before, Approval after, CancellationToken cancellationToken);
}
