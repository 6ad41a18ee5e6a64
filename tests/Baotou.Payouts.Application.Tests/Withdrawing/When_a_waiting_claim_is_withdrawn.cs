using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Rerunning;
using Baotou.Payouts.Application.Tests.Rerunning;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Tests.Withdrawing;

/// <summary>
/// Three claims of 20 yuan stand in line and 30 yuan are there: the first is served, the second in part, the third waits.
/// </summary>
public sealed class When_a_waiting_claim_is_withdrawn
{
    private readonly TinyCity _city = new();

    [Fact]
    public async Task What_is_reserved_stays_and_what_comes_later_goes_to_the_next()
    {
        await using var engine = await RunAsync();
        await Officers.DoAsync(engine, Withdraw(2, yuan: 10));
        await engine.SettleAsync();
        await engine.VerifyHoldsAsync();
        Assert.Empty((await Corrected.NowAsync(engine)).Lines);

        await TinyCity.AppropriateAsync(engine, TinyList.Culture, 2, 100);
        await engine.SettleAsync();

        Assert.Equal("1:20 2:10 3:20", await engine.GrantsAsync(TinyList.Culture));
        var told = Assert.Single((await engine.Get<DescribeStatus>().HandleAsync(TinyCity.Code(2), default)).Waiting);
        Assert.Equal(
            (new ClaimWithdrawn(Key(2), Fen.FromYuan(10), "no. 6", "why"), Fen.FromYuan(10), false),
            (told.Withdrawn, told.Granted, told.HasLapsed)
        );
        Assert.Contains(
            await engine.PayoutsAsync(),
            p => p.Claim == Key(2) && p.State == PayoutState.Confirmed && p.City == Fen.FromYuan(10)
        );
        await EndsAsync(engine);
    }

    [Fact]
    public async Task Nothing_is_left_of_one_that_got_nothing()
    {
        await using var engine = await RunAsync();
        await Officers.DoAsync(engine, Withdraw(3, yuan: 0));
        await TinyCity.AppropriateAsync(engine, TinyList.Culture, 2, 100);
        await engine.SettleAsync();

        Assert.Equal("1:20 2:10 2:10", await engine.GrantsAsync(TinyList.Culture));
        var told = Assert.Single((await engine.Get<DescribeStatus>().HandleAsync(TinyCity.Code(3), default)).Waiting);
        Assert.Equal((Fen.Zero, null), (told.Withdrawn!.Left, told.Place));
        await EndsAsync(engine);
    }

    [Fact]
    public async Task What_was_released_of_it_is_not_reserved_again_and_not_asked_for_by_a_rerun()
    {
        await using var engine = await RunAsync();
        await Officers.DoAsync(engine, Withdraw(2, yuan: 10));
        await Officers.DoAsync(engine, new Proposal.ReleaseMoney((await engine.PayoutsAsync()).Single(p => p.Claim == Key(2)).Id));
        await engine.SettleAsync();

        Assert.Equal("1:20 2:10 3:10", await engine.GrantsAsync(TinyList.Culture));
        await EndsAsync(engine);
    }

    [Fact]
    public async Task What_was_looked_at_is_what_is_agreed_to()
    {
        await using var engine = await RunAsync();
        Assert.Contains(
            "1000 fen of it are reserved, not 0",
            Why(await Officers.RequestAsync(engine, Withdraw(2, yuan: 0))),
            StringComparison.Ordinal
        );
        var (second, third) = (await AskAsync(engine, Withdraw(2, yuan: 10)), await AskAsync(engine, Withdraw(3, yuan: 0)));

        // The money is in the log when the second person agrees; nothing worked it in yet.
        await TinyCity.AppropriateAsync(engine, TinyList.Culture, 2, 15);
        var (served, partly) = (await Officers.DecideAsync(engine, second), await Officers.DecideAsync(engine, third));

        Assert.Equal((ApprovalState.Refused, ApprovalState.Refused), (served.State, partly.State));
        Assert.Contains("'release'", served.Note, StringComparison.Ordinal);
        Assert.Contains("500 fen of it are reserved, not 0", partly.Note, StringComparison.Ordinal);
        await engine.SettleAsync();
        Assert.Equal("1:20 2:10 2:10 3:5", await engine.GrantsAsync(TinyList.Culture));
        await EndsAsync(engine);
    }

    /// <summary>
    /// A stopped pool works nothing in: money that stands in its log before the withdrawal goes to the claim first, is held and goes back.
    /// </summary>
    [Fact]
    public async Task What_comes_between_the_agreement_and_the_log_is_held()
    {
        await using var engine = await RunAsync();
        await engine
            .Get<Application.Stopping.ISwitchLog>()
            .AddAsync(
                new(
                    1,
                    Application.Stopping.Switch.OfPool("culture"),
                    true,
                    "wang",
                    "",
                    "a doubt",
                    TinyCity.Morning("2023-03-01"),
                    Officers.Mark("wang", "stop"),
                    ""
                ),
                default
            );
        await TinyCity.AppropriateAsync(engine, TinyList.Culture, 2, 15);
        await Officers.DoAsync(engine, Withdraw(3, yuan: 0));
        await engine
            .Get<Application.Stopping.ISwitchLog>()
            .AddAsync(
                new(
                    2,
                    Application.Stopping.Switch.OfPool("culture"),
                    false,
                    "wang",
                    "li",
                    "settled",
                    TinyCity.Morning("2023-03-02"),
                    null,
                    "approval:0"
                ),
                default
            );
        await engine.SettleAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);

