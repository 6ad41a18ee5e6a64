using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Tests.Lives;

/// <summary>Thirty of a hundred yuan are reserved; seventy can be cut and not one fen more, whenever it turns out.</summary>
public sealed class When_a_cut_goes_above_what_is_free
{
    [Fact]
    public async Task It_is_refused_when_it_is_asked_for_with_what_to_do()
    {
        await using var engine = await ReservedAsync();

        var refused = Assert.IsType<Requesting.Senseless>(await AskAsync(engine, new Fen(7_001), "k1"));

        Assert.Equal("only 7000 fen are free; cut at most that, or release payouts first", refused.Why);
        Assert.IsType<Requesting.Asked>(await AskAsync(engine, new Fen(7_000), "k2"));
    }

    [Fact]
    public async Task Of_two_that_fit_one_by_one_the_second_is_refused_by_the_pool_and_moves_nothing()
    {
        await using var engine = await ReservedAsync();
        var first = (Requesting.Asked)await AskAsync(engine, new Fen(4_000), "k1");
        var second = (Requesting.Asked)await AskAsync(engine, new Fen(4_000), "k2");

        Assert.Equal((ApprovalState.Done, ""), await AgreeAsync(engine, first.Approval.Id));
        Assert.Equal(
            (ApprovalState.Refused, "only 3000 fen are free; cut at most that, or release payouts first"),
            await AgreeAsync(engine, second.Approval.Id)
        );

        var head = await engine.HeadAsync(TinyList.Tax);
        Assert.Equal((new Fen(4_000), new Fen(3_000), new Fen(3_000)), (head.Cut, head.Free, head.Reserved));
        Assert.Equal(EntryKind.Refused, (await engine.ChainAsync(TinyList.Tax))[^1].Kind);
        await engine.VerifyHoldsAsync();
    }

    private static Task<Requesting> AskAsync(Engine engine, Fen amount, string key) =>
        engine
            .Get<Approvals>()
            .RequestAsync(
                new Proposal.Cut(TinyList.Tax, amount, "no. 9"),
                "savings",
                new RequestMark("wang", key, ContentHash.OfText(key)),
                TinyCity.Morning("2023-02-10"),
                default
            );

    private static async Task<(ApprovalState, string)> AgreeAsync(Engine engine, string id) =>
        await engine.Get<Approvals>().DecideAsync(id, true, "", "li", TinyCity.Morning("2023-02-11"), default) is Decided.Stands stands
            ? (stands.Approval.State, stands.Approval.Note)
            : throw new InvalidOperationException("The decision does not stand.");

    private static async Task<Engine> ReservedAsync()
    {
        var city = new TinyCity();
        city.Tax.Told.Add(TinyCity.Figure(1, 2022, "2023-01-15", 300));
        city.Until("2023-01-31");
        var engine = new Engine(city, new WatchedRows());
        await TinyCity.BeginAsync(engine, taxYuan: 100);
        await engine.PassAsync();
        return engine;
    }
}
