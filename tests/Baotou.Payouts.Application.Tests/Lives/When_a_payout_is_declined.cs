using Baotou.Payouts.Application.Confirming;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Application.Tests.Lives;

/// <summary>
/// The enterprise does not want it. Two persons release the money, the next in line gets it, and no rerun brings the payout back.
/// </summary>
public sealed class When_a_payout_is_declined
{
    [Fact]
    public async Task Its_money_goes_to_the_next_in_line_and_it_is_never_offered_again()
    {
        var city = new TinyCity
        {
            List = TinyList.Catalogue(
                TinyList.Visit with
                {
                    Terms = TinyList.Visit.Terms! with { Click = new Click(30) },
                },
                TinyList.Figure
            ),
        };
        city.Accounts(2);
        city.Culture.Told.AddRange([TinyCity.Visit(1, "v1", "2023-01-10", 30), TinyCity.Visit(2, "v2", "2023-01-11", 30)]);
        city.Until("2023-01-31");
        await using var engine = new Engine(city, new WatchedRows());
        await TinyCity.BeginAsync(engine, cultureYuan: 20);
        await engine.PassAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);
        var payout = (await engine.PayoutsAsync()).Single();
        Assert.Equal(PayoutState.Ready, payout.State);

        Assert.IsType<Saying.Done>(
            await engine
                .Get<ConfirmPayout>()
                .HandleAsync(payout.Id, Word.Decline, null, new RequestMark("one", "k", ContentHash.OfText("decline")), default)
        );
        await engine.Get<Sweep>().PayoutsAsync(default);
        Assert.Equal("1:20", await engine.GrantsAsync(TinyList.Culture));
        Assert.Equal(
            ReleaseOutcome.Released,
            await engine.Get<ReleasePayout>().HandleAsync(payout.Id, "declined", TinyCity.Persons, default)
        );
        await engine.SettleAsync();
        city.Until("2023-02-28");
        await engine.PassAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);

        Assert.Equal("1:20 2:20", await engine.GrantsAsync(TinyList.Culture));
        Assert.Equal([PayoutState.Released, PayoutState.Ready], (await engine.PayoutsAsync()).Select(p => p.State));
        await engine.VerifyHoldsAsync();
    }
}
