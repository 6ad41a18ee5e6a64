using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Domain.Tests.Pools;

public sealed class A_limited_claim
{
    private static PoolClaim Claim(string name, long fen) => PoolLog.Claim(name, fen);

    [Fact]
    public void Withdrawn_before_its_turn_is_passed_over()
    {
        var log = new PoolLog().Open().Round(1, Claim("a", 10), Claim("b", 10), Claim("c", 10)).Limit("b", 0).Appropriate(20).Fold();
        Assert.Equal("a/0:10 c/0:10", log.Reserved());
    }

    [Fact]
    public void Reduced_before_its_turn_gets_its_limit_and_the_lowest_limit_counts()
    {
        var log = new PoolLog()
            .Open()
            .Round(1, Claim("a", 10), Claim("b", 10))
            .Limit("a", 7)
            .Limit("a", 4)
            .Limit("a", 6)
            .Limit("b", 99)
            .Appropriate(20)
            .Fold();
        Assert.Equal("a/0:4 b/0:10", log.Reserved());
        Assert.Equal("6 14 0", log.Sums());
    }

    [Fact]
    public void Reduced_while_it_is_being_served_gets_the_rest_up_to_its_limit()
    {
        var log = new PoolLog().Open().Round(1, Claim("a", 10), Claim("b", 10)).Appropriate(4).Limit("a", 6).Appropriate(5).Fold();
        Assert.Equal("a/0:4 a/1:2 b/0:3", log.Reserved());
        Assert.All(log.Entries.Where(e => e.Kind == EntryKind.Limited), e => Assert.Equal("", e.Note));
    }

    [Fact]
    public void Reduced_below_what_it_was_granted_says_so_and_the_line_goes_on()
    {
        var log = new PoolLog().Open().Round(1, Claim("a", 10), Claim("b", 10)).Appropriate(4).Limit("a", 3).Appropriate(5).Fold();
        Assert.Equal("a/0:4 b/0:5", log.Reserved());
        Assert.Equal("1 fen granted above it", Assert.Single(log.Entries, e => e.Kind == EntryKind.Limited).Note);
        Assert.Equal("0 9 0", log.Sums());
    }

    [Fact]
    public void Reduced_after_its_turn_keeps_its_money_until_a_release()
    {
        var log = new PoolLog().Open().Round(1, Claim("a", 10), Claim("b", 10)).Appropriate(15).Limit("a", 0).Fold();
        Assert.Equal("a/0:10 b/0:5", log.Reserved());
        log.Release(10).Fold();
        Assert.Equal("a/0:10 b/0:5 b/1:5", log.Reserved());
        Assert.Equal("5 10 0", log.Sums());
    }

    [Fact]
    public void Limited_before_its_round_is_announced_is_limited_when_it_comes()
    {
        var log = new PoolLog().Open().Appropriate(20).Limit("a", 2).Round(1, Claim("a", 10), Claim("b", 3)).Fold();
        Assert.Equal("a/0:2 b/0:3", log.Reserved());
    }

    [Fact]
    public void A_limit_of_a_carried_claim_covers_what_the_year_before_granted()
    {
        var log = new PoolLog()
            .Open(awaits: true)
            .Appropriate(100)
            .CarryIn(0, Claim("a", 40) with { FirstPart = 1, GrantedBefore = new(60) })
            .Limit("a", 80)
            .Fold();
        Assert.Equal("a/1:40", log.Reserved());
        log = new PoolLog()
            .Open(awaits: true)
            .CarryIn(0, Claim("a", 40) with { FirstPart = 1, GrantedBefore = new(60) }, Claim("b", 1))
            .Limit("a", 80)
            .Appropriate(100)
            .Fold();
        Assert.Equal("a/1:20 b/0:1", log.Reserved());
        log = new PoolLog()
            .Open(awaits: true)
            .CarryIn(0, Claim("a", 40) with { FirstPart = 1, GrantedBefore = new(60) }, Claim("b", 1))
            .Limit("a", 50)
            .Appropriate(100)
            .Fold();
        Assert.Equal("b/0:1", log.Reserved());
        Assert.Equal("10 fen granted above it", Assert.Single(log.Entries, e => e.Kind == EntryKind.Limited).Note);
    }

    [Fact]
    public void A_refused_limit_sets_nothing()
    {
        var log = new PoolLog().Open().Round(1, Claim("a", 10)).Limit("a", -1).Limit("a", 6).Appropriate(20).Fold();
        Assert.Equal("a/0:6", log.Reserved());
        Assert.Equal("the amount is not positive", Assert.Single(log.Entries, e => e.Kind == EntryKind.Refused).Note);
    }
}
