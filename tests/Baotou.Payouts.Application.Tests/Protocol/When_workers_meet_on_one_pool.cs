using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Testing;

namespace Baotou.Payouts.Application.Tests.Protocol;

/// <summary>Steps that run between any two calls of another step, in the same pool or bucket.</summary>
public sealed class When_workers_meet_on_one_pool
{
    private const int Enterprises = 110;

    [Fact]
    public async Task Two_allocators_write_one_chain()
    {
        var expected = await AtTheEndAsync((_, _) => Task.CompletedTask);
        for (var call = 1; call <= 8; call++)
        {
            var meeting = call;
            Assert.Equal(
                expected,
                await AtTheEndAsync(
                    async (engine, at) =>
                    {
                        if (at == meeting)
                            await engine.Get<AllocatePool>().HandleAsync(TinyList.Culture, default);
                    }
                )
            );
        }
    }

    /// <summary>The slow worker knows the log as it was; a limit and money came since, and the other one has worked both in.</summary>
    [Fact]
    public async Task An_allocator_that_fell_behind_learns_the_new_inputs_before_it_goes_on()
    {
        for (var call = 1; call <= 12; call++)
        {
            var rows = new WatchedRows();
            await using var engine = await MatchedAsync(rows, 10);
            var waiting = (await engine.EntitlementsAsync())
                .Where(e => e.Pool == TinyList.Culture)
                .OrderBy(e => e.Claim.OrderKey, StringComparer.Ordinal)
                .Last();
            rows.Meet(
                call,
                async () =>
                {
                    await engine.Get<AllocatePool>().HandleAsync(TinyList.Culture, default);
                    await Officers.DoAsync(engine, new Proposal.Withdraw(waiting.Claim.Key, Fen.Zero, "no. 6"));
                    await engine
                        .Get<IPoolLog>()
                        .SubmitAsync(TinyList.Culture, new PoolInput.Appropriate("more", Fen.FromYuan(100_000), "more"), default);
                    await using var other = new Engine(new TinyCity(), rows);
                    await other.Get<AllocatePool>().HandleAsync(TinyList.Culture, default);
                }
            );
            await engine.Get<AllocatePool>().HandleAsync(TinyList.Culture, default);
            await engine.SettleAsync();

            await engine.VerifyHoldsAsync();
            Assert.DoesNotContain(await engine.PayoutsAsync(), p => p.Claim == waiting.Claim.Key);
        }
    }

    /// <summary>The plant: a head that is replaced whatever it has become. The slow worker puts it back to what it was.</summary>
    [Fact]
    public async Task A_head_written_without_its_version_is_found()
    {
        var found = 0;
        for (var meeting = 1; meeting <= 6; meeting++)
        {
            var rows = new WatchedRows();
            await using var engine = await MatchedAsync(rows, 10);
            await using var slow = new Engine(new TinyCity(), Simulation.Plants.WithoutVersion(StorageKeys.PoolChain).Tamper!(rows));
            rows.Meet(
                meeting,
                async () =>
                {
                    await engine
                        .Get<IPoolLog>()
                        .SubmitAsync(TinyList.Culture, new PoolInput.Appropriate("more", Fen.FromYuan(100), "more"), default);
                    await engine.Get<AllocatePool>().HandleAsync(TinyList.Culture, default);
                    await engine.Get<ProjectPool>().HandleAsync(TinyList.Culture, default);
                }
            );
            await slow.Get<AllocatePool>().HandleAsync(TinyList.Culture, default);
            if ((await engine.VerifyAsync()).Difference is not null)
                found++;
        }

        Assert.True(found > 0);
    }

    /// <summary>All inputs are consumed and some claims are served: nothing but the line itself says that work is left.</summary>
    [Fact]
    public async Task An_allocator_killed_between_two_commits_is_taken_over_by_the_sweep()
    {
        var expected = await AtTheEndAsync((_, _) => Task.CompletedTask);
        var rows = new WatchedRows();
        await using (var engine = await MatchedAsync(rows, 100_000))
        {
            var commits = 0;
            rows.Before = async _ =>
            {
                if (
                    (await rows.AllAsync(StorageKeys.PoolChain)).Any(r =>
                        r.Partition.StartsWith("culture!2023", StringComparison.Ordinal) && r.Row.RowKey.StartsWith('e')
                    )
                    && commits++ == 1
                )
                    throw new PlantedFaultException(1);
            };
            await Assert.ThrowsAsync<PlantedFaultException>(() => engine.Get<AllocatePool>().HandleAsync(TinyList.Culture, default));
            rows.Before = null;
            Assert.Empty(
                await engine.Get<IPoolLog>().InputsAsync(TinyList.Culture, (await engine.HeadAsync(TinyList.Culture)).Done, default)
            );
        }

        await using var next = new Engine(new TinyCity(), rows);
        await next.SettleAsync();

        await next.VerifyHoldsAsync();
        Assert.Equal(expected, (await next.HeadAsync(TinyList.Culture)).Hash.Hex);
    }

