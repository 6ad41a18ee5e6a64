using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Hashing;

namespace Baotou.Payouts.Application.Tests.Lives;

/// <summary>
/// Twenty-five of fifty records are missing at once. The withdrawals are held and the source stands still: what a torn set lacks of the new
/// would otherwise be late through no fault of the enterprises.
/// </summary>
public sealed class When_a_snapshot_is_torn
{
    private const int Known = 50,
        Missing = 25;

    private readonly TinyCity _city = new() { Culture = new ScriptedAgency("culture", WalkKind.Snapshot) };
    private readonly WatchedRows _rows = new();

    [Fact]
    public async Task What_is_new_is_stored_and_nothing_is_withdrawn_while_it_is_held()
    {
        await using var engine = await TornAsync();

        var standing = await StandingAsync(engine);
        Assert.Equal((TinyCity.End("2023-01-31"), 1L), (standing.CompleteThrough, standing.Walks));
        Assert.Equal((Missing, Known, TinyCity.End("2023-02-28")), (standing.Held!.Missing, standing.Held.Known, standing.Held.AsOf));
        Assert.Equal(
            Enumerable.Range(1, Missing).Select(i => $"v{i:00}"),
            (await engine.Get<SettleWithdrawals>().HeldAsync("culture", default)).Select(l => l.RecordId)
        );
        Assert.Equal(Known + 1, await FactsAsync(engine));
        Assert.Equal(Known, (await engine.PayoutsAsync()).Count);
        await engine.VerifyHoldsAsync();
    }

    /// <summary>Hour after hour the same torn set comes again, with a later as-of.</summary>
    [Fact]
    public async Task That_it_comes_again_stores_nothing_twice()
    {
        await using var engine = await TornAsync();
        var held = (await StandingAsync(engine)).Held!.Snapshot;
        await PassAsync(engine, "2023-03-01");
        await PassAsync(engine, "2023-03-02");

        Assert.Equal(Known + 1, await FactsAsync(engine));
        Assert.Equal(
            (held, TinyCity.End("2023-03-02")),
            ((await StandingAsync(engine)).Held!.Snapshot, (await StandingAsync(engine)).Held!.AsOf)
        );
    }

