using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Tests.Lives;

/// <summary>
/// The entry ends on 31 January. What arose in its time stays in line and is paid whenever there is money; what arises later does not
/// arise.
/// </summary>
public sealed class When_an_entry_expires_while_claims_wait
{
    [Fact]
    public async Task Claims_stay_in_line_and_are_paid_and_no_new_ones_arise()
    {
        var city = new TinyCity
        {
            List = TinyList.Catalogue(
                TinyList.Visit with
                {
                    Validity = new(new DateOnly(2022, 1, 1), new DateOnly(2023, 1, 31)),
                },
                TinyList.Figure
            ),
        };
        await using var engine = await WaitingAsync(city);

        await AfterTheEndAsync(city, engine);

        Assert.Equal("1:20 2:20", await engine.GrantsAsync(TinyList.Culture));
        await engine.VerifyHoldsAsync();
    }

    /// <summary>Its printed end is unknown; the bureau stated that it was in force through January.</summary>
    [Fact]
    public async Task Nor_where_the_bureaus_word_that_it_is_in_force_runs_out()
    {
        var city = new TinyCity { List = WithoutEnd() };
        await using var engine = await WaitingAsync(city, stillInForce: "2023-01-31");

        await AfterTheEndAsync(city, engine);

        Assert.Equal("1:20 2:20", await engine.GrantsAsync(TinyList.Culture));
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task A_new_word_of_the_bureau_takes_up_what_arose_meanwhile_at_its_own_moment()
    {
        var city = new TinyCity { List = WithoutEnd() };
        await using var engine = await WaitingAsync(city, stillInForce: "2023-01-31");
        await AfterTheEndAsync(city, engine);
        await StillInForceAsync(engine, "2023-03-10", "2023-12-31");
        city.Until("2023-03-31");
        await engine.PassAsync();

        Assert.Equal("1:20 2:20 3:20", await engine.GrantsAsync(TinyList.Culture));
        Assert.Equal(TinyCity.Morning("2023-03-10"), (await engine.EntitlementsAsync())[^1].Moment);
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task Without_any_word_an_entry_without_an_end_reserves_nothing()
    {
        var city = new TinyCity { List = WithoutEnd() };
        await using var engine = await WaitingAsync(city);

        Assert.Empty(await engine.EntitlementsAsync());
    }

    private static Catalogue WithoutEnd() =>
        TinyList.Catalogue(TinyList.Visit with { Validity = new(new DateOnly(2022, 1, 1), null) }, TinyList.Figure);

    private static Task StillInForceAsync(Engine engine, string day, string through) =>
        engine
            .Get<OfficerActs>()
            .OnPolicyAsync(
                new PolicyAct.StillInForce(
                    "visit",
                    TinyCity.Morning(day),
                    DateOnly.Parse(through, System.Globalization.CultureInfo.InvariantCulture)
                ),
                "letter 3",
                TinyCity.Persons,
                default
            );

    private static async Task<Engine> WaitingAsync(TinyCity city, string? stillInForce = null)
    {
        city.Culture.Told.AddRange([TinyCity.Visit(1, "v1", "2023-01-10", 30), TinyCity.Visit(2, "v2", "2023-01-31", 30)]);
        city.Until("2023-01-31");
        var engine = new Engine(city, new WatchedRows());
        await TinyCity.BeginAsync(engine, cultureYuan: 0);
        if (stillInForce is not null)
            await StillInForceAsync(engine, "2023-01-01", stillInForce);
        await engine.PassAsync();
        return engine;
    }

    private static async Task AfterTheEndAsync(TinyCity city, Engine engine)
    {
        city.Culture.Told.Add(TinyCity.Visit(3, "v3", "2023-02-01", 30));
        city.Until("2023-02-28");
        await engine.PassAsync();
        await TinyCity.AppropriateAsync(engine, TinyList.Culture, 1, 1_000);
        await engine.SettleAsync();
    }
}
