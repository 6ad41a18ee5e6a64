using System.Globalization;

namespace Baotou.Payouts.Domain.Money;

/// <summary>
/// An amount of money in whole fen (1 yuan = 100 fen). Arithmetic throws <see cref="OverflowException"/> instead of wrapping.
/// </summary>
/// <param name="Value">Fen; any 64-bit value, negative for differences.</param>
public readonly record struct Fen(long Value) : IComparable<Fen>
{
    /// <summary>No money.</summary>
    public static readonly Fen Zero = new(0);

    /// <summary>A whole number of yuan.</summary>
    public static Fen FromYuan(long yuan) => new(checked(yuan * 100));

    /// <summary>
    /// Reads yuan written as digits with at most two decimals ("79", "79.5", "-0.01"). No exponent, thousands sign, unit or blank is
    /// accepted, so that a value cannot change its meaning between two systems.
    /// </summary>
    /// <returns>False if the text has another shape or does not fit.</returns>
    public static bool TryParseYuan(string? text, out Fen amount)
    {
        amount = Zero;
        if (string.IsNullOrEmpty(text) || text.Length > 24)
            return false;
        var digits = text.AsSpan(text[0] == '-' ? 1 : 0);
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var cents = point < 0 ? [] : digits[(point + 1)..];
        if (whole.IsEmpty || cents.Length > 2 || (point >= 0 && cents.IsEmpty))
            return false;
        if (whole.ContainsAnyExceptInRange('0', '9') || cents.ContainsAnyExceptInRange('0', '9'))
            return false;
        var value = Int128.Parse(whole, NumberStyles.None, CultureInfo.InvariantCulture) * 100;
        for (var i = 0; i < cents.Length; i++)
            value += (cents[i] - '0') * (i == 0 ? 10 : 1);
        if (text[0] == '-')
            value = -value;
        if (value < long.MinValue || value > long.MaxValue)
            return false;
        amount = new Fen((long)value);
        return true;
    }

    /// <summary>The sum; throws <see cref="OverflowException"/> past 64 bits.</summary>
    public static Fen operator +(Fen a, Fen b) => new(checked(a.Value + b.Value));

    /// <summary>The difference; throws <see cref="OverflowException"/> past 64 bits.</summary>
    public static Fen operator -(Fen a, Fen b) => new(checked(a.Value - b.Value));

    /// <summary>The opposite amount.</summary>
    public static Fen operator -(Fen a) => new(checked(-a.Value));

    /// <summary>Whether <paramref name="a"/> is less.</summary>
    public static bool operator <(Fen a, Fen b) => a.Value < b.Value;

    /// <summary>Whether <paramref name="a"/> is more.</summary>
    public static bool operator >(Fen a, Fen b) => a.Value > b.Value;

    /// <summary>Whether <paramref name="a"/> is less or equal.</summary>
    public static bool operator <=(Fen a, Fen b) => a.Value <= b.Value;

    /// <summary>Whether <paramref name="a"/> is more or equal.</summary>
    public static bool operator >=(Fen a, Fen b) => a.Value >= b.Value;

    /// <summary>The smaller amount.</summary>
    public static Fen Min(Fen a, Fen b) => a < b ? a : b;

    /// <summary>The larger amount.</summary>
    public static Fen Max(Fen a, Fen b) => a > b ? a : b;

    /// <inheritdoc/>
    public int CompareTo(Fen other) => Value.CompareTo(other.Value);

    /// <summary>Yuan with two decimals and thousands separators, for people: "1,234.50".</summary>
    public string ToYuanText()
    {
        var magnitude = Int128.Abs(Value);
        var text = string.Create(CultureInfo.InvariantCulture, $"{magnitude / 100:N0}.{(int)(magnitude % 100):00}");
        return Value < 0 ? "-" + text : text;
    }

    /// <summary>The fen as an invariant integer, for machines.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
