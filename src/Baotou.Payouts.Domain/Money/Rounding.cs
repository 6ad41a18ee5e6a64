namespace Baotou.Payouts.Domain.Money;

/// <summary>How the one rounding at the end of an award is done. Named by each policy; there is no default.</summary>
public enum Rounding
{
    /// <summary>Towards zero, to whole fen.</summary>
    FenDown,

    /// <summary>Halves away from zero, to whole fen.</summary>
    FenHalfUp,

    /// <summary>Towards zero, to whole yuan.</summary>
    YuanDown,

    /// <summary>Halves away from zero, to whole yuan.</summary>
    YuanHalfUp,
}

/// <summary>An exact non-negative amount before its rounding: <c>Numerator / Denominator</c> fen.</summary>
/// <param name="Numerator">Fen times the denominator; not negative.</param>
/// <param name="Denominator">Positive.</param>
public readonly record struct ExactFen(Int128 Numerator, Int128 Denominator)
{
    /// <summary>A whole number of fen.</summary>
    public static ExactFen Of(Fen amount) => new(amount.Value, 1);

    /// <summary>The share of <paramref name="amount"/> that <paramref name="rate"/> names, unrounded.</summary>
    public static ExactFen Of(Fen amount, BasisPoints rate) => new(checked((Int128)amount.Value * rate.Value), 10_000);

    /// <summary>
    /// Whether one amount is less than another, exactly. Throws <see cref="OverflowException"/> where 128 bits do not hold the comparison.
    /// </summary>
    public static bool operator <(ExactFen a, ExactFen b) => checked(a.Numerator * b.Denominator) < checked(b.Numerator * a.Denominator);

    /// <summary>
    /// Whether one amount is more than another, exactly. Throws <see cref="OverflowException"/> where 128 bits do not hold the comparison.
    /// </summary>
    public static bool operator >(ExactFen a, ExactFen b) => b < a;

    /// <summary>
    /// What is left above a whole number of fen; null if nothing is. Throws <see cref="OverflowException"/> where 128 bits do not hold it.
    /// </summary>
    public ExactFen? Above(Fen amount)
    {
        var left = checked(Numerator - ((Int128)amount.Value * Denominator));
        return left > 0 ? this with { Numerator = left } : null;
    }

    /// <summary>Rounds once. Throws <see cref="OverflowException"/> if the result does not fit in 64 bits.</summary>
    public Fen Round(Rounding rounding)
    {
        var unit = rounding is Rounding.YuanDown or Rounding.YuanHalfUp ? 100 : 1;
        var divisor = checked(Denominator * unit);
        var (quotient, remainder) = Int128.DivRem(Numerator, divisor);
        var up = rounding is Rounding.FenHalfUp or Rounding.YuanHalfUp && checked(remainder * 2) >= divisor;
        return new Fen(checked((long)((quotient + (up ? 1 : 0)) * unit)));
    }
}

/// <summary>A rate in basis points: 10,000 is 100 %.</summary>
/// <param name="Value">Basis points, not negative.</param>
public readonly record struct BasisPoints(int Value)
{
    /// <summary>"5 %" or "2.75 %".</summary>
    public override string ToString() => (Value / 100m).ToString(System.Globalization.CultureInfo.InvariantCulture) + "%";
}

/// <summary>The parts of one amount that the city and the county bear; they add up to the amount.</summary>
/// <param name="City">Charged to the city's pool; the odd fen is the city's.</param>
/// <param name="County">Advised to the county, never charged to a city pool.</param>
public readonly record struct Shares(Fen City, Fen County)
{
    /// <summary>The whole amount.</summary>
    public Fen Total => City + County;

    /// <summary>Splits by weights; the county's part is rounded down, the rest is the city's.</summary>
    /// <param name="total">Not negative.</param>
    /// <param name="cityWeight">Not negative; with <paramref name="countyWeight"/> not both zero.</param>
    /// <param name="countyWeight">Not negative.</param>
    public static Shares Split(Fen total, long cityWeight, long countyWeight)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(total.Value, nameof(total));
        ArgumentOutOfRangeException.ThrowIfNegative(cityWeight);
        ArgumentOutOfRangeException.ThrowIfNegative(countyWeight);
        var weights = (Int128)cityWeight + countyWeight;
        if (weights == 0)
            throw new ArgumentException("City and county weights are both zero.", nameof(cityWeight));
        var county = new Fen((long)((Int128)total.Value * countyWeight / weights));
        return new Shares(total - county, county);
    }
}
