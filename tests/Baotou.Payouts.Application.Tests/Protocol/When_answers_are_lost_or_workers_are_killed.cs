using System.Diagnostics;
using System.Globalization;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Testing;
using Xunit.Abstractions;

namespace Baotou.Payouts.Application.Tests.Protocol;

/// <summary>
/// Each scenario, disturbed at each of its calls to storage, queues and agencies in turn, ends in the very rows in which it ends
/// undisturbed: officers act between the rounds here. Then running it again pays nothing, and it verifies.
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
            await using var engine = Scenario.Over(scenario.City(), rows);
            await scenario.Play(engine);
            await engine.VerifyHoldsAsync();
            foreach (var pool in new[] { TinyList.Culture, TinyList.CultureNext, TinyList.Tax })
                kinds.UnionWith((await engine.ChainAsync(pool)).Select(e => e.Kind));
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
        await using (var engine = Scenario.Over(scenario.City(), whole, plan))
            await scenario.Play(engine);
        var (expected, points) = (await whole.OutcomeAsync(), plan.Points());
        await Parallel.ForEachAsync(
            points,
            async (point, _) =>
            {
                var rows = await from.CopyAsync();
                var trial = new Trial(scenario, (city, planned) => Scenario.Over(city, rows, planned));
                await trial.PlayAsync(FaultPlan.Once(point.Call, point.Fault));
                Trial.AssertSame(expected, await rows.OutcomeAsync(), $"call {point.Call}, {point.Fault}");
                await trial.RunAgainAsync(rows.OutcomeAsync, expected, $"call {point.Call}, {point.Fault}");
            }
        );
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {points[^1].Call} calls, {points.Count} crash points in memory, 0 violations, 0 payouts of running again, {watch.Elapsed.TotalSeconds:F0} s"
            )
        );
    }
}
