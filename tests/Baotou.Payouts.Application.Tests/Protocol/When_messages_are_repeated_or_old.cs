using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Work;

namespace Baotou.Payouts.Application.Tests.Protocol;

/// <summary>Every message is a hint: the second of its kind, or one about something long over, finds nothing to do.</summary>
public sealed class When_messages_are_repeated_or_old
{
    [Fact]
    public async Task A_page_delivered_twice_counts_once()
    {
        var (rows, once) = await RunAsync(repeats: 0);
        var (again, twice) = await RunAsync(repeats: 2);
        await using (once)
        await using (twice)
        {
            Assert.Equal("1:20 2:40 3:6", await twice.GrantsAsync(TinyList.Culture));
            Assert.Equal(await rows.OutcomeAsync(), await again.OutcomeAsync());
        }
    }

    [Fact]
    public async Task Old_messages_of_every_queue_change_nothing()
    {
        var (rows, engine) = await RunAsync(repeats: 0);
        await using var _ = engine;
        var before = await rows.OutcomeAsync();
        foreach (var walk in new[] { 0, 1, 99 })
        {
            foreach (var source in new[] { "culture", "tax", "treasury" })
                await engine.HandleAsync(QueueNames.Pull, new PullMessage(source, walk));
        }

        foreach (var round in new[] { -1, 0, 1, 2, 99 })
        {
            for (var bucket = 0; bucket < Engine.Buckets; bucket++)
                await engine.HandleAsync(QueueNames.Match, new MatchMessage(round, bucket));
        }

        await engine.HandleAsync(QueueNames.Allocate, new AllocateMessage("culture", 2023));
        await engine.HandleAsync(QueueNames.Project, new ProjectMessage("culture", 2023));
        await engine.DrainAsync();
        await engine.SettleAsync();

        Assert.Equal(before, await rows.OutcomeAsync());
        await engine.VerifyHoldsAsync();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(Engine.Buckets)]
    public async Task A_bucket_that_the_store_does_not_have_is_refused_and_closes_no_round(int bucket)
    {
        await using var engine = new Engine(City(), new WatchedRows());
        await TinyCity.BeginAsync(engine);
        await engine.WalkAsync();
        await engine.Get<OpenRound>().HandleAsync(default);

        await Assert.ThrowsAsync<InvalidDataException>(() => engine.HandleAsync(QueueNames.Match, new MatchMessage(1, bucket)));

        Assert.Equal(new RoundStanding(0, 1), await engine.Get<IRoundLog>().StandingAsync(default));
    }

    [Fact]
    public async Task A_rerun_on_unchanged_facts_makes_nothing_new()
    {
        var (rows, engine) = await RunAsync(repeats: 0);
        await using var _ = engine;
        var before = await rows.OutcomeAsync();

        for (var i = 0; i < 3; i++)
            await engine.PassAsync();
        await using var other = new Engine(City(), rows);
        await other.PassAsync();

        Assert.Equal(before, await rows.OutcomeAsync());
    }

    [Fact]
    public async Task The_size_of_pages_does_not_show()
    {
        var (rows, engine) = await RunAsync(repeats: 0, pageSize: 1);
        var (others, other) = await RunAsync(repeats: 0, pageSize: 1_000);
        await using (engine)
        await using (other)
            Assert.Equal(await rows.OutcomeAsync(), await others.OutcomeAsync());
    }

    private static TinyCity City()
    {
        var city = new TinyCity();
        city.Culture.Told.AddRange([
            TinyCity.Visit(1, "v1", "2023-01-10", 30),
            TinyCity.Visit(2, "v2", "2023-01-11", 60),
            TinyCity.Visit(3, "v3", "2023-01-12", 90),
        ]);
        city.Tax.Told.Add(TinyCity.Figure(1, 2022, "2023-01-15", 1_000));
        city.Accounts(3);
        city.Until("2023-01-31");
        return city;
    }

    private static async Task<(WatchedRows Rows, Engine Engine)> RunAsync(int repeats, int pageSize = 100)
    {
        var rows = new WatchedRows();
        var city = City();
        for (var i = 0; i < repeats; i++)
            city.Culture.Told.AddRange([.. city.Culture.Told]);
        var engine = new Engine(city, rows, pageSize);
        await TinyCity.BeginAsync(engine, 66);
        await engine.PassAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);
        return (rows, engine);
    }
}
