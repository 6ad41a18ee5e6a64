using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Tests.Matching;

/// <summary>A closed round is never touched again; what comes too late or changes counts from now on.</summary>
public sealed class When_facts_come_late_or_are_corrected
{
    private readonly WatchedRows _rows = new();
    private readonly TinyCity _city = new();

    [Fact]
    public async Task A_late_fact_counts_at_the_edge_and_stands_behind_all_of_the_closed_round()
    {
        await using var engine = await FirstRoundAsync(
            yuan: 10,
            TinyCity.Visit(1, "v1", "2023-01-10", 30),
            TinyCity.Visit(2, "v2", "2023-01-30", 30)
        );

        await NextRoundAsync(engine, TinyCity.Visit(4, "v4", "2023-02-01", 30), TinyCity.Visit(3, "v3", "2023-01-05", 30));
        await TinyCity.AppropriateAsync(engine, TinyList.Culture, 2, 1_000);
        await engine.SettleAsync();

        Assert.Equal("1:10 1:10 2:20 3:20 4:20", await engine.GrantsAsync(TinyList.Culture));
        var late = Assert.Single(await engine.EntitlementsAsync(), e => e.Claim.Late);
        Assert.Equal((TinyCity.Code(3), 2, TinyCity.End("2023-01-31")), (late.Claim.Key.Uscc, late.Round, late.Moment));
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task Records_of_one_batch_are_drawn_by_lottery()
    {
        await using var engine = await FirstRoundAsync(
            yuan: 1_000,
            [.. Enumerable.Range(1, 9).Select(i => TinyCity.Visit(i, $"v{i}", "2023-01-10", 30, batch: "notice 5"))]
        );

        var drawn = Enumerable
            .Range(1, 9)
            .OrderBy(i => OrderKey.Lottery(TinyList.Culture, "seed", TinyCity.Code(i)), StringComparer.Ordinal)
            .ToList();

        Assert.Equal(string.Join(' ', drawn.Select(i => $"{i}:20")), await engine.GrantsAsync(TinyList.Culture));
        Assert.NotEqual(Enumerable.Range(1, 9), drawn);
    }

    [Fact]
    public async Task A_rise_is_a_supplement_that_waits_for_two_persons()
    {
        await using var engine = await FirstRoundAsync(yuan: 1_000, TinyCity.Visit(1, "v1", "2023-01-10", 30));

        await NextRoundAsync(engine, TinyCity.Visit(1, "v1", "2023-01-10", 45, "2023-02-10"));

        var supplement = Assert.Single(await engine.EntitlementsAsync(), e => e.Claim.Key.Number == 1);
        Assert.Equal(
            (EntitlementState.NeedsApproval, Fen.FromYuan(10), Fen.FromYuan(5)),
            (supplement.State, supplement.Claim.Amount, supplement.Claim.County)
        );
        Assert.Equal("1:20", await engine.GrantsAsync(TinyList.Culture));
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task A_fall_limits_what_still_waits()
    {
        await using var engine = await FirstRoundAsync(
            yuan: 10,
            TinyCity.Visit(1, "v1", "2023-01-10", 30),
            TinyCity.Visit(2, "v2", "2023-01-11", 60),
            TinyCity.Visit(3, "v3", "2023-01-12", 3)
        );

        await NextRoundAsync(
            engine,
            TinyCity.Visit(1, "v1", "2023-01-10", 21, "2023-02-10"),
            TinyCity.Visit(2, "v2", "2023-01-11", 0, "2023-02-11", withdrawn: true)
        );
        await TinyCity.AppropriateAsync(engine, TinyList.Culture, 2, 1_000);
        await engine.SettleAsync();

        Assert.Equal("1:10 1:4 3:2", await engine.GrantsAsync(TinyList.Culture));
        Assert.Equal(
            "1:5 1:2 3:1",
            string.Join(
                ' ',
                (await engine.ChainAsync(TinyList.Culture))
                    .Where(e => e.Kind == EntryKind.Reserved)
                    .Select(e => $"{e.Claim!.Uscc.Value[15]}:{Engine.Yuan(e.County)}")
            )
        );
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task A_fall_below_what_is_reserved_holds_the_payout_until_two_persons_release_it()
    {
        _city.Accounts(2);
        await using var engine = await FirstRoundAsync(
            yuan: 1_000,
            TinyCity.Visit(1, "v1", "2023-01-10", 30),
            TinyCity.Visit(2, "v2", "2023-01-10", 30)
        );
        await engine.Get<Sweep>().PayoutsAsync(default);
        Assert.All(await engine.PayoutsAsync(), p => Assert.Equal(PayoutState.Confirmed, p.State));

        await NextRoundAsync(engine, TinyCity.Visit(1, "v1", "2023-01-10", 21, "2023-02-10"));
        await engine.Get<Sweep>().PayoutsAsync(default);

        var (held, other) = (
            (await engine.PayoutsAsync()).Single(p => p.Claim.Uscc == TinyCity.Code(1)),
            (await engine.PayoutsAsync()).Single(p => p.Claim.Uscc == TinyCity.Code(2))
        );
        Assert.Equal((PayoutState.Held, PayoutState.Confirmed), (held.State, other.State));
        Assert.Equal(ReadyPayouts.Reduced, held.Note);
        Assert.Equal(0, await engine.Get<Sweep>().PayoutsAsync(default));
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task A_pool_that_is_not_open_is_said_and_the_first_round_after_it_opens_takes_the_claim_up()
    {
        _city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-01-10", 30));
        await using var engine = new Engine(_city, _rows);
        await TinyCity.AutomaticAsync(engine, "visit", "figure");
        _city.Until("2023-01-31");
        await engine.PassAsync();
        Assert.Equal("pool-not-open", Assert.Single(await engine.HoldsAsync()).Code);
        await engine.VerifyHoldsAsync();

        await TinyCity.OpenAsync(engine, TinyList.Culture, 1_000);
        await NextRoundAsync(engine, TinyCity.Visit(2, "v2", "2023-02-01", 3), TinyCity.Visit(1, "v1", "2023-01-10", 15, "2023-02-02"));

        Assert.Empty(await engine.HoldsAsync());
        Assert.Equal("1:10 2:2", await engine.GrantsAsync(TinyList.Culture));
        Assert.True((await engine.EntitlementsAsync())[0].Claim.Late);
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task An_enterprise_that_cannot_be_decided_is_held_visibly_and_blocks_nobody()
    {
        await using (
            var engine = await FirstRoundAsync(
                yuan: 1_000,
                TinyCity.Visit(1, "v1", "2023-01-10", 30),
                TinyCity.Visit(2, "v2", "2023-01-10", 30)
            )
        )
        {
            await NextRoundAsync(
                engine,
                TinyCity.Visit(1, "v1", "2023-01-10", 21, "2023-02-03"),
                TinyCity.Visit(1, "huge", "2023-02-02", long.MaxValue),
                TinyCity.Visit(2, "v3", "2023-02-02", 3)
            );
            await NextRoundAsync(engine, TinyCity.Visit(2, "v4", "2023-03-02", 3));

            var hold = Assert.Single(await engine.HoldsAsync());
            Assert.Equal((TinyCity.Code(1), "decider-failed"), (hold.Uscc, hold.Code));
            Assert.Equal(4, (await engine.PayoutsAsync()).Count);
            await engine.VerifyHoldsAsync();
        }

        // The reader of such records is mended: everything of the two rounds is taken up, the reduction too.
        var mended = TinyList.Visit with
        {
            Terms = TinyList.Visit.Terms! with
            {
                Caps = [new(Fen.FromYuan(30), Domain.Policies.CapSpan.Occasion)],
                Award = new Domain.Policies.Award.PerUnit(new("visit", "visitors"), null, 1, Fen.FromYuan(1), 30),
            },
        };
        var city = new TinyCity { List = TinyList.Catalogue(mended, TinyList.Figure) };
        city.Culture.Told.AddRange(_city.Culture.Told);
        await using var next = new Engine(city, _rows);
        city.Until("2023-04-30");
        await next.PassAsync();

        Assert.Empty(await next.HoldsAsync());
        Assert.Contains(await next.EntitlementsAsync(), e => e is { Claim.Key.Occasion: "huge", Claim.Late: true, Round: 4 });
        Assert.Contains(await next.ChainAsync(TinyList.Culture), e => e is { Kind: EntryKind.Limited, Amount.Value: 1_400 });
        await next.VerifyHoldsAsync();
    }

    private async Task<Engine> FirstRoundAsync(long yuan, params Domain.Facts.DeliveredRecord[] visits)
    {
        _city.Culture.Told.AddRange(visits);
        _city.Until("2023-01-31");
        var engine = new Engine(_city, _rows);
        await TinyCity.BeginAsync(engine, yuan);
        await engine.PassAsync();
        return engine;
    }

    private async Task NextRoundAsync(Engine engine, params Domain.Facts.DeliveredRecord[] visits)
    {
        _city.Culture.Told.AddRange(visits);
        _city.Culture.AsOf = _city.Tax.AsOf = Domain.Time.ChinaTime.EndOf(Domain.Time.ChinaTime.DayOf(_city.Culture.AsOf).AddDays(28));
        await engine.PassAsync();
    }
}
