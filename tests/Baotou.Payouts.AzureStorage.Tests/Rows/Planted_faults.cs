using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Testing;

namespace Baotou.Payouts.AzureStorage.Tests.Rows;

/// <summary>The tools other tests rest on: a fault before the effect leaves nothing behind, a lost answer leaves everything.</summary>
public sealed class Planted_faults
{
    private readonly InMemoryRowStore _rows = new();

    [Fact]
    public async Task A_call_that_fails_before_its_effect_changes_nothing()
    {
        await Assert.ThrowsAsync<PlantedFaultException>(() => Add(new FaultyRowStore(_rows, FaultPlan.Once(1, Fault.BeforeEffect)), "row"));

        Assert.Null(await Read("row"));
    }

    [Fact]
    public async Task A_call_whose_answer_is_lost_has_taken_effect_and_asking_again_finds_it()
    {
        var faulty = new FaultyRowStore(_rows, FaultPlan.Once(1, Fault.AnswerLost));
        await Assert.ThrowsAsync<PlantedFaultException>(() => Add(faulty, "row"));

        Assert.NotNull(await Read("row"));
        Assert.Equal(new CommitOutcome.Exists("row"), await Add(faulty, "row"));
    }

    [Fact]
    public async Task A_killed_worker_does_nothing_more()
    {
        FaultPlan plan = FaultPlan.KilledAt(2, Fault.AnswerLost);
        var faulty = new FaultyRowStore(_rows, plan);
        await Add(faulty, "one");
        await Assert.ThrowsAsync<PlantedFaultException>(() => Add(faulty, "two"));
        await Assert.ThrowsAsync<PlantedFaultException>(() => Add(faulty, "three"));

        Assert.NotNull(await Read("two"));
        Assert.Null(await Read("three"));
        Assert.Equal((3, 2), (plan.Calls, plan.Faults));
    }

    [Fact]
    public async Task A_query_whose_answer_is_lost_breaks_off_after_its_first_row()
    {
        await _rows.CommitAsync("ledger", "p", [new RowWrite.Add("a", []), new RowWrite.Add("b", [])], CancellationToken.None);
        var seen = new List<string>();

        await Assert.ThrowsAsync<PlantedFaultException>(async () =>
        {
            await foreach (
                StoredRow row in new FaultyRowStore(_rows, FaultPlan.Once(1, Fault.AnswerLost)).QueryAsync(
                    "ledger",
                    "p",
                    "",
                    "z",
                    CancellationToken.None
                )
            )
            {
                seen.Add(row.RowKey);
            }
        });

        Assert.Equal(["a"], seen);
    }

    [Fact]
    public async Task A_seed_fails_the_same_calls_every_time_and_about_as_many_as_it_was_told()
    {
        async Task<List<int>> Failed(ulong seed)
        {
            var faulty = new FaultyRowStore(new InMemoryRowStore(), FaultPlan.Seeded(seed, perThousand: 200));
            var failed = new List<int>();
            for (int n = 0; n < 1000; n++)
            {
                try
                {
                    await faulty.GetAsync("ledger", "p", "row", CancellationToken.None);
                }
                catch (PlantedFaultException)
                {
                    failed.Add(n);
                }
            }

            return failed;
        }

        List<int> first = await Failed(7);
        Assert.Equal(first, await Failed(7));
        Assert.NotEqual(first, await Failed(8));
        Assert.InRange(first.Count, 150, 250);
    }

    private Task<StoredRow?> Read(string rowKey) => _rows.GetAsync("ledger", "p", rowKey, CancellationToken.None);

    private static Task<CommitOutcome> Add(IRowStore rows, string rowKey) =>
        rows.CommitAsync("ledger", "p", [new RowWrite.Add(rowKey, [])], CancellationToken.None);
}
