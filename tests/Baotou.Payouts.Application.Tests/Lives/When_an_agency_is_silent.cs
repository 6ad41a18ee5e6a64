using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Describing;

namespace Baotou.Payouts.Application.Tests.Lives;

/// <summary>One agency says nothing any more, and two persons decide how long the others wait for it.</summary>
public sealed class When_an_agency_is_silent
{
    private readonly TinyCity _city = new() { List = ChoiceList.Catalogue() };

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task It_is_shown_after_three_days_and_not_before(int minutesMore, bool silent)
    {
        await using var engine = await SilentSinceJanuaryAsync();
        _city.Culture.AsOf = TinyCity.End("2023-02-28");
        await engine.WalkAsync();

        var sources = await engine.Get<DescribeSources>().HandleAsync(TinyCity.End("2023-02-03").AddMinutes(minutesMore), default);

        Assert.Equal([("culture", false), ("tax", silent)], sources.Select(s => (s.Standing.Source, s.IsSilent)));
    }

    [Fact]
    public async Task Nothing_of_a_group_that_reads_it_is_claimed_before_it_speaks_or_is_closed()
    {
        await using var engine = await SilentSinceJanuaryAsync();
        await TellAsync(engine);
        Assert.Equal("", await engine.GrantsAsync(TinyList.Culture));

        await CloseAsync(engine);
        await TellAsync(engine);

        Assert.Equal("1:20", await engine.GrantsAsync(TinyList.Culture));
        Assert.Equal(
            TinyCity.End("2023-02-28"),
            (await engine.Get<DescribeSources>().HandleAsync(TinyCity.End("2023-03-31"), default))[1].ClosedThrough
        );
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task What_it_tells_later_about_the_time_before_counts_late()
    {
        await using var engine = await SilentSinceJanuaryAsync();
        await CloseAsync(engine);
        await TellAsync(engine);
        _city.Tax.Told.Add(TinyCity.Figure(2, 2022, "2023-02-05", 100));
        _city.Until("2023-03-31");
        await engine.PassAsync();

        var late = Assert.Single(await engine.EntitlementsAsync(), e => e.Claim.Key.Uscc == TinyCity.Code(2));
        Assert.Equal((true, TinyCity.End("2023-02-28")), (late.Claim.Late, late.Moment));
        await engine.VerifyHoldsAsync();
    }

    /// <summary>Closing never takes a source back behind what it told itself.</summary>
    [Fact]
    public async Task A_source_that_told_more_than_it_was_closed_through_stands_where_it_told()
    {
        await using var engine = await SilentSinceJanuaryAsync();
        await CloseAsync(engine);
        _city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-03-15", 30));
        _city.Until("2023-03-31");
        await engine.PassAsync();

        Assert.Equal("1:20", await engine.GrantsAsync(TinyList.Culture));
        await engine.VerifyHoldsAsync();
    }

    private async Task TellAsync(Engine engine)
    {
        if (_city.Culture.Told.Count == 0)
            _city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-02-10", 30));
        _city.Culture.AsOf = TinyCity.End("2023-02-28");
        await engine.PassAsync();
    }

    private static Task CloseAsync(Engine engine) =>
        engine
            .Get<OfficerActs>()
            .CloseSourceAsync(
                new SourceClosed("tax", TinyCity.End("2023-02-28")),
                TinyCity.Morning("2023-03-05"),
                "its line is down",
                TinyCity.Persons,
                default
            );

    private async Task<Engine> SilentSinceJanuaryAsync()
    {
        var engine = new Engine(_city, new WatchedRows());
        await TinyCity.BeginAsync(engine);
        _city.Until("2023-01-31");
        await engine.PassAsync();
        return engine;
    }
}
