using System.Globalization;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Domain.Payouts;

/// <summary>
/// Names payouts. The key is permanent, so the name is too; it is also the reference sent to the bank (35 characters at most).
/// </summary>
public static class PayoutId
{
    private const string Base32 = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>
    /// The id: the bucket of the enterprise in three digits, a hyphen, and 26 characters of base32 of SHA-256 of the key.
    /// </summary>
    public static string Of(int bucket, ClaimKey claim, int part)
    {
        var hash = ContentHash.OfParts(
            claim.Policy,
            claim.Occasion,
            claim.Uscc.Value,
            claim.Number.ToString(CultureInfo.InvariantCulture),
            part.ToString(CultureInfo.InvariantCulture)
        );
        var id = new char[26];
        for (var i = 0; i < id.Length; i++)
        {
            var bit = i * 5;
            var window = (hash[bit / 8] << 8) | hash[(bit / 8) + 1];
            id[i] = Base32[(window >> (11 - (bit % 8))) & 31];
        }

        return bucket.ToString("D3", CultureInfo.InvariantCulture) + "-" + new string(id);
    }

    /// <summary>The bucket an id names, or null if it is no id.</summary>
    public static int? BucketOf(string id) =>
        id.Length == 30
        && id[3] == '-'
        && int.TryParse(id.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var bucket)
        && id.AsSpan(4).IndexOfAnyExcept(Base32) < 0
            ? bucket
            : null;
}

/// <summary>Assigns enterprises to the partitions their facts, entitlements and payouts live in.</summary>
public static class Bucket
{
    /// <summary>The bucket of a code: 0 to <paramref name="buckets"/> − 1.</summary>
    /// <param name="uscc">The code.</param>
    /// <param name="buckets">How many there are, 1 to 1,000; fixed when the store is made.</param>
    public static int Of(Enterprises.Uscc uscc, int buckets)
    {
        var hash = ContentHash.OfParts(uscc.Value);
        return (int)((((uint)hash[0] << 24) | ((uint)hash[1] << 16) | ((uint)hash[2] << 8) | hash[3]) % (uint)buckets);
    }
}

/// <summary>A request that had an effect, kept with it: the same key with the same body is a repeat, with another body a mistake.</summary>
/// <param name="Subject">Who sent it.</param>
/// <param name="Key">Its idempotency key.</param>
/// <param name="Body">Hash of what was asked.</param>
public sealed record RequestMark(string Subject, string Key, ContentHash Body);

/// <summary>Days within which something may be said about a payout. Both ends are included.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Last">The last of them; the same day or a later one.</param>
public sealed record DayWindow(DateOnly First, DateOnly Last)
{
    /// <summary>Whether it may be said on that day.</summary>
    public bool Contains(DateOnly day) => First <= day && day <= Last;
}

/// <summary>A payout record (兑付记录): a piece of a claim for which money is reserved.</summary>
public sealed record Payout
{
    /// <summary>Its permanent name; see <see cref="PayoutId"/>.</summary>
    public required string Id { get; init; }

    /// <summary>The claim it serves.</summary>
    public required ClaimKey Claim { get; init; }

    /// <summary>Which piece of the claim.</summary>
    public required int Part { get; init; }

    /// <summary>The pool-year charged.</summary>
    public required PoolYear Pool { get; init; }

    /// <summary>Number of the chain entry that is its reservation.</summary>
    public required long EntrySeq { get; init; }

    /// <summary>City share, in fen.</summary>
    public required Fen City { get; init; }

    /// <summary>County share that goes with it, advised to the county.</summary>
    public required Fen County { get; init; }

    /// <summary>Hash of the claim, which covers entry version, facts, amount and order.</summary>
    public required ContentHash ClaimHash { get; init; }

    /// <summary>Where it stands.</summary>
    public required PayoutState State { get; init; }

    /// <summary>Number of its last transition; 0 when made.</summary>
    public int Version { get; init; }

    /// <summary>The act it waits for, while a transition is under way; empty otherwise.</summary>
    public string Intent { get; init; } = "";

    /// <summary>Why it is held or how it came into its state; empty if there is nothing to say.</summary>
    public string Note { get; init; } = "";

    /// <summary>The request that made its last transition; null if none did.</summary>
    public RequestMark? Request { get; init; }

    /// <summary>
    /// What of the city share is being released or has to be recovered, in fen, 1 to <see cref="City"/>; null in every other state.
    /// </summary>
    public Fen? Taking { get; init; }

    /// <summary>The approved act that made its last transition ("rerun:…"); null if none did.</summary>
    public string? Act { get; init; }

    /// <summary>
    /// In <see cref="PayoutState.Notice"/>, and while held out of it: the days on which it is shown, the first being the business day that
    /// showed it. In <see cref="PayoutState.Ready"/>: the days within which a click is asked for; null if none is. Null in every other
    /// state.
    /// </summary>
    public DayWindow? Window { get; init; }

