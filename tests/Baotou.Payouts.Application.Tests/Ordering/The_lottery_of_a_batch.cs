using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Pools;
using CsCheck;

namespace Baotou.Payouts.Application.Tests.Ordering;

/// <summary>Records of one notice tie. Pool, year, seed and code draw who comes first; no number, file or moment of arrival does.</summary>
public sealed class The_lottery_of_a_batch
{
    private static readonly Gen<DeliveredRecord[]> GenBatch = Gen.Select(
            Gen.Int[1, 999_999].ArrayUnique[2, 9],
            Gen.Int[1, 2].Array[9],
            Gen.Int[1, 1_000_000]
        )
        .Select(
            (enterprises, batches, shuffle) =>
            {
                // Numbers of records that agree with no order of codes.
                var numbers = Enumerable.Range(0, enterprises.Length).ToArray();
                new Random(shuffle).Shuffle(numbers);
                return enterprises
                    .Select((e, i) => TinyCity.Visit(e, $"v{numbers[i]}", "2023-01-10", 30, null, $"notice {batches[i]}"))
                    .ToArray();
            }
        );

    [Fact]
    public Task Is_drawn_by_pool_year_seed_and_code_and_by_no_arrival() => HoldsAsync(null, iterations: 60);

    [Fact]
    public async Task That_goes_by_arrival_is_found() =>
        await Assert.ThrowsAsync<CsCheckException>(() => HoldsAsync(OrderPlants.DrawnByArrival, iterations: 40));

    private static Task HoldsAsync(Func<IRowStore, IRowStore>? tamper, long iterations) =>
        Task.Run(() =>
            Gen.Select(GenBatch, Gen.String[Gen.Char.AlphaNumeric, 1, 8], Delivery.Any)
                .SampleAsync(
                    async (batch, seed, delivery) =>
                    {
                        var quarter = new Quarter(10, 100_000, [new("2023-01-31", batch, []), new("2023-02-28", [], [])]);
                        var (rows, city) = await Telling.OfAsync(quarter, delivery, tamper, seed);
                        await using var engine = new Engine(city, rows);

                        var drawn = batch
                            .OrderBy(r => r.Batch, StringComparer.Ordinal)
                            .ThenBy(r => ExpectedLine.Lot(TinyList.Culture, seed, r.Uscc!), StringComparer.Ordinal)
                            .Select(r => r.RecordId);
                        Assert.Equal(
                            drawn,
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
