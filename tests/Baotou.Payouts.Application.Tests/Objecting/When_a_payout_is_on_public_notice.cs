using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Telemetry;
using Baotou.Payouts.Application.Tests.Telemetry;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Time;

namespace Baotou.Payouts.Application.Tests.Objecting;

public sealed class When_a_payout_is_on_public_notice
{
    [Fact]
    public async Task It_is_shown_through_the_last_of_its_working_days_and_ready_on_the_next_day()
    {
        var city = new ShownCity();
        await city.BeginAsync();

        var first = await city.SweptAsync(ShownCity.Begins);
        Assert.Equal(
            (PayoutState.Notice, new DayWindow(ShownCity.Day(ShownCity.Begins), ShownCity.Day(ShownCity.LastDay))),
            (first.State, first.Window)
        );
        Assert.Equal(PayoutState.Notice, (await city.SweptAsync(ShownCity.LastDay)).State);

        var ready = await city.SweptAsync(ShownCity.After);
        Assert.Equal(
            (PayoutState.Ready, new DayWindow(ShownCity.Day("2023-10-12"), ShownCity.Day("2023-10-21"))),
            (ready.State, ready.Window)
        );
        Assert.Equal(ShownCity.Day("2023-01-10").AddDays(280), ready.PayBy);
        await using var again = city.On(ShownCity.After);
        Assert.Equal(0, await ShownCity.SweepAsync(again));
    }

    [Fact]
    public async Task It_is_shown_on_the_day_that_shows_it_however_late_that_is()
    {
        var city = new ShownCity();
        await using (var engine = city.On(ShownCity.Begins))
        {
            await TinyCity.BeginAsync(engine);
            await engine.PassAsync();
        }

        var late = await city.SweptAsync("2023-11-03");

        Assert.Equal(new DayWindow(ShownCity.Day("2023-11-03"), ShownCity.Day("2023-11-10")), late.Window);
    }

    [Fact]
    public async Task A_year_without_a_calendar_holds_it_visibly_and_nothing_is_guessed()
    {
        var city = new ShownCity(calendar: WorkCalendar.None);
        await city.BeginAsync();

        var held = await city.SweptAsync(ShownCity.Begins);

        Assert.Equal(PayoutState.Held, held.State);
        Assert.StartsWith("no-calendar: the working days of 2023", held.Note, StringComparison.Ordinal);
        await using var again = city.On(ShownCity.Begins);
        Assert.Equal(0, await ShownCity.SweepAsync(again));
    }

    [Fact]
    public async Task A_hold_meanwhile_neither_ends_nor_lengthens_it()
    {
        var city = new ShownCity();
        await city.BeginAsync();
        city.City.Treasury.Told.Add(
            city.City.Treasury.Told[0] with
            {
                Open = false,
                RecordedAt = TinyCity.Morning("2023-10-01"),
                RecordId = "a1-closed",
            }
        );
        await using (var closing = city.On("2023-10-07"))
            await closing.PassAsync();

        var held = await city.SweptAsync("2023-10-07");
        Assert.Equal((PayoutState.Held, PaymentHolds.NoAccount), (held.State, held.Note));
        await using (var engine = city.On("2023-10-07"))
            Assert.True(engine.Get<PayoutDays>().IsShown(held));

        city.City.Treasury.Told.Add(city.City.Treasury.Told[0] with { RecordedAt = TinyCity.Morning("2023-10-09"), RecordId = "a1-again" });
        await using (var opening = city.On("2023-10-09"))
            await opening.PassAsync();
        Assert.Equal((PayoutState.Notice, held.Window), ((await city.SweptAsync("2023-10-09")) is var p ? (p.State, p.Window) : default));
        Assert.Equal(PayoutState.Ready, (await city.SweptAsync(ShownCity.After)).State);
    }

    [Fact]
    public async Task Past_the_day_to_pay_by_it_is_overdue_once_it_could_be_paid()
    {
        using var told = new Listening();
        var city = new ShownCity();
        await city.BeginAsync();
        await using (var early = city.On("2023-10-17"))
        {
            await ShownCity.SweepAsync(early);
            await ShownCity.SweepAsync(early);
            Assert.Equal(0, told.Last(Metrics.PaymentsOverdue));
        }

        await using var engine = city.On("2023-10-18");
        await ShownCity.SweepAsync(engine);

        Assert.Equal(1, told.Last(Metrics.PaymentsOverdue));
        Assert.Equal(1, engine.Get<PayoutDays>().DaysLate(await ShownCity.FirstAsync(engine)));
    }
}
