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
/// <param name="Request">Of a stop, the request that made it; of the stop of a restore by a release before this one, null.</param>
/// <param name="Approval">Of a start, the approval that made it; else empty.</param>
/// <param name="RestoredFrom">Of the stop that a restore threw, when the backup was begun: what was paid since then the store does not
/// know. Else null.</param>
/// <param name="Results">Of a start after a restore, what the two persons stated of the payments since the backup; else null.</param>
public sealed record SwitchAct(
    long Number,
    Switch Switch,
    bool Stops,
    string By,
    string ApprovedBy,
    string Why,
    DateTimeOffset Moment,
    RequestMark? Request,
    string Approval,
    DateTimeOffset? RestoredFrom = null,
    TreasuryResults? Results = null
)
{
    /// <summary>Who throws the stop of a restore; no person's subject, since those begin with their issuer.</summary>
    public const string Restore = "restore";

    /// <summary>
    /// The stop of all instructing that a restored store begins with. It is a function of the backup and of who restored it.
    /// </summary>
    /// <param name="number">The number after the last one of the backup.</param>
    /// <param name="takenAt">When the backup was begun.</param>
    /// <param name="request">Who restored it, and the hash of the backup.</param>
    public static SwitchAct OfRestore(long number, DateTimeOffset takenAt, RequestMark request) =>
        new(
            number,
            Switch.Instructing,
            true,
            Restore,
            "",
            $"restored from backup of {takenAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC",
            takenAt,
            request,
            "",
            takenAt
        );
}

/// <summary>What two persons state of the payments that a restored store may not know of, before it instructs again.</summary>
public enum TreasuryResults
{
    /// <summary>The treasury's results since the backup are imported.</summary>
    Imported,

    /// <summary>Nothing was instructed since the backup.</summary>
    NothingInstructed,
}

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
    private readonly Dictionary<Switch, DateTimeOffset> _restored = [];

    /// <summary>Takes all acts in order.</summary>
    public SwitchBoard(IReadOnlyList<SwitchAct> acts)
    {
        foreach (var act in acts)
        {
            _last[act.Switch] = act;
            if (!act.Stops)
                _restored.Remove(act.Switch);
            else if (act.RestoredFrom is { } from)
                _restored.TryAdd(act.Switch, from);
        }
    }

    /// <summary>The last act on every switch that was ever thrown, in the order of what and id.</summary>
    public IReadOnlyList<SwitchAct> Standing =>
        [.. _last.Values.OrderBy(a => a.Switch.What).ThenBy(a => a.Switch.Id, StringComparer.Ordinal)];

    /// <summary>The entries that are stopped, in ordinal order of their ids: what a round fixes when it opens.</summary>
    public IReadOnlyList<string> StoppedPolicies =>
        [.. Standing.Where(a => a.Stops && a.Switch.What == SwitchKind.Policy).Select(a => a.Switch.Id)];

    /// <summary>The stop that a switch stands at; null if it does not stop.</summary>
    public SwitchAct? StopOf(Switch of) => _last.TryGetValue(of, out var act) && act.Stops ? act : null;

    /// <summary>
    /// From when on the results of the treasury have to be accounted for before the switch starts again: the backup of the first restore
    /// since it was last started, whoever stopped it after that. Null if there was none.
    /// </summary>
    public DateTimeOffset? RestoredFrom(Switch of) => _restored.TryGetValue(of, out var from) ? from : null;

    /// <summary>What stops a payout from being confirmed: its entry's switch or its pool's; null if neither does.</summary>
    public SwitchAct? StopOf(Payout payout) => StopOf(Switch.OfPolicy(payout.Claim.Policy)) ?? StopOf(Switch.OfPool(payout.Pool.Pool));
}
