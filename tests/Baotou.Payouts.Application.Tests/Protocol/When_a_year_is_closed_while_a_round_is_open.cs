using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Tests.Protocol;

/// <summary>
/// The round's claims and reductions still go to the year that was open when it was opened: carrying over waits for them.
/// </summary>
public sealed class When_a_year_is_closed_while_a_round_is_open
{
    [Fact]
    public async Task Its_claims_are_carried_over_all_the_same()
    {
        var city = City(6);
        await using var engine = new Engine(city, new WatchedRows());
        await TinyCity.BeginAsync(engine, cultureYuan: 0);
        await engine.WalkAsync();
        await engine.Get<OpenRound>().HandleAsync(default);
        await engine.Get<MatchBucket>().HandleAsync(1, 0, default);
        await CloseAsync(engine);
        await CarryAsync(engine);

        var granted = (await engine.ChainAsync(TinyList.CultureNext))
            .Where(e => e.Kind == EntryKind.Reserved)
            .Select(e => e.Claim!.Occasion);
        Assert.Equal(city.Culture.Told.Select(r => r.RecordId!).Order(StringComparer.Ordinal), granted.Order(StringComparer.Ordinal));
        await engine.VerifyHoldsAsync();
    }

    /// <summary>The close is in the chain; the round that comes behind it is only in the log.</summary>
    [Fact]
    public async Task Claims_that_the_closed_chain_has_not_taken_up_are_carried_over_too()
    {
        var city = City(6);
        await using var engine = new Engine(city, new WatchedRows());
        await TinyCity.BeginAsync(engine, cultureYuan: 0);
        await engine.WalkAsync();
        await engine.Get<OpenRound>().HandleAsync(default);
        await CloseAsync(engine);
        await engine.Get<AllocatePool>().HandleAsync(TinyList.Culture, default);
        for (var bucket = 0; bucket < Engine.Buckets; bucket++)
            await engine.Get<MatchBucket>().HandleAsync(1, bucket, default);
        await engine.Get<CloseRound>().HandleAsync(1, default);
        await TinyCity.OpenAsync(engine, TinyList.CultureNext, 0, awaitsCarryIn: true);
        await engine.Get<CarryOver>().HandleAsync(TinyList.Culture, default);
        await engine.SettleAsync();

        Assert.Contains(
            await engine.ChainAsync(TinyList.CultureNext),
            e => e.Kind == EntryKind.CarriedIn && e.Note == "from 2023: 6 waiting claims"
        );
        await engine.VerifyHoldsAsync();
    }

    /// <summary>The round was opened when there was no next year, and it is the round that brings the reduction.</summary>
    [Fact]
    public async Task A_reduction_reaches_a_claim_that_is_carried_over_meanwhile()
    {
        var city = City(1);
        await using var engine = new Engine(city, new WatchedRows());
        await TinyCity.BeginAsync(engine, cultureYuan: 0);
        await engine.PassAsync();
        await CloseAsync(engine);
        await engine.SettleAsync();
        city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-12-10", 12, "2024-01-05"));
        city.Until("2024-01-31");
        await engine.WalkAsync();
        await engine.Get<OpenRound>().HandleAsync(default);
        await CarryAsync(engine);

        Assert.Equal("1:8", await engine.GrantsAsync(TinyList.CultureNext));
        await engine.VerifyHoldsAsync();
    }

    /// <summary>
    /// A worker lists the open years for the next round and falls asleep; the year is closed and carried over before it opens the round.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_round_that_was_planned_before_the_close_is_planned_anew(bool onRequest)
    {
        for (var meeting = 1; ; meeting++)
        {
            var (city, rows) = (City(6), new WatchedRows());
            await using var engine = new Engine(city, rows);
            await TinyCity.BeginAsync(engine, cultureYuan: 0);
            await engine.WalkAsync();
            await TinyCity.OpenAsync(engine, TinyList.CultureNext, 0, awaitsCarryIn: true);
            rows.Meet(
                meeting,
                async () =>
                {
                    await CloseAsync(engine);
                    await engine.Get<AllocatePool>().HandleAsync(TinyList.Culture, default);
                    await engine.Get<CarryOver>().HandleAsync(TinyList.Culture, default);
                }
            );
            Assert.Equal(
                1,
                onRequest ? await engine.Get<OpenRound>().OnRequestAsync(default) : await engine.Get<OpenRound>().HandleAsync(default)
            );
            if (rows.Before is not null)
            {
                Assert.True(meeting > 5);
                return;
            }

            await engine.SettleAsync();
            await TinyCity.AppropriateAsync(engine, TinyList.CultureNext, 2, 1_000);
            await engine.SettleAsync();

            var granted = (await engine.PayoutsAsync()).Where(p => p.Pool.Pool == "culture").Select(p => p.Claim.Occasion);
            Assert.Equal(city.Culture.Told.Select(r => r.RecordId!).Order(StringComparer.Ordinal), granted.Order(StringComparer.Ordinal));
            await engine.VerifyHoldsAsync();
        }
    }

    private static TinyCity City(int enterprises)
    {
        var city = new TinyCity();
        for (var i = 1; i <= enterprises; i++)
            city.Culture.Told.Add(TinyCity.Visit(i, $"v{i}", "2023-12-10", 30));
        city.Until("2023-12-30");
        return city;
    }

    private static Task CloseAsync(Engine engine) =>
        engine
            .Get<OfficerActs>()
            .ClosePoolAsync(TinyList.Culture, "close:1", "end of year", TinyCity.Morning("2023-12-31"), TinyCity.Persons, default);

    /// <summary>The sweep finds the next year open while the round is; only then the round ends and money comes.</summary>
    private static async Task CarryAsync(Engine engine)
    {
        await TinyCity.OpenAsync(engine, TinyList.CultureNext, 0, awaitsCarryIn: true);
        await engine.Get<AllocatePool>().HandleAsync(TinyList.Culture, default);
        await engine.Get<Sweep>().RunAsync(default);
        await engine.DrainAsync();
        await engine.SettleAsync();
        await TinyCity.AppropriateAsync(engine, TinyList.CultureNext, 1, 1_000);
        await engine.SettleAsync();
    }
}
