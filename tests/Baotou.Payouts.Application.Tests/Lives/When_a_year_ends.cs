using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Domain.Money;

namespace Baotou.Payouts.Application.Tests.Lives;

/// <summary>
/// Each pool says what a year leaves to the next. The tourism funds of 17号 carry unused money over (article 2) and let waiting claims
/// lapse; a pool may also put those first in line, or give unused money back.
/// </summary>
public sealed class When_a_year_ends
{
    [Theory]
    [InlineData(true, true, "1:10 3:20", 0)]
    [InlineData(true, false, "3:20", 0)]
    [InlineData(false, true, "1:10 3:20", 0)]
    [InlineData(false, false, "3:20", 0)]
    public async Task Waiting_claims_come_first_in_the_next_year_or_lapse(
        bool carriesUnused,
        bool waitingCarries,
        string grants,
        long carriedIn
    )
    {
        var city = CityWith(carriesUnused, waitingCarries);
        await using var engine = await ClosedAsync(city, cultureYuan: 10);
        await NextYearAsync(city, engine);

        Assert.Equal(grants, await engine.GrantsAsync(TinyList.CultureNext));
        Assert.Equal(Fen.FromYuan(carriedIn), (await engine.HeadAsync(TinyList.CultureNext)).CarriedIn);
        Assert.Equal(0, (await engine.Get<DescribePool>().HandleAsync("culture", default))[0].Waiting);
        Assert.Equal(
            waitingCarries ? 0 : 1,
            (await engine.Get<DescribeStatus>().HandleAsync(TinyCity.Code(1), default)).Waiting.Count(w => w.HasLapsed)
        );
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task A_claim_that_was_carried_over_tells_its_place_in_the_new_line()
    {
        var city = CityWith(carriesUnused: true, waitingCarries: true);
        await using var engine = await ClosedAsync(city, cultureYuan: 10);
        Assert.Equal(
            TinyList.Culture,
            Assert.Single((await engine.Get<DescribeStatus>().HandleAsync(TinyCity.Code(1), default)).Waiting).Pool
        );

        await TinyCity.OpenAsync(engine, TinyList.CultureNext, 0, awaitsCarryIn: true);
        await engine.SettleAsync();

        var waiting = Assert.Single((await engine.Get<DescribeStatus>().HandleAsync(TinyCity.Code(1), default)).Waiting);
        Assert.Equal(
            (TinyList.CultureNext, new LinePlace(0, Fen.Zero, Fen.FromYuan(10)), false),
            (waiting.Pool, waiting.Place, waiting.HasLapsed)
        );
    }

    [Theory]
    [InlineData(true, 30)]
    [InlineData(false, 0)]
    public async Task Unused_money_comes_along_or_goes_back(bool carriesUnused, long carriedIn)
    {
        var city = CityWith(carriesUnused, waitingCarries: false);
        await using var engine = await ClosedAsync(city, cultureYuan: 50);
        await NextYearAsync(city, engine);

        Assert.Equal(Fen.FromYuan(carriedIn), (await engine.HeadAsync(TinyList.CultureNext)).CarriedIn);
        Assert.Equal(Fen.FromYuan(30), (await engine.HeadAsync(TinyList.Culture)).CarriedOut);
        await engine.VerifyHoldsAsync();
    }

    private static TinyCity CityWith(bool carriesUnused, bool waitingCarries)
    {
        var list = TinyList.Catalogue();
        return new TinyCity
        {
            List = list with
            {
                Pools = [list.Pools[0] with { CarriesUnused = carriesUnused, WaitingCarries = waitingCarries }, list.Pools[1]],
            },
        };
    }

    /// <summary>One claim of twenty yuan, served as far as the money goes, and then the end of the year.</summary>
    private static async Task<Engine> ClosedAsync(TinyCity city, long cultureYuan)
    {
        city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-01-10", 30));
        city.Until("2023-12-31");
        var engine = new Engine(city, new WatchedRows());
        await TinyCity.BeginAsync(engine, cultureYuan);
        await engine.PassAsync();
        await engine
            .Get<OfficerActs>()
            .ClosePoolAsync(TinyList.Culture, "close:1", "end of year", TinyCity.Morning("2023-12-31"), TinyCity.Persons, default);
        await engine.SettleAsync();
        return engine;
    }

    private static async Task NextYearAsync(TinyCity city, Engine engine)
    {
        await TinyCity.OpenAsync(engine, TinyList.CultureNext, 1_000, awaitsCarryIn: true);
        await engine.SettleAsync();
        city.Culture.Told.Add(TinyCity.Visit(3, "v3", "2024-01-10", 30));
        city.Until("2024-01-31");
        await engine.PassAsync();
    }
}