        var held = (await engine.PayoutsAsync()).Single(p => p.Claim == Key(3));
        Assert.Equal((PayoutState.Held, ReadyPayouts.Reduced, Fen.FromYuan(5)), (held.State, held.Note, held.City));
        var line = Assert.Single((await Corrected.NowAsync(engine)).Lines);
        Assert.Equal((DifferenceKind.Lost, Fen.FromYuan(5)), (line.Kind, line.Payouts.Single().TooMuch));
    }

    [Fact]
    public async Task Once_more_becomes_due_only_the_rise_is_offered()
    {
        await using var engine = await RunAsync();
        await Officers.DoAsync(engine, Withdraw(3, yuan: 0));
        _city.Culture.Told.Add(TinyCity.Visit(3, "v3", "2023-01-13", 36, "2023-02-10"));
        _city.Until("2023-02-28");
        await engine.PassAsync();

        var line = Assert.Single((await Corrected.NowAsync(engine)).Lines);
        Assert.Equal(
            [(0, Fen.Zero, Fen.Zero, false), (1, Fen.Zero, Fen.FromYuan(4), true)],
            line.Claims.Select(c => (c.Number, c.Stands, c.Due, c.IsGranted))
        );
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task It_is_withdrawn_in_the_year_that_it_was_carried_into()
    {
        await using var engine = await RunAsync();
        await Officers.DoAsync(engine, new Proposal.ClosePool(TinyList.Culture, "end of year"));
        await engine.SettleAsync();
        await TinyCity.OpenAsync(engine, TinyList.CultureNext, 0, awaitsCarryIn: true);
        await engine.SettleAsync();
        await Officers.DoAsync(engine, Withdraw(2, yuan: 10));
        await TinyCity.AppropriateAsync(engine, TinyList.CultureNext, 2, 100);
        await engine.SettleAsync();

        Assert.Equal("3:20", await engine.GrantsAsync(TinyList.CultureNext));
        await EndsAsync(engine);
    }

    [Fact]
    public async Task What_makes_no_sense_says_what_does()
    {
        await using var engine = await RunAsync();
        Assert.Contains("there is no such claim", Why(await Officers.RequestAsync(engine, Withdraw(7, yuan: 0))), StringComparison.Ordinal);
        Assert.Contains("'release'", Why(await Officers.RequestAsync(engine, Withdraw(1, yuan: 20))), StringComparison.Ordinal);
        await Officers.DoAsync(engine, Withdraw(3, yuan: 0));
        await engine.SettleAsync();
        Assert.Equal("it was withdrawn before", Why(await Officers.RequestAsync(engine, Withdraw(3, yuan: 0) with { Document = "no. 8" })));
    }

    [Fact]
    public async Task A_limit_that_nobody_agreed_to_is_found()
    {
        await using var engine = await RunAsync();
        await engine
            .Get<IPoolLog>()
            .SubmitAsync(TinyList.Culture, new PoolInput.LimitClaim("approval:of nobody", Key(3), Fen.Zero), default);
        await engine.SettleAsync();

        Assert.Contains("no two persons agreed to that", (await engine.VerifyAsync()).Difference, StringComparison.Ordinal);
    }

    private static ClaimKey Key(int enterprise) => new("visit", $"v{enterprise}", TinyCity.Code(enterprise), 0);

    private static Proposal.Withdraw Withdraw(int enterprise, long yuan) => new(Key(enterprise), Fen.FromYuan(yuan), "no. 6");

    private static async Task<Approval> AskAsync(Engine engine, Proposal proposal) =>
        Assert.IsType<Requesting.Asked>(await Officers.RequestAsync(engine, proposal)).Approval;

    private static string Why(Requesting requesting) => Assert.IsType<Requesting.Senseless>(requesting).Why;

    /// <summary>A round over unchanged facts brings nothing back, and everything verifies.</summary>
    private async Task EndsAsync(Engine engine)
    {
        await engine.Get<Sweep>().PayoutsAsync(default);
        var payouts = await engine.PayoutsAsync();
        _city.Until("2023-03-31");
        await engine.PassAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);

        Assert.Equal(payouts, await engine.PayoutsAsync());
        Assert.Empty((await Corrected.NowAsync(engine)).Lines);
        await engine.VerifyHoldsAsync();
    }

    private async Task<Engine> RunAsync()
    {
        for (var i = 1; i <= 3; i++)
            _city.Culture.Told.Add(TinyCity.Visit(i, $"v{i}", $"2023-01-1{i}", 30));
        _city.Accounts(3);
        _city.Until("2023-01-31");
        var engine = new Engine(_city, new WatchedRows());
        await TinyCity.BeginAsync(engine, cultureYuan: 30);
        await engine.PassAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);
        return engine;
    }
}
