using Baotou.Payouts.Application.Holding;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Tests.Holding;

/// <summary>
/// A payout has one hold, whose note says what ends it. Whoever asks for another is told what to do instead, and nothing is lost of the
/// first.
/// </summary>
public sealed class When_a_payout_is_held_already
{
    [Theory]
    [InlineData("by-hand: a doubt", "'resume'")]
    [InlineData("wrong-account: the enterprise says so", "records another account or the enterprise confirms this one")]
    [InlineData(PayoutDays.Objected, "every objection is dismissed")]
    [InlineData(PayoutDays.NoClick, "its proposed release is decided")]
    [InlineData(ReadyPayouts.Reduced, "release what is too much")]
    [InlineData(PaymentHolds.CheckDigit, "nothing but its 'release'")]
    [InlineData("no-calendar: the working days of 2031 are not known", "ends by itself once it is mended")]
    public async Task A_person_is_told_what_to_do(string note, string told)
    {
        var city = new TinyCity();
        city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-01-10", 30));
        city.Accounts(1);
        city.Until("2023-01-31");
        await using var engine = new Engine(city, new WatchedRows());
        await TinyCity.BeginAsync(engine);
        await engine.PassAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);
        var store = engine.Get<IPayoutStore>();
        var stored = (await store.ReadAsync((await engine.PayoutsAsync()).Single().Id, default))!;
        Assert.True(await store.MoveAsync(stored, stored.Payout.Move(PayoutState.Held, note: note), default));

        var not = Assert.IsType<Holds.NotNow>(
            await engine.Get<HoldPayout>().HandleAsync(stored.Payout.Id, "another doubt", Officers.Mark("wang", "hold"), default)
        );

        Assert.Contains(note, not.Why, StringComparison.Ordinal);
        Assert.Contains(told, not.Why, StringComparison.Ordinal);
        Assert.Equal(note, (await store.ReadAsync(stored.Payout.Id, default))!.Payout.Note);
    }
}
