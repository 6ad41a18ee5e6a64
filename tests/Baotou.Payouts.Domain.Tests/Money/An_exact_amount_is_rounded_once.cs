using System.Numerics;
using Baotou.Payouts.Domain.Money;
using CsCheck;

namespace Baotou.Payouts.Domain.Tests.Money;

public sealed class An_exact_amount_is_rounded_once
{
    [Theory]
    [InlineData(5, 2, Rounding.FenDown, 2)]
    [InlineData(5, 2, Rounding.FenHalfUp, 3)]
    [InlineData(7, 3, Rounding.FenHalfUp, 2)]
    [InlineData(8, 3, Rounding.FenHalfUp, 3)]
    [InlineData(8, 3, Rounding.FenDown, 2)]
    [InlineData(4999, 10000, Rounding.FenHalfUp, 0)]
    [InlineData(5000, 10000, Rounding.FenHalfUp, 1)]
    [InlineData(150, 1, Rounding.YuanDown, 100)]
    [InlineData(150, 1, Rounding.YuanHalfUp, 200)]
    [InlineData(149, 1, Rounding.YuanHalfUp, 100)]
    [InlineData(14999, 100, Rounding.YuanHalfUp, 100)]
    [InlineData(15000, 100, Rounding.YuanHalfUp, 200)]
    [InlineData(199, 1, Rounding.YuanDown, 100)]
    [InlineData(0, 7, Rounding.YuanHalfUp, 0)]
    [InlineData(long.MaxValue, 1, Rounding.FenHalfUp, long.MaxValue)]
    public void Halves_go_up_or_down_as_the_policy_says(long numerator, long denominator, Rounding rounding, long fen) =>
        Assert.Equal(new Fen(fen), new ExactFen(numerator, denominator).Round(rounding));

    [Fact]
    public void What_does_not_fit_in_64_bits_throws()
    {
        Assert.Throws<OverflowException>(() => new ExactFen((Int128)long.MaxValue + 1, 1).Round(Rounding.FenDown));
        Assert.Throws<OverflowException>(() => new ExactFen(((Int128)long.MaxValue * 2) + 1, 2).Round(Rounding.FenHalfUp));
        Assert.Throws<OverflowException>(() => new ExactFen((Int128)long.MaxValue + 43, 1).Round(Rounding.YuanHalfUp));
    }

    [Fact]
    public void Every_mode_agrees_with_unbounded_integers() =>
        Gen.Select(Gen.Long[0, long.MaxValue / 4], Gen.Int[1, 3_650_000])
            .Sample(
                (numerator, denominator) =>
                {
                    foreach (var rounding in Enum.GetValues<Rounding>())
                    {
                        BigInteger unit = rounding is Rounding.YuanDown or Rounding.YuanHalfUp ? 100 : 1;
                        var divisor = denominator * unit;
                        var half = rounding is Rounding.FenHalfUp or Rounding.YuanHalfUp ? divisor / 2 + divisor % 2 : 0;
                        var expected = (numerator + half) / divisor;
                        if (half > 0 && divisor % 2 == 1)
                            expected = (2 * (BigInteger)numerator + divisor) / (2 * divisor);
                        Assert.Equal(expected * unit, new ExactFen(numerator, denominator).Round(rounding).Value);
                    }
                }
            );

    [Fact]
    public void Fractions_are_compared_by_what_they_are_worth()
    {
        var (third, half, twoQuarters) = (new ExactFen(1, 3), new ExactFen(1, 2), new ExactFen(2, 4));
        Assert.True(third < half && half > third);
        Assert.False(half < third || third > half);
        Assert.False(half < twoQuarters || half > twoQuarters || twoQuarters < half || twoQuarters > half);
    }

    [Fact]
    public void What_is_left_above_an_amount_is_exact_and_never_nothing()
    {
        Assert.Equal(new ExactFen(1, 3), new ExactFen(7, 3).Above(new Fen(2)));
        Assert.Null(new ExactFen(6, 3).Above(new Fen(2)));
        Assert.Null(new ExactFen(5, 3).Above(new Fen(2)));
        Assert.Equal(new ExactFen(5, 3), new ExactFen(5, 3).Above(Fen.Zero));
    }

    [Fact]
    public void A_share_of_the_largest_amount_is_exact()
    {
        Assert.Equal(new Fen(long.MaxValue), ExactFen.Of(new Fen(long.MaxValue), new BasisPoints(10_000)).Round(Rounding.FenDown));
        Assert.Equal(new Fen(275), ExactFen.Of(Fen.FromYuan(100), new BasisPoints(275)).Round(Rounding.FenDown));
    }

    [Theory]
    [InlineData(500, "5%")]
    [InlineData(275, "2.75%")]
    [InlineData(10_000, "100%")]
    [InlineData(1, "0.01%")]
    public void Rates_read_as_per_cent(int points, string text) => Assert.Equal(text, new BasisPoints(points).ToString());
}
