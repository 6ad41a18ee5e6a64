using Baotou.Payouts.Application.Tests.Simulation;
using Baotou.Payouts.AzureStorage.Rows;
using CsCheck;

namespace Baotou.Payouts.Application.Tests.Ordering;

/// <summary>
/// Whoever is first in line is so by the facts: how they were delivered, and by how many they were worked on, is seen in no row of what
/// came of it.
/// </summary>
public sealed class The_outcome_follows_from_the_facts_alone
{
    [Fact]
    public Task Any_split_into_walks_and_pages_any_permutation_and_any_number_of_workers_gives_the_same_bytes() =>
        HoldsAsync(null, iterations: 80);

    [Fact]
    public async Task A_pool_in_which_whoever_arrived_first_comes_first_is_found() =>
        await Assert.ThrowsAsync<CsCheckException>(() => HoldsAsync(OrderPlants.DrawnByArrival, iterations: 40));

    [Fact]
    public async Task Workers_of_whom_each_tells_a_pool_the_same_are_found() =>
        await Assert.ThrowsAsync<CsCheckException>(() => HoldsAsync(Plants.NoInputIds().Tamper, iterations: 40));

    private static Task HoldsAsync(Func<IRowStore, IRowStore>? tamper, long iterations) =>
        Task.Run(() =>
            Gen.Select(Quarter.Whole, Delivery.Any)
                .SampleAsync(
                    async (quarter, delivery) =>
                    {
                        var plain = await Telling.OfAsync(quarter, Delivery.Plain, tamper);
                        var other = await Telling.OfAsync(quarter, delivery, tamper);
                        Assert.Equal(await plain.Rows.OutcomeAsync(), await other.Rows.OutcomeAsync());
                    },
                    iter: iterations
                )
        );
}
