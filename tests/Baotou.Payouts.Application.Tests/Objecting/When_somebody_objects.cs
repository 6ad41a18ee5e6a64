using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Objecting;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Testing;

namespace Baotou.Payouts.Application.Tests.Objecting;

public sealed class When_somebody_objects
{
    [Fact]
    public async Task The_payout_is_held_past_its_notice_until_the_bureau_dismisses_it()
    {
        var city = await BegunAsync();
        await using (var engine = city.On(ShownCity.LastDay))
            Assert.IsType<Objected.Done>(await ShownCity.ObjectAsync(engine));
        Assert.Equal((PayoutState.Held, PayoutDays.Objected), (await city.SweptAsync("2023-11-01")) is var p ? (p.State, p.Note) : default);

        await using (var engine = city.On("2023-11-02"))
            Assert.IsType<ObjectionDecided.Done>(await ShownCity.DecideAsync(engine, Finding.Dismissed));

        Assert.Equal(PayoutState.Ready, (await city.SweptAsync("2023-11-02")).State);
        await using var last = city.On("2023-11-02");
        Assert.Equal(Finding.Dismissed, Assert.Single(await ShownCity.CasesAsync(last)).Finding);
        Assert.Empty(await ShownCity.ApprovalsAsync(last));
    }

    [Fact]
    public async Task Dismissed_within_the_notice_it_goes_on_being_shown_to_the_same_day()
    {
        var city = await BegunAsync();
        await using var engine = city.On("2023-10-07");
        await ShownCity.ObjectAsync(engine);
        await ShownCity.DecideAsync(engine, Finding.Dismissed);

        var shown = await ShownCity.FirstAsync(engine);

        Assert.Equal((PayoutState.Notice, ShownCity.Day(ShownCity.LastDay)), (shown.State, shown.Window!.Last));
        Assert.Equal(PayoutState.Ready, (await city.SweptAsync(ShownCity.After)).State);
    }

    [Fact]
    public async Task One_that_is_open_holds_it_though_another_is_dismissed()
    {
        var city = await BegunAsync();
        await using var engine = city.On(ShownCity.LastDay);
        await ShownCity.ObjectAsync(engine);
        await ShownCity.ObjectAsync(engine, "enterprises-third");
        await ShownCity.DecideAsync(engine, Finding.Dismissed);

        Assert.Equal(PayoutState.Held, (await city.SweptAsync(ShownCity.After)).State);
        await ShownCity.DecideAsync(engine, Finding.Dismissed, key: "key-decision-2", number: 2);
        Assert.Equal(PayoutState.Ready, (await city.SweptAsync(ShownCity.After)).State);
    }

    [Fact]
    public async Task Upheld_it_is_released_once_a_second_person_agrees()
    {
        var city = await BegunAsync();
        await using var engine = city.On(ShownCity.LastDay);
        await ShownCity.ObjectAsync(engine);
        await ShownCity.DecideAsync(engine, Finding.Upheld);

        var proposed = Assert.Single(await ShownCity.ApprovalsAsync(engine));
        Assert.Equal(("staff-sun", ApprovalState.Pending), (proposed.Request.Subject, proposed.State));
        Assert.Equal(PayoutState.Held, (await city.SweptAsync(ShownCity.After)).State);
        Assert.IsType<ObjectionDecided.ReleaseProposed>(await ShownCity.DecideAsync(engine, Finding.Dismissed, key: "key-changed-mind"));
        Assert.IsType<Decided.OwnRequest>(await engine.Get<Approvals>().DecideAsync(proposed.Id, true, "", "staff-sun", default, default));
        await engine.Get<Approvals>().DecideAsync(proposed.Id, true, "", "staff-li", TinyMoment, default);

        Assert.Equal(PayoutState.Released, (await city.SweptAsync(ShownCity.After)).State);
    }

    [Fact]
    public async Task Upheld_and_its_release_refused_it_may_be_dismissed_after_all()
    {
        var city = await BegunAsync();
        await using var engine = city.On(ShownCity.LastDay);
        await ShownCity.ObjectAsync(engine);
        await ShownCity.DecideAsync(engine, Finding.Upheld);
        await engine
            .Get<Approvals>()
            .DecideAsync(Assert.Single(await ShownCity.ApprovalsAsync(engine)).Id, false, "no", "staff-li", TinyMoment, default);

        Assert.Equal(PayoutState.Held, (await city.SweptAsync(ShownCity.After)).State);
        Assert.IsType<ObjectionDecided.Done>(await ShownCity.DecideAsync(engine, Finding.Dismissed, key: "key-changed-mind"));
        Assert.Equal(PayoutState.Ready, (await city.SweptAsync(ShownCity.After)).State);
        Assert.Equal(
            [Finding.Upheld, Finding.Dismissed],
            Assert.Single(await ShownCity.CasesAsync(engine)).Decisions.Select(d => d.Finding)
        );
    }

