using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Stopping;

/// <summary>One act on a switch, kept for ever.</summary>
/// <param name="Number">1, 2, 3 … over all switches, without a gap.</param>
/// <param name="Switch">Which switch.</param>
/// <param name="Stops">Whether it stops; else it starts again.</param>
/// <param name="By">Who stopped, or who asked for the start.</param>
/// <param name="ApprovedBy">Who agreed to the start; empty for a stop.</param>
/// <param name="Why">Why. Of a stop it is shown to the enterprises concerned.</param>
/// <param name="Moment">When it took effect, on the business clock.</param>
/// <param name="Request">Of a stop, the request that made it.</param>
/// <param name="Approval">Of a start, the approval that made it; else empty.</param>
public sealed record SwitchAct(
    long Number, Switch Switch, bool Stops, string By, string ApprovedBy, string Why, DateTimeOffset Moment, RequestMark? Request, string Approval);

/// <summary>The acts on all switches, append-only: the next number goes to whoever adds it first, so they have one order.</summary>
public interface ISwitchLog
{
    /// <summary>All acts in order.</summary>
    Task<IReadOnlyList<SwitchAct>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Adds the next act. False if somebody else took its number: read again.</summary>
    Task<bool> AddAsync(SwitchAct act, CancellationToken cancellationToken);

    /// <summary>How the switches stand now.</summary>
    async Task<SwitchBoard> ReadAsync(CancellationToken cancellationToken) => new(await ListAsync(cancellationToken));
}

/// <summary>How all switches stand after a number of acts: the last act on each says.</summary>
public sealed class SwitchBoard
{
    private readonly Dictionary<Switch, SwitchAct> _last = [];

    /// <summary>Takes all acts in order.</summary>
    public SwitchBoard(IReadOnlyList<SwitchAct> acts)
    {
        foreach (var act in acts) _last[act.Switch] = act;
    }

    /// <summary>The last act on every switch that was ever thrown, in the order of what and id.</summary>
    public IReadOnlyList<SwitchAct> Standing => [.. _last.Values.OrderBy(a => a.Switch.What).ThenBy(a => a.Switch.Id, StringComparer.Ordinal)];

    /// <summary>The entries that are stopped, in ordinal order of their ids: what a round fixes when it opens.</summary>
    public IReadOnlyList<string> StoppedPolicies => [.. Standing.Where(a => a.Stops && a.Switch.What == SwitchKind.Policy).Select(a => a.Switch.Id)];

    /// <summary>The stop that a switch stands at; null if it does not stop.</summary>
    public SwitchAct? StopOf(Switch of) => _last.TryGetValue(of, out var act) && act.Stops ? act : null;

    /// <summary>What stops a payout from being confirmed: its entry's switch or its pool's; null if neither does.</summary>
    public SwitchAct? StopOf(Payout payout) => StopOf(Switch.OfPolicy(payout.Claim.Policy)) ?? StopOf(Switch.OfPool(payout.Pool.Pool));
}
