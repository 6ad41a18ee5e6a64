using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Pools;
using CsCheck;

namespace Baotou.Payouts.Application.Tests.Ordering;

/// <summary>
/// Nothing is inserted behind a closed round, and nothing that came late is passed over: it counts at the edge of the round that first sees
/// it, and says so.
/// </summary>
public sealed class A_fact_that_comes_late
{
    [Fact]
    public Task Counts_at_the_edge_of_the_round_that_first_sees_it_and_is_marked() => HoldsAsync(null, iterations: 60);

    [Fact]
    public async Task And_is_not_marked_is_found() =>
        await Assert.ThrowsAsync<CsCheckException>(() => HoldsAsync(OrderPlants.LateUnmarked, iterations: 40));

    [Fact]
    public async Task And_stands_at_the_end_of_its_round_is_found() =>
        await Assert.ThrowsAsync<CsCheckException>(() => HoldsAsync(OrderPlants.LateLast, iterations: 40));

    private static Task HoldsAsync(Func<IRowStore, IRowStore>? tamper, long iterations) =>
        Task.Run(() =>
            Gen.Select(Quarter.OnceEach, Delivery.Any)
                .SampleAsync(
                    async (quarter, delivery) =>
                    {
                        var (rows, city) = await Telling.OfAsync(quarter, delivery, tamper);
                        await using var engine = new Engine(city, rows, patience: TimeSpan.FromDays(10_000));
                        await TinyCity.AppropriateAsync(engine, TinyList.Culture, 3, 100_000);
                        await engine.SettleAsync();

                        var expected = ExpectedLine.Of(quarter, TinyList.Culture, Telling.Seed);
                        var claims = (await engine.EntitlementsAsync())
                            .Where(e => e.Pool == TinyList.Culture)
                            .ToDictionary(e => e.Claim.Key.Occasion);
                        Assert.Equal(
                            expected.OrderBy(c => c.Record),
                            claims
                                .Values.Select(e => new PlacedRecord(e.Claim.Key.Occasion, e.Round, e.Moment, e.Claim.Late))
                                .OrderBy(c => c.Record)
                        );
                        Assert.Equal(
                            expected.Select(c => c.Record),
                            (await engine.ChainAsync(TinyList.Culture))
                                .Where(e => e.Kind == EntryKind.Reserved)
                                .Select(e => e.Claim!.Occasion)
                                .Distinct()
                        );
                    },
                    iter: iterations
                )
        );
}