    /// <summary>
    /// The last day on which the entry wants it paid, fixed when it becomes ready; null if the entry names none or it could not be
    /// reckoned.
    /// </summary>
    public DateOnly? PayBy { get; init; }

    /// <summary>Hash of this payout before its last transition, so that none of them can be changed later; null when made.</summary>
    public ContentHash? Previous { get; init; }

    /// <summary>The payout that a reservation makes. A function of the entry alone.</summary>
    /// <param name="entry">An entry of kind <see cref="EntryKind.Reserved"/>.</param>
    /// <param name="pool">Its pool-year.</param>
    /// <param name="buckets">How many buckets the store has.</param>
    public static Payout From(PoolEntry entry, PoolYear pool, int buckets)
    {
        if (entry is not { Kind: EntryKind.Reserved, Claim: { } claim, ClaimHash: { } hash })
            throw new ArgumentException($"Entry {entry.Seq} of {pool} is no reservation.", nameof(entry));
        return new Payout
        {
            Id = PayoutId.Of(Bucket.Of(claim.Uscc, buckets), claim, entry.Part),
            Claim = claim,
            Part = entry.Part,
            Pool = pool,
            EntrySeq = entry.Seq,
            City = entry.Amount,
            County = entry.County,
            ClaimHash = hash,
            State = PayoutState.Reserved,
        };
    }

    /// <summary>
    /// This payout one transition later; throws <see cref="InvalidOperationException"/> for a transition that the table does not have. Only
    /// a hold out of public notice, and its end, keep the days of the notice.
    /// </summary>
    public Payout Move(PayoutState to, string intent = "", string note = "") =>
        PayoutTransitions.Allows(State, to)
            ? this with
            {
                State = to,
                Version = checked(Version + 1),
                Intent = intent,
                Note = note,
                Request = null,
                Taking = null,
                Act = null,
                Previous = CanonicalJson.Hash(this),
                Window = KeepsWindow(State, to) ? Window : null,
            }
            : throw new InvalidOperationException($"Payout {Id} is {State} and cannot become {to}.");

    /// <summary>Whether a step keeps the days of a public notice: into a hold and out of it.</summary>
    internal static bool KeepsWindow(PayoutState from, PayoutState to) =>
        (from, to) is (PayoutState.Notice, PayoutState.Held) or (PayoutState.Held, PayoutState.Notice);

    /// <summary>
    /// This payout with a part of it, or all, on its way out: <see cref="PayoutState.Releasing"/>, <see cref="PayoutState.ClawbackDue"/> or
    /// <see cref="PayoutState.ClawingBack"/>. The amount itself falls only with <see cref="Took"/>.
    /// </summary>
    /// <param name="to">One of the three.</param>
    /// <param name="amount">Of the city share: 1 to <see cref="City"/>.</param>
    /// <param name="note">Why.</param>
    /// <param name="act">The approved act, if one made it.</param>
    public Payout Take(PayoutState to, Fen amount, string note, string? act)
    {
        if (amount <= Fen.Zero || amount > City)
            throw new ArgumentOutOfRangeException(nameof(amount), $"{amount} fen cannot be taken out of payout {Id} of {City} fen.");
        var taking = Move(to, note: note);
        return taking with { Intent = IntentOf(Id, to, taking.Version), Taking = amount, Act = act };
    }

    /// <summary>
    /// This payout after what <see cref="Take"/> named is gone: final if that was all of it, else with the rest of its amount, reserved
    /// again from the beginning (the enterprise confirms what it now gets) or paid. The county share falls with the city share, rounded
    /// down.
    /// </summary>
    public Payout Took(string note)
    {
        var taken = Taking ?? throw new InvalidOperationException($"Payout {Id} is {State}; nothing is being taken out of it.");
        var released = State == PayoutState.Releasing;
        if (taken == City)
            return Move(released ? PayoutState.Released : PayoutState.ClawedBack, note: note);
        var rest = City - taken;
        return Move(released ? PayoutState.Reserved : PayoutState.Paid, note: note) with
        {
            City = rest,
            County = new Fen((long)((Int128)County.Value * rest.Value / City.Value)),
        };
    }

    /// <summary>
    /// The natural id of the pool's input that a transition waits for: "release:PAYOUT:V" or "clawback:PAYOUT:V"; empty where it waits for
    /// none.
    /// </summary>
    public static string IntentOf(string id, PayoutState state, int version) =>
        state switch
        {
            PayoutState.Releasing => $"release:{id}:{version.ToString(CultureInfo.InvariantCulture)}",
            PayoutState.ClawingBack => $"clawback:{id}:{version.ToString(CultureInfo.InvariantCulture)}",
            _ => "",
        };
}
