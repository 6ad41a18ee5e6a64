using Baotou.Payouts.Application.Confirming;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Application.Tests.Lives;

/// <summary>The enterprise says that the account it was shown is not its own. Nothing is paid to that one.</summary>
public sealed class When_an_account_is_not_its_own
{
    private readonly TinyCity _city = new()
    {
        List = TinyList.Catalogue(TinyList.Visit with { Terms = TinyList.Visit.Terms! with { Click = new Click(30) } }, TinyList.Figure),
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_is_held_until_the_treasury_records_another_and_then_asked_again(bool confirmedBefore)
    {
        await using var engine = await ReadyAsync();
        if (confirmedBefore)
            await SayAsync(engine, Word.Confirm, "k0");

        Assert.IsType<Saying.Done>(await SayAsync(engine, Word.WrongAccount, "k1"));
        Assert.IsType<Saying.Repeated>(await SayAsync(engine, Word.WrongAccount, "k1"));
        await engine.Get<Sweep>().PayoutsAsync(default);
        var held = await PayoutAsync(engine);
        Assert.Equal((PayoutState.Held, true), (held.State, PaymentHolds.IsWrongAccount(held.Note)));
        Assert.Contains("ending in 1234", held.Note, StringComparison.Ordinal);
        Assert.DoesNotContain("6200", held.Note, StringComparison.Ordinal);

        _city.Treasury.Told.Add(
            new PayeeAccount(TinyCity.Code(1).Value, "沙盒", "6200000000005678", "102", true, TinyCity.Morning("2023-02-10"), "b1")
        );
        _city.Until("2023-02-28");
        await engine.PassAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);

        Assert.Equal(PayoutState.Ready, (await PayoutAsync(engine)).State);
        Assert.Equal("5678", (await engine.Get<ConfirmPayout>().AccountAsync(held, default))!.LastFour);
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task An_account_that_is_closed_meanwhile_does_not_let_it_go_on()
    {
        await using var engine = await ReadyAsync();
        await SayAsync(engine, Word.WrongAccount, "k1");

        _city.Treasury.Told.Add(
            new PayeeAccount(TinyCity.Code(1).Value, "沙盒", "6200000000005678", "102", false, TinyCity.Morning("2023-02-10"), "b1")
        );
        _city.Until("2023-02-28");
        await engine.PassAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);

        Assert.Equal(PayoutState.Held, (await PayoutAsync(engine)).State);
    }

    [Fact]
    public async Task The_click_takes_the_report_back_and_declining_or_reporting_twice_does_not()
    {
        await using var engine = await ReadyAsync();
        await SayAsync(engine, Word.WrongAccount, "k1");

        Assert.IsType<Saying.NotNow>(await SayAsync(engine, Word.WrongAccount, "k2"));
        Assert.IsType<Saying.NotNow>(await SayAsync(engine, Word.Decline, "k3"));
        Assert.IsType<Saying.Done>(await SayAsync(engine, Word.Confirm, "k4"));
        await engine.Get<Sweep>().PayoutsAsync(default);

        Assert.Equal(PayoutState.Confirmed, (await PayoutAsync(engine)).State);
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task One_that_is_not_the_account_shown_is_not_reported()
    {
        await using var engine = await ReadyAsync();

        Assert.IsType<Saying.AccountChanged>(
            await engine.Get<ConfirmPayout>().HandleAsync((await PayoutAsync(engine)).Id, Word.WrongAccount, "9999", Mark("k1"), default)
        );
        Assert.Equal(PayoutState.Ready, (await PayoutAsync(engine)).State);
    }

    private static RequestMark Mark(string key) => new("one", key, ContentHash.OfText("body"));

    private static async Task<Payout> PayoutAsync(Engine engine) => (await engine.PayoutsAsync()).Single();

    private static async Task<Saying> SayAsync(Engine engine, Word word, string key) =>
        await engine
            .Get<ConfirmPayout>()
            .HandleAsync((await PayoutAsync(engine)).Id, word, word == Word.Decline ? null : "1234", Mark(key), default);

    private async Task<Engine> ReadyAsync()
    {
        _city.Accounts(1);
        _city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-01-10", 30));
        _city.Until("2023-01-31");
        var engine = new Engine(_city, new InMemoryRowStore());
        await TinyCity.BeginAsync(engine);
        await engine.PassAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);
        Assert.Equal(PayoutState.Ready, (await PayoutAsync(engine)).State);
        return engine;
    }
}
