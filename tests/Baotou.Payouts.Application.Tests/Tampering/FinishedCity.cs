using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.Application.Confirming;
using Baotou.Payouts.Application.Electing;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Objecting;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Application.Settling;
using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.Application.Tests.Objecting;
using Baotou.Payouts.Application.Tests.Rerunning;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Replaying;

namespace Baotou.Payouts.Application.Tests.Tampering;

/// <summary>A tiny city in which everything happened once, so that its store holds a row of every kind.</summary>
internal static class FinishedCity
{
    private static readonly Policy Clicked = TinyList.Visit with { Terms = TinyList.Visit.Terms! with { Click = new Click(30) } };

    private static readonly Policy Shown = TinyList.Figure with { Terms = TinyList.Figure.Terms! with { NoticeDays = 5 } };

    public static async Task<(WatchedRows Rows, Engine Engine)> BuildAsync()
    {
        var rows = new WatchedRows();
        var city = new TinyCity
        {
            List = TinyList.Catalogue(Clicked, Shown) with { Calendar = ShownCity.Autumn },
            Tax = new ScriptedAgency("tax", WalkKind.Snapshot),
        };
        city.Accounts(6);
        var engine = new Engine(city, rows, patience: TimeSpan.FromDays(10_000), day: ShownCity.Day(ShownCity.Begins));
        await TinyCity.BeginAsync(engine, cultureYuan: 70, taxYuan: 50);
        await ApproveAsync(engine, new Proposal.Appropriate(TinyList.Culture, Fen.FromYuan(150), "包财预〔2023〕5号"));
        await TakenAsync(engine);
        await engine
            .Get<IElectionLog>()
            .AddAsync(
                new StoredElection(
                    new Election(TinyCity.Code(1), "visit", "v1", TinyCity.Morning("2023-01-02")),
                    new RequestMark("e1", "election", ContentHash.OfText("v1"))
                ),
                default
            );
        await engine
            .Get<ISwitchLog>()
            .AddAsync(
                new SwitchAct(
                    1,
                    Switch.Instructing,
                    true,
                    "wang",
                    "",
                    "a doubt",
                    TinyCity.Morning("2023-01-02"),
                    new RequestMark("wang", "stop", ContentHash.OfText("stop")),
                    ""
                ),
                default
            );
        for (var i = 1; i <= 2; i++)
        {
            await engine
                .Get<IAuditLog>()
                .AppendAsync(
                    new AuditAct(
                        TinyCity.Morning("2023-01-02"),
                        $"request {i}",
                        "issuer:wang",
                        "finance",
                        "stop",
                        "what=instructing",
                        "a doubt",
                        ContentHash.OfText("stop")
                    ),
                    default
                );
        }

        await engine.Get<PoisonParking>().ParkAsync(QueueNames.Pull, "{\"source\":\"culture\",\"walk\":1}", default);
        var parked = (await engine.Get<ParkedCases>().ListAsync(default)).Single().Subject;
        await engine
            .Get<ParkedCases>()
            .DiscardAsync(
                new CaseWish(
                    parked.Queue,
                    parked.Id,
                    null,
                    new RequestMark("wang", "park", ContentHash.OfText("park")),
                    TinyCity.Morning("2023-01-02")
                ),
                "tried",
                default
            );

        city.Culture.Told.AddRange([
            TinyCity.Visit(1, "v1", "2023-01-10", 30, batch: "b"),
            TinyCity.Visit(2, "v2", "2023-01-10", 60, batch: "b"),
            TinyCity.Visit(3, "v3", "2023-01-20", 90),
            TinyCity.Visit(6, "paid", "2023-01-21", 3),
            TinyCity.Visit(5, "nobody", "2023-01-22", 0),
            TinyCity.Visit(7, "no account", "2023-01-23", 3),
        ]);
        city.Culture.Told.Add(TinyCity.Visit(4, "bad", "2023-01-11", 1) with { Kind = "no such kind" });
        city.Tax.Told.Add(TinyCity.Figure(1, 2022, "2023-01-15", 100));
        city.Until("2023-01-31");
        await PassAsync(engine);
        await foreach (var bad in engine.Get<IQuarantine>().ReadAsync("culture", "", default))
            await engine
                .Get<QuarantineCases>()
                .DiscardAsync(
                    new CaseWish(
                        "culture",
                        bad.Subject.Id,
                        null,
                        new RequestMark("wang", "bad", ContentHash.OfText("bad")),
                        TinyCity.Morning("2023-02-01")
                    ),
                    "a test of theirs",
                    default
                );
        city.Culture.Told.AddRange([
            TinyCity.Visit(4, "v4", "2023-01-12", 15),
            TinyCity.Visit(3, "v3", "2023-01-20", 45, "2023-02-10"),
            TinyCity.Visit(1, "v1", "2023-01-10", 36, "2023-02-11", "b"),
            TinyCity.Visit(5, "v5", "2023-02-20", 900),
            TinyCity.Visit(2, "w2", "2023-02-21", 30),
        ]);
        city.Until("2023-02-28");
        await PassAsync(engine);
        await SayAsync(engine);
        await Corrected.AgreeAsync(engine, await Corrected.AskAsync(engine, await Corrected.DryAsync(engine)));
        await Corrected.SettleAsync(engine);
        await TakeBackAsync(engine);

        await engine
            .Get<OfficerActs>()
            .ClosePoolAsync(TinyList.Culture, "close:1", "end of year", TinyCity.Morning("2023-12-31"), TinyCity.Persons, default);
        await TinyCity.OpenAsync(engine, TinyList.CultureNext, 100, awaitsCarryIn: true);
        await PassAsync(engine);
        return (rows, engine);
    }

