using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Work;

namespace Baotou.Payouts.Application.Tests.Pulling;

/// <summary>One agency's trouble stays with the pools that need it.</summary>
public sealed class When_a_source_misbehaves
{
    private readonly TinyCity _city = new();

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "b", "a")]
    public async Task A_walk_that_leads_nowhere_ends_and_says_so(params string[] cursors)
    {
        var pages = 0;
        _city.Culture.Instead = _ => new AgencyPage(
            [TinyCity.Visit(1, "v1", "2023-01-10", 30)],
            [],
            cursors[Math.Min(pages++, cursors.Length - 1)],
            null
        );
        await using var engine = new Engine(_city, new WatchedRows());

        var problem = await Assert.ThrowsAsync<InvalidDataException>(() =>
            engine.HandleAsync(QueueNames.Pull, new PullMessage("culture", 1))
        );

        Assert.Contains("leads nowhere", problem.Message, StringComparison.Ordinal);
        Assert.Null((await engine.Get<ISourceLog>().ReadAsync("culture", default)).Standing.CompleteThrough);
    }

    [Fact]
    public async Task A_source_that_falls_silent_stops_its_own_pools_alone()
    {
        await using var engine = await BothAsync();
        _city.Culture.Told.Add(TinyCity.Visit(2, "v2", "2023-02-10", 30));
        _city.Tax.Told.Add(TinyCity.Figure(2, 2022, "2023-02-10", 100));
        _city.Culture.AsOf = TinyCity.End("2023-02-28");
        await engine.PassAsync();

        Assert.Equal("1:20 2:20", await engine.GrantsAsync(TinyList.Culture));
        Assert.Equal("1:10", await engine.GrantsAsync(TinyList.Tax));

        _city.Until("2023-03-01");
        await engine.PassAsync();
        Assert.Equal("1:10 2:10", await engine.GrantsAsync(TinyList.Tax));
        Assert.DoesNotContain(await engine.EntitlementsAsync(), e => e.Claim.Late);
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task Within_the_patience_the_others_wait_for_it()
    {
        await using var engine = await BothAsync();
        _city.Culture.AsOf = TinyCity.End("2023-02-01");
        await engine.PassAsync();

        Assert.Equal(new RoundStanding(1, 0), await engine.Get<IRoundLog>().StandingAsync(default));
    }

    [Fact]
    public async Task A_source_that_was_never_walked_is_waited_for_no_longer_than_another()
    {
        _city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-01-10", 30));
        _city.Tax.Instead = _ => throw new IOException("not connected yet");
        await using var engine = new Engine(_city, new WatchedRows());
        await TinyCity.BeginAsync(engine);
        foreach (var (day, rounds) in new[] { ("2023-01-31", 0), ("2023-02-01", 0), ("2023-02-02", 1) })
        {
            _city.Until(day);
            await engine.HandleAsync(
                QueueNames.Pull,
                new PullMessage("culture", (await engine.Get<ISourceLog>().ReadAsync("culture", default)).Standing.Walks + 1)
            );
            await engine.SettleAsync();
            Assert.Equal(rounds, (await engine.Get<IRoundLog>().StandingAsync(default)).Closed);
        }

        Assert.Equal("1:20", await engine.GrantsAsync(TinyList.Culture));
        await engine.VerifyHoldsAsync();
    }

    private async Task<Engine> BothAsync()
    {
        _city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-01-10", 30));
        _city.Tax.Told.Add(TinyCity.Figure(1, 2022, "2023-01-10", 100));
        _city.Until("2023-01-31");
        var engine = new Engine(_city, new WatchedRows());
        await TinyCity.BeginAsync(engine);
        await engine.PassAsync();
        return engine;
    }
}
