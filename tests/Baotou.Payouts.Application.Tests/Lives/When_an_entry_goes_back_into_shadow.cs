using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Tests.Rerunning;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Tests.Lives;

/// <summary>An entry is automatic in January, in shadow from 2 March on, and automatic again from 2 April on.</summary>
public sealed class When_an_entry_goes_back_into_shadow
{
    private readonly TinyCity _city = new();

    [Fact]
    public async Task It_makes_no_claims_of_what_comes_after_and_leaves_what_there_is()
    {
        await using var engine = await RunAsync();
        await Officers.DoAsync(engine, new Proposal.PutInShadow("visit"));
        _city.Culture.Told.AddRange([TinyCity.Visit(2, "before", "2023-03-01", 30), TinyCity.Visit(3, "after", "2023-03-10", 30)]);
        _city.Until("2023-03-31");
        await engine.PassAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);

        Assert.Equal("1:20 2:20", await engine.GrantsAsync(TinyList.Culture));
        Assert.All(await engine.PayoutsAsync(), p => Assert.Equal(PayoutState.Confirmed, p.State));
        Assert.Empty((await Corrected.NowAsync(engine)).Lines);
        await engine.VerifyHoldsAsync();

        await AgainAsync(engine, 0);
        _city.Until("2023-04-30");
        await engine.PassAsync();
        Assert.Equal("1:20 2:20 3:20", await engine.GrantsAsync(TinyList.Culture));
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task One_that_is_there_already_or_is_none_is_refused()
    {
        await using var engine = await RunAsync();
        Assert.Contains(
            "no such entry",
            Why(await Officers.RequestAsync(engine, new Proposal.PutInShadow("nothing"))),
            StringComparison.Ordinal
        );
        await Officers.DoAsync(engine, new Proposal.PutInShadow("visit"));
        await Officers.DoAsync(engine, new Proposal.PutInShadow("visit"));
        Assert.Equal(
            2,
            (await engine.Get<IActLog>().PolicyActsAsync(default)).Count(a => a.Policy == "visit" && a is not PolicyAct.PastDeclared)
        );

        var again = await engine
            .Get<Approvals>()
            .RequestAsync(
                new Proposal.PutInShadow("visit"),
                "why",
                Officers.Mark("wang", "again"),
                TinyCity.Morning("2023-03-03"),
                default
            );
        Assert.Equal("the entry is in shadow already", Why(again));
    }

    /// <summary>What was declared once says nothing of what was paid by hand since.</summary>
    [Fact]
    public async Task What_was_paid_meanwhile_is_declared_before_it_is_automatic_again_and_is_not_paid_twice()
    {
        await using var engine = await RunAsync();
        await Officers.DoAsync(engine, new Proposal.PutInShadow("visit"));
        _city.Culture.Told.AddRange([TinyCity.Visit(2, "by hand", "2023-03-10", 30), TinyCity.Visit(3, "after", "2023-03-10", 30)]);
        _city.Until("2023-03-31");
        await engine.PassAsync();

        Assert.Contains(
            "back into shadow since its past was declared",
            Why(await Officers.RequestAsync(engine, new Proposal.MakeAutomatic("visit"))),
            StringComparison.Ordinal
        );
        Assert.Empty(await ImportAsync(engine, Paid(2, "by hand")));
        await AgainAsync(engine, 1);
        _city.Until("2023-04-30");
        await engine.PassAsync();

        Assert.Equal("1:20 3:20", await engine.GrantsAsync(TinyList.Culture));
        await engine.VerifyHoldsAsync();
    }

