using System.Diagnostics;
using System.Globalization;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.AzureStorage.Tests.Emulator;
using Baotou.Payouts.Testing;
using Baotou.Payouts.Testing.City;
using Xunit.Abstractions;

namespace Baotou.Payouts.AzureStorage.Tests.Crashing;

/// <summary>
/// The scenarios of the crash tests, over the real client library and the emulator, with the fault in the library's own pipeline: a request
/// fails before it takes effect; it takes effect and its answer is lost; its answer is lost and the library sends it again, so that it
/// meets its own success; it takes effect and its worker ends there, and a new one goes on over the same tables and queues. But for the
/// third the library may not try again: the fault reaches the pump, which hands the message to its step once more, or whoever asked, who
/// asks again. PAYOUTS_CRASH_POINTS sets how many points are sampled.
/// </summary>
[Collection(AzuriteCollection.Name)]
public sealed class When_a_call_to_azure_fails(AzuriteFixture azurite, ITestOutputHelper output)
{
    private const int Enterprises = 8;
    private const int Seed = 20231;
    private const int Lanes = 4;

    [Fact]
    public async Task Sent_again_by_the_library_it_is_refused_for_its_own_success_and_that_is_an_answer()
    {
        var table = azurite.NewName();
        await StorageLayout.CreateAsync(azurite.Account, [table], [], default);
        var plan = FaultPlan.Of(call => call % 2 == 1 ? Fault.SentAgain : Fault.None);
        var rows = new FailingPipeline(plan).Account(azurite.ConnectionString, retries: 1).OpenRows();

        Assert.Equal(
            new CommitOutcome.Exists("row"),
            await rows.CommitAsync(table, "p", [new RowWrite.Add("row", new() { ["a"] = 1L })], default)
        );
        var added = (await azurite.Account.OpenRows().GetAsync(table, "p", "row", default))!;
        Assert.Equal(
            new CommitOutcome.Changed("row"),
            await rows.CommitAsync(table, "p", [new RowWrite.Update("row", added.Version, new() { ["a"] = 2L })], default)
        );

        Assert.Equal(2L, (await azurite.Account.OpenRows().GetAsync(table, "p", "row", default))!.Columns.Number("a"));
        Assert.Equal((4, 2), (plan.Calls, plan.Faults));
    }

