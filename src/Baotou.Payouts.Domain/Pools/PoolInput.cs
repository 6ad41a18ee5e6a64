using System.Text.Json.Serialization;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Domain.Pools;

/// <summary>
/// One act on a pool-year. Its id is natural ("round:7", the approval's id), so that the same act submitted twice is one.
/// </summary>
/// <param name="Id">Unique in its pool-year for ever.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Open), "open")]
[JsonDerivedType(typeof(Appropriate), "appropriate")]
[JsonDerivedType(typeof(Cut), "cut")]
[JsonDerivedType(typeof(RoundClosed), "round")]
[JsonDerivedType(typeof(LimitClaim), "limit")]
[JsonDerivedType(typeof(Release), "release")]
[JsonDerivedType(typeof(Settle), "settle")]
[JsonDerivedType(typeof(Return), "return")]
[JsonDerivedType(typeof(ClawBack), "claw-back")]
[JsonDerivedType(typeof(CarryIn), "carry-in")]
[JsonDerivedType(typeof(Close), "close")]
public abstract record PoolInput(string Id)
{
    /// <summary>Opens the pool-year. Always the first.</summary>
    /// <param name="Seed">Of the lottery; fixed from here on.</param>
    /// <param name="WholeOnly">Whether a claim is paid whole or waits.</param>
    /// <param name="AwaitsCarryIn">Whether the year before is carried in before anything is granted.</param>
    public sealed record Open(string Id, string Seed, bool WholeOnly, bool AwaitsCarryIn) : PoolInput(Id);

    /// <summary>Money comes in.</summary>
    public sealed record Appropriate(string Id, Fen Amount, string Document) : PoolInput(Id);

    /// <summary>Money is taken back; refused above what is free.</summary>
    public sealed record Cut(string Id, Fen Amount, string Document) : PoolInput(Id);

    /// <summary>A round closed with so many claims here.</summary>
    /// <param name="Round">Number of the round; rising.</param>
    /// <param name="Claims">How many, 1 or more.</param>
    /// <param name="ClaimsHash">Hash over the claims in their order.</param>
    public sealed record RoundClosed(string Id, int Round, long Claims, ContentHash ClaimsHash) : PoolInput(Id);

    /// <summary>A claim is limited; zero withdraws it. The lowest limit counts.</summary>
    public sealed record LimitClaim(string Id, ClaimKey Claim, Fen Limit) : PoolInput(Id);

    /// <summary>Reserved money goes back to free: the payout gets less or nothing.</summary>
    public sealed record Release(string Id, string Payout, Fen Amount) : PoolInput(Id);

    /// <summary>Part of a payment batch was paid.</summary>
    /// <param name="Payouts">How many payouts the part holds.</param>
    /// <param name="Amount">Their sum.</param>
    /// <param name="PayoutsHash">Hash over (payout, fen) in order.</param>
    public sealed record Settle(string Id, string Batch, int Part, long Payouts, Fen Amount, ContentHash PayoutsHash) : PoolInput(Id);

    /// <summary>The bank sent a payment back: paid becomes reserved again.</summary>
    public sealed record Return(string Id, string Payout, Fen Amount) : PoolInput(Id);

    /// <summary>A payment was recovered: paid becomes free in its own year, and leaves to the treasury after the close.</summary>
    public sealed record ClawBack(string Id, string Payout, Fen Amount) : PoolInput(Id);

    /// <summary>What the year before leaves: money, and waiting claims that come first here (as round 0).</summary>
    public sealed record CarryIn(string Id, int FromYear, Fen Amount, long Claims, ContentHash ClaimsHash) : PoolInput(Id);

    /// <summary>Ends the year: what is free is carried out, nothing more is granted.</summary>
    public sealed record Close(string Id, string Document) : PoolInput(Id);
}

/// <summary>A claim as the fold sees it.</summary>
/// <param name="Key">Its permanent name.</param>
/// <param name="Amount">The city share; positive.</param>
/// <param name="County">The county share, advised and never charged here.</param>
/// <param name="OrderKey">Its place within its round.</param>
/// <param name="FirstPart">Number of its first piece: above 0 for a claim that was partly served in the year before.</param>
/// <param name="GrantedBefore">Fen granted to it in years before; <paramref name="Amount"/> is the rest.</param>
/// <param name="EntryHash">Hash of the version of the entry that made it.</param>
/// <param name="FactsHash">Hash over the facts it rests on.</param>
/// <param name="Late">Whether it counted at the edge of its round.</param>
public sealed record PoolClaim(
    ClaimKey Key,
    Fen Amount,
    Fen County,
    string OrderKey,
    int FirstPart,
    Fen GrantedBefore,
    ContentHash EntryHash,
    ContentHash FactsHash,
    bool Late
)
{
    /// <summary>The hash over claims in their order that a <see cref="PoolInput.RoundClosed"/> carries.</summary>
    public static ContentHash HashOf(IEnumerable<PoolClaim> claims) =>
        CanonicalJson.Hash(claims.Select(c => CanonicalJson.Hash(c).Hex).ToArray());
}
