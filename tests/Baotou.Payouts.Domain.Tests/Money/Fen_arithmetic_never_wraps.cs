using Baotou.Payouts.Domain.Money;

namespace Baotou.Payouts.Domain.Tests.Money;

public sealed class Fen_arithmetic_never_wraps
{
    private static readonly Fen Most = new(long.MaxValue);
    private static readonly Fen Least = new(long.MinValue);
    private static readonly Fen One = new(1);

    [Fact]
    public void Past_either_end_it_throws()
    {
        Assert.Throws<OverflowException>(() => Most + One);
        Assert.Throws<OverflowException>(() => Least - One);
        Assert.Throws<OverflowException>(() => -Least);
        Assert.Throws<OverflowException>(() => Fen.FromYuan(long.MaxValue / 100 + 1));
        Assert.Throws<OverflowException>(() => Fen.FromYuan(long.MinValue / 100 - 1));
    }

    [Fact]
    public void Up_to_either_end_it_is_exact()
    {
        Assert.Equal(Most, new Fen(long.MaxValue - 1) + One);
        Assert.Equal(Least, new Fen(long.MinValue + 1) - One);
        Assert.Equal(new Fen(92233720368547758_00), Fen.FromYuan(92233720368547758));
    }

    [Fact]
    public void Amounts_are_ordered_by_value()
    {
        Assert.True(One > Fen.Zero && Fen.Zero < One && One >= new Fen(1) && One <= new Fen(1));
        Assert.Equal(Fen.Zero, Fen.Min(Fen.Zero, One));
        Assert.Equal(One, Fen.Max(Fen.Zero, One));
        Assert.True(Least.CompareTo(Most) < 0);
    }
}
