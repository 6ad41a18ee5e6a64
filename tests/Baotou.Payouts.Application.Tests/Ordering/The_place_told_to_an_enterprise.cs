using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Tests.Simulation;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Replaying;
using CsCheck;

namespace Baotou.Payouts.Application.Tests.Ordering;

/// <summary>
/// "At most so many ahead of you, who ask for so much": true to the claim and to the fen, also of a claim that was served in part, reduced
/// or carried into the next year.
/// </summary>
public sealed class The_place_told_to_an_enterprise
{
    [Fact]
    public Task Is_the_one_that_a_count_over_all_claims_gives_and_money_arrives_at_it_to_the_fen() => HoldsAsync(null, iterations: 60);

    [Fact]
    public async Task That_is_one_fen_off_is_found() =>
        await Assert.ThrowsAsync<CsCheckException>(() => HoldsAsync(Plants.OneFenMore().Tamper, iterations: 40));

    [Fact]
    public async Task In_a_line_that_is_read_backwards_is_found() =>
        await Assert.ThrowsAsync<CsCheckException>(() => HoldsAsync(Plants.ServedBackwards().Tamper, iterations: 40));

    /// <param name="tamper">A bug on the way to whoever tells the place; what it is compared with sees the rows as they are.</param>
    /// <param name="iterations">How many quarters.</param>
    private static Task HoldsAsync(Func<IRowStore, IRowStore>? tamper, long iterations) =>
        Task.Run(() =>
            Gen.Select(Quarter.Whole, Delivery.Any, Gen.Bool, Gen.Int[0, 99])
                .SampleAsync(
                    async (quarter, delivery, closes, which) =>
                    {
                        var (rows, city) = await Telling.OfAsync(quarter, delivery);
                        await using var engine = new Engine(city, rows, patience: TimeSpan.FromDays(10_000));
                        if (closes)
                            await CloseAsync(engine);
                        await using var teller = new Engine(city, tamper?.Invoke(rows) ?? rows);

                        var told = await ToldAsync(teller);
                        var counted = await CountedAsync(engine, [closes ? TinyList.CultureNext : TinyList.Culture, TinyList.Tax]);
                        Assert.Equal(
                            counted.OrderBy(c => c.Claim.ToString(), StringComparer.Ordinal),
                            told.OrderBy(c => c.Claim.ToString(), StringComparer.Ordinal)
                        );

                        if (told.Count == 0)
                            return;
                        var (claim, pool, place) = told[which % told.Count];
                        await engine
                            .Get<OfficerActs>()
                            .AppropriateAsync(
                                pool,
                                "appropriation:9",
                                place.FenAhead + new Fen(1),
                                "no. 9",
                                TinyCity.Morning("2023-12-31"),
                                TinyCity.Persons,
                                default
                            );
                        await engine.SettleAsync();
                        Assert.Equal(
                            (claim, new Fen(1)),
                            (await engine.ChainAsync(pool))
                                .Where(e => e.Kind == EntryKind.Reserved)
                                .Select(e => (e.Claim!, e.Amount))
                                .Last()
                        );
                    },
                    iter: iterations
                )
        );

    /// <summary>The year of visits ends, the next takes its line over, and January adds to it.</summary>
    private static async Task CloseAsync(Engine engine)
    {
        await engine
            .Get<OfficerActs>()
            .ClosePoolAsync(TinyList.Culture, "close:1", "end of year", TinyCity.Morning("2023-12-31"), TinyCity.Persons, default);
        await engine.SettleAsync();
        await TinyCity.OpenAsync(engine, TinyList.CultureNext, 0, awaitsCarryIn: true);
        await engine.SettleAsync();
        engine.City.Culture.Told.AddRange([TinyCity.Visit(1, "next", "2024-01-05", 30), TinyCity.Visit(2, "next too", "2024-01-04", 15)]);
        engine.City.Until("2024-01-31");
        await engine.PassAsync();
    }

    private static async Task<List<(ClaimKey Claim, PoolYear Pool, LinePlace Place)>> ToldAsync(Engine teller)
    {
        var told = new List<(ClaimKey, PoolYear, LinePlace)>();
        for (var enterprise = 1; enterprise <= Quarter.Enterprises; enterprise++)
        {
            foreach (var open in (await teller.Get<DescribeStatus>().HandleAsync(TinyCity.Code(enterprise), default)).Waiting)
            {
                if (open.Place is { } place)
                    told.Add((open.Entitlement.Claim.Key, open.Pool, place));
            }
        }

        return told;
    }

    private static async Task<List<(ClaimKey Claim, PoolYear Pool, LinePlace Place)>> CountedAsync(
        Engine engine,
        IEnumerable<PoolYear> pools
    )
    {
        var counted = new List<(ClaimKey, PoolYear, LinePlace)>();
        var ledgers = new Dictionary<PoolYear, PlainLedger>();
        foreach (var year in await engine.Get<IPoolLog>().ListAsync(default))
            ledgers[year] = await PlainLedger.RefoldAsync(engine, year);
        foreach (var pool in pools)
        {
            var (claims, fen) = (0L, Fen.Zero);
            foreach (var (claim, asks) in ledgers[pool].Line())
            {
                counted.Add(
                    (claim, pool, new LinePlace(claims++, fen, ledgers.Values.Aggregate(Fen.Zero, (sum, l) => sum + l.GrantedTo(claim))))
                );
                fen += asks;
            }
        }

        return counted;
    }
}
