using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Confirming;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Testing;

namespace Baotou.Payouts.Application.Tests.Protocol;

/// <summary>One person stops, two start again; what stood still loses nothing and nobody passes it.</summary>
public sealed class When_a_switch_is_thrown
{
    private readonly TinyCity _city = new();
    private readonly WatchedRows _rows = new();

    [Fact]
    public async Task A_stopped_entry_makes_no_claims_until_the_first_round_after_its_start_takes_them_up_at_its_edge()
    {
        await using var engine = await BegunAsync();
        _city.Culture.Told.AddRange([TinyCity.Visit(1, "v1", "2023-01-10", 30), TinyCity.Visit(2, "v2", "2023-01-11", 40)]);
        _city.Tax.Told.Add(TinyCity.Figure(1, 2022, "2023-01-15", 100));
        var stop = await StopAsync(engine, Switch.OfPolicy("visit"), "stop-visit");
        await PassAsync(engine, "2023-01-31");

        Assert.Equal("", await engine.GrantsAsync(TinyList.Culture));
        Assert.NotEqual("", await engine.GrantsAsync(TinyList.Tax));
        Assert.Equal(["policy-stopped", "policy-stopped"], (await engine.HoldsAsync()).Select(h => h.Code));
        await engine.VerifyHoldsAsync();

        Assert.Null(await StartAsync(engine, stop, "approval:1"));
        _city.Culture.Told.Add(TinyCity.Visit(3, "v3", "2023-02-01", 50));
        await PassAsync(engine, "2023-02-28");

        Assert.Equal("1:20 2:26.67 3:33.34", await engine.GrantsAsync(TinyList.Culture));
        Assert.All(
            (await engine.EntitlementsAsync()).Where(e => e.Claim.Key is { Policy: "visit", Occasion: "v1" or "v2" }),
            e =>
            {
                Assert.Equal((2, TinyCity.End("2023-01-31"), true), (e.Round, e.Moment, e.Claim.Late));
            }
        );
        Assert.Empty(await engine.HoldsAsync());
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task A_round_that_is_being_opened_when_its_entry_is_stopped_does_not_miss_it()
    {
        var calls = await OpenAsync(0);
        Assert.True(calls > 5);
        for (var at = 1L; at <= calls; at++)
            await OpenAsync(at);

        async Task<long> OpenAsync(long stopBefore)
        {
            var (city, rows) = (new TinyCity(), new WatchedRows());
            await using var engine = new Engine(city, rows);
            await using var other = new Engine(city, rows);
            await TinyCity.BeginAsync(engine);
            Tell(city);
            city.Until("2023-01-31");
            await engine.WalkAsync();
            var (first, stopped, opened) = (rows.Calls, false, false);
            rows.Meet(
                stopBefore,
                async () =>
                {
                    stopped = true;
                    opened = (await other.Get<IRoundLog>().StandingAsync(default)).Open > 0;
                    await StopAsync(other, Switch.OfPolicy("visit"), "stop-visit");
                }
            );
            await engine.Get<OpenRound>().HandleAsync(default);
            var counted = rows.Calls - first;
            if (stopped)
                Assert.Equal(opened ? "" : "visit", string.Join(' ', (await engine.Get<IRoundLog>().ReadAsync(1, default)).Stopped));
            return counted;
        }
    }

    [Fact]
    public async Task A_claim_that_a_round_made_though_its_entry_was_stopped_is_found()
    {
        await using var engine = await BegunAsync();
        _city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-01-10", 30));
        await PassAsync(engine, "2023-01-31");
        var (partition, row) = (await _rows.AllAsync(AzureStorage.StorageKeys.Rounds)).First(r =>
            r.Row.RowKey == "r000001" && r.Row.Columns.ContainsKey("body")
        );
        row.Columns["body"] = row.Columns.Text("body").Replace("\"stopped\":[]", "\"stopped\":[\"visit\"]", StringComparison.Ordinal);
        await _rows.PlantAsync(AzureStorage.StorageKeys.Rounds, partition, row.RowKey, row.Columns);

        Assert.NotNull((await engine.VerifyAsync()).Difference);
    }

    [Fact]
    public async Task A_stopped_pool_writes_nothing_and_goes_on_in_the_order_it_would_have_had()
    {
        string undisturbed;
        {
            var city = new TinyCity();
            await using var engine = new Engine(city, new WatchedRows());
            await TinyCity.BeginAsync(engine, cultureYuan: 50);
            Tell(city);
            city.Until("2023-01-31");
            await engine.PassAsync();
            await TinyCity.AppropriateAsync(engine, TinyList.Culture, 2, 100);
            await engine.SettleAsync();
            undisturbed = CanonicalJson.Write((await engine.ChainAsync(TinyList.Culture)).Select(e => e.Hash.Hex));
        }

        await using (var engine = await BegunAsync(50))
        {
            Tell(_city);
            var stop = await StopAsync(engine, Switch.OfPool("culture"), "stop-culture");
            var before = await engine.HeadAsync(TinyList.Culture);
            await PassAsync(engine, "2023-01-31");
            await TinyCity.AppropriateAsync(engine, TinyList.Culture, 2, 100);
            await engine.SettleAsync();

            Assert.Equal(before.Seq, (await engine.HeadAsync(TinyList.Culture)).Seq);
            Assert.NotEqual("", await engine.GrantsAsync(TinyList.Tax));
            await engine.VerifyHoldsAsync();

            Assert.Null(await StartAsync(engine, stop, "approval:1"));
            await engine.SettleAsync();
            Assert.Equal(undisturbed, CanonicalJson.Write((await engine.ChainAsync(TinyList.Culture)).Select(e => e.Hash.Hex)));
            await engine.VerifyHoldsAsync();
        }
    }

    [Fact]
    public async Task Thrown_before_any_call_of_an_allocation_it_lets_at_most_the_commit_under_way_through()
    {
        var calls = await CallsAsync(0);
        Assert.True(calls > 5);
        for (var at = 1L; at <= calls; at++)
            await CallsAsync(at);

        async Task<long> CallsAsync(long stopBefore)
        {
            var (city, rows) = (new TinyCity(), new WatchedRows());
            await using var engine = new Engine(city, rows);
            await using var other = new Engine(city, rows);
            await TinyCity.BeginAsync(engine);
            Tell(city);
            city.Until("2023-01-31");
            await engine.PassAsync();
            var before = (await engine.HeadAsync(TinyList.Culture)).Seq;
            await TinyCity.AppropriateAsync(engine, TinyList.Culture, 2, 100);
            SwitchAct? stop = null;
            var first = rows.Calls;
            rows.Meet(stopBefore, async () => stop = await StopAsync(other, Switch.OfPool("culture"), "stop-culture"));
            await engine.Get<AllocatePool>().HandleAsync(TinyList.Culture, default);
            var counted = rows.Calls - first;
            if (stop is not null)
            {
                var stood = (await engine.HeadAsync(TinyList.Culture)).Seq;
                Assert.InRange(stood, before, before + 1);
                await TinyCity.AppropriateAsync(engine, TinyList.Culture, 3, 100);
                Assert.Equal(0, await engine.Get<AllocatePool>().HandleAsync(TinyList.Culture, default));
                Assert.Null(await StartAsync(engine, stop, "approval:1"));
                await engine.SettleAsync();
            }

            await engine.VerifyHoldsAsync();
            return counted;
        }
    }

    [Fact]
    public async Task A_payout_of_a_stopped_entry_or_pool_cannot_be_confirmed_and_can_be_declined()
    {
        await using var engine = await BegunAsync();
        _city.Accounts(2);
        _city.Culture.Told.AddRange([TinyCity.Visit(1, "v1", "2023-01-10", 30), TinyCity.Visit(2, "v2", "2023-01-11", 40)]);
        await PassAsync(engine, "2023-01-31");
        var entry = await StopAsync(engine, Switch.OfPolicy("visit"), "stop-visit");
        await engine.Get<Sweep>().PayoutsAsync(default);
        var payouts = (await engine.PayoutsAsync()).Where(p => p.Claim.Policy == "visit").ToList();
        Assert.Equal(2, payouts.Count);
        Assert.All(payouts, p => Assert.Equal(PayoutState.Ready, p.State));

        Assert.Equal(entry, Assert.IsType<Saying.Stopped>(await ConfirmAsync(engine, payouts[0], "click-1")).Stop);
        var pool = await StopAsync(engine, Switch.OfPool("culture"), "stop-culture");
        Assert.Null(await StartAsync(engine, entry, "approval:1"));
        Assert.Equal(pool, Assert.IsType<Saying.Stopped>(await ConfirmAsync(engine, payouts[0], "click-1")).Stop);
        Assert.IsType<Saying.Done>(
            await engine.Get<ConfirmPayout>().HandleAsync(payouts[1].Id, Word.Decline, null, Mark("click-2"), default)
        );
        Assert.Null(await StartAsync(engine, pool, "approval:2"));
        Assert.IsType<Saying.Done>(await ConfirmAsync(engine, payouts[0], "click-1"));
    }

    [Fact]
    public async Task A_start_ends_the_stop_that_it_names_and_no_later_one()
    {
        await using var engine = await BegunAsync();
        var first = await StopAsync(engine, Switch.Instructing, "stop-1");
        Assert.Equal(first, await StopAsync(engine, Switch.Instructing, "stop-1"));
        var second = await StopAsync(engine, Switch.Instructing, "stop-2");

        Assert.Contains("stop 2", await StartAsync(engine, first, "approval:1"), StringComparison.Ordinal);
        Assert.NotNull((await engine.Get<ISwitchLog>().ReadAsync(default)).StopOf(Switch.Instructing));
        Assert.Null(await StartAsync(engine, second, "approval:2"));
        Assert.Null(await StartAsync(engine, second, "approval:2"));
        Assert.NotNull(await StartAsync(engine, second, "approval:3"));
        Assert.Null((await engine.Get<ISwitchLog>().ReadAsync(default)).StopOf(Switch.Instructing));
        Assert.IsType<SwitchThrown.NotFound>(
            await engine.Get<ThrowSwitch>().StopAsync(Switch.OfPool("nowhere"), "why", Mark("k"), TinyCity.Morning("2023-01-01"), default)
        );
    }

    [Theory]
    [InlineData(Fault.BeforeEffect)]
    [InlineData(Fault.AnswerLost)]
    public async Task Killed_at_any_call_of_stopping_and_starting_a_new_worker_ends_in_the_same_rows(Fault fault)
    {
        var plan = FaultPlan.None();
        var rows = new WatchedRows();
        await TellAsync(new FaultyRowStore(rows, plan));
        var undisturbed = await rows.OutcomeAsync();
        for (var call = 1L; call <= plan.Calls; call++)
        {
            var again = new WatchedRows();
            await Assert.ThrowsAsync<PlantedFaultException>(() => TellAsync(new FaultyRowStore(again, FaultPlan.KilledAt(call, fault))));
            await TellAsync(again);
            Assert.True(undisturbed == await again.OutcomeAsync(), $"call {call}");
        }

        async Task TellAsync(AzureStorage.Rows.IRowStore over)
        {
            var city = new TinyCity();
            await using var engine = new Engine(city, over);
            await TinyCity.BeginAsync(engine);
            await StopAsync(engine, Switch.OfPolicy("visit"), "stop-visit");
            var pool = await StopAsync(engine, Switch.OfPool("culture"), "stop-culture");
            var asked = await engine
                .Get<Approvals>()
                .RequestAsync(
                    new Proposal.StartAgain(pool.Switch, pool.Number),
                    "mended",
                    Mark("start-culture"),
                    TinyCity.Morning("2023-01-03"),
                    default
                );
            if (asked is Requesting.Asked { Approval: var approval })
                Assert.IsType<Decided.Stands>(
                    await engine.Get<Approvals>().DecideAsync(approval.Id, true, "", "li", TinyCity.Morning("2023-01-04"), default)
                );
            await engine.Get<Approvals>().FinishAllAsync(default);
            Assert.Equal(["visit"], (await engine.Get<ISwitchLog>().ReadAsync(default)).StoppedPolicies);
            Assert.Null((await engine.Get<ISwitchLog>().ReadAsync(default)).StopOf(Switch.OfPool("culture")));
        }
    }

    private static void Tell(TinyCity city)
    {
        for (var i = 1; i <= 4; i++)
            city.Culture.Told.Add(TinyCity.Visit(i, $"v{i}", $"2023-01-1{i}", 30));
        city.Tax.Told.Add(TinyCity.Figure(1, 2022, "2023-01-15", 100));
    }

    private async Task<Engine> BegunAsync(long cultureYuan = 1_000)
    {
        var engine = new Engine(_city, _rows);
        await TinyCity.BeginAsync(engine, cultureYuan);
        return engine;
    }

    private Task PassAsync(Engine engine, string day)
    {
        _city.Until(day);
        return engine.PassAsync();
    }

    private static async Task<SwitchAct> StopAsync(Engine engine, Switch of, string key) =>
        Assert
            .IsType<SwitchThrown.Done>(
                await engine.Get<ThrowSwitch>().StopAsync(of, "an error in the figures", Mark(key), TinyCity.Morning("2023-01-02"), default)
            )
            .Act;

    private static Task<string?> StartAsync(Engine engine, SwitchAct stop, string approval) =>
        engine
            .Get<ThrowSwitch>()
            .StartAsync(
                new Proposal.StartAgain(stop.Switch, stop.Number),
                "mended",
                approval,
                TinyCity.Persons,
                TinyCity.Morning("2023-02-01"),
                default
            );

    private static Task<Saying> ConfirmAsync(Engine engine, Payout payout, string key) =>
        engine.Get<ConfirmPayout>().HandleAsync(payout.Id, Word.Confirm, null, Mark(key), default);

    private static RequestMark Mark(string key) => new("wang", key, ContentHash.OfText(key));
}
