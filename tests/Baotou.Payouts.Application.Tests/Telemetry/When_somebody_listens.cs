using System.Diagnostics;
using System.Text.RegularExpressions;
using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Application.Telemetry;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Queues;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Pools;
using Microsoft.Extensions.Time.Testing;

namespace Baotou.Payouts.Application.Tests.Telemetry;

/// <summary>What the engine tells about itself is what its rows say, and follows one fact to its payout without naming anybody.</summary>
public sealed partial class When_somebody_listens
{
    private readonly StorageMeter _meter = new();
    private readonly TinyCity _city = new();

    [Fact]
    public async Task The_numbers_are_those_of_the_chain()
    {
        using var told = new Listening();
        await using var engine = await PassedAsync();
        var chain = await engine.ChainAsync(TinyList.Culture);
        var reserved = chain.Where(e => e.Kind == EntryKind.Reserved).Sum(e => e.Amount.Value);

        Assert.Equal(7_000, reserved);
        Assert.Equal(reserved, told.Sum(Metrics.MoneyReserved, "culture/2023"));
        Assert.Equal(reserved + 1_000, told.Sum(Metrics.MoneyReserved));
        Assert.Equal((await engine.PayoutsAsync()).Count, told.Sum(Metrics.PayoutsMade));
        Assert.Equal((await engine.EntitlementsAsync()).Count, told.Sum(Metrics.ClaimsMade));
        Assert.Equal(4, told.Sum(Metrics.FactsStored));
        Assert.Equal(1, told.Sum(Metrics.FactsQuarantined));
        Assert.Equal(0, told.Sum(Metrics.MoneyPaid));
        Assert.Equal(100, told.Last(Metrics.PoolUsed, "culture/2023"));
        Assert.Equal(1, told.Last(Metrics.PoolUsed, "tax/2023"));
        Assert.Equal(_meter.TableTransactions, told.Sum(Metrics.StorageTransactions, "table"));
    }

    [Fact]
    public async Task Work_that_is_repeated_is_told_once()
    {
        using var told = new Listening();
        await using var engine = await PassedAsync();
        var before = (told.Sum(Metrics.MoneyReserved), told.Sum(Metrics.PayoutsMade), told.Sum(Metrics.ClaimsMade));

        await engine.HandleAsync(QueueNames.Allocate, new AllocateMessage("culture", 2023));
        await engine.HandleAsync(QueueNames.Project, new ProjectMessage("culture", 2023));
        await engine.PassAsync();

        Assert.Equal(before, (told.Sum(Metrics.MoneyReserved), told.Sum(Metrics.PayoutsMade), told.Sum(Metrics.ClaimsMade)));
    }

    [Fact]
    public async Task Money_that_is_settled_is_told_as_paid()
    {
        using var told = new Listening();
        await using var engine = await PassedAsync();
        await engine
            .Get<IPoolLog>()
            .SubmitAsync(TinyList.Culture, new PoolInput.Settle("batch:1:1", "1", 1, 1, new Fen(2_000), ContentHash.None), default);

        await engine.Get<AllocatePool>().HandleAsync(TinyList.Culture, default);

        Assert.Equal((await engine.HeadAsync(TinyList.Culture)).Paid.Value, told.Sum(Metrics.MoneyPaid));
        Assert.Equal(2_000, told.Sum(Metrics.MoneyPaid));
    }

    [Fact]
    public async Task A_source_is_behind_by_the_time_since_it_was_walked_whole()
    {
        using var told = new Listening();
        await using var engine = await PassedAsync();
        Assert.Null(told.Last(Metrics.SourceLag, "culture"));
        ((FakeTimeProvider)engine.Get<TimeProvider>()).SetUtcNow(_city.Culture.AsOf.AddHours(5));

        await engine.Get<Sweep>().PullAsync(default);

        Assert.Equal(5 * 3_600, told.Last(Metrics.SourceLag, "culture"));
    }

