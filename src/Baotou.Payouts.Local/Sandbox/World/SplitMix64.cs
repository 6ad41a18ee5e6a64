namespace Baotou.Payouts.Local.Sandbox.World;

/// <summary>
/// The generator's own random numbers (SplitMix64, Steele, Lea and Flood 2014): written out, so that a seed gives the same world on every
/// runtime and version. Each enterprise and each agency has a stream of its own, so that a change in one story changes no other.
/// </summary>
internal sealed class SplitMix64(ulong state)
{
    private ulong _state = state;

    /// <summary>A stream for a seed and a purpose.</summary>
    public static SplitMix64 For(long seed, string purpose, long number = 0)
    {
        var key = 14695981039346656037UL;
        foreach (var letter in purpose)
            key = unchecked((key ^ letter) * 1099511628211UL);
        return new SplitMix64(
            Mix(unchecked((ulong)seed * 0x9E3779B97F4A7C15UL)) ^ Mix(key) ^ Mix(unchecked((ulong)number + 0xD1B54A32D192ED03UL))
        );
    }

    /// <summary>64 bits.</summary>
    public ulong Next() => Mix(unchecked(_state += 0x9E3779B97F4A7C15UL));

    /// <summary>A number from 0 to <paramref name="end"/>, not included.</summary>
    public long Below(long end) => (long)(Next() % (ulong)end);

    /// <summary>A number between two, both included.</summary>
    public long Between(long first, long last) => first + Below(last - first + 1);

    /// <summary>True in so many of 1,000 cases.</summary>
    public bool Chance(int perMille) => Below(1_000) < perMille;

    /// <summary>One of several, each as likely.</summary>
    public T Pick<T>(IReadOnlyList<T> choices) => choices[(int)Below(choices.Count)];

    /// <summary>One of several, by weight.</summary>
    public T Weighted<T>(params ReadOnlySpan<(T Choice, int Weight)> choices)
    {
        long total = 0;
        foreach (var (_, weight) in choices)
            total += weight;
        var at = Below(total);
        foreach (var (choice, weight) in choices)
        {
            if ((at -= weight) < 0)
                return choice;
        }

        return choices[^1].Choice;
    }

    /// <summary>A number between two, both included, small ones as likely as large ones by order of magnitude.</summary>
    public long Skewed(long first, long last)
    {
        var doublings = 0;
        for (var value = first; value < last; value *= 2)
            doublings++;
        var low = first << (int)Below(Math.Max(doublings, 1));
        return Math.Min(last, Between(low, low * 2));
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
