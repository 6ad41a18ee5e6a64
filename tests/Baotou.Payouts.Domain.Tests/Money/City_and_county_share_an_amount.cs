using Baotou.Payouts.Domain.Money;
using CsCheck;

namespace Baotou.Payouts.Domain.Tests.Money;

public sealed class City_and_county_share_an_amount
{
    [Theory]
    [InlineData(100, 1, 1, 50, 50)]
    [InlineData(101, 1, 1, 51, 50)]
    [InlineData(1, 1, 1, 1, 0)]
    [InlineData(1, 1, 99, 1, 0)]
    [InlineData(100, 1, 2, 34, 66)]
    [InlineData(100, 1, 0, 100, 0)]
    [InlineData(100, 0, 1, 0, 100)]
    [InlineData(0, 3, 7, 0, 0)]
    public void The_odd_fen_is_the_citys(long total, long city, long county, long cityFen, long countyFen) =>
        Assert.Equal(new Shares(new Fen(cityFen), new Fen(countyFen)), Shares.Split(new Fen(total), city, county));

    [Fact]
    public void The_parts_always_add_up_and_are_never_negative() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.Long[0, long.MaxValue], Gen.Long[1, long.MaxValue])
            .Sample(
                (total, city, county) =>
                {
                    var shares = Shares.Split(new Fen(total), city, county);
                    return shares.Total.Value == total && shares.City >= Fen.Zero && shares.County >= Fen.Zero;
                }
            );

    [Fact]
    public void A_split_without_a_meaning_throws()
    {
        Assert.Throws<ArgumentException>(() => Shares.Split(new Fen(1), 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Shares.Split(new Fen(-1), 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Shares.Split(new Fen(1), -1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Shares.Split(new Fen(1), 1, -2));
    }
}
