using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Domain.Pools;

/// <summary>Where a pool-year's fold stands. In + carried in − cut − carried out = free + reserved + paid, none negative, always.</summary>
public sealed record PoolHead
{
    /// <summary>Before the first input.</summary>
    public static readonly PoolHead Fresh = new();

    /// <summary>All money appropriated, in fen.</summary>
    public Fen Appropriated { get; init; }

    /// <summary>Money carried in from the year before.</summary>
    public Fen CarriedIn { get; init; }

    /// <summary>Money taken back.</summary>
    public Fen Cut { get; init; }

    /// <summary>Money that left at the close or after it.</summary>
    public Fen CarriedOut { get; init; }

    /// <summary>Neither reserved nor paid.</summary>
    public Fen Free { get; init; }

    /// <summary>Bound to payouts that are not paid.</summary>
    public Fen Reserved { get; init; }

    /// <summary>Paid.</summary>
    public Fen Paid { get; init; }

    /// <summary>Number of the last entry; 0 before the first.</summary>
    public long Seq { get; init; }

    /// <summary>Hash of the last entry.</summary>
    public ContentHash Hash { get; init; } = ContentHash.None;

    /// <summary>Number of the last input consumed.</summary>
    public long Done { get; init; }

    /// <summary>Seed of the lottery; empty before the pool-year is opened.</summary>
    public string Seed { get; init; } = "";

    /// <summary>Whether claims are paid whole only.</summary>
    public bool WholeOnly { get; init; }

    /// <summary>Whether granting waits for the year before.</summary>
    public bool AwaitsCarryIn { get; init; }

    /// <summary>Whether the year is closed.</summary>
    public bool Closed { get; init; }

    /// <summary>Round of the claim that is next in line; −1 before the first round.</summary>
    public int CursorRound { get; init; } = -1;

    /// <summary>Place of that claim within its round, from 0.</summary>
    public long CursorPlace { get; init; }

    /// <summary>How many claims of earlier rounds lie behind the cursor.</summary>
    public long CursorBase { get; init; }

    /// <summary>Pieces already granted to that claim.</summary>
    public int Part { get; init; }

    /// <summary>Fen already granted to that claim.</summary>
    public Fen Granted { get; init; }

    /// <summary>Claims announced by all consumed rounds, carried-in ones included.</summary>
    public long Announced { get; init; }

    /// <summary>
    /// How many claims stand before the one that is next in line, over all rounds: a claim's own number minus this is its place in the
    /// queue.
    /// </summary>
    public long Position => CursorBase + CursorPlace;

    /// <summary>Whether the pool-year was opened.</summary>
    public bool IsOpen => Seed.Length > 0 && !Closed;
}

/// <summary>What a chain entry records.</summary>
public enum EntryKind
{
    /// <summary>The pool-year was opened.</summary>
    Opened,

    /// <summary>Money came in.</summary>
    Appropriated,

    /// <summary>Money was taken back.</summary>
    Cut,

    /// <summary>An act was refused and moved nothing; the note says why.</summary>
    Refused,

    /// <summary>A round's claims joined the line.</summary>
    RoundJoined,

    /// <summary>
    /// A claim was limited; for the claim being served the note says how much more it had been granted. One served before keeps it until
    /// its payouts are released.
    /// </summary>
    Limited,

    /// <summary>Money was reserved for a piece of a claim: this row is the reservation.</summary>
    Reserved,

    /// <summary>Reserved money went back to free.</summary>
    Released,

    /// <summary>Reserved money was paid.</summary>
    Settled,

    /// <summary>Paid money came back and is reserved again.</summary>
    Returned,

    /// <summary>Paid money was recovered.</summary>
    ClawedBack,

    /// <summary>Money and waiting claims of the year before came in.</summary>
    CarriedIn,

    /// <summary>The year was closed; the amount was carried out.</summary>
    CarriedOut,
}

/// <summary>One link of a pool-year's chain. Append-only; its hash covers everything in it and the hash before it.</summary>
public sealed record PoolEntry
{
    /// <summary>Number, from 1 without a gap.</summary>
    public required long Seq { get; init; }

    /// <summary>What it records.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>The money moved, in fen; 0 where none moved.</summary>
    public Fen Amount { get; init; }

    /// <summary>Number of the input consumed; 0 for a reservation.</summary>
    public long Input { get; init; }

    /// <summary>Id of the input consumed, hashed with its content through <see cref="InputHash"/>; empty for a reservation.</summary>
    public string InputId { get; init; } = "";

    /// <summary>Hash of the input consumed; <see cref="ContentHash.None"/> for a reservation.</summary>
    public ContentHash InputHash { get; init; } = ContentHash.None;

    /// <summary>The claim served; null otherwise.</summary>
    public ClaimKey? Claim { get; init; }

    /// <summary>Hash of the claim served; null otherwise.</summary>
    public ContentHash? ClaimHash { get; init; }

    /// <summary>Round of the claim served.</summary>
    public int Round { get; init; }

    /// <summary>Place of the claim within its round.</summary>
    public long Place { get; init; }

    /// <summary>Which piece of the claim this is.</summary>
    public int Part { get; init; }

    /// <summary>County share that goes with this piece; advised, never charged here.</summary>
    public Fen County { get; init; }

    /// <summary>What more there is to say; empty if nothing.</summary>
    public string Note { get; init; } = "";

    /// <summary>Free money after it.</summary>
    public required Fen Free { get; init; }

    /// <summary>Reserved money after it.</summary>
    public required Fen Reserved { get; init; }

    /// <summary>Paid money after it.</summary>
    public required Fen Paid { get; init; }

    /// <summary>Hash of the entry before.</summary>
    public required ContentHash Previous { get; init; }

    /// <summary>The hash of all of the above.</summary>
    public ContentHash Hash => CanonicalJson.Hash(this);
}
