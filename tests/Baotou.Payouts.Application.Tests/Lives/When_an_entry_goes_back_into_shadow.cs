using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Tests.Rerunning;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Payouts;

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

        await engine
            .Get<OfficerActs>()
            .OnPolicyAsync(
                new Domain.Replaying.PolicyAct.MadeAutomatic("visit", TinyCity.Morning("2023-04-02")),
                "again",
                TinyCity.Persons,
                default
            );
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
            (await engine.Get<IActLog>().PolicyActsAsync(default)).Count(a =>
                a.Policy == "visit" && a is not Domain.Replaying.PolicyAct.PastDeclared
            )
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

    private static string Why(Requesting requesting) => Assert.IsType<Requesting.Senseless>(requesting).Why;

    private async Task<Engine> RunAsync()
    {
        _city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-01-10", 30));
        _city.Accounts(3);
        _city.Until("2023-01-31");
        var engine = new Engine(_city, new WatchedRows());
        await TinyCity.BeginAsync(engine);
        await engine.PassAsync();
        return engine;
    }
}
