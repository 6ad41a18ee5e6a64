using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Application.Tests.Simulation;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Replaying;
using Baotou.Payouts.Testing;
using Xunit.Abstractions;

namespace Baotou.Payouts.Application.Tests.Protocol;

/// <summary>
/// Officers appropriate, cut, withdraw and release before any one call of a round, which then goes on, fails and is asked for again, or
/// ends with its worker. Which of them comes first is nobody's promise; that claims and pools end as a plain ledger makes it of the acts in
/// the log is.
/// </summary>
public sealed class When_officers_act_in_the_middle_of_a_round(ITestOutputHelper output)
{
    private const int Appropriated = 45;

    private readonly Scenario _scenario = Scenario.Of("second round").Among(8);

    private enum Call
    {
        GoesOn,
        Fails,
        EndsWithItsWorker,
    }

    [Fact]
    public async Task Claims_and_pools_end_as_the_log_says()
    {
        var watch = Stopwatch.StartNew();
        var from = await _scenario.BeginAsync();
        var (calls, before, released, withdrawn) = await UndisturbedAsync(from);
        var orders = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var points = from call in Enumerable.Range(1, calls) from then in Enum.GetValues<Call>() select (call, then);
        await Parallel.ForEachAsync(
            points,
            async (point, _) =>
            {
                var (rows, city) = (await from.CopyAsync(), _scenario.City());
                await using var officers = Scenario.Over(city, rows);
                rows.Meet(
                    point.call,
                    async () =>
                    {
                        await ActAsync(officers, released, withdrawn);
                        if (point.then != Call.GoesOn)
                            throw new PlantedFaultException(point.call);
                    }
                );
                await PlayAsync(rows, city, point.then);
                await EndAsync(officers);

                await Promises.CheckAsync(officers, city, before + Appropriated);
                orders.AddOrUpdate(await OrderAsync(officers), 1, (_, n) => n + 1);
                await new Trial(_scenario, (told, plan) => Scenario.Over(told, rows, plan)).RunAgainAsync(
                    rows.OutcomeAsync,
                    await rows.OutcomeAsync(),
                    $"{point}"
                );
            }
        );
        Assert.True(orders.Count > 2, "The acts always stand in the same place of the log.");
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{calls} calls, {calls * 3} rounds with acts between two calls, {orders.Count} orders of round and acts in the logs, 0 violations, 0 payouts of running again, {watch.Elapsed.TotalSeconds:F0} s"
            )
        );
    }

    private async Task<(int Calls, long Appropriated, string Released, ClaimKey Withdrawn)> UndisturbedAsync(WatchedRows from)
    {
        var rows = await from.CopyAsync();
        await using var engine = Scenario.Over(_scenario.City(), rows);
        var released = (await engine.PayoutsAsync()).First(p => p.Pool == TinyList.Culture).Id;
        var withdrawn = (await engine.EntitlementsAsync()).Last(e => e.Pool == TinyList.Culture).Claim.Key;
        var before = rows.Calls;
        await _scenario.Play(engine);
        return (
            (int)(rows.Calls - before),
            (await engine.HeadAsync(TinyList.Culture)).Appropriated.Value / Fen.FromYuan(1).Value,
            released,
            withdrawn
        );
    }

    /// <summary>The last of the line is withdrawn before there is money that would reach it.</summary>
    private static async Task ActAsync(Engine engine, string released, ClaimKey withdrawn)
    {
        await Officers.DoAsync(engine, new Proposal.Withdraw(withdrawn, Fen.Zero, "no. 6"));
        await TinyCity.AppropriateAsync(engine, TinyList.Culture, 2, Appropriated);
        await engine
            .Get<OfficerActs>()
            .CutAsync(TinyList.Tax, "cut:1", Fen.FromYuan(10), "no. 3", TinyCity.Morning("2023-03-02"), TinyCity.Persons, default);
        await engine.Get<ReleasePayout>().HandleAsync(released, "objection upheld", TinyCity.Persons, default);
    }

    private async Task PlayAsync(WatchedRows rows, TinyCity city, Call then)
    {
        await using var engine = Scenario.Over(city, rows);
        try
        {
            await _scenario.Play(engine);
            Assert.Equal(Call.GoesOn, then);
        }
        catch (PlantedFaultException)
        {
            await using var next = Scenario.Over(city, rows);
            await _scenario.Play(then == Call.Fails ? engine : next);
        }
    }

    /// <summary>What came last is seen by the sweeps after it.</summary>
    private static async Task EndAsync(Engine engine)
    {
        for (var sweeps = 0; sweeps < 2; sweeps++)
        {
            await engine.Get<Sweep>().SweepAsync(default);
            await engine.SettleAsync();
        }
    }

    /// <summary>What stands in the logs of both pools since the first round, in its order.</summary>
    private static async Task<string> OrderAsync(Engine engine)
    {
        var logs = new List<string>();
        foreach (var pool in new[] { TinyList.Culture, TinyList.Tax })
            logs.Add(string.Join(' ', (await engine.Get<IPoolLog>().InputsAsync(pool, 0, default)).Select(i => i.Input.Id)));
        return string.Join('\n', logs);
    }
}
