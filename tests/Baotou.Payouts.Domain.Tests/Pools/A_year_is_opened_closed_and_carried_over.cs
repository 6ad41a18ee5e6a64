using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Domain.Tests.Pools;

public sealed class A_year_is_opened_closed_and_carried_over
{
    private static PoolClaim Claim(string name, long fen) => PoolLog.Claim(name, fen);

    [Fact]
    public void The_close_carries_out_what_is_free_and_grants_nothing_more()
    {
        var log = new PoolLog().Open().Appropriate(100).Round(1, Claim("a", 60)).Close().Fold();
        Assert.Equal("0 60 0", log.Sums());
        Assert.Equal((EntryKind.CarriedOut, new Fen(40)), (log.Entries[^1].Kind, log.Entries[^1].Amount));
        Assert.Equal(new Fen(40), log.Head.CarriedOut);
        Assert.False(log.Head.IsOpen);
    }

    [Fact]
    public void Waiting_claims_get_nothing_from_what_comes_free_after_the_close()
    {
        var log = new PoolLog()
            .Open()
            .Appropriate(50)
            .Round(1, Claim("a", 60))
            .Close()
            .Release(30)
            .Settle(20)
            .ClawBack(5)
            .Return(15)
            .Release(15)
            .Fold();
        Assert.Equal("a/0:50", log.Reserved());
        Assert.Equal("0 0 0", log.Sums());
        Assert.Equal(new Fen(50), log.Head.CarriedOut);
        Assert.DoesNotContain(log.Entries, e => e.Kind == EntryKind.Refused);
    }

    [Fact]
    public void Paid_money_comes_back_reserved_and_clawed_back_money_free_within_the_year()
    {
        var log = new PoolLog().Open().Appropriate(10).Round(1, Claim("a", 10), Claim("b", 10)).Settle(10).Return(4).Fold();
        Assert.Equal("0 4 6", log.Sums());
        log.ClawBack(6).Fold();
        Assert.Equal("a/0:10 b/0:6", log.Reserved());
        Assert.Equal("0 10 0", log.Sums());
    }

    [Fact]
    public void Nothing_is_granted_before_the_year_before_is_carried_in_and_its_claims_come_first()
    {
        var log = new PoolLog().Open(awaits: true).Appropriate(100).Round(1, Claim("new", 100)).Fold();
        Assert.Equal("", log.Reserved());
        log.Close().Fold();
        Assert.Equal("the year before is not carried in yet", log.Entries[^1].Note);
        log.CarryIn(20, PoolLog.Claim("old", 30) with { FirstPart = 2 }, Claim("older", 5)).Fold();
        Assert.Equal("old/2:30 older/0:5 new/0:85", log.Reserved());
        Assert.Equal((new Fen(20), new Fen(100)), (log.Head.CarriedIn, log.Head.Appropriated));
        Assert.Equal(3, log.Head.Announced);
        Assert.Equal(2, log.Head.Position);
    }

    [Fact]
    public void It_may_be_declared_that_nothing_is_carried_in()
    {
        var log = new PoolLog().Open(awaits: true).Appropriate(10).Round(1, Claim("a", 4)).CarryIn(0).Fold();
        Assert.Equal("a/0:4", log.Reserved());
        Assert.Equal(EntryKind.CarriedIn, log.Entries[^2].Kind);
        log.CarryIn(1).Fold();
        Assert.Equal("nothing is awaited from the year before", log.Entries[^1].Note);
    }
}