    [Fact]
    public async Task Two_projectors_make_each_payout_once()
    {
        for (var call = 1; call <= 8; call++)
        {
            var rows = new WatchedRows();
            await using var engine = await MatchedAsync(rows, 100_000);
            await engine.Get<AllocatePool>().HandleAsync(TinyList.Culture, default);
            rows.Meet(
                call,
                async () =>
                {
                    await engine.Get<ProjectPool>().HandleAsync(TinyList.Culture, default);
                }
            );
            await engine.Get<ProjectPool>().HandleAsync(TinyList.Culture, default);

            Assert.Equal(Enterprises, (await engine.PayoutsAsync()).Count);
            Assert.Equal(
                (await engine.HeadAsync(TinyList.Culture)).Seq,
                (await engine.Get<IPayoutStore>().OffsetAsync(TinyList.Culture, default)).Seq
            );
            await engine.SettleAsync();
            await engine.VerifyHoldsAsync();
        }
    }

    /// <summary>A fact that arrives in between is in this round for both or for neither.</summary>
    [Fact]
    public async Task Two_matchers_of_one_bucket_store_the_claims_of_one()
    {
        for (var call = 1; call <= 20; call++)
        {
            var rows = new WatchedRows();
            var city = City();
            await using var engine = new Engine(city, rows);
            await TinyCity.BeginAsync(engine, 100_000);
            await engine.WalkAsync();
            await engine.Get<OpenRound>().HandleAsync(default);
            rows.Meet(
                call,
                async () =>
                {
                    city.Culture.Told.Add(TinyCity.Visit(900, "x", "2023-01-02", 1));
                    await engine.Get<RecordIntake>().StoreAsync("culture", city.Culture.Told, [], null, default);
                    await engine.HandleAsync(QueueNames.Match, new MatchMessage(1, 0));
                }
            );
            await engine.Get<MatchBucket>().HandleAsync(1, 0, default);
            rows.Before = null;
            await engine.SettleAsync();

            await engine.VerifyHoldsAsync();
            Assert.InRange((await engine.PayoutsAsync()).Count, Enterprises, Enterprises + 1);
        }
    }

    /// <summary>The claims wait for their pool in round 1 and are taken up in round 2, while a matcher of round 1 sleeps.</summary>
    [Fact]
    public async Task A_matcher_that_slept_through_the_next_round_does_not_bring_back_the_holds_of_its_own()
    {
        for (var meeting = 1; ; meeting++)
        {
            var (rows, city) = (new WatchedRows(), new TinyCity());
            for (var i = 1; i <= 4; i++)
                city.Culture.Told.Add(TinyCity.Visit(i, $"v{i}", "2023-01-10", 30));
            city.Until("2023-01-31");
            await using var engine = new Engine(city, rows);
            await TinyCity.AutomaticAsync(engine, "visit", "figure");
            await engine.WalkAsync();
            await engine.Get<OpenRound>().HandleAsync(default);
            rows.Meet(
                meeting,
                async () =>
                {
                    await engine.SettleAsync();
                    Assert.Equal(4, (await engine.HoldsAsync()).Count);
                    await TinyCity.OpenAsync(engine, TinyList.Culture, 1_000);
                    city.Until("2023-02-28");
                    await engine.PassAsync();
                }
            );
            await engine.Get<MatchBucket>().HandleAsync(1, 0, default);
            if (rows.Before is not null)
            {
                Assert.True(meeting > 5);
                return;
            }

            Assert.Empty(await engine.HoldsAsync());
            await engine.VerifyHoldsAsync();
        }
    }

    private static async Task<string> AtTheEndAsync(Func<Engine, int, Task> meeting)
    {
        var rows = new WatchedRows();
        await using var engine = await MatchedAsync(rows, 100_000);
        var calls = 0;
        var inside = false;
        rows.Before = async _ =>
        {
            if (inside)
                return;
            inside = true;
            await meeting(engine, ++calls);
            inside = false;
        };
        await engine.Get<AllocatePool>().HandleAsync(TinyList.Culture, default);
        rows.Before = null;
        await engine.SettleAsync();
        await engine.VerifyHoldsAsync();
        return (await engine.HeadAsync(TinyList.Culture)).Hash.Hex;
    }

    private static TinyCity City()
    {
        var city = new TinyCity();
        for (var i = 1; i <= Enterprises; i++)
            city.Culture.Told.Add(TinyCity.Visit(i, $"v{i}", "2023-01-10", 30 + i));
        city.Until("2023-01-31");
        return city;
    }

    /// <summary>A round is closed and nothing is allocated yet.</summary>
    private static async Task<Engine> MatchedAsync(WatchedRows rows, long yuan)
    {
        var engine = new Engine(City(), rows);
        await TinyCity.BeginAsync(engine, yuan);
        await engine.WalkAsync();
        await engine.Get<OpenRound>().HandleAsync(default);
        for (var bucket = 0; bucket < Engine.Buckets; bucket++)
            await engine.Get<MatchBucket>().HandleAsync(1, bucket, default);
        await engine.Get<CloseRound>().HandleAsync(1, default);
        return engine;
    }
}
