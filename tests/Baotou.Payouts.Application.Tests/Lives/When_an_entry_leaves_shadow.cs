using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Tests.Lives;

/// <summary>
/// An entry decides and shows, and reserves nothing before two persons have said what was paid for it outside the system, and then that it
/// may.
/// </summary>
public sealed class When_an_entry_leaves_shadow
{
    private readonly TinyCity _city = new();

    [Fact]
    public async Task Before_its_past_is_declared_it_cannot()
    {
        await using var engine = await InShadowAsync();

        Assert.Contains(
            "declare-past",
            Assert.IsType<Requesting.Senseless>(await AskAsync(engine, new Proposal.MakeAutomatic("visit"))).Why,
            StringComparison.Ordinal
        );
        Assert.Equal(
            Outcome.Entitled,
            (await engine.Get<DescribeDecisions>().HandleAsync(TinyCity.Code(1), new DateOnly(2023, 1, 31), default))[0].Outcome
        );
        Assert.Empty(await engine.PayoutsAsync());
    }

    /// <summary>The check stands where the act is done, so no way to it leads past the check.</summary>
    [Fact]
    public async Task Not_even_by_the_act_itself()
    {
        await using var engine = await InShadowAsync();
        var act = new PolicyAct.MadeAutomatic("visit", TinyCity.Morning("2023-02-11"));
        Assert.Contains(
            "declare-past",
            (
                await Assert.ThrowsAsync<InvalidOperationException>(() =>
                    engine.Get<OfficerActs>().OnPolicyAsync(act, "in haste", TinyCity.Persons, default)
                )
            ).Message,
            StringComparison.Ordinal
        );

        await DoAsync(engine, new Proposal.DeclarePast("visit", 0, Fen.Zero));
        await ImportAsync(engine, Paid("v1", 30));
        Assert.Contains(
            "declare it again",
            (
                await Assert.ThrowsAsync<InvalidOperationException>(() =>
                    engine.Get<OfficerActs>().OnPolicyAsync(act, "in haste", TinyCity.Persons, default)
                )
            ).Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(act, await engine.Get<IActLog>().PolicyActsAsync(default));

        await DoAsync(engine, new Proposal.DeclarePast("visit", 1, Fen.FromYuan(30)), on: "2023-02-12");
        await engine.Get<OfficerActs>().OnPolicyAsync(act, "in time", TinyCity.Persons, default);
        Assert.Contains(act, await engine.Get<IActLog>().PolicyActsAsync(default));
    }

    [Fact]
    public async Task What_is_imported_and_declared_is_not_paid_again_and_the_rest_is()
    {
        await using var engine = await InShadowAsync();
        Assert.Empty(await ImportAsync(engine, Paid("v1", 30)));
        Assert.Empty(await ImportAsync(engine, Paid("v1", 30)));
        await DoAsync(engine, new Proposal.DeclarePast("visit", 1, Fen.FromYuan(30)));
        await DoAsync(engine, new Proposal.MakeAutomatic("visit"));
        _city.Until("2023-02-28");
        await engine.PassAsync();

        Assert.Equal(
            [("v1", EntitlementState.Taken), ("v2", EntitlementState.Claimed)],
            (await engine.EntitlementsAsync()).Select(e => (e.Claim.Key.Occasion, e.State)).Order()
        );
        Assert.Equal("2:20", await engine.GrantsAsync(TinyList.Culture));
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task An_empty_past_is_declared_too()
    {
        await using var engine = await InShadowAsync();
        await DoAsync(engine, new Proposal.DeclarePast("visit", 0, Fen.Zero));
        await DoAsync(engine, new Proposal.MakeAutomatic("visit"));
        _city.Until("2023-02-28");
        await engine.PassAsync();

        Assert.Equal("1:20 2:20", await engine.GrantsAsync(TinyList.Culture));
        await engine.VerifyHoldsAsync();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 29)]
    [InlineData(2, 30)]
    public async Task What_is_declared_has_to_be_what_is_imported(int payments, long yuan)
    {
        await using var engine = await InShadowAsync();
        await ImportAsync(engine, Paid("v1", 30));

        Assert.StartsWith(
            "1 payments of 3000 fen",
            Assert
                .IsType<Requesting.Senseless>(await AskAsync(engine, new Proposal.DeclarePast("visit", payments, Fen.FromYuan(yuan))))
                .Why,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_imported_after_the_declaration_asks_for_another_one()
    {
        await using var engine = await InShadowAsync();
        await DoAsync(engine, new Proposal.DeclarePast("visit", 0, Fen.Zero));
        await ImportAsync(engine, Paid("v1", 30));

        Assert.Contains(
            "declare it again",
            Assert.IsType<Requesting.Senseless>(await AskAsync(engine, new Proposal.MakeAutomatic("visit"))).Why,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Once_it_is_automatic_nothing_of_its_past_is_imported()
    {
        await using var engine = await InShadowAsync();
        await DoAsync(engine, new Proposal.DeclarePast("visit", 0, Fen.Zero));
        await DoAsync(engine, new Proposal.MakeAutomatic("visit"));

        Assert.StartsWith(
            "the entry is automatic",
            Assert.Single(await ImportAsync(engine, Paid("v1", 30))).Reason,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "the entry is automatic",
            Assert.IsType<Requesting.Senseless>(await AskAsync(engine, new Proposal.DeclarePast("visit", 1, Fen.FromYuan(30)))).Why,
            StringComparison.Ordinal
        );
    }

    /// <summary>An occasion that the engine would never give is the key of nothing, and the payment would be made again.</summary>
    [Fact]
    public async Task A_payment_for_what_the_entry_never_pays_is_not_kept()
    {
        await using var engine = await InShadowAsync();
        var (wrong, right) = (Paid("2023年", 30) with { Policy = "figure" }, Paid("2023", 30) with { Policy = "figure" });

        var (key, reason) = Assert.Single(await ImportAsync(engine, wrong, right));
        Assert.Equal(wrong, key);
        Assert.Contains("is not the year, as 2022", reason, StringComparison.Ordinal);
        Assert.StartsWith(
            "1 payments of 3000 fen",
            Assert.IsType<Requesting.Senseless>(await AskAsync(engine, new Proposal.DeclarePast("figure", 2, Fen.FromYuan(60)))).Why,
            StringComparison.Ordinal
        );
    }

    private static TakenKey Paid(string occasion, long yuan) =>
        new("visit", occasion, TinyCity.Code(1), Fen.FromYuan(yuan), new DateOnly(2023, 1, 15), "old system 7");

    private static Task<IReadOnlyList<(TakenKey Key, string Reason)>> ImportAsync(Engine engine, params TakenKey[] paid) =>
        engine.Get<ImportPast>().HandleAsync(paid, default);

    private static Task<Requesting> AskAsync(Engine engine, Proposal proposal) =>
        engine
            .Get<Approvals>()
            .RequestAsync(
                proposal,
                "the year begins",
                new RequestMark("wang", CanonicalJson.Write(proposal), ContentHash.OfText("body")),
                TinyCity.Morning("2023-02-10"),
                default
            );

    private static async Task DoAsync(Engine engine, Proposal proposal, string on = "2023-02-11")
    {
        var asked = Assert.IsType<Requesting.Asked>(await AskAsync(engine, proposal));
        var done = Assert.IsType<Decided.Stands>(
            await engine.Get<Approvals>().DecideAsync(asked.Approval.Id, true, "", "li", TinyCity.Morning(on), default)
        );
        Assert.Equal((ApprovalState.Done, ""), (done.Approval.State, done.Approval.Note));
    }

    private async Task<Engine> InShadowAsync()
    {
        _city.Culture.Told.AddRange([TinyCity.Visit(1, "v1", "2023-01-10", 30), TinyCity.Visit(2, "v2", "2023-01-11", 30)]);
        _city.Until("2023-01-31");
        var engine = new Engine(_city, new WatchedRows());
        await TinyCity.OpenAsync(engine, TinyList.Culture, 1_000);
        await engine.PassAsync();
        return engine;
    }
}
