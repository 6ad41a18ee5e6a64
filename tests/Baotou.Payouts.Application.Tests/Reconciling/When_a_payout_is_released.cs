using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Tests.Reconciling;

/// <summary>The money of a payout goes back once, or not at all.</summary>
public sealed class When_a_payout_is_released
{
    [Fact]
    public async Task Its_money_goes_to_the_next_in_line()
    {
        await using var engine = await DryAsync(new WatchedRows());
        var id = await FirstAsync(engine);

        Assert.Equal(ReleaseOutcome.Released, await ReleaseAsync(engine, id));
        Assert.Equal(ReleaseOutcome.Released, await ReleaseAsync(engine, id));
        await engine.SettleAsync();

        Assert.Equal("1:20 2:10 2:10 3:10", await engine.GrantsAsync(TinyList.Culture));
        await engine.VerifyHoldsAsync();
    }

    [Theory]
    [InlineData("000-aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("nothing like an id")]
    public async Task One_that_does_not_exist_is_not_found(string id)
    {
        await using var engine = await DryAsync(new WatchedRows());
        Assert.Equal(ReleaseOutcome.NotFound, await ReleaseAsync(engine, id));
    }

    /// <summary>Whoever moves the row first wins; the other one is told, and the money moves by one of them alone.</summary>
    [Fact]
    public async Task A_move_at_the_same_time_wins_or_loses_whole()
    {
        var outcomes = new HashSet<ReleaseOutcome>();
        for (var call = 1; call <= 12; call++)
        {
            var rows = new WatchedRows();
            await using var engine = await DryAsync(rows);
            var id = await FirstAsync(engine);
            var moved = false;
            rows.Meet(
                call,
                async () =>
                {
                    var stored = (await engine.Get<IPayoutStore>().ReadAsync(id, default))!;
                    moved =
                        PayoutTransitions.Allows(stored.Payout.State, PayoutState.Instructed)
                        && await engine.Get<IPayoutStore>().MoveAsync(stored, stored.Payout.Move(PayoutState.Instructed), default);
                }
            );
            var outcome = await ReleaseAsync(engine, id);
            rows.Before = null;
            await engine.SettleAsync();

            outcomes.Add(outcome);
            Assert.Equal(moved ? ReleaseOutcome.NotNow : ReleaseOutcome.Released, outcome);
            Assert.Equal(moved ? PayoutState.Instructed : PayoutState.Released, (await engine.PayoutsAsync()).First(p => p.Id == id).State);
            Assert.Equal(moved ? "1:20 2:10" : "1:20 2:10 2:10 3:10", await engine.GrantsAsync(TinyList.Culture));
            await engine.VerifyHoldsAsync();
        }

        Assert.Equal(2, outcomes.Count);
    }

    [Fact]
    public async Task After_the_close_its_money_leaves_the_year_and_is_never_granted_again()
    {
        await using var engine = await DryAsync(new WatchedRows());
        await engine
            .Get<OfficerActs>()
            .ClosePoolAsync(TinyList.Culture, "close:1", "end", TinyCity.Morning("2023-12-31"), TinyCity.Persons, default);
        await engine.SettleAsync();

        await ReleaseAsync(engine, await FirstAsync(engine));
        await engine.SettleAsync();

        var head = await engine.HeadAsync(TinyList.Culture);
        Assert.Equal((Fen.Zero, Fen.FromYuan(20), Fen.FromYuan(10)), (head.Free, head.CarriedOut, head.Reserved));
        Assert.Equal("1:20 2:10", await engine.GrantsAsync(TinyList.Culture));
        await engine.VerifyHoldsAsync();
    }

    private static Task<ReleaseOutcome> ReleaseAsync(Engine engine, string id) =>
        engine.Get<ReleasePayout>().HandleAsync(id, "objection upheld", TinyCity.Persons, default);

    private static async Task<string> FirstAsync(Engine engine) => (await engine.PayoutsAsync())[0].Id;

    /// <summary>Three claims of 20 yuan and 30 yuan; what is reserved is confirmed.</summary>
    private static async Task<Engine> DryAsync(WatchedRows rows)
    {
        var city = new TinyCity();
        for (var i = 1; i <= 3; i++)
            city.Culture.Told.Add(TinyCity.Visit(i, $"v{i}", $"2023-01-1{i}", 30));
        city.Accounts(3);
        city.Until("2023-01-31");
        var engine = new Engine(city, rows);
        await TinyCity.BeginAsync(engine, 30);
        await engine.PassAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);
        return engine;
    }
}
