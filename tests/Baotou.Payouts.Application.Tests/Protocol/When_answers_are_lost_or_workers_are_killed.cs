using System.Diagnostics;
using System.Globalization;
using Baotou.Payouts.Application.Tests.City;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Testing;
using Xunit.Abstractions;

namespace Baotou.Payouts.Application.Tests.Protocol;

/// <summary>
/// Each scenario, disturbed at each of its calls to storage, queues and agencies in turn, ends in the very rows in which it ends undisturbed: officers act
/// between the rounds here. Then it verifies, and running it again pays nothing.
/// </summary>
public sealed class When_answers_are_lost_or_workers_are_killed(ITestOutputHelper output)
{
    public static TheoryData<string> Scenarios => [.. Scenario.All.Select(s => s.Name)];

    [Fact]
    public async Task The_undisturbed_scenarios_go_through_everything()
    {
        var kinds = new HashSet<EntryKind>();
        foreach (var scenario in Scenario.All)
        {
            var rows = await scenario.BeginAsync();
            await using var engine = scenario.Over(rows);
            await scenario.Play(engine);
            await engine.VerifyHoldsAsync();
            foreach (var pool in new[] { TinyList.Culture, TinyList.CultureNext, TinyList.Tax }) kinds.UnionWith((await engine.ChainAsync(pool)).Select(e => e.Kind));
            Assert.True(scenario.Name is "full run" or "rerun" || (await engine.PayoutsAsync()).Count > 0);
        }

        Assert.Equal(Enum.GetValues<EntryKind>().Except([EntryKind.Returned]).Order(), kinds.Order());
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Whatever_happens_to_one_call_changes_nothing_in_the_end(string name)
    {
        var watch = Stopwatch.StartNew();
        var scenario = Scenario.Of(name);
        var from = await scenario.BeginAsync();
        var plan = FaultPlan.None();
        var whole = await from.CopyAsync();
        await using (var engine = scenario.Over(whole, plan)) await scenario.Play(engine);
        var (expected, calls) = (await whole.OutcomeAsync(), plan.Calls);
        await Parallel.ForAsync(0, calls * 4, async (trial, _) =>
        {
            var (call, fault) = (1 + (trial / 4), (trial % 4) switch { 0 => Fault.BeforeEffect, 1 => Fault.AnswerLost, 2 => Fault.SentAgain, _ => Fault.None });
            var rows = await from.CopyAsync();
            if (fault == Fault.None) await KilledAtAsync(scenario, rows, call);
            else await FailingAtAsync(scenario, rows, call, fault);
            AssertSame(expected, await rows.OutcomeAsync(), $"call {call}, {fault}");
            await AssertAtRestAsync(scenario, rows, expected, $"call {call}, {fault}, run again");
        });
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {calls} calls, {calls * 4} crash points in memory, 0 violations, {watch.Elapsed.TotalSeconds:F0} s"));
    }

    /// <summary>Whoever got no answer asks again, and so does the next timer, until nothing fails.</summary>
    private static async Task FailingAtAsync(Scenario scenario, WatchedRows rows, long call, Fault fault)
    {
        var plan = FaultPlan.Once(call, fault);
        await using var engine = scenario.Over(rows, plan);
        for (var faults = -1L; plan.Faults != faults;)
        {
            faults = plan.Faults;
            try
            {
                await scenario.Play(engine);
            }
            catch (PlantedFaultException)
            {
                // The message is lost as well.
            }
        }

        Assert.Equal(1, plan.Faults);
    }

    /// <summary>To be killed after a call is to be killed before the next one, so one kind of fault tells both. A new process goes on, with empty queues.</summary>
    private static async Task KilledAtAsync(Scenario scenario, WatchedRows rows, long call)
    {
        await using (var killed = scenario.Over(rows, FaultPlan.KilledAt(call, Fault.AnswerLost)))
            await Assert.ThrowsAsync<PlantedFaultException>(() => scenario.Play(killed));
        await using var engine = scenario.Over(rows);
        await scenario.Play(engine);
    }

    private static async Task AssertAtRestAsync(Scenario scenario, WatchedRows rows, string expected, string when)
    {
        await using var engine = scenario.Over(rows);
        await engine.PassAsync();
        await engine.Get<Sweep>().SweepAsync(default);
        AssertSame(expected, await rows.OutcomeAsync(), when);
        await engine.VerifyHoldsAsync();
    }

    private static void AssertSame(string expected, string actual, string when)
    {
        if (expected == actual) return;
        var (first, second) = expected.Split('\n').Zip(actual.Split('\n')).First(l => l.First != l.Second);
        Assert.Fail($"{when}: expected '{first}', found '{second}'");
    }
}
