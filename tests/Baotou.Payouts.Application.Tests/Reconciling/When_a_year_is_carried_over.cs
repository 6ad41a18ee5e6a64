using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Tests.Reconciling;

/// <summary>Waiting claims come first in the next year, with what they still lack and no more; unused money comes along.</summary>
public sealed class When_a_year_is_carried_over
{
    private readonly WatchedRows _rows = new();
    private readonly TinyCity _city = new();

    [Fact]
    public async Task The_pieces_of_a_claim_add_up_over_both_years_county_shares_too()
    {
        await using var engine = await WaitingAsync(TinyCity.Visit(1, "v1", "2023-01-11", 31), TinyCity.Visit(2, "v2", "2023-01-12", 31));
        await CloseAsync(engine);
        await NextYearAsync(engine, 7);
        await TinyCity.AppropriateAsync(engine, TinyList.CultureNext, 2, 100);
        await engine.SettleAsync();

        foreach (var claim in (await engine.PayoutsAsync()).GroupBy(p => p.Claim))
        {
            Assert.Equal(Fen.FromYuan(31), claim.Aggregate(Fen.Zero, (sum, p) => sum + p.City + p.County));
            Assert.Equal(Enumerable.Range(0, claim.Count()), claim.Select(p => p.Part).Order());
        }

        Assert.Equal((2, 4), ((await engine.PayoutsAsync()).Select(p => p.Claim).Distinct().Count(), (await engine.PayoutsAsync()).Count));
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task Unused_money_comes_along_and_nothing_is_granted_before_it()
    {
        await using var engine = await WaitingAsync();
        await TinyCity.OpenAsync(engine, TinyList.CultureNext, 5, awaitsCarryIn: true);
        _city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2024-01-11", 30));
        _city.Until("2024-01-31");
        await engine.PassAsync();
        Assert.Equal("", await engine.GrantsAsync(TinyList.CultureNext));

        await CloseAsync(engine);

        Assert.Equal("1:15", await engine.GrantsAsync(TinyList.CultureNext));
        Assert.Equal(Fen.FromYuan(10), (await engine.HeadAsync(TinyList.CultureNext)).CarriedIn);
        await engine.VerifyHoldsAsync();
    }

    /// <summary>
    /// 10 of 20 yuan were granted, then the claim fell to 14: 4 are left for the next year, whenever the fall became known.
    /// </summary>
    [Theory]
    [InlineData("before the close")]
    [InlineData("before the next year opens")]
    [InlineData("after the carry-over")]
    public async Task A_reduced_claim_gets_no_more_than_it_is_reduced_to(string when)
    {
        await using var engine = await WaitingAsync(TinyCity.Visit(1, "v1", "2023-01-11", 30), TinyCity.Visit(2, "v2", "2023-01-12", 3));
        var fall = TinyCity.Visit(1, "v1", "2023-01-11", 21, "2023-02-10");
        if (when == "before the close")
            await RoundAsync(engine, fall);
        await CloseAsync(engine);
        if (when == "before the next year opens")
            await RoundAsync(engine, fall);
        await NextYearAsync(engine, 0);
        if (when == "after the carry-over")
            await RoundAsync(engine, fall);
        await TinyCity.AppropriateAsync(engine, TinyList.CultureNext, 2, 100);
        await engine.SettleAsync();

        Assert.Equal("1:4 2:2", await engine.GrantsAsync(TinyList.CultureNext));
        await engine.VerifyHoldsAsync();
    }

    /// <summary>
    /// A close that the pool refused is as if nobody had asked: the year takes part in rounds, and another act closes it when its time has
    /// come.
    /// </summary>
    [Fact]
    public async Task A_close_before_the_rest_of_the_year_before_is_in_has_no_effect_and_a_later_one_has()
    {
        await using var engine = await WaitingAsync(TinyCity.Visit(1, "v1", "2023-01-11", 30));
        await NextYearAsync(engine, 0);
        Assert.Contains(
            "not carried in yet",
            Assert.IsType<Requesting.Senseless>(await AskToCloseAsync(engine, "too early")).Why,
            StringComparison.Ordinal
        );
        await engine
            .Get<OfficerActs>()
            .ClosePoolAsync(TinyList.CultureNext, "close:1", "too early", TinyCity.Morning("2024-01-02"), TinyCity.Persons, default);
        _city.Culture.Told.Add(TinyCity.Visit(2, "v2", "2024-01-11", 3));
        _city.Until("2024-01-31");
        await engine.PassAsync();
        Assert.Contains(await engine.ChainAsync(TinyList.CultureNext), e => e is { Kind: EntryKind.Refused, InputId: "close:1" });
        Assert.Equal(TinyList.CultureNext, (await engine.EntitlementsAsync()).Single(e => e.Claim.Key.Occasion == "v2").Pool);
        await engine.VerifyHoldsAsync();

        await CloseAsync(engine);
        await TinyCity.AppropriateAsync(engine, TinyList.CultureNext, 1, 100);
        await engine.SettleAsync();
        Assert.Equal("1:10 2:2", await engine.GrantsAsync(TinyList.CultureNext));

        var asked = Assert.IsType<Requesting.Asked>(await AskToCloseAsync(engine, "in time")).Approval;
        Assert.Equal(
            ApprovalState.Done,
            Assert
                .IsType<Decided.Stands>(
                    await engine.Get<Approvals>().DecideAsync(asked.Id, true, "", "li", TinyCity.Morning("2024-12-31"), default)
                )
                .Approval.State
        );
        Assert.True((await engine.HeadAsync(TinyList.CultureNext)).Closed);
        await engine.VerifyHoldsAsync();
    }

    private static Task<Requesting> AskToCloseAsync(Engine engine, string why) =>
        engine
            .Get<Approvals>()
            .RequestAsync(
                new Proposal.ClosePool(TinyList.CultureNext, "no. 8"),
                why,
                new RequestMark("wang", why, ContentHash.OfText(why)),
                TinyCity.Morning("2024-12-31"),
                default
            );

    /// <summary>The round was opened with the year in it and closes after it: its claims wait like all others.</summary>
    [Fact]
    public async Task The_claims_of_a_round_that_was_open_at_the_close_are_carried_too()
    {
        await using var engine = await WaitingAsync(TinyCity.Visit(1, "v1", "2023-01-11", 30));
        _city.Culture.Told.Add(TinyCity.Visit(2, "v2", "2023-02-11", 30));
        _city.Until("2023-02-28");
        await engine.WalkAsync();
        Assert.Equal(2, await engine.Get<OpenRound>().HandleAsync(default));
        await engine
            .Get<OfficerActs>()
            .ClosePoolAsync(TinyList.Culture, "close:1", "end", TinyCity.Morning("2023-12-31"), TinyCity.Persons, default);
        await engine.Get<AllocatePool>().HandleAsync(TinyList.Culture, default);
        await NextYearAsync(engine, 100);

        Assert.Equal("1:10 2:20", await engine.GrantsAsync(TinyList.CultureNext));
        await engine.VerifyHoldsAsync();
    }

    /// <summary>Killed on the way; then a fall becomes known, and somebody else carries over.</summary>
    [Fact]
    public async Task A_fall_between_two_attempts_changes_nothing_but_the_amount()
    {
        var (expected, calls) = await WithFallAtAsync(0);
        Assert.Equal("1:4 3:2", expected);
        for (var call = 1; call <= calls; call++)
            Assert.Equal(expected, (await WithFallAtAsync(call)).Grants);
    }

    private static async Task<(string Grants, int Calls)> WithFallAtAsync(int call)
    {
        var year = new When_a_year_is_carried_over();
        await using var engine = await year.WaitingAsync(
            TinyCity.Visit(1, "v1", "2023-01-11", 30),
            TinyCity.Visit(2, "v2", "2023-01-12", 3),
            TinyCity.Visit(3, "v3", "2023-01-13", 3)
        );
        await year.CloseAsync(engine);
        await TinyCity.OpenAsync(engine, TinyList.CultureNext, 0, awaitsCarryIn: true);
        var calls = 0;
        year._rows.Before = _ => ++calls == call ? throw new IOException("killed") : Task.CompletedTask;
        try
        {
            await engine.Get<CarryOver>().HandleAsync(TinyList.Culture, default);
        }
        catch (IOException)
        {
            // The next sweep goes on.
        }

        year._rows.Before = null;
        await year.RoundAsync(
            engine,
            TinyCity.Visit(1, "v1", "2023-01-11", 21, "2023-02-10"),
            TinyCity.Visit(2, "v2", "2023-01-12", 0, "2023-02-10", withdrawn: true)
        );
        await TinyCity.AppropriateAsync(engine, TinyList.CultureNext, 2, 100);
        await engine.SettleAsync();
        await engine.VerifyHoldsAsync();
        return (await engine.GrantsAsync(TinyList.CultureNext), calls);
    }

    /// <summary>10 yuan and what waits for more.</summary>
    private async Task<Engine> WaitingAsync(params DeliveredRecord[] visits)
    {
        _city.Culture.Told.AddRange(visits);
        _city.Until("2023-01-31");
        var engine = new Engine(_city, _rows);
        await TinyCity.BeginAsync(engine, 10);
        await engine.PassAsync();
        return engine;
    }

    private async Task RoundAsync(Engine engine, params DeliveredRecord[] visits)
    {
        _city.Culture.Told.AddRange(visits);
        _city.Until("2023-02-28");
        await engine.PassAsync();
    }

    private async Task CloseAsync(Engine engine)
    {
        await engine
            .Get<OfficerActs>()
            .ClosePoolAsync(TinyList.Culture, "close:1", "end", TinyCity.Morning("2023-12-31"), TinyCity.Persons, default);
        await engine.SettleAsync();
    }

    private static async Task NextYearAsync(Engine engine, long yuan)
    {
        await TinyCity.OpenAsync(engine, TinyList.CultureNext, yuan, awaitsCarryIn: true);
        await engine.SettleAsync();
    }
}
