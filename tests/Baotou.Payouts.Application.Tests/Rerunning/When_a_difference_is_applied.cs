using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Rerunning;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Tests.Rerunning;

/// <summary>Two persons agree to a difference by its hash; what is still as shown is done, once.</summary>
public sealed class When_a_difference_is_applied
{
    private readonly Corrected _corrected = new();
    private readonly WatchedRows _rows = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Supplements_releases_and_cases_are_made_and_nothing_is_left(bool matched)
    {
        await using var engine = _corrected.Over(_rows);
        await _corrected.BeginAsync(engine, matched);
        var run = await Corrected.DryAsync(engine);
        Assert.Equal(
            "v1:higher 30→36, v2:lower 60→12, v3:lost 90→0, v4:lower 45→15",
            Corrected.Told((await engine.Get<IRunStore>().ReadDifferenceAsync(run.Difference!.Value, default))!)
        );

        var decided = Assert.IsType<Decided.Stands>(await Corrected.AgreeAsync(engine, await Corrected.AskAsync(engine, run)));
        Assert.Equal(matched ? ApprovalState.Done : ApprovalState.Approved, decided.Approval.State);
        await Corrected.SettleAsync(engine);

        Assert.Equal("v1:Confirmed 20, v1:Confirmed 4, v2:Confirmed 8, v4:ClawbackDue 30", await Corrected.PayoutsAsync(engine));
        Assert.Equal(RunState.Applied, (await engine.Get<IRunStore>().ReadAsync(run.Id, default))!.Run.State);
        Assert.All(await engine.Get<IRunStore>().OutcomesAsync(run.Id, default), o => Assert.True(o.IsApplied));
        await NothingIsLeftAsync(engine);
        Assert.Equal(Fen.FromYuan(1_000 - 20 - 4 - 8 - 30), (await engine.HeadAsync(TinyList.Culture)).Free);
    }

    [Fact]
    public async Task A_supplement_counts_from_the_moment_of_the_agreement_and_stands_behind_what_was_there()
    {
        await using var engine = _corrected.Over(_rows);
        await _corrected.BeginAsync(engine);
        await Corrected.AgreeAsync(engine, await Corrected.AskAsync(engine, await Corrected.DryAsync(engine)));
        await Corrected.SettleAsync(engine);

        var supplement = Assert.Single(
            (await engine.Get<IClaimStore>().SupplementsAsync(Bucket.Of(TinyCity.Code(1), Engine.Buckets), default)).Values
        );
        Assert.Equal((TinyCity.End("2023-02-28"), 3, true), (supplement.Moment, supplement.Round, supplement.Claim.Late));
        var act = Assert.Single(await engine.Get<IActLog>().ListAsync(default), a => a.Rerun is not null);
        Assert.Equal(("wang", "li"), (act.RequestedBy, act.ApprovedBy));
    }