    [Fact]
    public async Task If_the_records_come_back_it_is_settled_by_itself_and_what_was_new_counts_in_time()
    {
        await using var engine = await TornAsync();
        _city.Culture.Told.AddRange(Enumerable.Range(1, Missing).Select(Visit));
        await PassAsync(engine, "2023-03-31");

        Assert.Equal(
            (null, TinyCity.End("2023-03-31")),
            ((await StandingAsync(engine)).Held, (await StandingAsync(engine)).CompleteThrough)
        );
        Assert.Equal(Known + 1, (await engine.PayoutsAsync()).Count);
        Assert.DoesNotContain(await engine.EntitlementsAsync(), e => e.Claim.Late);
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task Two_persons_withdraw_the_records_and_the_source_moves()
    {
        await using var engine = await TornAsync();

        Assert.Null(await SettleAsync(engine, VanishedRecords.Withdraw));
        Assert.Equal(
            (null, TinyCity.End("2023-02-28"), 2L),
            ((await StandingAsync(engine)).Held, (await StandingAsync(engine)).CompleteThrough, (await StandingAsync(engine)).Walks)
        );
        await PassAsync(engine, "2023-03-31");
        await engine.Get<Sweep>().PayoutsAsync(default);

        Assert.Equal(Known + 1 + Missing, await FactsAsync(engine));
        Assert.Equal(Missing, (await engine.PayoutsAsync()).Count(p => p.Note == Application.Projecting.ReadyPayouts.Reduced));
        Assert.Single(await engine.Get<IActLog>().ListAsync(default), a => a.Id == "approval:1");
        await engine.VerifyHoldsAsync();
    }

    /// <summary>
    /// They stay absent, and nobody is asked about them again; if they come back unchanged nothing happens, and if a kept one is told
    /// changed, it changes.
    /// </summary>
    [Fact]
    public async Task Two_persons_keep_the_records_and_nobody_is_asked_again()
    {
        await using var engine = await TornAsync();

        Assert.Null(await SettleAsync(engine, VanishedRecords.Keep));
        await PassAsync(engine, "2023-03-31");
        Assert.Null((await StandingAsync(engine)).Held);
        Assert.Equal(Known + 1, await FactsAsync(engine));
        _city.Culture.Told.AddRange([Visit(1), TinyCity.Visit(2, "v02", "2023-01-10", 3, "2023-04-10")]);
        await PassAsync(engine, "2023-04-30");

        Assert.Equal(Known + 2, await FactsAsync(engine));
        Assert.Equal(Known + 1, (await engine.PayoutsAsync()).Count);
        Assert.Equal(
            Domain.Pools.EntryKind.Limited,
            Assert
                .Single(
                    await engine.ChainAsync(TinyList.Culture),
                    e => e.Claim?.Uscc == TinyCity.Code(2) && e.Kind != Domain.Pools.EntryKind.Reserved
                )
                .Kind
        );
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task What_is_settled_is_what_was_looked_at()
    {
        await using var engine = await TornAsync();
        var looked = (await StandingAsync(engine)).Held!.Snapshot;
        _city.Culture.Told.RemoveAt(0);
        await PassAsync(engine, "2023-03-31");

        Assert.Contains("look again", await SettleAsync(engine, VanishedRecords.Withdraw, looked), StringComparison.Ordinal);
        Assert.Equal(Missing + 1, (await StandingAsync(engine)).Held!.Missing);
    }

    [Theory]
    [InlineData(VanishedRecords.Withdraw)]
    [InlineData(VanishedRecords.Keep)]
    public async Task Killed_anywhere_on_the_way_it_is_settled_once_when_it_is_done_again(VanishedRecords outcome)
    {
        for (var call = 1; ; call++)
        {
            var story = new When_a_snapshot_is_torn();
            await using var engine = await story.TornAsync();
            var (calls, killed) = (0, call);
            story._rows.Before = _ => ++calls == killed ? throw new IOException("killed") : Task.CompletedTask;
            var untouched = true;
            try
            {
                await story.SettleAsync(engine, outcome);
            }
            catch (IOException)
            {
                untouched = false;
            }

            story._rows.Before = null;
            Assert.Null(await story.SettleAsync(engine, outcome));
            Assert.Equal((null, 2L), ((await StandingAsync(engine)).Held, (await StandingAsync(engine)).Walks));
            await story.PassAsync(engine, "2023-03-31");
            Assert.Null((await StandingAsync(engine)).Held);
            await engine.VerifyHoldsAsync();
            if (untouched)
                return;
        }
    }

    private ContentHash? _looked;

    private async Task<string?> SettleAsync(Engine engine, VanishedRecords outcome, ContentHash? snapshot = null)
    {
        _looked ??= snapshot ?? (await StandingAsync(engine)).Held!.Snapshot;
        return await engine
            .Get<SettleWithdrawals>()
            .HandleAsync(
                "approval:1",
                "culture",
                _looked.Value,
                outcome,
                TinyCity.Morning("2023-03-01"),
                "asked the agency",
                TinyCity.Persons,
                default
            );
    }

    private static async Task<SourceStanding> StandingAsync(Engine engine) =>
        (await engine.Get<ISourceLog>().ReadAsync("culture", default)).Standing;

    /// <summary>How many different facts are stored.</summary>
    private static async Task<int> FactsAsync(Engine engine)
    {
        var seen = new HashSet<ContentHash>();
        for (var bucket = 0; bucket < Engine.Buckets; bucket++)
        {
            await foreach (
                var fact in engine.Get<IFactLog>().ReadAsync(bucket, 0, await engine.Get<IFactLog>().CountAsync(bucket, default), default)
            )
                seen.Add(fact.Fact.Hash);
        }

        return seen.Count;
    }

    private static Domain.Facts.DeliveredRecord Visit(int number) => TinyCity.Visit(number, $"v{number:00}", "2023-01-10", 30);

    private async Task<Engine> TornAsync()
    {
        _city.Accounts(Known + 1);
        _city.Culture.Told.AddRange(Enumerable.Range(1, Known).Select(Visit));
        var engine = new Engine(_city, _rows);
        await TinyCity.BeginAsync(engine, cultureYuan: 10_000);
        await PassAsync(engine, "2023-01-31");
        await engine.Get<Sweep>().PayoutsAsync(default);
        _city.Culture.Told.RemoveRange(0, Missing);
        _city.Culture.Told.Add(TinyCity.Visit(Known + 1, "new", "2023-02-10", 30));
        await PassAsync(engine, "2023-02-28");
        return engine;
    }

    private async Task PassAsync(Engine engine, string until)
    {
        _city.Until(until);
        await engine.PassAsync();
    }
}