    private static async Task PassAsync(Engine engine)
    {
        await engine.PassAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);
        await engine.SettleAsync();
    }

    private static async Task ApproveAsync(Engine engine, Proposal proposal)
    {
        var asked = Assert.IsType<Requesting.Asked>(
            await engine
                .Get<Approvals>()
                .RequestAsync(
                    proposal,
                    "the budget",
                    new RequestMark("wang", "key-1", ContentHash.OfText("body")),
                    TinyCity.Morning("2023-01-02"),
                    default
                )
        );
        Assert.IsType<Decided.Stands>(
            await engine
                .Get<Approvals>()
                .DecideAsync(asked.Approval.Id, agree: true, "agreed", "li", TinyCity.Morning("2023-01-03"), default)
        );
    }

    private static Task TakenAsync(Engine engine)
    {
        var code = TinyCity.Code(6);
        return engine
            .Get<IClaimStore>()
            .AddTakenAsync(
                Bucket.Of(code, Engine.Buckets),
                [
                    new TakenKey(
                        "visit",
                        "paid",
                        code,
                        Fen.FromYuan(1),
                        new DateOnly(2023, 1, 5),
                        "past",
                        new RequestMark("wang", "import", ContentHash.OfText("past"))
                    ),
                ],
                default
            );
    }

    /// <summary>One enterprise confirms, one declines, and what was declined is released.</summary>
    private static async Task SayAsync(Engine engine)
    {
        var ready = (await engine.PayoutsAsync()).Where(p => p.State == PayoutState.Ready).ToList();
        Assert.True(ready.Count >= 2, "Two payouts have to wait for a word.");
        var shown = (await engine.PayoutsAsync()).Single(p => p.Claim.Policy == Shown.Id).Id;
        Assert.IsType<Objected.Done>(
            await engine
                .Get<ObjectToPayout>()
                .HandleAsync(shown, "it is more", new RequestMark("e3", "k3", ContentHash.OfText("3")), default)
        );
        Assert.IsType<ObjectionDecided.Done>(
            await engine
                .Get<DecideObjection>()
                .HandleAsync(shown, 1, Finding.Dismissed, "it is not", new RequestMark("bureau", "k4", ContentHash.OfText("4")), default)
        );
        await engine
            .Get<ConfirmPayout>()
            .HandleAsync(ready[0].Id, Word.Confirm, "1234", new RequestMark("e1", "k1", ContentHash.OfText("1")), default);
        await engine
            .Get<ConfirmPayout>()
            .HandleAsync(ready[1].Id, Word.Decline, null, new RequestMark("e2", "k2", ContentHash.OfText("2")), default);
        await engine.Get<ReleasePayout>().HandleAsync(ready[1].Id, "declined", TinyCity.Persons, default);
        await engine.SettleAsync();
    }

    /// <summary>A claim that waits is withdrawn; of a payout that was paid a part is clawed back and came, and another is due.</summary>
    private static async Task TakeBackAsync(Engine engine)
    {
        await Officers.DoAsync(engine, new Proposal.Withdraw(new ClaimKey("visit", "w2", TinyCity.Code(2), 0), Fen.Zero, "no. 8"));
        var paid = (await engine.PayoutsAsync()).First(p => p is { State: PayoutState.Confirmed, Claim.Number: 0, Part: 0 });
        await Corrected.PayAsync(engine, paid.Claim.Occasion);
        await Officers.DoAsync(engine, new Proposal.ClawBack(paid.Id, new Fen(300), "no. 9"));
        await Officers.DoAsync(engine, new Proposal.Recovered(paid.Id, "no. 10"));
        await Officers.DoAsync(engine, new Proposal.ClawBack(paid.Id, new Fen(200), "no. 11"));
        await engine.SettleAsync();
    }
}