    /// <summary>A round that was planned before may be looking for taken keys at this moment: what is kept behind its back would be claimed all the same.</summary>
    [Fact]
    public async Task A_payment_is_not_imported_while_a_round_is_open_that_may_claim_it()
    {
        await using var engine = await RunAsync();
        _city.Culture.Told.Add(TinyCity.Visit(2, "by hand", "2023-02-10", 30));
        _city.Until("2023-02-28");
        await engine.WalkAsync();
        await engine.Get<OpenRound>().OnRequestAsync(default);
        await Officers.DoAsync(engine, new Proposal.PutInShadow("visit"));

        Assert.StartsWith("round 2 is open", Assert.Single(await ImportAsync(engine, Paid(2, "by hand"))).Reason, StringComparison.Ordinal);
        await engine.SettleAsync();
        Assert.StartsWith(
            "it was claimed here in round 2",
            Assert.Single(await ImportAsync(engine, Paid(2, "by hand"))).Reason,
            StringComparison.Ordinal
        );
        Assert.Equal((0, Fen.Zero), await engine.Get<PaidBefore>().TotalAsync("visit", default));
        await engine.VerifyHoldsAsync();
    }

    /// <summary>Whenever the round comes between two calls of the import: what is paid twice is told, at the latest when the same is imported again.</summary>
    [Fact]
    public async Task A_round_that_comes_between_is_told_and_importing_again_says_what_became_of_it()
    {
        for (var (call, wasIn) = (1L, true); wasIn; call++)
        {
            _city.Culture.Told.Clear();
            var rows = new WatchedRows();
            await using var engine = await RunAsync(rows);
            await Officers.DoAsync(engine, new Proposal.PutInShadow("visit"));
            _city.Culture.Told.Add(TinyCity.Visit(2, "by hand", "2023-02-10", 30));
            _city.Until("2023-02-28");
            await engine.WalkAsync();

            rows.Meet(call, engine.SettleAsync);
            var told = await ImportAsync(engine, Paid(2, "by hand"));
            wasIn = rows.Before is null;
            rows.Before = null;
            await engine.SettleAsync();
            var again = await ImportAsync(engine, Paid(2, "by hand"));

            var claimed =
                (await engine.EntitlementsAsync()).Single(e => e.Claim.Key.Occasion == "by hand").State == EntitlementState.Claimed;
            Assert.Equal((call, claimed), (call, again.Count == 1));
            Assert.True(told.Count == 1 || !claimed, $"Before call {call} it was claimed, and nobody was told.");
            await engine.VerifyHoldsAsync();
        }
    }

    [Fact]
    public async Task A_payment_to_a_code_whose_enterprise_claimed_it_under_another_is_not_kept()
    {
        await using var engine = await RunAsync();
        await Officers.DoAsync(engine, new Proposal.MergeCodes(TinyCity.Code(2), TinyCity.Code(1)));
        await Officers.DoAsync(engine, new Proposal.PutInShadow("visit"));

        var reason = Assert.Single(await ImportAsync(engine, Paid(2, "v1"))).Reason;
        Assert.StartsWith($"it was claimed here in round 1 for {TinyCity.Code(1)}", reason, StringComparison.Ordinal);
    }

    private static TakenKey Paid(int enterprise, string occasion) =>
        new("visit", occasion, TinyCity.Code(enterprise), Fen.FromYuan(30), new DateOnly(2023, 3, 15), "by hand 7");

    private static Task<IReadOnlyList<(TakenKey Key, string Reason)>> ImportAsync(Engine engine, params TakenKey[] paid) =>
        engine.Get<ImportPast>().HandleAsync(paid, default);

    private static async Task AgainAsync(Engine engine, int payments)
    {
        var acts = engine.Get<OfficerActs>();
        await acts.OnPolicyAsync(
            new PolicyAct.PastDeclared("visit", TinyCity.Morning("2023-04-01"), payments, Fen.FromYuan(30 * payments)),
            "again",
            TinyCity.Persons,
            default
        );
        await acts.OnPolicyAsync(new PolicyAct.MadeAutomatic("visit", TinyCity.Morning("2023-04-02")), "again", TinyCity.Persons, default);
    }

    private static string Why(Requesting requesting) => Assert.IsType<Requesting.Senseless>(requesting).Why;

    private async Task<Engine> RunAsync(WatchedRows? rows = null)
    {
        _city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-01-10", 30));
        _city.Accounts(3);
        _city.Until("2023-01-31");
        var engine = new Engine(_city, rows ?? new WatchedRows());
        await TinyCity.BeginAsync(engine);
        await engine.PassAsync();
        return engine;
    }
}
