using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Domain.Tests.Payouts;

public sealed class A_reservation_makes_a_payout
{
    private static readonly ClaimKey Key = new("19-cont-2", "2022", Uscc.Parse("91350100M000100Y43"), 0);

    private static readonly PoolEntry Entry = new()
    {
        Seq = 12,
        Kind = EntryKind.Reserved,
        Amount = new(5),
        Claim = Key,
        ClaimHash = ContentHash.OfText("claim"),
        Part = 3,
        County = new(4),
        Free = new(0),
        Reserved = new(5),
        Paid = new(0),
        Previous = ContentHash.None,
    };

    internal static Payout Sample => Payout.From(Entry, new PoolYear("pool", 2023), 100);

    [Fact]
    public void Of_its_entry_alone()
    {
        var payout = Sample;
        Assert.Equal((Key, 3, new PoolYear("pool", 2023), 12L), (payout.Claim, payout.Part, payout.Pool, payout.EntrySeq));
        Assert.Equal((new Fen(5), new Fen(4), ContentHash.OfText("claim")), (payout.City, payout.County, payout.ClaimHash));
        Assert.Equal((PayoutState.Reserved, 0, "", ""), (payout.State, payout.Version, payout.Intent, payout.Note));
        Assert.Equal(PayoutId.Of(Bucket.Of(Key.Uscc, 100), Key, 3), payout.Id);
    }

    [Fact]
    public void And_no_other_entry_does()
    {
        var pool = new PoolYear("pool", 2023);
        Assert.Throws<ArgumentException>(() => Payout.From(Entry with { Kind = EntryKind.Released }, pool, 100));
        Assert.Throws<ArgumentException>(() => Payout.From(Entry with { Claim = null }, pool, 100));
        Assert.Throws<ArgumentException>(() => Payout.From(Entry with { ClaimHash = null }, pool, 100));
    }
}
