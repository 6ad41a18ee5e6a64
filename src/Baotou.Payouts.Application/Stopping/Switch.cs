namespace Baotou.Payouts.Application.Stopping;

/// <summary>What a switch stops.</summary>
public enum SwitchKind
{
    /// <summary>An entry of the list: rounds that open make no claim of it, and its payouts cannot be confirmed.</summary>
    Policy,

    /// <summary>A pool in all its years: nothing more is written into its chains, and its payouts cannot be confirmed.</summary>
    Pool,

    /// <summary>All instructing of payments.</summary>
    Instructing,
}

/// <summary>A switch: one person throws it, two start again what it stopped.</summary>
/// <param name="What">What it stops.</param>
/// <param name="Id">Which entry or pool; empty for <see cref="SwitchKind.Instructing"/>.</param>
public sealed record Switch(SwitchKind What, string Id)
{
    /// <summary>The switch of all instructing.</summary>
    public static Switch Instructing { get; } = new(SwitchKind.Instructing, "");

    /// <summary>The switch of an entry of the list.</summary>
    public static Switch OfPolicy(string policy) => new(SwitchKind.Policy, policy);

    /// <summary>The switch of a pool, whatever the year.</summary>
    public static Switch OfPool(string pool) => new(SwitchKind.Pool, pool);
}