    [Fact]
    public async Task A_queue_is_as_old_as_its_oldest_message_that_nobody_took()
    {
        using var told = new Listening();
        var clock = new FakeTimeProvider();
        var queue = new InMemoryWorkQueue(clock);
        await using var engine = new Engine(_city, new WatchedRows(), queue: queue);
        await queue.SendAsync(QueueNames.Match, "first", TimeSpan.Zero, default);
        clock.Advance(TimeSpan.FromSeconds(70));
        await queue.SendAsync(QueueNames.Match, "second", TimeSpan.Zero, default);
        clock.Advance(TimeSpan.FromSeconds(20));

        await engine.Get<Sweep>().SweepAsync(default);

        Assert.Equal((90, 0), (told.Last(Metrics.QueueAge, QueueNames.Match), told.Last(Metrics.QueueAge, QueueNames.Project)));
    }

    [Fact]
    public async Task A_writer_that_comes_second_is_told_as_a_conflict()
    {
        using var told = new Listening();
        await using var engine = await PassedAsync();
        var before = await engine.Get<IPoolLog>().ReadHeadAsync(TinyList.Culture, default);
        await engine.Get<IPoolLog>().SubmitAsync(TinyList.Culture, new PoolInput.Appropriate("more", new Fen(100), "no. 2"), default);
        await engine.SettleAsync();
        var conflicts = told.Sum(Metrics.StorageConflicts);
        var chain = await engine.ChainAsync(TinyList.Culture);
        var entry = chain[(int)before.Head.Seq];

        Assert.False(
            await engine
                .Get<IPoolLog>()
                .CommitAsync(TinyList.Culture, before, before.Head with { Seq = entry.Seq, Hash = entry.Hash }, [entry], default)
        );

        Assert.Equal(conflicts + 1, told.Sum(Metrics.StorageConflicts));
    }

    [Fact]
    public async Task One_trace_reaches_from_the_asking_to_the_payout()
    {
        using var told = new Listening();
        await using var engine = await PassedAsync();

        var steps = told.Steps.SkipWhile(s => s.DisplayName != "ask").Where(s => s.DisplayName != "sweep").ToList();
        Assert.Equal(
            ["allocate", "ask", "match", "project", "pull", "round"],
            steps.Select(s => s.DisplayName).Distinct().Order(StringComparer.Ordinal)
        );
        Assert.All(steps, s => Assert.Equal(steps[0].TraceId, s.TraceId));

        var round = told.Steps.First(s => s.DisplayName == "round");
        Assert.Equal("pull", told.Steps.Single(s => s.SpanId == round.ParentSpanId).DisplayName);
        Assert.Equal("pull", told.Steps.Single(s => s.SpanId == Assert.Single(round.Links).Context.SpanId).DisplayName);
    }

    [Fact]
    public async Task A_message_that_names_no_trace_begins_one()
    {
        using var told = new Listening();
        await using var engine = await PassedAsync();

        await engine.Get<WorkDispatcher>().HandleAsync(QueueNames.Project, """{"pool":"culture","fiscalYear":2023}""", default);

        Assert.NotEqual(told.Steps.First(s => s.DisplayName == "ask").TraceId, told.Steps[^1].TraceId);
        Assert.Equal(default, told.Steps[^1].ParentSpanId);
    }

    [Fact]
    public async Task A_step_that_fails_tells_the_kind_of_trouble_and_not_its_words()
    {
        using var told = new Listening();
        await using var engine = await PassedAsync();

        await Assert.ThrowsAsync<InvalidDataException>(() =>
            engine.HandleAsync(QueueNames.Pull, new PullMessage(TinyCity.Code(1).Value, 1))
        );

        Assert.Equal((ActivityStatusCode.Error, nameof(InvalidDataException)), (told.Steps[^1].Status, told.Steps[^1].StatusDescription));
    }

    [Fact]
    public async Task Nothing_that_is_told_names_an_enterprise_and_every_tag_is_listed()
    {
        using var told = new Listening();
        await using var engine = await PassedAsync();

        Assert.DoesNotContain(told.Words, NamesAnEnterprise);
        Assert.Empty(told.Steps.SelectMany(s => s.TagObjects).Select(t => t.Key).Except(TraceTags.All));
        Assert.Empty(told.Heard.Except(Metrics.All.Select(m => (m.Name, (string?)m.Unit))));
    }

