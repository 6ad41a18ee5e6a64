using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Electing;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Tests.Lives;

/// <summary>
/// Ninety yuan by visitors stand before fifty by revenue, until the enterprise says otherwise: an act with its own moment.
/// </summary>
public sealed class When_an_enterprise_elects_a_lower_award
{
    private readonly TinyCity _city = new() { List = ChoiceList.Catalogue() };
    private readonly WatchedRows _rows = new();

    [Fact]
    public async Task Its_place_in_the_dry_pool_falls_to_the_next_and_the_elected_award_is_claimed()
    {
        await using var engine = await BothDueAsync(cultureYuan: 0);
        Assert.Equal(("", ""), (await engine.GrantsAsync(TinyList.Culture), await engine.GrantsAsync(TinyList.Tax)));

        Assert.IsType<Electing.Electing.Stands>(await ElectAsync(engine, "figure", "2022", "2023-02-10"));
        await RoundAsync(engine, "2023-02-28");
        await TinyCity.AppropriateAsync(engine, TinyList.Culture, 2, 10);
        await engine.SettleAsync();

        Assert.Equal(("2:10", "1:50"), (await engine.GrantsAsync(TinyList.Culture), await engine.GrantsAsync(TinyList.Tax)));
        Assert.Equal(TinyCity.Morning("2023-02-10"), (await engine.EntitlementsAsync()).Single(e => e.Claim.Key.Policy == "figure").Moment);
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task Nothing_of_it_is_paid_before_what_was_reserved_for_the_other_is_released()
    {
        await using var engine = await BothDueAsync(cultureYuan: 1_000);
        await engine.Get<Sweep>().PayoutsAsync(default);

        await ElectAsync(engine, "figure", "2022", "2023-02-10");
        await RoundAsync(engine, "2023-02-28");
        await engine.Get<Sweep>().PayoutsAsync(default);

        var (other, elected) = (await PayoutAsync(engine, "visit"), await PayoutAsync(engine, "figure"));
        Assert.Equal((PayoutState.Held, ReadyPayouts.Reduced), (other.State, other.Note));
        Assert.Equal((PayoutState.Held, PaymentHolds.OtherAward), (elected.State, elected.Note));
        Assert.Equal(0, await engine.Get<Sweep>().PayoutsAsync(default));

        await engine.Get<ReleasePayout>().HandleAsync(other.Id, "elected the other", TinyCity.Persons, default);
        await engine.Get<Sweep>().PayoutsAsync(default);

        Assert.Equal(
            (PayoutState.Released, PayoutState.Confirmed),
            ((await PayoutAsync(engine, "visit")).State, (await PayoutAsync(engine, "figure")).State)
        );
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task Electing_the_first_again_is_a_supplement_for_two_persons()
    {
        await using var engine = await BothDueAsync(cultureYuan: 1_000);
        await ElectAsync(engine, "figure", "2022", "2023-02-10");
        await RoundAsync(engine, "2023-02-28");
        await ElectAsync(engine, "visit", "v1", "2023-03-10");
        await RoundAsync(engine, "2023-03-31");

        var back = Assert.Single(await engine.EntitlementsAsync(), e => e.Claim.Key is { Policy: "visit", Number: 1 });
        Assert.Equal(EntitlementState.NeedsApproval, back.State);
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task A_repeated_request_is_answered_from_state_and_a_reused_key_is_refused()
    {
        await using var engine = await BothDueAsync(cultureYuan: 0);
        var first = await ElectAsync(engine, "figure", "2022", "2023-02-10", key: "k");

        Assert.Equal(first, await ElectAsync(engine, "figure", "2022", "2023-02-11", key: "k"));
        Assert.IsType<Electing.Electing.KeyReused>(await ElectAsync(engine, "visit", "v1", "2023-02-11", key: "k"));
        Assert.Single(await engine.Get<IElectionLog>().ListAsync(default));
    }

    [Theory]
    [InlineData("figure", "2021")]
    [InlineData("nothing", "2022")]
    public async Task What_is_not_due_cannot_be_elected(string policy, string occasion)
    {
        await using var engine = await BothDueAsync(cultureYuan: 0);

        Assert.IsType<Electing.Electing.NotNow>(await ElectAsync(engine, policy, occasion, "2023-02-10"));
        Assert.Empty(await engine.Get<IElectionLog>().ListAsync(default));
    }

    [Fact]
    public async Task Once_the_other_is_on_its_way_to_the_bank_it_is_too_late()
    {
        await using var engine = await BothDueAsync(cultureYuan: 1_000);
        await engine.Get<Sweep>().PayoutsAsync(default);
        var stored = (await engine.Get<IPayoutStore>().ReadAsync((await PayoutAsync(engine, "visit")).Id, default))!;
        await engine.Get<IPayoutStore>().MoveAsync(stored, stored.Payout.Move(PayoutState.Instructed), default);

        Assert.Contains(
            stored.Payout.Id,
            Assert.IsType<Electing.Electing.NotNow>(await ElectAsync(engine, "figure", "2022", "2023-02-10")).Why,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_decisions_say_that_it_was_elected()
    {
        await using var engine = await BothDueAsync(cultureYuan: 0);
        await ElectAsync(engine, "figure", "2022", "2023-02-10");

        var before = await engine.Get<DescribeDecisions>().HandleAsync(TinyCity.Code(1), new DateOnly(2023, 2, 9), default);
        var after = await engine.Get<DescribeDecisions>().HandleAsync(TinyCity.Code(1), new DateOnly(2023, 2, 10), default);

        Assert.Equal([("visit", Outcome.Entitled), ("figure", Outcome.Superseded)], before.Select(d => (d.Policy, d.Outcome)));
        Assert.Equal([("visit", Outcome.Superseded), ("figure", Outcome.Entitled)], after.Select(d => (d.Policy, d.Outcome)));
        Assert.Contains("elected", after[0].Reason.En, StringComparison.Ordinal);
    }

    private async Task<Engine> BothDueAsync(long cultureYuan)
    {
        _city.Accounts(2);
        _city.Culture.Told.AddRange([TinyCity.Visit(1, "v1", "2022-12-20", 90), TinyCity.Visit(2, "v2", "2023-01-20", 30)]);
        _city.Tax.Told.Add(TinyCity.Figure(1, 2022, "2023-01-15", 500));
        var engine = new Engine(_city, _rows);
        await TinyCity.BeginAsync(engine, cultureYuan);
        await RoundAsync(engine, "2023-01-31");
        return engine;
    }

    private async Task RoundAsync(Engine engine, string until)
    {
        _city.Until(until);
        await engine.PassAsync();
    }

    private static async Task<Payout> PayoutAsync(Engine engine, string policy) =>
        (await engine.PayoutsAsync()).Single(p => p.Claim.Policy == policy && p.Claim.Uscc == TinyCity.Code(1));

    private static Task<Electing.Electing> ElectAsync(Engine engine, string policy, string occasion, string day, string? key = null) =>
        engine
            .Get<ElectAward>()
            .HandleAsync(
                TinyCity.Code(1),
                policy,
                occasion,
                new RequestMark("one", key ?? day, ContentHash.OfText(policy)),
                TinyCity.Morning(day),
                DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture),
                default
            );
}
