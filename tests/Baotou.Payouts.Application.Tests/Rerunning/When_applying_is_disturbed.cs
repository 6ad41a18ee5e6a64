using System.Text;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Application.Rerunning;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.Testing;

namespace Baotou.Payouts.Application.Tests.Rerunning;

/// <summary>
/// Applying a difference, disturbed at each of its storage calls in turn, ends as it does undisturbed, or as whoever came first made it.
/// </summary>
public sealed class When_applying_is_disturbed
{
    private const string AllDone = "v1:Confirmed 20, v1:Confirmed 4, v2:Confirmed 8, v4:ClawbackDue 30";

    private readonly Corrected _corrected = new();

    [Theory]
    [InlineData(Fault.BeforeEffect)]
    [InlineData(Fault.AnswerLost)]
    public async Task One_call_that_fails_changes_nothing_in_the_end(Fault fault)
    {
        var (begun, asked) = await BegunAsync(matched: true);
        var (expected, calls) = await UndisturbedAsync(begun, asked);
        Assert.InRange(calls, 100, 5_000);
        await Parallel.ForAsync(
            1,
            calls + 1,
            async (call, _) =>
            {
                var rows = await begun.CopyAsync();
                var plan = FaultPlan.Once(call, fault);
                await using var engine = _corrected.Over(new FaultyRowStore(rows, plan));
                await ToTheEndAsync(engine, asked);
                Assert.Equal(1, plan.Faults);
                Assert.Equal(expected, await OutcomeAsync(rows));
            }
        );
    }

    /// <summary>Whoever takes over begins with the sweep, not with the click that was lost.</summary>
    [Fact]
    public async Task A_worker_killed_at_any_call_is_taken_over_by_a_new_one()
    {
        var (begun, asked) = await BegunAsync(matched: true);
        var (expected, calls) = await UndisturbedAsync(begun, asked);
        await Parallel.ForAsync(
            1,
            calls + 1,
            async (call, _) =>
            {
                var rows = await begun.CopyAsync();
                await using (var killed = _corrected.Over(new FaultyRowStore(rows, FaultPlan.KilledAt(call, Fault.AnswerLost))))
                    await Assert.ThrowsAsync<PlantedFaultException>(() => TellAsync(killed, asked));
                await using var engine = _corrected.Over(rows);
                await Corrected.SettleAsync(engine);
                if ((await engine.Get<IApprovalStore>().ReadAsync(asked.Id, default))!.Approval.State == ApprovalState.Pending)
                    await TellAsync(engine, asked);
                Assert.Equal(expected, await OutcomeAsync(rows));
            }
        );
    }

    /// <summary>Where the round comes in between, when a payout is held is nobody's promise; what it ends with is.</summary>
    [Fact]
    public async Task A_call_that_fails_while_the_round_is_still_to_come_pays_the_same()
    {
        var (begun, asked) = await BegunAsync(matched: false);
        var (_, calls) = await UndisturbedAsync(begun, asked);
        await Parallel.ForAsync(
            0,
            calls / 3,
            async (nth, _) =>
            {
                var rows = await begun.CopyAsync();
                await using var engine = _corrected.Over(
                    new FaultyRowStore(rows, FaultPlan.Once((nth * 3) + 1, nth % 2 == 0 ? Fault.AnswerLost : Fault.BeforeEffect))
                );
                await ToTheEndAsync(engine, asked);
                await EndsWellAsync(rows, AllDone);
            }
        );
    }

    [Fact]
    public async Task Two_workers_that_apply_it_at_once_do_each_line_once()
    {
        var (begun, asked) = await BegunAsync(matched: true);
        var (expected, calls) = await UndisturbedAsync(begun, asked);
        await Parallel.ForAsync(
            0,
            calls / 2,
            async (nth, _) =>
            {
                var rows = await begun.CopyAsync();
                await using var other = _corrected.Over(rows);
                await using var engine = _corrected.Over(rows);
                rows.Meet((nth * 2) + 1, () => other.Get<Approvals>().FinishAllAsync(default));
                await TellAsync(engine, asked);
                Assert.Equal(expected, await OutcomeAsync(rows));
            }
        );
    }

