using Baotou.Payouts.Application.Tests.City;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Testing;

namespace Baotou.Payouts.Application.Tests.Protocol;

/// <summary>The story of a tiny city, disturbed at each of its storage calls in turn, ends in the very rows in which it ends undisturbed.</summary>
public sealed class When_answers_are_lost_or_workers_are_killed
{
    [Fact]
    public async Task The_undisturbed_story_goes_through_everything()
    {
        var rows = new WatchedRows();
        var story = new Story();
        await using var engine = story.Over(rows);
        await story.TellAsync(engine);

        await engine.VerifyHoldsAsync();
        var kinds = (await engine.ChainAsync(TinyList.Culture)).Concat(await engine.ChainAsync(TinyList.CultureNext)).Select(e => e.Kind).ToHashSet();
        Assert.Superset(new HashSet<EntryKind> { EntryKind.Limited, EntryKind.Released, EntryKind.CarriedOut, EntryKind.CarriedIn, EntryKind.RoundJoined }, kinds);
        Assert.Contains(await engine.PayoutsAsync(), p => p.Part > 0);
    }

    [Theory]
    [InlineData(Fault.BeforeEffect)]
    [InlineData(Fault.AnswerLost)]
    public async Task One_call_that_fails_changes_nothing_in_the_end(Fault fault)
    {
        var (undisturbed, calls) = await UndisturbedAsync();
        await Parallel.ForAsync(1, calls + 1, async (call, _) =>
        {
            var rows = new WatchedRows();
            var plan = FaultPlan.Once(call, fault);
            var story = new Story();
            await using var engine = story.Over(new FaultyRowStore(rows, plan));
            await ToTheEndAsync(() => story.TellAsync(engine));
            Assert.Equal(1, plan.Faults);
            AssertSame(undisturbed, await rows.OutcomeAsync(), call);
        });
    }

    /// <summary>To be killed after a call is to be killed before the next one, so one kind of fault tells both.</summary>
    [Fact]
    public async Task A_worker_killed_at_any_call_is_taken_over_by_a_new_one()
    {
        var (undisturbed, calls) = await UndisturbedAsync();
        await Parallel.ForAsync(1, calls + 1, async (call, _) =>
        {
            var rows = new WatchedRows();
            var story = new Story();
            await using (var killed = story.Over(new FaultyRowStore(rows, FaultPlan.KilledAt(call, Fault.AnswerLost))))
                await Assert.ThrowsAsync<PlantedFaultException>(() => story.TellAsync(killed));
            await using var engine = story.Over(rows);
            await story.TellAsync(engine);
            AssertSame(undisturbed, await rows.OutcomeAsync(), call);
        });
    }

    private static async Task<(string Outcome, long Calls)> UndisturbedAsync()
    {
        var rows = new WatchedRows();
        var plan = FaultPlan.None();
        var story = new Story();
        await using var engine = story.Over(new FaultyRowStore(rows, plan));
        await story.TellAsync(engine);
        return (await rows.OutcomeAsync(), plan.Calls);
    }

    private static void AssertSame(string expected, string actual, long call)
    {
        if (expected == actual) return;
        var (first, second) = expected.Split('\n').Zip(actual.Split('\n')).First(l => l.First != l.Second);
        Assert.Fail($"Call {call}: expected '{first}', found '{second}'");
    }

    private static async Task ToTheEndAsync(Func<Task> story)
    {
        while (true)
        {
            try
            {
                await story();
                return;
            }
            catch (PlantedFaultException)
            {
                // The message is lost; whoever asks again goes on.
            }
        }
    }
}
