using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Testing;

namespace Baotou.Payouts.Local.Tests.Sandbox;

/// <summary>The main job whole: who gets what, in which order and with which chain follows from the city and the acts alone.</summary>
public sealed class A_whole_run : IClassFixture<A_whole_run.Undisturbed>
{
    private readonly Undisturbed _undisturbed;

    public A_whole_run(Undisturbed undisturbed) => _undisturbed = undisturbed;

    [Fact]
    public void Runs_a_pool_dry_within_a_claim_that_goes_on_with_new_money()
    {
        var report = _undisturbed.Report;

        Assert.Contains(report.Pools, p => p is { Waiting: > 0, Head.Free.Value: 0, Payouts: > 0 });
        Assert.Contains(report.Payouts, p => p.Part > 0);
    }

    [Fact]
    public async Task Made_again_over_the_same_rows_makes_no_new_payout()
    {
        var again = await WholeRun.ToTheEndAsync(_undisturbed.Rows);

        Assert.Equal(WholeRun.Outcome(_undisturbed.Report), WholeRun.Outcome(again));
        Assert.Equal(_undisturbed.Report.Payouts, again.Payouts);
    }

    [Theory]
    [InlineData(1, 1_000, 0)]
    [InlineData(8, 10, 0)]
    [InlineData(8, 1_000, 0.2)]
    [InlineData(1, 10, 0.2)]
    public async Task Ends_the_same_for_any_workers_page_size_and_faults(int workers, int pageSize, double faults) =>
        Assert.Equal(
            WholeRun.Outcome(_undisturbed.Report),
            WholeRun.Outcome(await WholeRun.ToTheEndAsync(new InMemoryRowStore(), workers, pageSize, faults))
        );

    [Fact]
    public async Task Killed_anywhere_and_taken_up_by_another_engine_ends_the_same()
    {
        const int kills = 15;
        for (var kill = 1; kill <= kills; kill++)
        {
            var rows = new InMemoryRowStore();
            await WholeRun.KilledAsync(
                new FaultyRowStore(
                    rows,
                    FaultPlan.KilledAt(_undisturbed.Calls * kill / (kills + 1), kill % 2 == 0 ? Fault.AnswerLost : Fault.BeforeEffect)
                )
            );

            Assert.Equal(WholeRun.Outcome(_undisturbed.Report), WholeRun.Outcome(await WholeRun.ToTheEndAsync(rows)));
        }
    }

    /// <summary>One run that nothing disturbed, with the number of its storage calls.</summary>
    public sealed class Undisturbed : IAsyncLifetime
    {
        internal Demo.DemoReport Report { get; private set; } = null!;

        internal InMemoryRowStore Rows { get; } = new();

        internal long Calls { get; private set; }

        public async Task InitializeAsync()
        {
            var plan = FaultPlan.None();
            Report = await WholeRun.ToTheEndAsync(new FaultyRowStore(Rows, plan), ran: () => Calls = plan.Calls);
        }

        public Task DisposeAsync() => Task.CompletedTask;
    }
}
