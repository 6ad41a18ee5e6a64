using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Tests.Rerunning;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Tests.Reconciling;

/// <summary>Of two payouts of 20 yuan the first is paid; what is not due of it is recovered though no fact changed.</summary>
public sealed class When_a_paid_payout_is_clawed_back
{
    private readonly TinyCity _city = new();

    [Theory]
    [InlineData(12, PayoutState.Paid)]
    [InlineData(20, PayoutState.ClawedBack)]
    public async Task The_case_stands_until_the_money_is_back_and_a_rerun_asks_for_nothing(long yuan, PayoutState end)
    {
        await using var engine = await RunAsync();
        var id = await PaidAsync(engine);
        var clawback = new Proposal.ClawBack(id, Fen.FromYuan(yuan), "no. 6");

        await Officers.DoAsync(engine, clawback);
        await Officers.DoAsync(engine, clawback);
        var due = await ReadAsync(engine, id);
        Assert.Equal((PayoutState.ClawbackDue, Fen.FromYuan(yuan), "no. 6: why (wang, li)"), (due.State, due.Taking, due.Note));
        await NothingIsLeftAsync(engine);

        await Officers.DoAsync(engine, new Proposal.Recovered(id, "no. 7"));
        await engine.SettleAsync();
        Assert.Equal(end, (await ReadAsync(engine, id)).State);
        Assert.Equal(Fen.FromYuan(20 - yuan), (await engine.HeadAsync(TinyList.Culture)).Paid);
        await NothingIsLeftAsync(engine);
    }

    [Fact]
    public async Task In_pieces_never_more_than_what_was_paid()
    {
        await using var engine = await RunAsync();
        var id = await PaidAsync(engine);
        await Officers.DoAsync(engine, new Proposal.ClawBack(id, Fen.FromYuan(12), "no. 6"));
        Assert.Contains("a case of 1200 fen is open already", await WhyAsync(engine, id, yuan: 8), StringComparison.Ordinal);
        await Officers.DoAsync(engine, new Proposal.Recovered(id, "no. 7"));

        Assert.StartsWith("800 fen of the city share", await WhyAsync(engine, id, yuan: 9), StringComparison.Ordinal);
        await Officers.DoAsync(engine, new Proposal.ClawBack(id, Fen.FromYuan(8), "no. 8"));
        await Officers.DoAsync(engine, new Proposal.Recovered(id, "no. 9"));
        Assert.Equal("all of it was clawed back", await WhyAsync(engine, id, yuan: 1));
        await NothingIsLeftAsync(engine);
    }

    [Fact]
    public async Task What_was_moved_since_it_was_asked_for_is_refused()
    {
        await using var engine = await RunAsync();
        var id = await PaidAsync(engine);
        var first = Assert
            .IsType<Requesting.Asked>(await Officers.RequestAsync(engine, new Proposal.ClawBack(id, Fen.FromYuan(12), "no. 6")))
            .Approval;
        var second = Assert
            .IsType<Requesting.Asked>(await Officers.RequestAsync(engine, new Proposal.ClawBack(id, Fen.FromYuan(12), "no. 8")))
            .Approval;

        Assert.Equal(ApprovalState.Done, (await Officers.DecideAsync(engine, first)).State);
        var refused = await Officers.DecideAsync(engine, second);
        Assert.Equal(ApprovalState.Refused, refused.State);
        Assert.Contains("'recovered'", refused.Note, StringComparison.Ordinal);
        await NothingIsLeftAsync(engine);
    }

    [Fact]
    public async Task What_is_not_paid_is_released_instead()
    {
        await using var engine = await RunAsync();
        var id = (await engine.PayoutsAsync())[0].Id;
        Assert.Equal("it is not paid; ask for its 'release'", await WhyAsync(engine, id, yuan: 1));
        await Officers.DoAsync(engine, new Proposal.ReleaseMoney(id));
        Assert.StartsWith("it was never paid", await WhyAsync(engine, id, yuan: 1), StringComparison.Ordinal);
        Assert.Contains(
            "'clawback'",
            Assert
                .IsType<Requesting.Senseless>(await Officers.RequestAsync(engine, new Proposal.ReleaseMoney(await PaidAsync(engine))))
                .Why,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData("approval:of nobody")]
    public async Task A_case_that_nobody_agreed_to_is_found(string? act)
    {
        await using var engine = await RunAsync();
        var store = engine.Get<IPayoutStore>();
        var stored = (await store.ReadAsync(await PaidAsync(engine), default))!;
        await store.MoveAsync(stored, stored.Payout.Take(PayoutState.ClawbackDue, Fen.FromYuan(1), "by nobody", act), default);

        Assert.Contains("no two persons agreed to that", (await engine.VerifyAsync()).Difference, StringComparison.Ordinal);
    }

    private static async Task<string> WhyAsync(Engine engine, string id, long yuan) =>
        Assert
            .IsType<Requesting.Senseless>(await Officers.RequestAsync(engine, new Proposal.ClawBack(id, Fen.FromYuan(yuan), "no. 5")))
            .Why;

    private static async Task<Payout> ReadAsync(Engine engine, string id) =>
        (await engine.Get<IPayoutStore>().ReadAsync(id, default))!.Payout;

    /// <summary>A round over unchanged facts and a rerun bring nothing, and everything verifies.</summary>
    private async Task NothingIsLeftAsync(Engine engine)
    {
        await engine.SettleAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);
        var payouts = await engine.PayoutsAsync();
        _city.Until(_city.Culture.AsOf == TinyCity.End("2023-02-28") ? "2023-03-31" : "2023-02-28");
        await engine.PassAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);

        Assert.Equal(payouts, await engine.PayoutsAsync());
        Assert.Empty((await Corrected.NowAsync(engine)).Lines);
        await engine.VerifyHoldsAsync();
    }

    private static async Task<string> PaidAsync(Engine engine)
    {
        var payout = (await engine.PayoutsAsync()).First(p => p.State == PayoutState.Confirmed);
        await Corrected.PayAsync(engine, payout.Claim.Occasion);
        return payout.Id;
    }

    private async Task<Engine> RunAsync()
    {
        for (var i = 1; i <= 2; i++)
            _city.Culture.Told.Add(TinyCity.Visit(i, $"v{i}", $"2023-01-1{i}", 30));
        _city.Accounts(2);
        _city.Until("2023-01-31");
        var engine = new Engine(_city, new WatchedRows());
        await TinyCity.BeginAsync(engine);
        await engine.PassAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);
        return engine;
    }
}