    /// <summary>
    /// A trial that finds nothing would pass with any engine: of one that takes a failed write for done, it finds every claim that is lost
    /// by it.
    /// </summary>
    [Fact]
    public async Task A_planted_bug_is_found_at_each_request_at_which_it_bites()
    {
        var scenario = Scenario.Of("one round");
        var from = await scenario.BeginAsync();
        var (city, inMemory, undisturbed) = (await CityOnAzure.BeginAsync(azurite, from), await from.CopyAsync(), FaultPlan.None());
        ForgetfulRows? seen = null;
        await using (var engine = city.Worker(scenario.City(), undisturbed, plant: rows => seen = new ForgetfulRows(rows, undisturbed)))
            await scenario.Play(engine);
        await using (var engine = Scenario.Over(scenario.City(), inMemory))
            await scenario.Play(engine);
        var expected = await inMemory.OutcomeAsync();
        var missed = new List<long>();
        foreach (var call in seen!.Writes)
        {
            var trial = () =>
                TryAsync(new Point(scenario, from, expected, call, Fault.BeforeEffect), (rows, plan) => new ForgetfulRows(rows, plan));
            if (await Record.ExceptionAsync(trial) is not Xunit.Sdk.XunitException)
                missed.Add(call);
        }

        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"planted: {seen.Writes.Count - missed.Count} of {seen.Writes.Count} found")
        );
        Assert.True(seen.Writes.Count >= 2, "A round writes claims and entitlements.");
        Assert.Empty(missed);
    }

    /// <summary>Every request from the opening of a round to its payouts.</summary>
    [Fact]
    public async Task Any_one_of_a_round_it_ends_as_if_it_had_not() =>
        await PlayAsync("every call", [Scenario.Of("one round")], points => points);

    [Fact]
    public async Task A_sample_of_those_of_all_other_scenarios_they_end_as_if_it_had_not() =>
        await PlayAsync(
            $"sample of seed {Seed}",
            [.. Scenario.All.Where(s => s.Name != "one round").Select(s => s.Among(Enterprises))],
            points =>
            {
                var (random, most) = (
                    new Random(Seed),
                    int.TryParse(Environment.GetEnvironmentVariable("PAYOUTS_CRASH_POINTS"), CultureInfo.InvariantCulture, out var wanted)
                        ? wanted
                        : 200
                );
                return points
                    .GroupBy(p => p.Scenario.Name)
                    .SelectMany((of, n) => of.OrderBy(_ => random.Next()).Take((most + n) / (Scenario.All.Count - 1)));
            }
        );

    private async Task PlayAsync(string title, IReadOnlyList<Scenario> scenarios, Func<IEnumerable<Point>, IEnumerable<Point>> choose)
    {
        var watch = Stopwatch.StartNew();
        var all = new List<Point>();
        foreach (var scenario in scenarios)
            all.AddRange(await PointsAsync(scenario));
        var chosen = choose(all).ToList();
        await Parallel.ForEachAsync(
            chosen,
            new ParallelOptions { MaxDegreeOfParallelism = Lanes },
            async (point, _) => await TryAsync(point)
        );
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{title}: {chosen.Count} of {all.Count} points on the emulator, 0 violations, 0 payouts of running again, {watch.Elapsed.TotalSeconds:F0} s"
            )
        );
        foreach (var of in chosen.GroupBy(p => p.Scenario.Name))
            output.WriteLine(
                $"  {of.Key}: {of.Count()} ({string.Join(", ", of.GroupBy(p => p.Fault).OrderBy(f => f.Key).Select(f => $"{f.Key} {f.Count()}"))})"
            );
    }

    /// <summary>What may go wrong with each request of an undisturbed run, which ends as it does in memory.</summary>
    private async Task<IEnumerable<Point>> PointsAsync(Scenario scenario)
    {
        var from = await scenario.BeginAsync();
        var (city, inMemory, plan) = (await CityOnAzure.BeginAsync(azurite, from), await from.CopyAsync(), FaultPlan.None());
        await using (var engine = city.Worker(scenario.City(), plan))
            await scenario.Play(engine);
        await using (var engine = Scenario.Over(scenario.City(), inMemory))
            await scenario.Play(engine);
        var points = plan.Points();
        var expected = await inMemory.OutcomeAsync();
        Trial.AssertSame(expected, await OutcomeAsync(), $"{scenario.Name}, on the emulator");
        await new Trial(scenario, (told, _) => city.Worker(told, FaultPlan.None())).RunAgainAsync(OutcomeAsync, expected, scenario.Name);
        return points.Select(p => new Point(scenario, from, expected, p.Call, p.Fault));

        async Task<string> OutcomeAsync() => await (await city.ReadAsync()).OutcomeAsync();
    }

    /// <summary>What the emulator holds in the end is read into memory and run again there, which is quicker.</summary>
    private async Task TryAsync(Point point, Func<IRowStore, FaultPlan, IRowStore>? plant = null)
    {
        var city = await CityOnAzure.BeginAsync(azurite, point.From);
        var trial = new Trial(point.Scenario, (told, plan) => Worker(told, plan ?? FaultPlan.None()));
        await trial.PlayAsync(FaultPlan.Once(point.Call, point.Fault));
        var rows = await city.ReadAsync();
        var when = $"{point.Scenario.Name}, request {point.Call}, {point.Fault}";
        Trial.AssertSame(point.Expected, await rows.OutcomeAsync(), when);
        var again = new Trial(point.Scenario, (told, plan) => Scenario.Over(told, rows, plan));
        await again.RunAgainAsync(rows.OutcomeAsync, point.Expected, when);

        Engine Worker(TinyCity told, FaultPlan plan) =>
            city.Worker(told, plan, point.Fault == Fault.SentAgain ? 1 : 0, plant is null ? null : stored => plant(stored, plan));
    }

    private sealed record Point(Scenario Scenario, WatchedRows From, string Expected, long Call, Fault Fault);
}