    [Fact]
    public async Task A_repeat_is_answered_from_state_and_a_key_serves_once()
    {
        var city = await BegunAsync();
        await using var engine = city.On(ShownCity.LastDay);
        await ShownCity.ObjectAsync(engine);

        Assert.IsType<Objected.Repeated>(await ShownCity.ObjectAsync(engine));
        Assert.IsType<Objected.KeyReused>(await ShownCity.ObjectAsync(engine, text: "other words"));
        Assert.IsType<Objected.NotNow>(await ShownCity.ObjectAsync(engine, key: "key-00000002"));
        Assert.IsType<ObjectionDecided.OwnObjection>(await ShownCity.DecideAsync(engine, Finding.Dismissed, "enterprises-other"));
        Assert.IsType<ObjectionDecided.NotFound>(await ShownCity.DecideAsync(engine, Finding.Dismissed, number: 2));
        await ShownCity.DecideAsync(engine, Finding.Dismissed);
        Assert.IsType<ObjectionDecided.Repeated>(await ShownCity.DecideAsync(engine, Finding.Dismissed));
        Assert.IsType<ObjectionDecided.KeyReused>(await ShownCity.DecideAsync(engine, Finding.Upheld));
        Assert.IsType<ObjectionDecided.TooLate>(await ShownCity.DecideAsync(engine, Finding.Upheld, key: "key-decision-2"));
        Assert.IsType<Objected.Repeated>(await ShownCity.ObjectAsync(engine));
        Assert.Single(await ShownCity.CasesAsync(engine));
    }

    [Fact]
    public async Task Nobody_objects_before_or_after_the_notice()
    {
        var city = await BegunAsync();
        await using var engine = city.On(ShownCity.After);

        Assert.IsType<Objected.NotNow>(await ShownCity.ObjectAsync(engine));
        await ShownCity.SweepAsync(engine);
        Assert.IsType<Objected.NotNow>(await ShownCity.ObjectAsync(engine));
        Assert.Empty(await ShownCity.CasesAsync(engine));
    }

    /// <summary>
    /// The sweep that ends the notice, with an objection before each of its storage calls in turn: one of the two comes first, and the
    /// other sees it.
    /// </summary>
    [Fact]
    public async Task At_the_moment_the_notice_ends_one_of_the_two_wins()
    {
        var (held, ready) = (0, 0);
        for (var call = 1L; ; call++)
        {
            var city = await BegunAsync();
            Objected? answer = null;
            await using var last = city.On(ShownCity.LastDay, city.Rows.Unwatched);
            city.Rows.Meet(call, async () => answer = await ShownCity.ObjectAsync(last));
            await using (var ending = city.On(ShownCity.After))
                await ShownCity.SweepAsync(ending);
            city.Rows.Before = null;
            if (answer is null)
                break;

            var payout = await city.SweptAsync(ShownCity.After);
            Assert.Equal(
                answer is Objected.Done ? (PayoutState.Held, PayoutDays.Objected) : (PayoutState.Ready, ""),
                (payout.State, payout.Note)
            );
            if (answer is Objected.Done)
                held++;
            else
                ready++;
        }

        Assert.True(held > 1 && ready > 1, $"{held} held, {ready} ready");
    }

    [Theory]
    [InlineData(Fault.BeforeEffect)]
    [InlineData(Fault.AnswerLost)]
    public async Task A_call_that_fails_loses_nothing_and_doubles_nothing(Fault fault)
    {
        for (var call = 1L; ; call++)
        {
            var city = await BegunAsync();
            var plan = FaultPlan.Once(call, fault);
            await using (var disturbed = city.On(ShownCity.LastDay, new FaultyRowStore(city.Rows, plan)))
            {
                await UntilDoneAsync(() => ShownCity.ObjectAsync(disturbed));
                await UntilDoneAsync(() => ShownCity.DecideAsync(disturbed, Finding.Upheld));
                await UntilDoneAsync(() => ShownCity.SweepAsync(disturbed));
            }

            await using var engine = city.On(ShownCity.LastDay);
            Assert.Equal(Finding.Upheld, Assert.Single(await ShownCity.CasesAsync(engine)).Finding);
            Assert.Equal(ApprovalState.Pending, Assert.Single(await ShownCity.ApprovalsAsync(engine)).State);
            Assert.Equal(PayoutState.Held, (await city.SweptAsync(ShownCity.After)).State);
            if (plan.Faults == 0)
                break;
        }
    }

    private static readonly DateTimeOffset TinyMoment = new(2023, 10, 12, 1, 0, 0, TimeSpan.Zero);

    private static async Task<ShownCity> BegunAsync()
    {
        var city = new ShownCity();
        await city.BeginAsync();
        return city;
    }

    private static async Task UntilDoneAsync(Func<Task> act)
    {
        while (true)
        {
            try
            {
                await act();
                return;
            }
            catch (PlantedFaultException)
            {
                // Whoever asked asks again.
            }
        }
    }
}
