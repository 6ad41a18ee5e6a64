using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Tests.Lives;

/// <summary>The agency takes back what it recognised: before money is reserved for it, after, and again.</summary>
public sealed class When_a_recognition_is_withdrawn
{
    private readonly TinyCity _city = new();

    [Fact]
    public async Task While_its_claim_waits_the_claim_falls_away_and_the_next_moves_up()
    {
        await using var engine = await TwoAsync(cultureYuan: 0);
        await RoundAsync(engine, "2023-02-28", Withdrawn("2023-02-10"));
        await TinyCity.AppropriateAsync(engine, TinyList.Culture, 1, 20);
        await engine.SettleAsync();

        Assert.Equal("2:20", await engine.GrantsAsync(TinyList.Culture));
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task After_money_was_reserved_the_payout_is_held_and_two_persons_release_it_for_the_next()
    {
        await using var engine = await TwoAsync(cultureYuan: 20);
        await RoundAsync(engine, "2023-02-28", Withdrawn("2023-02-10"));
        await engine.Get<Sweep>().PayoutsAsync(default);
        var held = (await engine.PayoutsAsync()).Single();
        Assert.Equal((PayoutState.Held, ReadyPayouts.Reduced), (held.State, held.Note));

        await engine.Get<ReleasePayout>().HandleAsync(held.Id, "recognition withdrawn", TinyCity.Persons, default);
        await engine.SettleAsync();

        Assert.Equal("1:20 2:20", await engine.GrantsAsync(TinyList.Culture));
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task Recognised_once_more_it_is_a_supplement_for_two_persons()
    {
        await using var engine = await TwoAsync(cultureYuan: 1_000);
        await RoundAsync(engine, "2023-02-28", Withdrawn("2023-02-10"));
        await RoundAsync(engine, "2023-03-31", TinyCity.Visit(1, "v1", "2023-01-10", 30, "2023-03-10"));

        Assert.Equal(
            EntitlementState.NeedsApproval,
            (await engine.EntitlementsAsync()).Single(e => e.Claim.Key is { Occasion: "v1", Number: 1 }).State
        );
        Assert.Equal("1:20 2:20", await engine.GrantsAsync(TinyList.Culture));
        await engine.VerifyHoldsAsync();
    }

    private static DeliveredRecord Withdrawn(string day) => TinyCity.Visit(1, "v1", "2023-01-10", 0, day, withdrawn: true);

    private async Task<Engine> TwoAsync(long cultureYuan)
    {
        _city.Accounts(2);
        var engine = new Engine(_city, new WatchedRows());
        await TinyCity.BeginAsync(engine, cultureYuan);
        await RoundAsync(engine, "2023-01-31", TinyCity.Visit(1, "v1", "2023-01-10", 30), TinyCity.Visit(2, "v2", "2023-01-11", 30));
        await engine.Get<Sweep>().PayoutsAsync(default);
        return engine;
    }

    private async Task RoundAsync(Engine engine, string until, params DeliveredRecord[] told)
    {
        _city.Culture.Told.AddRange(told);
        _city.Until(until);
        await engine.PassAsync();
    }
}
