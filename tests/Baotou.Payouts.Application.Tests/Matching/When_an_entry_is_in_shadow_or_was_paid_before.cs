using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Tests.Matching;

/// <summary>Nothing is paid by the engine that may have been paid outside of it.</summary>
public sealed class When_an_entry_is_in_shadow_or_was_paid_before
{
    private readonly TinyCity _city = new();
    private readonly WatchedRows _rows = new();

    [Fact]
    public async Task In_shadow_nothing_is_reserved_and_the_act_claims_at_its_own_moment()
    {
        _city.Culture.Told.AddRange([TinyCity.Visit(1, "v1", "2023-01-10", 30), TinyCity.Visit(2, "v2", "2023-02-12", 30)]);
        _city.Until("2023-01-31");
        await using var engine = new Engine(_city, _rows);
        await TinyCity.OpenAsync(engine, TinyList.Culture, 1_000);
        await engine.PassAsync();
        Assert.Empty(await engine.EntitlementsAsync());

        await engine
            .Get<OfficerActs>()
            .OnPolicyAsync(
                new PolicyAct.PastDeclared("visit", TinyCity.Morning("2023-02-14"), 0, Fen.Zero),
                "no past",
                TinyCity.Persons,
                default
            );
        await engine
            .Get<OfficerActs>()
            .OnPolicyAsync(
                new PolicyAct.MadeAutomatic("visit", TinyCity.Morning("2023-02-15")),
                "past imported",
                TinyCity.Persons,
                default
            );
        _city.Until("2023-02-28");
        await engine.PassAsync();

        Assert.All(await engine.EntitlementsAsync(), e => Assert.Equal(TinyCity.Morning("2023-02-15"), e.Moment));
        Assert.Equal(2, (await engine.PayoutsAsync()).Count);
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task A_key_taken_with_the_same_amount_is_never_paid_again_and_needs_nobody()
    {
        await using var engine = await WithTakenAsync(yuan: 30);

        Assert.Equal(EntitlementState.Taken, Assert.Single(await engine.EntitlementsAsync()).State);
        Assert.Empty(await engine.PayoutsAsync());
        Assert.Empty(await engine.HoldsAsync());
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task A_key_taken_with_another_amount_stays_a_visible_difference_in_every_round()
    {
        await using var engine = await WithTakenAsync(yuan: 29);
        Assert.Equal("key-taken-differs", Assert.Single(await engine.HoldsAsync()).Code);

        _city.Until("2023-02-28");
        await engine.PassAsync();

        Assert.Equal((2, "key-taken-differs"), ((await engine.HoldsAsync()).Single().Round, (await engine.HoldsAsync()).Single().Code));
        Assert.Empty(await engine.PayoutsAsync());
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task A_rise_over_a_taken_key_is_a_supplement_for_two_persons()
    {
        await using var engine = await WithTakenAsync(yuan: 30);
        _city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-01-10", 45, "2023-02-10"));
        _city.Until("2023-02-28");
        await engine.PassAsync();

        Assert.Equal([EntitlementState.Taken, EntitlementState.NeedsApproval], (await engine.EntitlementsAsync()).Select(e => e.State));
        Assert.Empty(await engine.HoldsAsync());
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task The_same_taken_key_with_another_amount_is_not_imported()
    {
        await using var engine = await WithTakenAsync(yuan: 30);
        var uscc = TinyCity.Code(1);

        var refused = await engine.Get<IClaimStore>().AddTakenAsync(Bucket.Of(uscc, Engine.Buckets), [Taken(31), Taken(30)], default);

        Assert.Equal([Taken(31)], refused);
    }

    private static TakenKey Taken(long yuan) =>
        new("visit", "v1", TinyCity.Code(1), Fen.FromYuan(yuan), new DateOnly(2023, 1, 15), "old system 7");

    private async Task<Engine> WithTakenAsync(long yuan)
    {
        _city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-01-10", 30));
        _city.Until("2023-01-31");
        var engine = new Engine(_city, _rows);
        await engine.Get<IClaimStore>().AddTakenAsync(Bucket.Of(TinyCity.Code(1), Engine.Buckets), [Taken(yuan)], default);
        await TinyCity.BeginAsync(engine);
        await engine.PassAsync();
        return engine;
    }
}
