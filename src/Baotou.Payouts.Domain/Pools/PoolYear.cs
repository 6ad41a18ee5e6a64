using System.Globalization;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Hashing;

namespace Baotou.Payouts.Domain.Pools;

/// <summary>A pool in one fiscal year: what is appropriated, reserved and paid, and whose chain is kept.</summary>
/// <param name="Pool">Id of the pool.</param>
/// <param name="FiscalYear">The calendar year.</param>
public sealed record PoolYear(string Pool, int FiscalYear)
{
    /// <summary>Whether it is a later year of the same pool.</summary>
    public bool IsLaterThan(PoolYear other) => Pool == other.Pool && FiscalYear > other.FiscalYear;

    /// <summary>"pool/2023".</summary>
    public override string ToString() => $"{Pool}/{FiscalYear.ToString(CultureInfo.InvariantCulture)}";
}

/// <summary>
/// A claim's place in its pool's order. Texts compare ordinally; nothing in it depends on when or where it was worked out.
/// </summary>
public static class OrderKey
{
    private const char Separator = '!';

    /// <summary>
    /// (moment, place of the source in the pool's published list, batch, lottery, record number, policy, occasion, number), as one text
    /// that sorts so. Parts are escaped to <c>0-9A-Za-z._-</c> and <c>~</c>; the separator sorts before all of these, so that a part never
    /// reaches into the next.
    /// </summary>
    public static string Of(
        DateTimeOffset moment,
        int sourcePlace,
        string batch,
        string lottery,
        string recordId,
        string policy,
        string occasion,
        int number
    ) =>
        string.Join(
            Separator,
            moment.ToUnixTimeMilliseconds().ToString("D14", CultureInfo.InvariantCulture),
            sourcePlace.ToString("D2", CultureInfo.InvariantCulture),
            Escape(batch),
            lottery,
            Escape(recordId),
            Escape(policy),
            Escape(occasion),
            number.ToString("D3", CultureInfo.InvariantCulture)
        );

    /// <summary>The moment that a place begins with.</summary>
    public static DateTimeOffset MomentOf(string orderKey) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(orderKey.AsSpan(0, 14), NumberStyles.None, CultureInfo.InvariantCulture));

    /// <summary>
    /// The lot of an enterprise where moments, source and batch are equal: SHA-256 of pool, fiscal year, seed and code, its first 32
    /// digits. The seed is fixed when the pool opens, before its first claim, so nobody can choose a lot.
    /// </summary>
    public static string Lottery(PoolYear pool, string seed, Uscc uscc) =>
        Convert.ToHexStringLower(
            ContentHash.OfParts(pool.Pool, pool.FiscalYear.ToString(CultureInfo.InvariantCulture), seed, uscc.Value).AsSpan(0, 16)
        );

    /// <summary>Any text in characters that storage keys may hold; different texts stay different.</summary>
    public static string Escape(string text)
    {
        if (text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
            return text;
        var escaped = new System.Text.StringBuilder();
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
                escaped.Append(c);
            else
                escaped.Append('~').Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }
}