    [Fact]
    public void A_word_that_names_one_is_found() => Assert.True(NamesAnEnterprise($"claim {TinyCity.Code(1).Value}"));

    [Fact]
    public async Task The_rows_are_the_same_whether_anybody_listens_or_not()
    {
        await using var unheard = await PassedAsync();
        using var told = new Listening();
        await using var heard = await PassedAsync();

        Assert.Equal(
            (await unheard.ChainAsync(TinyList.Culture)).Select(e => e.Hash),
            (await heard.ChainAsync(TinyList.Culture)).Select(e => e.Hash)
        );
        Assert.Equal(await unheard.PayoutsAsync(), await heard.PayoutsAsync());
    }

    [Fact]
    public async Task The_night_tells_that_everything_holds()
    {
        using var told = new Listening();
        await using var engine = await PassedAsync();

        Assert.Equal("", (await PassTimeAsync(engine, engine.Get<VerifyByNight>().HandleAsync(default))).Difference ?? "");

        Assert.Equal(0, told.Last(Metrics.VerifyDifferences));
    }

    [Fact]
    public async Task A_difference_that_stays_is_told_after_the_sweep_had_its_turn()
    {
        using var told = new Listening();
        await using var engine = await PassedAsync();
        await engine.Get<IPoolLog>().SubmitAsync(TinyList.Tax, new PoolInput.Appropriate("more", new Fen(100), "no. 2"), default);

        var found = await PassTimeAsync(engine, engine.Get<VerifyByNight>().HandleAsync(default));

        Assert.False(found.Holds);
        Assert.Equal(1, told.Last(Metrics.VerifyDifferences));
    }

    [Fact]
    public async Task Work_in_flight_is_no_difference()
    {
        using var told = new Listening();
        await using var engine = await PassedAsync();
        await engine.Get<IPoolLog>().SubmitAsync(TinyList.Tax, new PoolInput.Appropriate("more", new Fen(100), "no. 2"), default);

        var night = engine.Get<VerifyByNight>().HandleAsync(default);
        await engine.SettleAsync();

        Assert.Equal("", (await PassTimeAsync(engine, night)).Difference ?? "");
        Assert.Equal(0, told.Last(Metrics.VerifyDifferences));
    }

    /// <summary>
    /// Three visits and a figure were told and one record that is none; 70 yuan of the culture pool suffice for a part of them.
    /// </summary>
    private async Task<Engine> PassedAsync()
    {
        _city.Culture.Told.Clear();
        _city.Culture.Told.AddRange([
            TinyCity.Visit(1, "v1", "2023-01-10", 30),
            TinyCity.Visit(2, "v2", "2023-01-11", 60),
            TinyCity.Visit(3, "v3", "2023-01-12", 90),
        ]);
        _city.Culture.Told.Add(
            TinyCity.Visit(4, "v4", "2023-01-13", 15) with
            {
                Values = new Dictionary<string, string> { ["visitors"] = "many" },
            }
        );
        _city.Tax.Told.Clear();
        _city.Tax.Told.Add(TinyCity.Figure(1, 2022, "2023-01-15", 100));
        _city.Until("2023-01-31");
        var engine = new Engine(_city, new InMemoryRowStore(_meter));
        await TinyCity.BeginAsync(engine, cultureYuan: 70);
        await engine.SettleAsync();
        await engine.WalkAsync();
        await engine.Get<Sweep>().SweepAsync(default);
        await engine.DrainAsync();
        await engine.SettleAsync();
        return engine;
    }

    private static async Task<Verification> PassTimeAsync(Engine engine, Task<Verification> night)
    {
        while (!night.IsCompleted)
        {
            ((FakeTimeProvider)engine.Get<TimeProvider>()).Advance(Timetable.SweepEvery);
            await Task.Yield();
        }

        return await night;
    }

    private static bool NamesAnEnterprise(string text) => Code().IsMatch(text);

    [GeneratedRegex("(?<![0-9A-Za-z])[0-9A-Z]{18}(?![0-9A-Za-z])")]
    private static partial Regex Code();
}