    /// <summary>
    /// An objection releases enterprise 2's payout whole while 12 of its 40 yuan are being released: the pool gets back 40 or 32, and never
    /// more.
    /// </summary>
    [Fact]
    public async Task A_payout_that_somebody_else_moves_meanwhile_is_moved_by_one_of_them()
    {
        var (begun, asked) = await BegunAsync(matched: true);
        var (_, calls) = await UndisturbedAsync(begun, asked);
        var answers = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        await Parallel.ForAsync(
            0,
            calls / 2,
            async (nth, _) =>
            {
                var rows = await begun.CopyAsync();
                await using var other = _corrected.Over(rows);
                await using var engine = _corrected.Over(rows);
                var id = (await other.PayoutsAsync()).Single(p => p.Claim.Occasion == "v2").Id;
                rows.Meet((nth * 2) + 1, () => other.Get<ReleasePayout>().HandleAsync(id, "objection upheld", TinyCity.Persons, default));
                await TellAsync(engine, asked);
                await EndsWellAsync(rows, "v1:Confirmed 20, v1:Confirmed 4, v4:ClawbackDue 30");
                var outcome = (
                    await engine.Get<IRunStore>().OutcomesAsync((await engine.Get<IRunStore>().ListAsync(default)).Single().Id, default)
                )[1];
                answers.AddOrUpdate(outcome.IsApplied ? "applied" : "changed since", 1, (_, n) => n + 1);
            }
        );
        Assert.Equal(["applied", "changed since"], answers.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_run_that_is_cancelled_meanwhile_is_applied_whole_or_not_at_all()
    {
        var (begun, asked) = await BegunAsync(matched: true);
        var untouched = (await PayoutsAsync(begun)).Order(StringComparer.Ordinal).ToList();
        var answers = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        await Parallel.ForAsync(
            1,
            40,
            async (call, _) =>
            {
                var rows = await begun.CopyAsync();
                await using var other = _corrected.Over(rows);
                await using var engine = _corrected.Over(rows);
                var run = (await other.Get<IRunStore>().ListAsync(default)).Single().Id;
                Cancelling? cancelled = null;
                rows.Meet(call, async () => cancelled = await other.Get<StartRun>().CancelAsync(run, "wang", default));
                await TellAsync(engine, asked);
                var applied = cancelled is Cancelling.TooLate;
                answers.AddOrUpdate(applied ? "applied" : "cancelled", 1, (_, n) => n + 1);
                await EndsWellAsync(rows, applied ? AllDone : "v1:Confirmed 20, v2:Held 40, v3:Held 60, v4:Paid 30");
                if (!applied)
                    Assert.Equal(untouched, (await PayoutsAsync(rows)).Order(StringComparer.Ordinal));
            }
        );
        Assert.Equal(["applied", "cancelled"], answers.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("\"city\":", "\"city\":1")]
    [InlineData("\"tooMuch\":", "\"tooMuch\":9")]
    [InlineData("\"due\":", "\"due\":7")]
    [InlineData("{", "[")]
    public async Task A_difference_that_was_changed_behind_the_engines_back_is_refused(string part, string instead)
    {
        var (rows, asked) = await BegunAsync(matched: true);
        var (partition, row) = (await rows.AllAsync(StorageKeys.Runs)).First(r =>
            r.Partition.StartsWith("difference!", StringComparison.Ordinal) && r.Row.RowKey != "head"
        );
        var body = row.Columns.Text("body");
        var at = body.LastIndexOf(part, StringComparison.Ordinal);
        row.Columns["body"] = body[..at] + instead + body[(at + part.Length)..];
        await rows.PlantAsync(StorageKeys.Runs, partition, row.RowKey, row.Columns);
        await using var engine = _corrected.Over(rows);
        var before = await PayoutsAsync(rows);

        var decided = Assert.IsType<Decided.Stands>(await Corrected.AgreeAsync(engine, asked)).Approval;

        Assert.Equal(ApprovalState.Refused, decided.State);
        Assert.Contains("behind the engine's back", decided.Note, StringComparison.Ordinal);
        Assert.Equal(before, await PayoutsAsync(rows));
        Assert.Empty(await engine.Get<IRunStore>().DecisionsAsync((await engine.Get<IRunStore>().ListAsync(default)).Single().Id, default));
    }

    private async Task<(WatchedRows Rows, Approval Asked)> BegunAsync(bool matched)
    {
        var rows = new WatchedRows();
        await using var engine = _corrected.Over(rows);
        await _corrected.BeginAsync(engine, matched);
        return (rows, await Corrected.AskAsync(engine, await Corrected.DryAsync(engine)));
    }

    private async Task<(string Outcome, long Calls)> UndisturbedAsync(WatchedRows begun, Approval asked)
    {
        var rows = await begun.CopyAsync();
        var plan = FaultPlan.None();
        await using var engine = _corrected.Over(new FaultyRowStore(rows, plan));
        await TellAsync(engine, asked);
        await EndsWellAsync(rows, AllDone);
        return (await OutcomeAsync(rows), plan.Calls);
    }

    private static async Task TellAsync(Engine engine, Approval asked)
    {
        await Corrected.AgreeAsync(engine, asked);
        await Corrected.SettleAsync(engine);
    }

    private static async Task ToTheEndAsync(Engine engine, Approval asked)
    {
        while (true)
        {
            try
            {
                await TellAsync(engine, asked);
                return;
            }
            catch (PlantedFaultException)
            {
                // Whoever asks again goes on.
            }
        }
    }

    private async Task EndsWellAsync(WatchedRows rows, string expected)
    {
        await using var engine = _corrected.Over(rows);
        await engine.VerifyHoldsAsync();
        Assert.Equal(expected, await Corrected.PayoutsAsync(engine));
        var before = await engine.PayoutsAsync();
        await engine.PassAsync();
        Assert.Equal(before, await engine.PayoutsAsync());
    }

    /// <summary>Everything that may not depend on how applying went, the answers to each line included.</summary>
    private static async Task<string> OutcomeAsync(WatchedRows rows)
    {
        var text = new StringBuilder(await rows.OutcomeAsync());
        foreach (var table in new[] { StorageKeys.Runs, StorageKeys.Approvals })
        {
            foreach (var (partition, row) in await rows.AllAsync(table))
                text.Append(partition).Append(' ').Append(row.RowKey).Append(' ').Append(row.Columns.Text("body")).Append('\n');
        }

        return text.ToString();
    }

    private async Task<List<string>> PayoutsAsync(WatchedRows rows)
    {
        await using var engine = _corrected.Over(rows);
        return [.. (await engine.PayoutsAsync()).Select(p => p.ToString())];
    }
}
