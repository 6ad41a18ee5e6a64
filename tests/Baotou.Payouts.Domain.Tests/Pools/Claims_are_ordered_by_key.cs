using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Pools;
using CsCheck;

namespace Baotou.Payouts.Domain.Tests.Pools;

public sealed class Claims_are_ordered_by_key
{
    private static readonly Gen<string> GenPart = Gen.Int[0, 8]
        .Select(i => new[] { "", "a", "ab", "A", "0", "-", ".", "_", "包" }[i])
        .Array[0, 3]
        .Select(string.Concat);

    private static readonly Gen<(
        long Moment,
        int Source,
        string Batch,
        string Lot,
        string Record,
        string Policy,
        string Occasion,
        int Number
    )> GenTuple = Gen.Select(Gen.Long[0, 3], Gen.Int[0, 11], GenPart, Gen.Int[0, 2], GenPart, GenPart, GenPart, Gen.Int[0, 12])
        .Select((m, s, b, l, r, p, o, n) => (m * 50_000_000_000, s, b, new string("05f"[l], 32), r, p, o, n));

    [Fact]
    public void The_key_sorts_as_its_parts_do() =>
        Gen.Select(GenTuple, GenTuple)
            .Sample(
                (a, b) =>
                {
                    int[] parts =
                    [
                        a.Moment.CompareTo(b.Moment),
                        a.Source.CompareTo(b.Source),
                        string.CompareOrdinal(a.Batch, b.Batch),
                        string.CompareOrdinal(a.Lot, b.Lot),
                        string.CompareOrdinal(a.Record, b.Record),
                        string.CompareOrdinal(a.Policy, b.Policy),
                        string.CompareOrdinal(a.Occasion, b.Occasion),
                        a.Number.CompareTo(b.Number),
                    ];
                    Assert.Equal(Math.Sign(parts.FirstOrDefault(p => p != 0)), Math.Sign(string.CompareOrdinal(Key(a), Key(b))));
                },
                iter: 20_000
            );

    [Fact]
    public void A_part_never_reaches_into_the_next_even_where_only_one_part_differs() =>
        Gen.Select(GenTuple, GenPart, GenPart, Gen.Int[0, 3])
            .Sample(
                (t, x, y, which) =>
                {
                    var (a, b) = which switch
                    {
                        0 => (t with { Batch = x }, t with { Batch = y }),
                        1 => (t with { Record = x }, t with { Record = y }),
                        2 => (t with { Policy = x }, t with { Policy = y }),
                        _ => (t with { Occasion = x }, t with { Occasion = y }),
                    };
                    Assert.Equal(Math.Sign(string.CompareOrdinal(x, y)), Math.Sign(string.CompareOrdinal(Key(a), Key(b))));
                }
            );

    [Fact]
    public void Different_texts_stay_different_and_fit_into_a_storage_key() =>
        Gen.Select(Gen.String, Gen.String)
            .Sample(
                (x, y) =>
                {
                    Assert.Equal(x == y, OrderKey.Escape(x) == OrderKey.Escape(y));
                    Assert.DoesNotContain(
                        OrderKey.Escape(x),
                        c => !(char.IsAsciiLetterOrDigit(c) || "._-~".Contains(c, StringComparison.Ordinal))
                    );
                }
            );

    [Fact]
    public void A_key_has_a_fixed_form() =>
        Assert.Equal(
            "01685523600000!02!~5305-1!00112233445566778899aabbccddeeff!r~002f1!19-cont-2!2022!001",
            OrderKey.Of(
                new DateTimeOffset(2023, 5, 31, 9, 0, 0, TimeSpan.Zero),
                2,
                "包-1",
                "00112233445566778899aabbccddeeff",
                "r/1",
                "19-cont-2",
                "2022",
                1
            )
        );

    [Fact]
    public void A_lot_is_fixed_by_pool_year_seed_and_code()
    {
        var code = Uscc.Parse("91350100M000100Y43");
        var lot = OrderKey.Lottery(new PoolYear("pool", 2023), "seed", code);
        var text = System.Text.Encoding.UTF8.GetBytes("pool\n2023\nseed\n91350100M000100Y43");
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(text))[..32], lot);
        Assert.NotEqual(lot, OrderKey.Lottery(new PoolYear("pool", 2024), "seed", code));
        Assert.NotEqual(lot, OrderKey.Lottery(new PoolYear("pool", 2023), "other", code));
        Assert.NotEqual(lot, OrderKey.Lottery(new PoolYear("other", 2023), "seed", code));
    }

    [Fact]
    public void Lots_spread_evenly_and_another_seed_shuffles_them_anew()
    {
        var codes = Enumerable.Range(0, 4000).Select(i => Uscc.Parse($"91990200M{i:D8}0")).ToList();
        var firstDigits = codes
            .GroupBy(c => OrderKey.Lottery(new PoolYear("pool", 2023), "seed", c)[0])
            .ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(16, firstDigits.Count);
        Assert.All(firstDigits.Values, n => Assert.InRange(n, 180, 320));
        Assert.Equal(4000, codes.Select(c => OrderKey.Lottery(new PoolYear("pool", 2023), "seed", c)).Distinct().Count());
        var stillFirst = Drawn(codes, "seed").Take(400).Intersect(Drawn(codes, "another").Take(400)).Count();
        Assert.InRange(stillFirst, 10, 90);
    }

    private static IEnumerable<Uscc> Drawn(IEnumerable<Uscc> codes, string seed) =>
        codes.OrderBy(c => OrderKey.Lottery(new PoolYear("pool", 2023), seed, c), StringComparer.Ordinal);

    private static string Key(
        (long Moment, int Source, string Batch, string Lot, string Record, string Policy, string Occasion, int Number) t
    ) => OrderKey.Of(DateTimeOffset.FromUnixTimeMilliseconds(t.Moment), t.Source, t.Batch, t.Lot, t.Record, t.Policy, t.Occasion, t.Number);
}
