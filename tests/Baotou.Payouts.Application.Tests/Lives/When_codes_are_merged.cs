using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Tests.Lives;

/// <summary>Two codes turn out to be one enterprise's. What is due to them together is compared with what they all have.</summary>
public sealed class When_codes_are_merged
{
    private static readonly int Old = 1;

    /// <summary>Its code lies in another bucket, so that facts, claims and payouts of one enterprise are spread over both.</summary>
    private static readonly int New = Enumerable
        .Range(2, 20)
        .First(n => Bucket.Of(TinyCity.Code(n), Engine.Buckets) != Bucket.Of(TinyCity.Code(Old), Engine.Buckets));

    private readonly TinyCity _city = new();
    private readonly WatchedRows _rows = new();

    [Theory]
    [InlineData(true, "1:10")]
    [InlineData(false, "1:10 2:10")]
    public async Task The_same_figure_under_the_new_code_is_not_paid_again(bool merged, string grants)
    {
        await using var engine = await OldClaimedAsync();
        if (merged)
            await MergeAsync(engine, "2023-02-10");
        await RoundAsync(engine, "2023-02-28", (New, "2023-02-15", 100));

        Assert.Equal(grants.Replace("2:", $"{New}:", StringComparison.Ordinal), await engine.GrantsAsync(TinyList.Tax));
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task A_rise_over_what_the_old_code_has_is_a_supplement_under_the_new_code()
    {
        await using var engine = await OldClaimedAsync();
        await MergeAsync(engine, "2023-02-10");
        await RoundAsync(engine, "2023-02-28", (New, "2023-02-15", 150));

        var rise = Assert.Single(await engine.EntitlementsAsync(), e => e.Claim.Key.Uscc == TinyCity.Code(New));
        Assert.Equal((EntitlementState.NeedsApproval, 1, Fen.FromYuan(5)), (rise.State, rise.Claim.Key.Number, rise.Claim.Amount));
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task What_both_had_claimed_before_is_reduced_at_the_merge_and_held()
    {
        _city.Accounts(New);
        await using var engine = await OldClaimedAsync();
        await RoundAsync(engine, "2023-02-28", (New, "2023-02-15", 100));
        await engine.Get<Sweep>().PayoutsAsync(default);
        await MergeAsync(engine, "2023-03-10");
        await RoundAsync(engine, "2023-03-31");
        await engine.Get<Sweep>().PayoutsAsync(default);

        var payouts = await engine.PayoutsAsync();
        Assert.Equal((PayoutState.Confirmed, PayoutState.Held), (payouts[0].State, payouts[1].State));
        Assert.Equal((TinyCity.Code(New), ReadyPayouts.Reduced), (payouts[1].Claim.Uscc, payouts[1].Note));
        await engine.VerifyHoldsAsync();
    }

    /// <summary>
    /// The merge took effect in January and is known in February, after the new code's claim was made: it counts at the edge, and no closed
    /// round is touched.
    /// </summary>
    [Fact]
    public async Task A_merge_that_is_known_late_counts_at_the_edge_of_the_round_that_first_sees_it()
    {
        await using var engine = await OldClaimedAsync();
        await RoundAsync(engine, "2023-02-28", (New, "2023-02-15", 100));
        var before = (await engine.EntitlementsAsync()).Select(e => e.Identity).ToList();
        await MergeAsync(engine, "2023-01-10");
        await RoundAsync(engine, "2023-03-31");

        Assert.Equal(before, (await engine.EntitlementsAsync()).Select(e => e.Identity));
        Assert.Single(await engine.ChainAsync(TinyList.Tax), e => e.Kind == Domain.Pools.EntryKind.Limited);
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task The_status_of_the_new_code_shows_what_the_old_one_has()
    {
        await using var engine = await OldClaimedAsync();
        Assert.Empty(await StatusAsync(engine, New));

        await MergeAsync(engine, "2023-02-10");

        Assert.Equal([TinyCity.Code(Old)], (await StatusAsync(engine, New)).Select(p => p.Payout.Claim.Uscc));
        Assert.Equal([TinyCity.Code(Old)], (await StatusAsync(engine, Old)).Select(p => p.Payout.Claim.Uscc));
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task What_was_paid_to_the_old_code_outside_the_system_is_taken_for_the_new_one_too()
    {
        await using var engine = await BeginAsync();
        await engine
            .Get<IClaimStore>()
            .AddTakenAsync(
                Bucket.Of(TinyCity.Code(Old), Engine.Buckets),
                [new TakenKey("figure", "2022", TinyCity.Code(Old), Fen.FromYuan(10), new DateOnly(2023, 1, 5), "old system 1")],
                default
            );
        await MergeAsync(engine, "2023-01-10");
        await RoundAsync(engine, "2023-01-31", (New, "2023-01-15", 100));

        Assert.Equal(EntitlementState.Taken, Assert.Single(await engine.EntitlementsAsync()).State);
        Assert.Empty(await engine.PayoutsAsync());
        await engine.VerifyHoldsAsync();
    }

    /// <summary>The old code's account was closed with the code; its payout goes to the account that the enterprise has now.</summary>
    [Fact]
    public async Task A_payout_of_the_old_code_is_paid_to_the_account_of_the_new_one()
    {
        await using var engine = await OldClaimedAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);
        Assert.Equal(
            (PayoutState.Held, PaymentHolds.NoAccount),
            ((await engine.PayoutsAsync())[0].State, (await engine.PayoutsAsync())[0].Note)
        );
        _city.Treasury.Told.Add(
            new Application.Pulling.PayeeAccount(
                TinyCity.Code(New).Value,
                "沙盒",
                "6200000000009876",
                "102",
                true,
                TinyCity.Morning("2023-01-01"),
                "a-new"
            )
        );

        await MergeAsync(engine, "2023-02-10");
        await RoundAsync(engine, "2023-02-28");
        await engine.Get<Sweep>().PayoutsAsync(default);

        var payout = (await engine.PayoutsAsync())[0];
        Assert.Equal(PayoutState.Confirmed, payout.State);
        Assert.Equal("9876", (await engine.Get<Confirming.ConfirmPayout>().AccountAsync(payout, default))!.LastFour);
    }

    /// <summary>Merged one after the other, A into B and B into C: the last stands for all.</summary>
    [Fact]
    public async Task A_chain_of_merges_is_one_enterprise()
    {
        var last = New + 1;
        await using var engine = await OldClaimedAsync();
        await MergeAsync(engine, "2023-02-10");
        await MergeAsync(engine, "2023-02-11", New, last);
        await RoundAsync(engine, "2023-02-28", (New, "2023-02-15", 100), (last, "2023-02-16", 100));

        Assert.Equal("1:10", await engine.GrantsAsync(TinyList.Tax));
        Assert.Equal([TinyCity.Code(Old)], (await StatusAsync(engine, last)).Select(p => p.Payout.Claim.Uscc));
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task A_code_is_merged_once()
    {
        await using var engine = await BeginAsync();
        await MergeAsync(engine, "2023-01-10");

        await MergeAsync(engine, "2023-01-10");
        await Assert.ThrowsAsync<InvalidOperationException>(() => MergeAsync(engine, "2023-01-11", Old, New + 1));
        await Assert.ThrowsAsync<ArgumentException>(() => MergeAsync(engine, "2023-01-11", New, New));
    }

    private static async Task<IReadOnlyList<PayoutAccount>> StatusAsync(Engine engine, int code) =>
        (await engine.Get<DescribeStatus>().HandleAsync(TinyCity.Code(code), default)).Payouts;

    private static Task MergeAsync(Engine engine, string day, int? from = null, int? into = null)
    {
        (Uscc From, Uscc Into) codes = (TinyCity.Code(from ?? Old), TinyCity.Code(into ?? New));
        return engine
            .Get<OfficerActs>()
            .MergeAsync(
                new CodesMerged(codes.From, codes.Into, TinyCity.Morning(day)),
                "the register's notice 7",
                TinyCity.Persons,
                default
            );
    }

    private async Task<Engine> BeginAsync()
    {
        var engine = new Engine(_city, _rows);
        await TinyCity.BeginAsync(engine);
        return engine;
    }

    private async Task<Engine> OldClaimedAsync()
    {
        var engine = await BeginAsync();
        await RoundAsync(engine, "2023-01-31", (Old, "2023-01-15", 100));
        return engine;
    }

    private async Task RoundAsync(Engine engine, string until, params (int Code, string Day, long Yuan)[] figures)
    {
        _city.Tax.Told.AddRange(figures.Select(f => TinyCity.Figure(f.Code, 2022, f.Day, f.Yuan)));
        _city.Until(until);
        await engine.PassAsync();
    }
}
