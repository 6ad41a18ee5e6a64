using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Domain.Tests.Pools;

/// <summary>Refusals in their order of precedence; each moves nothing, takes one entry and lets the log go on.</summary>
public sealed class An_act_that_cannot_be_done_is_refused
{
    private static PoolClaim Claim(string name, long fen) => PoolLog.Claim(name, fen);

    [Fact]
    public void Before_the_pool_is_open()
    {
        PoolInput[] acts =
        [
            new PoolInput.Appropriate("a", new Fen(-1), ""),
            new PoolInput.Cut("c", new Fen(0), ""),
            new PoolInput.RoundClosed("r", 1, 1, ContentHash.None),
            new PoolInput.LimitClaim("l", PoolLog.Key("a"), Fen.Zero),
            new PoolInput.Release("e", "p", new Fen(1)),
            new PoolInput.Settle("s", "b", 0, 1, new Fen(1), ContentHash.None),
            new PoolInput.Return("t", "p", new Fen(1)),
            new PoolInput.ClawBack("k", "p", new Fen(1)),
            new PoolInput.CarryIn("i", 2022, new Fen(1), 0, ContentHash.None),
            new PoolInput.Close("x", ""),
        ];
        foreach (var act in acts)
            Assert.Equal("not open", Refusal(new PoolLog(), act));
        Assert.Equal("a pool opens with a seed", Refusal(new PoolLog(), new PoolInput.Open("o", "", false, false)));
        Assert.Equal("already open", Refusal(new PoolLog().Open(), new PoolInput.Open("o", "other", true, true)));
        Assert.Equal("already open", Refusal(new PoolLog().Open().Close(), new PoolInput.Open("o", "", true, true)));
    }

    [Fact]
    public void After_the_close_before_anything_else_about_it()
    {
        var closed = () => new PoolLog().Open().Appropriate(5).Close();
        PoolInput[] acts =
        [
            new PoolInput.Appropriate("a", new Fen(-1), ""),
            new PoolInput.Cut("c", new Fen(9), ""),
            new PoolInput.RoundClosed("r", 1, 1, ContentHash.None),
            new PoolInput.CarryIn("i", 2022, new Fen(-1), 0, ContentHash.None),
            new PoolInput.Close("x", ""),
        ];
        foreach (var act in acts)
            Assert.Equal("closed", Refusal(closed(), act));
        Assert.Equal("the amount is not positive", Refusal(closed(), new PoolInput.Release("e", "p", new Fen(0))));
        Assert.Equal("only 0 fen are reserved", Refusal(closed(), new PoolInput.Release("e", "p", new Fen(1))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Without_an_amount(long fen)
    {
        var amount = new Fen(fen);
        foreach (
            var act in new PoolInput[]
            {
                new PoolInput.Appropriate("a", amount, ""),
                new PoolInput.Cut("c", amount, ""),
                new PoolInput.Release("e", "p", amount),
                new PoolInput.Settle("s", "b", 0, 1, amount, ContentHash.None),
                new PoolInput.Return("t", "p", amount),
                new PoolInput.ClawBack("k", "p", amount),
                new PoolInput.LimitClaim("l", PoolLog.Key("a"), new Fen(-1)),
            }
        )
            Assert.Equal("the amount is not positive", Refusal(new PoolLog().Open(), act));
    }

    [Fact]
    public void Above_what_is_there_and_done_up_to_it()
    {
        var log = () => new PoolLog().Open().Appropriate(100).Round(1, Claim("a", 60)).Settle(20).Fold();
        Assert.Equal("40 40 20", log().Sums());
        Assert.Equal(
            "only 40 fen are free; cut at most that, or release payouts first",
            Refusal(log(), new PoolInput.Cut("c", new Fen(41), ""))
        );
        Assert.Equal("only 40 fen are reserved", Refusal(log(), new PoolInput.Release("e", "p", new Fen(41))));
        Assert.Equal("only 40 fen are reserved", Refusal(log(), new PoolInput.Settle("s", "b", 0, 1, new Fen(41), ContentHash.None)));
        Assert.Equal("only 20 fen are paid", Refusal(log(), new PoolInput.Return("t", "p", new Fen(21))));
        Assert.Equal("only 20 fen are paid", Refusal(log(), new PoolInput.ClawBack("k", "p", new Fen(21))));
        Assert.Equal("0 40 20", log().Cut(40).Fold().Sums());
        Assert.Equal("80 0 20", log().Release(40).Fold().Sums());
        Assert.Equal("40 0 60", log().Settle(40).Fold().Sums());
        Assert.Equal("40 60 0", log().Return(20).Fold().Sums());
        Assert.Equal("60 40 0", log().ClawBack(20).Fold().Sums());
    }

    [Fact]
    public void A_sum_past_64_bits_is_refused_and_the_log_goes_on()
    {
        var log = new PoolLog().Open().Appropriate(long.MaxValue).Appropriate(1).Cut(long.MaxValue).Appropriate(1).Fold();
        Assert.Equal(5, log.Entries.Count);
        Assert.Equal((EntryKind.Refused, "the pool's sum would not fit in 64 bits"), (log.Entries[2].Kind, log.Entries[2].Note));
    }

    private static string Refusal(PoolLog log, PoolInput act)
    {
        var before = log.Fold().Head;
        log.Add(act).Fold();
        var entry = log.Entries[^1];
        Assert.Equal(EntryKind.Refused, entry.Kind);
        Assert.Equal(Fen.Zero, entry.Amount);
        Assert.Equal((act.Id, before.Done + 1), (entry.InputId, entry.Input));
        Assert.Equal(before with { Seq = before.Seq + 1, Done = before.Done + 1, Hash = entry.Hash }, log.Head);
        return entry.Note;
    }
}
