using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Domain.Tests.Pools;

public sealed class Claims_are_served_in_strict_order
{
    private static PoolClaim Claim(string name, long fen, long county = 0) => PoolLog.Claim(name, fen, county);

    [Fact]
    public void What_is_left_goes_to_the_claim_that_no_longer_fits_and_it_stays_first_in_line()
    {
        var log = new PoolLog().Open().Appropriate(25).Round(1, Claim("a", 10), Claim("b", 20), Claim("c", 1)).Fold();
        Assert.Equal("a/0:10 b/0:15", log.Reserved());
        Assert.Equal("0 25 0", log.Sums());
        log.Appropriate(5).Fold();
        Assert.Equal("a/0:10 b/0:15 b/1:5", log.Reserved());
        log.Appropriate(100).Fold();
        Assert.Equal("a/0:10 b/0:15 b/1:5 c/0:1", log.Reserved());
        Assert.Equal("99 31 0", log.Sums());
    }

    [Fact]
    public void A_pool_that_pays_whole_waits_and_lets_nobody_pass()
    {
        var log = new PoolLog().Open(wholeOnly: true).Appropriate(25).Round(1, Claim("a", 10), Claim("b", 20), Claim("c", 1)).Fold();
        Assert.Equal("a/0:10", log.Reserved());
        Assert.Equal("15 10 0", log.Sums());
        log.Appropriate(4).Fold();
        Assert.Equal("a/0:10", log.Reserved());
        log.Appropriate(1).Fold();
        Assert.Equal("a/0:10 b/0:20", log.Reserved());
        log.Appropriate(1).Fold();
        Assert.Equal("a/0:10 b/0:20 c/0:1", log.Reserved());
    }

    [Fact]
    public void A_later_round_stands_behind_an_earlier_one()
    {
        var log = new PoolLog().Open().Round(1, Claim("a", 10)).Round(3, Claim("z", 10)).Round(4, Claim("b", 5)).Appropriate(15).Fold();
        Assert.Equal("a/0:10 z/0:5", log.Reserved());
        log.Release(10).Fold();
        Assert.Equal("a/0:10 z/0:5 z/1:5 b/0:5", log.Reserved());
    }

    [Fact]
    public void Claims_wait_for_money_and_money_waits_for_claims()
    {
        var log = new PoolLog().Open().Appropriate(10).Fold();
        Assert.Equal("10 0 0", log.Sums());
        Assert.Null(PoolFold.Next(log.Head, log));
        Assert.Equal("a/0:7", log.Round(1, Claim("a", 7)).Fold().Reserved());
        Assert.Equal(["Opened", "Appropriated", "RoundJoined", "Reserved"], log.Entries.Select(e => e.Kind.ToString()));
    }

    [Fact]
    public void The_county_share_follows_the_pieces_and_adds_up()
    {
        var log = new PoolLog().Open().Round(1, Claim("a", 7, 10)).Appropriate(2).Appropriate(2).Appropriate(3).Fold();
        var pieces = log.Entries.Where(e => e.Kind == EntryKind.Reserved).Select(e => (e.Amount.Value, e.County.Value)).ToList();
        Assert.Equal([(2, 2), (2, 3), (3, 5)], pieces);
        Assert.Equal("0 7 0", log.Sums());
    }

    [Fact]
    public void A_pool_never_holds_claims_of_nothing_up()
    {
        var log = new PoolLog().Open().Round(1, Claim("nil", 0, 9), Claim("a", 1)).Appropriate(5).Fold();
        Assert.Equal("a/0:1", log.Reserved());
    }

    [Fact]
    public void An_entry_says_which_claim_it_serves_and_where_it_stood()
    {
        var log = new PoolLog().Open().Appropriate(12).Round(1, Claim("a", 10)).Round(2, Claim("b", 1), Claim("c", 9)).Fold();
        var last = log.Entries[^1];
        Assert.Equal((EntryKind.Reserved, 2, 1L, 0), (last.Kind, last.Round, last.Place, last.Part));
        Assert.Equal(CanonicalJson.Hash(PoolLog.Claim("c", 9)), last.ClaimHash);
        Assert.Equal(("", 0L), (last.InputId, last.Input));
        Assert.Equal(2, log.Head.Position);
        Assert.Equal(3, log.Head.Announced);
        Assert.Equal(new Fen(1), log.Head.Granted);
    }
}
