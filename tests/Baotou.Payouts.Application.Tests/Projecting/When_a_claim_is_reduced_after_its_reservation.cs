using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Tests.Projecting;

/// <summary>Nobody pays what a correction took away; two persons release it.</summary>
public sealed class When_a_claim_is_reduced_after_its_reservation
{
    [Theory]
    [InlineData(12, false)]
    [InlineData(0, true)]
    public async Task Its_payout_is_held_with_what_to_do(long visitors, bool withdrawn)
    {
        var (city, engine) = await RunAsync();
        await using var _ = engine;
        Assert.All(await engine.PayoutsAsync(), p => Assert.Equal(PayoutState.Confirmed, p.State));

        city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-01-10", visitors, "2023-02-10", withdrawn: withdrawn));
        city.Until("2023-02-28");
        await engine.PassAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);

        var payouts = await engine.PayoutsAsync();
        var reduced = payouts.Single(p => p.Claim.Occasion == "v1");
        Assert.Equal((PayoutState.Held, ReadyPayouts.Reduced), (reduced.State, reduced.Note));
        Assert.Equal(PayoutState.Confirmed, payouts.Single(p => p.Claim.Occasion == "v2").State);
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task It_stays_held_when_the_sweep_comes_again()
    {
        var (city, engine) = await RunAsync();
        await using var _ = engine;
        city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-01-10", 12, "2023-02-10"));
        city.Until("2023-02-28");
        await engine.PassAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);

        Assert.Equal(0, await engine.Get<Sweep>().PayoutsAsync(default));
    }

    private static async Task<(TinyCity City, Engine Engine)> RunAsync()
    {
        var city = new TinyCity();
        city.Accounts(2);
        city.Culture.Told.AddRange([TinyCity.Visit(1, "v1", "2023-01-10", 30), TinyCity.Visit(2, "v2", "2023-01-11", 60)]);
        city.Until("2023-01-31");
        var engine = new Engine(city, new WatchedRows());
        await TinyCity.BeginAsync(engine);
        await engine.PassAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);
        return (city, engine);
    }
}
