namespace Baotou.Payouts.Application.Tests.Simulation;

/// <summary>Draws numbers by SplitMix64: the same seed draws the same on every machine and version.</summary>
internal sealed class Chance(ulong seed)
{
    private ulong _state = seed;

    /// <summary>0 to <paramref name="below"/> − 1.</summary>
    public int Next(int below)
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            mixed ^= mixed >> 31;
            return (int)((mixed >> 33) % (ulong)below);
        }
    }

    public bool PerMille(int rate) => rate > 0 && Next(1_000) < rate;

    public T Of<T>(params ReadOnlySpan<T> choices) => choices[Next(choices.Length)];
}
