using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Tests.Lives;

/// <summary>
/// What it was entitled to it stays entitled to, in its place: whether the estate gets it is for two persons to say. Nothing is paid while
/// the register says that it is not in business.
/// </summary>
public sealed class When_an_enterprise_is_dissolved_while_it_waits
{
    private readonly TinyCity _city = new() { List = TinyList.WithRegister() };

    [Fact]
    public async Task Its_claim_keeps_its_place_and_its_payout_is_held_until_two_persons_release_it_for_the_next()
    {
        await using var engine = await WaitingAsync();
        await RoundAsync(engine, "2023-02-28", Register(1, "dissolved", "2023-02-10"));
        await TinyCity.AppropriateAsync(engine, TinyList.Culture, 1, 20);
        await SettleAsync(engine);

        var held = (await engine.PayoutsAsync()).Single();
        Assert.Equal((TinyCity.Code(1), PayoutState.Held, PaymentHolds.NotInBusiness), (held.Claim.Uscc, held.State, held.Note));

        await engine.Get<ReleasePayout>().HandleAsync(held.Id, "nobody to pay", TinyCity.Persons, default);
        await SettleAsync(engine);

        Assert.Equal("1:20 2:20", await engine.GrantsAsync(TinyList.Culture));
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task If_the_register_is_corrected_the_payout_goes_on_by_itself()
    {
        await using var engine = await WaitingAsync();
        await RoundAsync(engine, "2023-02-28", Register(1, "dissolved", "2023-02-10"));
        await TinyCity.AppropriateAsync(engine, TinyList.Culture, 1, 20);
        await SettleAsync(engine);
        await RoundAsync(engine, "2023-03-31", Register(1, "active", "2023-03-10"));
        await SettleAsync(engine);

        Assert.Equal(PayoutState.Confirmed, (await engine.PayoutsAsync()).Single().State);
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task What_was_confirmed_already_is_held_too()
    {
        await using var engine = await WaitingAsync();
        await TinyCity.AppropriateAsync(engine, TinyList.Culture, 1, 20);
        await SettleAsync(engine);
        Assert.Equal(PayoutState.Confirmed, (await engine.PayoutsAsync()).Single().State);

        await RoundAsync(engine, "2023-02-28", Register(1, "dissolved", "2023-02-10"));
        await SettleAsync(engine);

        Assert.Equal(
            (PayoutState.Held, PaymentHolds.NotInBusiness),
            ((await engine.PayoutsAsync()).Single().State, (await engine.PayoutsAsync()).Single().Note)
        );
    }

    private static async Task SettleAsync(Engine engine)
    {
        await engine.SettleAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);
    }

    private async Task<Engine> WaitingAsync()
    {
        _city.Accounts(2);
        var engine = new Engine(_city, new WatchedRows());
        await TinyCity.BeginAsync(engine, cultureYuan: 0);
        await RoundAsync(
            engine,
            "2023-01-31",
            Register(1, "active", "2023-01-02"),
            TinyCity.Visit(1, "v1", "2023-01-10", 30),
            TinyCity.Visit(2, "v2", "2023-01-11", 30)
        );
        return engine;
    }

    private async Task RoundAsync(Engine engine, string until, params DeliveredRecord[] told)
    {
        _city.Culture.Told.AddRange(told);
        _city.Until(until);
        await engine.PassAsync();
    }

    private static DeliveredRecord Register(int enterprise, string status, string day) =>
        new(
            TinyList.Code(enterprise).Value,
            "register",
            "",
            day,
            TinyCity.Text(TinyCity.Morning(day)),
            $"r{enterprise}",
            "culture",
            "",
            false,
            new Dictionary<string, string> { ["status"] = status }
        );
}
