using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Application.Auditing;

/// <summary>
/// Holds what persons did against the audit log: whatever came over HTTP or was typed on the machine itself was written there before it
/// took effect, so every effect has its line.
/// </summary>
public sealed class VerifyEffects(VerifyAudit audit, IEnumerable<IEffects> effects)
{
    /// <summary>Verifies the audit log itself, and that it has a line of every effect.</summary>
    /// <param name="moved">The transitions of payouts that a request made.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    /// <returns>The first difference; null if everything holds.</returns>
    public async Task<string?> HandleAsync(IReadOnlyList<Payout> moved, CancellationToken cancellationToken)
    {
        // Effects are read before the log: the line of each was there before it.
        var found = moved.Select(p => Effect.Of(p.Request!, $"transition {p.Version} of payout {p.Id}")).Where(e => e.NeedsLine).ToList();
        foreach (var source in effects)
        {
            await foreach (var effect in source.ReadAsync(cancellationToken))
            {
                if (effect.NeedsLine)
                    found.Add(effect);
            }
        }

        var lines = new AuditLines();
        return await audit.HandleAsync(lines, cancellationToken)
            ?? (
                found.Find(e => !lines.Has(e)) is { } unwritten
                    ? $"{unwritten.What}: the audit log has no line of {unwritten.Subject} that asked for it"
                    : null
            );
    }
}

/// <summary>What the audit log says was asked for, without what became of it.</summary>
public sealed class AuditLines
{
    private readonly HashSet<(string Subject, ContentHash Body)> _requests = [];
    private readonly HashSet<(string Subject, string Id)> _named = [];
    private bool _hasSandboxAsAWhole;

    /// <summary>Whether an effect was asked for: by a request of its body, or by one that names what it is about.</summary>
    public bool Has(Effect effect) =>
        effect.Body is { } body
            ? _requests.Contains((effect.Subject, body))
            : _named.Contains((effect.Subject, effect.Id)) || (_hasSandboxAsAWhole && effect.Subject == LocalAct.SandboxOfficer);

    internal void Add(AuditAct act)
    {
        _requests.Add((act.Subject, act.Body));

        // Releases before this one did not name the acts of the sandbox's officers one by one.
        _hasSandboxAsAWhole |=
            act.Subject == LocalAct.SandboxOfficer && !act.About.Contains($"; {LocalAct.OneOfSeveral}=", StringComparison.Ordinal);
        foreach (var about in act.About.Split("; "))
            _named.Add((act.Subject, about[(about.IndexOf('=', StringComparison.Ordinal) + 1)..]));
    }
}