    [Fact]
    public async Task A_line_that_changed_since_is_answered_and_the_others_are_done()
    {
        await using var engine = _corrected.Over(_rows);
        await _corrected.BeginAsync(engine);
        var run = await Corrected.DryAsync(engine);
        var asked = await Corrected.AskAsync(engine, run);
        await engine
            .Get<Application.Reconciling.ReleasePayout>()
            .HandleAsync(
                (await engine.PayoutsAsync()).Single(p => p.Claim.Occasion == "v2").Id,
                "objection upheld",
                TinyCity.Persons,
                default
            );
        _corrected.Correct(3, 30, "2023-03-05");
        _corrected.City.Until("2023-03-31");
        await engine.PassAsync();

        await Corrected.AgreeAsync(engine, asked);
        await Corrected.SettleAsync(engine);

        Assert.Equal("v1:Confirmed 20, v1:Confirmed 4, v4:ClawbackDue 30", await Corrected.PayoutsAsync(engine));
        var outcomes = await engine.Get<IRunStore>().OutcomesAsync(run.Id, default);
        Assert.Equal([true, false, true, true], outcomes.Select(o => o.IsApplied));
        Assert.Contains("changed since: payout", outcomes[1].Steps.Single().What, StringComparison.Ordinal);
        Assert.Equal("v3:higher 0→30", Corrected.Told(await Corrected.NowAsync(engine)));
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task A_fall_that_went_on_since_is_answered()
    {
        await using var engine = _corrected.Over(_rows);
        await _corrected.BeginAsync(engine);
        var asked = await Corrected.AskAsync(engine, await Corrected.DryAsync(engine));
        _corrected.Correct(2, 9, "2023-03-05");
        _corrected.City.Until("2023-03-31");
        await engine.PassAsync();

        await Corrected.AgreeAsync(engine, asked);
        await Corrected.SettleAsync(engine);

        Assert.Equal("v2:lower 60→9", Corrected.Told(await Corrected.NowAsync(engine)));
        var again = await Corrected.DryAsync(engine, "key-2");
        await Corrected.AgreeAsync(engine, await Corrected.AskAsync(engine, again, "ask-2"));
        await Corrected.SettleAsync(engine);
        Assert.Contains("v2:Confirmed 6", await Corrected.PayoutsAsync(engine), StringComparison.Ordinal);
        await NothingIsLeftAsync(engine);
    }

    [Fact]
    public async Task The_same_approval_twice_does_it_once()
    {
        await using var engine = _corrected.Over(_rows);
        await _corrected.BeginAsync(engine);
        var asked = await Corrected.AskAsync(engine, await Corrected.DryAsync(engine));

        await Corrected.AgreeAsync(engine, asked);
        await Corrected.SettleAsync(engine);
        var before = await _rows.OutcomeAsync();
        await Corrected.AgreeAsync(engine, asked);
        await Corrected.SettleAsync(engine);

        Assert.Equal(before, await _rows.OutcomeAsync());
        await NothingIsLeftAsync(engine);
    }

    [Fact]
    public async Task Of_two_approvals_of_one_run_the_second_is_refused()
    {
        await using var engine = _corrected.Over(_rows);
        await _corrected.BeginAsync(engine);
        var run = await Corrected.DryAsync(engine);
        var (first, second) = (await Corrected.AskAsync(engine, run), await Corrected.AskAsync(engine, run, "ask-2"));

        await Corrected.AgreeAsync(engine, first);
        var late = Assert.IsType<Decided.Stands>(await Corrected.AgreeAsync(engine, second)).Approval;

        Assert.Equal((ApprovalState.Refused, "another approval did this already"), (late.State, late.Note));
        Assert.IsType<Requesting.Senseless>(await Corrected.RequestAsync(engine, run.Id, run.Difference!.Value, "ask-3"));
    }

    [Fact]
    public async Task Two_runs_with_the_same_lines_do_each_once()
    {
        await using var engine = _corrected.Over(_rows);
        await _corrected.BeginAsync(engine);
        var (whole, one) = (
            await Corrected.DryAsync(engine),
            await Corrected.DryAsync(engine, "key-2", new RerunScope("visit", TinyCity.Code(1), null))
        );
        var (first, second) = (await Corrected.AskAsync(engine, one, "ask-2"), await Corrected.AskAsync(engine, whole));

        await Corrected.AgreeAsync(engine, first);
        await Corrected.AgreeAsync(engine, second);
        await Corrected.SettleAsync(engine);

        Assert.Equal("v1:Confirmed 20, v1:Confirmed 4, v2:Confirmed 8, v4:ClawbackDue 30", await Corrected.PayoutsAsync(engine));
        var outcome = (await engine.Get<IRunStore>().OutcomesAsync(whole.Id, default))[0];
        Assert.Contains($"changed since: run {one.Id} granted it", outcome.Steps.Single().What, StringComparison.Ordinal);
        await NothingIsLeftAsync(engine);
    }

    [Fact]
    public async Task Whoever_asked_cannot_agree()
    {
        await using var engine = _corrected.Over(_rows);
        await _corrected.BeginAsync(engine);
        var before = await _rows.OutcomeAsync();

        Assert.IsType<Decided.OwnRequest>(
            await Corrected.AgreeAsync(engine, await Corrected.AskAsync(engine, await Corrected.DryAsync(engine)), "wang")
        );

        Assert.Equal(before, await _rows.OutcomeAsync());
    }

    [Fact]
    public async Task What_nobody_showed_cannot_be_asked_for()
    {
        await using var engine = _corrected.Over(_rows);
        await _corrected.BeginAsync(engine);
        var run = await Corrected.DryAsync(engine);

        Assert.IsType<Requesting.Senseless>(await Corrected.RequestAsync(engine, run.Id, Domain.Hashing.ContentHash.OfText("another")));
        Assert.IsType<Requesting.Senseless>(await Corrected.RequestAsync(engine, new string('0', 26), run.Difference!.Value));
    }

    [Fact]
    public async Task A_case_is_closed_by_two_persons_under_a_document()
    {
        await using var engine = _corrected.Over(_rows);
        await _corrected.BeginAsync(engine);
        await Corrected.AgreeAsync(engine, await Corrected.AskAsync(engine, await Corrected.DryAsync(engine)));
        await Corrected.SettleAsync(engine);
        var due = (await engine.PayoutsAsync()).Single(p => p.State == PayoutState.ClawbackDue);
        Assert.Equal((Fen.FromYuan(20), "corrections (wang, li)"), (due.Taking!.Value, due.Note));

        var approvals = engine.Get<Approvals>();
        var asked = Assert.IsType<Requesting.Asked>(
            await approvals.RequestAsync(
                new Proposal.Recovered(due.Id, "no. 7"),
                "returned",
                Corrected.Mark("wang", "back"),
                TinyCity.End("2023-02-28"),
                default
            )
        );
        await Corrected.AgreeAsync(engine, asked.Approval);
        await Corrected.SettleAsync(engine);

        Assert.Contains("v4:Paid 10", await Corrected.PayoutsAsync(engine), StringComparison.Ordinal);
        Assert.Equal(Fen.FromYuan(10), (await engine.HeadAsync(TinyList.Culture)).Paid);
        Assert.IsType<Requesting.Senseless>(
            await approvals.RequestAsync(
                new Proposal.Recovered(due.Id, "no. 8"),
                "again",
                Corrected.Mark("wang", "back-2"),
                TinyCity.End("2023-02-28"),
                default
            )
        );
        await NothingIsLeftAsync(engine);
    }

    /// <summary>The promises hold, and running again pays nothing.</summary>
    private static async Task NothingIsLeftAsync(Engine engine)
    {
        await engine.VerifyHoldsAsync();
        Assert.Empty((await Corrected.NowAsync(engine)).Lines);
        var before = await engine.PayoutsAsync();
        await engine.PassAsync();
        Assert.Equal(before, await engine.PayoutsAsync());
    }
}
