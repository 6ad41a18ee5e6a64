using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Settling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Tests.Pulling;

/// <summary>The difference between two whole sets is ours to find, and nothing of a set counts that is not whole.</summary>
public sealed class When_a_snapshot_is_walked
{
    private readonly TinyCity _city = new() { Culture = new ScriptedAgency("culture", WalkKind.Snapshot) };

    [Fact]
    public async Task What_did_not_change_appends_nothing()
    {
        await using var engine = await FirstAsync(30);

        await WalkAsync(engine, "2023-02-28");

        Assert.Equal(30, await FactsAsync(engine));
        Assert.Equal(TinyCity.End("2023-02-28"), (await StandingAsync(engine)).CompleteThrough);
    }

    /// <summary>Two versions of one record in one set are both known the next time.</summary>
    [Fact]
    public async Task A_record_that_stands_in_it_twice_is_not_told_anew_each_time()
    {
        _city.Culture.Told.AddRange([TinyCity.Visit(1, "v1", "2023-01-10", 30), TinyCity.Visit(1, "v1", "2023-01-10", 31)]);
        await using var engine = await FirstAsync(0);

        await WalkAsync(engine, "2023-02-28");

        Assert.Equal(2, await FactsAsync(engine));
    }

    [Fact]
    public async Task A_change_a_newcomer_and_a_loss_append_one_fact_each()
    {
        await using var engine = await FirstAsync(30);
        _city.Culture.Told[0] = TinyCity.Visit(1, "v1", "2023-01-10", 12);
        _city.Culture.Told.RemoveAt(1);
        _city.Culture.Told.Add(TinyCity.Visit(31, "v31", "2023-02-10", 30));

        await WalkAsync(engine, "2023-02-28");
        await engine.SettleAsync();

        Assert.Equal(33, await FactsAsync(engine));
        Assert.Equal(["1:8", "2:0", "31:20"], await DueAsync(engine, 1, 2, 31));
    }

    /// <summary>Its own moment lies before the loss; without another one it would stay withdrawn.</summary>
    [Fact]
    public async Task A_record_that_comes_back_counts_again()
    {
        await using var engine = await FirstAsync(30);
        var lost = _city.Culture.Told[1];
        _city.Culture.Told.RemoveAt(1);
        await WalkAsync(engine, "2023-02-28");
        await WalkAsync(engine, "2023-03-31");
        Assert.Equal(31, await FactsAsync(engine));
        _city.Culture.Told.Add(lost);

        await WalkAsync(engine, "2023-04-30");
        await WalkAsync(engine, "2023-05-31");
        await engine.SettleAsync();

        Assert.Equal(32, await FactsAsync(engine));
        Assert.Equal(["2:20"], await DueAsync(engine, 2));
    }

    [Theory]
    [InlineData(19, 50)]
    [InlineData(20, 51)]
    [InlineData(30, 50)]
    public async Task If_too_much_vanished_the_withdrawals_are_held(int vanished, int known)
    {
        await using var engine = await FirstAsync(known);
        _city.Culture.Told.RemoveRange(0, vanished);
        _city.Culture.Told.Add(TinyCity.Visit(900, "v900", "2023-02-10", 30));

        await WalkAsync(engine, "2023-02-28");

        Assert.Equal(
            vanished >= 20 ? (known + 1, 1L) : (known + vanished + 1, 2L),
            (await FactsAsync(engine), (await StandingAsync(engine)).Walks)
        );
        Assert.Equal(vanished >= 20, (await StandingAsync(engine)).Held is not null);
    }

    [Fact]
    public async Task If_its_count_is_not_what_it_announced_nothing_of_it_is_taken()
    {
        await using var engine = await FirstAsync(30);
        _city.Culture.Told.Add(TinyCity.Visit(31, "v31", "2023-02-10", 30));
        _city.Culture.Announced = 32;

        await Assert.ThrowsAsync<InvalidDataException>(() => WalkAsync(engine, "2023-02-28"));

        Assert.Equal((30, 1L), (await FactsAsync(engine), (await StandingAsync(engine)).Walks));
    }

