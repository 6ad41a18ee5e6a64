using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Testing.City;

/// <summary>
/// One telling of a scenario in which one call goes wrong. Where its rows lie is the caller's: new workers are begun over them.
/// </summary>
/// <param name="scenario">What is told.</param>
/// <param name="begin">Begins a worker in a city whose calls go by a plan; null for a plan by which nothing fails.</param>
internal sealed class Trial(Scenario scenario, Func<TinyCity, FaultPlan?, Engine> begin)
{
    private const string NothingMoreUntil = "2023-04-30";

    /// <summary>Tells the scenario to its end, whatever the plan does to one call.</summary>
    public async Task PlayAsync(FaultPlan plan)
    {
        var engine = begin(scenario.City(), plan);
        var told = TellAsync(engine, plan);
        if (await Task.WhenAny(told, plan.WorkerEnded) == told)
        {
            await told;
            await engine.DisposeAsync();
        }
        else
        {
            // Whatever it held in memory is gone with it; messages it took stay hidden.
            await using var next = begin(scenario.City(), null);
            await scenario.Play(next);
        }

        Assert.Equal(1, plan.Faults);
    }

    /// <summary>
    /// Runs again what is done: the same walks, then a round of its own over the same facts, in which the agencies tell that until April
    /// there was nothing more. Neither makes a payout or changes one, and everything verifies.
    /// </summary>
    /// <param name="outcome">Reads what may not depend on how a run went.</param>
    /// <param name="expected">What the undisturbed run ended in.</param>
    /// <param name="when">For people: what was disturbed.</param>
    public async Task RunAgainAsync(Func<Task<string>> outcome, string expected, string when)
    {
        await using (var engine = begin(scenario.City(), null))
        {
            await engine.PassAsync();
            await engine.Get<Sweep>().SweepAsync(default);
            AssertSame(expected, await outcome(), when + ", run again");
        }

        var city = scenario.City();
        city.Until(NothingMoreUntil);
        await using var later = begin(city, null);
        var (payouts, rounds) = (await later.PayoutsAsync(), await ClosedAsync(later));
        await later.PassAsync();
        await later.Get<Sweep>().SweepAsync(default);
        Assert.True(await ClosedAsync(later) > rounds, $"{when}: no round came over the unchanged facts");
        Assert.Equal(payouts.Select(TextOf), (await later.PayoutsAsync()).Select(TextOf));
        await later.VerifyHoldsAsync();
    }

    public static void AssertSame(string expected, string actual, string when)
    {
        if (expected == actual)
            return;
        var (first, second) = (expected + "\n(end)").Split('\n').Zip((actual + "\n(end)").Split('\n')).First(l => l.First != l.Second);
        Assert.Fail($"{when}: expected '{first}', found '{second}'");
    }

    /// <summary>
    /// Whoever got no answer asks again, and so does the next timer. The message that brought it there is lost, unless it is handed over
    /// again.
    /// </summary>
    private async Task TellAsync(Engine engine, FaultPlan plan)
    {
        while (true)
        {
            var faults = plan.Faults;
            try
            {
                await scenario.Play(engine);
                return;
            }
            catch (PlantedFaultException) when (plan.Faults > faults) { }
        }
    }

    private static async Task<int> ClosedAsync(Engine engine) => (await engine.Get<IRoundLog>().StandingAsync(default)).Closed;

    private static string TextOf(Payout payout) => $"{payout.Id} {payout.State} {payout.City} {payout.Version}";
}
