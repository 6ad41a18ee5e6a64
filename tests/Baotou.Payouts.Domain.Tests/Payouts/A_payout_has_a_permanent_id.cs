using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Replaying;
using CsCheck;

namespace Baotou.Payouts.Domain.Tests.Payouts;

public sealed class A_payout_has_a_permanent_id
{
    private static readonly ClaimKey Key = new("19-cont-2", "2022", Uscc.Parse("91350100M000100Y43"), 0);

    [Fact]
    public void It_is_the_bucket_and_130_bits_of_the_hash_in_base32() =>
        Gen.Select(Gen.Int[0, 999], Gen.Int[0, 50], Gen.Int[0, 50], Gen.Int[2000, 2100])
            .Sample(
                (bucket, number, part, year) =>
                {
                    var key = Key with { Number = number, Occasion = $"{year}包" };
                    var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"19-cont-2\n{year}包\n91350100M000100Y43\n{number}\n{part}"));
                    var bits = new BigInteger(hash, isUnsigned: true, isBigEndian: true) >> (256 - 130);
                    var text = string.Concat(
                        Enumerable.Range(0, 26).Select(i => "abcdefghijklmnopqrstuvwxyz234567"[(int)((bits >> ((25 - i) * 5)) & 31)])
                    );
                    return PayoutId.Of(bucket, key, part) == $"{bucket:000}-{text}";
                }
            );

    [Fact]
    public void It_fits_the_banks_reference_and_names_its_bucket() =>
        Gen.Int[0, 999]
            .Sample(bucket =>
            {
                var id = PayoutId.Of(bucket, Key, 0);
                return id.Length is 30 and <= 35
                    && PayoutId.BucketOf(id) == bucket
                    && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
            });

    [Theory]
    [InlineData("")]
    [InlineData("007")]
    [InlineData("007_aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("007-aaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("007-aaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("007-aaaaaaaaaaaaaaaaaaaaaaaaa1")]
    [InlineData("007-aaaaaaaaaaaaaaaaaaaaaaaaaA")]
    [InlineData("+07-aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData(" 07-aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Another_text_is_no_id(string text) => Assert.Null(PayoutId.BucketOf(text));

    [Fact]
    public void Every_part_of_the_key_makes_another_id()
    {
        var ids = new List<string>();
        foreach (var policy in new[] { "19-cont-2", "19-cont-3" })
        foreach (var occasion in new[] { "2022", "2023", "once" })
        foreach (var code in new[] { "91350100M000100Y43", "91350100M000100Y44" })
        foreach (var number in new[] { 0, 1, 11 })
        foreach (var part in new[] { 0, 1, 11 })
            ids.Add(PayoutId.Of(7, new ClaimKey(policy, occasion, Uscc.Parse(code), number), part));
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void Ten_thousand_claims_have_ten_thousand_ids() =>
        Assert.Equal(
            10_000,
            Enumerable.Range(0, 10_000).Select(i => PayoutId.Of(0, Key with { Occasion = $"r{i}" }, 0)).Distinct().Count()
        );

    [Fact]
    public void Buckets_are_within_their_number_and_spread()
    {
        var codes = Enumerable.Range(0, 5000).Select(i => Uscc.Parse($"91990200M{i:D8}0")).ToList();
        Assert.All(codes, c => Assert.Equal(0, Bucket.Of(c, 1)));
        var sizes = codes.GroupBy(c => Bucket.Of(c, 10)).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(Enumerable.Range(0, 10), sizes.Keys.Order());
        Assert.All(sizes.Values, n => Assert.InRange(n, 400, 600));
        Assert.All(codes, c => Assert.InRange(Bucket.Of(c, 1000), 0, 999));
    }
}