    [Fact]
    public async Task If_it_changes_on_the_way_nothing_of_it_is_taken()
    {
        await using var engine = await FirstAsync(30);
        _city.Culture.Told.Add(TinyCity.Visit(31, "v31", "2023-02-10", 30));
        _city.Culture.AfterPage = a => a.SnapshotId = "2";

        await Assert.ThrowsAsync<InvalidDataException>(() => WalkAsync(engine, "2023-02-28"));

        Assert.Equal((30, 1L), (await FactsAsync(engine), (await StandingAsync(engine)).Walks));
    }

    /// <summary>The record has no moment of its own; what is kept has that of its snapshot, or it could never become a fact.</summary>
    [Fact]
    public async Task A_record_in_quarantine_becomes_a_fact_once_the_dictionary_knows_its_kind()
    {
        var rows = new WatchedRows();
        _city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-01-10", 30) with { Kind = "trip", RecordedAt = null });
        await using (var engine = await FirstAsync(0, rows))
            Assert.Equal(0, await FactsAsync(engine));
        var dictionary = new FactDictionary([.. _city.List.Facts.Kinds, _city.List.Facts.Find("visit")! with { Id = "trip" }]);
        await using var knowing = new Engine(new TinyCity { List = _city.List with { Facts = dictionary } }, rows);

        Assert.Equal(1, await ReplayAsync(knowing, "key-1"));
        Assert.Equal(1, await ReplayAsync(knowing, "key-1"));
        Assert.Equal(0, await ReplayAsync(knowing, "key-2"));

        Assert.Equal(1, await FactsAsync(knowing));
    }

    private static Task<int?> ReplayAsync(Engine engine, string key) =>
        engine
            .Get<QuarantineCases>()
            .ReplayAllAsync("culture", new RequestMark("wang", key, ContentHash.OfText("body")), TinyCity.Morning("2023-03-01"), default);

    private static async Task<int> FactsAsync(Engine engine)
    {
        long count = 0;
        for (var bucket = 0; bucket < Engine.Buckets; bucket++)
            count += await engine.Get<IFactLog>().CountAsync(bucket, default);
        return (int)count;
    }

    private static async Task<SourceStanding> StandingAsync(Engine engine) =>
        (await engine.Get<ISourceLog>().ReadAsync("culture", default)).Standing;

    /// <summary>What the city owes some enterprises, worked out afresh from all facts stored.</summary>
    private static async Task<List<string>> DueAsync(Engine engine, params int[] enterprises)
    {
        await TinyCity.OpenAsync(engine, TinyList.Culture, 100_000);
        await TinyCity.AutomaticAsync(engine, "visit");
        var lines = await engine
            .Get<Application.Rerunning.DryRun>()
            .HandleAsync(new Application.Rerunning.RerunScope(null, null, null), default);
        return
        [
            .. enterprises.Select(e =>
                $"{e}:{Engine.Yuan(new(lines.Lines.Where(l => l.Uscc == TinyCity.Code(e)).Sum(l => l.After.Value) * 2 / 3))}"
            ),
        ];
    }

    private async Task<Engine> FirstAsync(int records, WatchedRows? rows = null)
    {
        for (var i = 1; i <= records; i++)
            _city.Culture.Told.Add(TinyCity.Visit(i, $"v{i}", "2023-01-10", 30));
        var engine = new Engine(_city, rows ?? new WatchedRows(), pageSize: 10);
        await WalkAsync(engine, "2023-01-31");
        return engine;
    }

    private async Task WalkAsync(Engine engine, string day)
    {
        _city.Until(day);
        await engine.HandleAsync(QueueNames.Pull, new PullMessage("culture", (await StandingAsync(engine)).Walks + 1));
        await engine.HandleAsync(
            QueueNames.Pull,
            new PullMessage("tax", (await engine.Get<ISourceLog>().ReadAsync("tax", default)).Standing.Walks + 1)
        );
    }
}
