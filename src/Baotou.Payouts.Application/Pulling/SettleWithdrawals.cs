using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Domain.Hashing;

namespace Baotou.Payouts.Application.Pulling;

/// <summary>What two persons say about records that vanished from a snapshot.</summary>
public enum VanishedRecords
{
    /// <summary>They are gone: each is withdrawn as of the snapshot.</summary>
    Withdraw,

    /// <summary>The agency left them out in error: they stay valid, and that they are absent is not asked about again.</summary>
    Keep,
}

/// <summary>
/// Settles a snapshot that lacks too much. Either way it counts from then on and the source moves to its as-of. It is not the only way: a
/// later snapshot that has the records again settles it by itself.
/// </summary>
public sealed class SettleWithdrawals(ISourceLog sources, ISnapshotIndex index, RecordIntake intake, IActLog acts)
{
    /// <summary>The records that a source's held snapshot lacks, by number; empty if none is held.</summary>
    public async Task<IReadOnlyList<SnapshotLine>> HeldAsync(string source, CancellationToken cancellationToken)
    {
        var (standing, _) = await sources.ReadAsync(source, cancellationToken);
        return standing.Held is { } held ? await MissingAsync(standing, held, cancellationToken) : [];
    }

    /// <summary>Why settling makes no sense; null if it does.</summary>
    /// <param name="source">The dataset.</param>
    /// <param name="snapshot">What was looked at.</param>
    /// <param name="cancellationToken">Stops before reading.</param>
    public async Task<string?> ProblemAsync(string source, ContentHash snapshot, CancellationToken cancellationToken)
    {
        var (standing, _) = await sources.ReadAsync(source, cancellationToken);
        return standing.Held is not { } held ? $"nothing of source '{source}' is held"
            : held.Snapshot != snapshot ? "the snapshot that is held is another one by now; look again"
            : null;
    }

    /// <summary>
    /// Settles: the act first, then the facts, then the source. Every step may be repeated; answers why it cannot be done if it cannot.
    /// </summary>
    public async Task<string?> HandleAsync(
        string id,
        string source,
        ContentHash snapshot,
        VanishedRecords outcome,
        DateTimeOffset at,
        string why,
        TwoPersons persons,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var (standing, version) = await sources.ReadAsync(source, cancellationToken);
            if (standing.SettledBy == id)
                return null;
            if (await ProblemAsync(source, snapshot, cancellationToken) is { } problem)
                return problem;
            var held = standing.Held!;
            var missing = await MissingAsync(standing, held, cancellationToken);
            await acts.AddAsync(
                new Act(
                    id,
                    $"{source} {held.Snapshot}: {outcome}, {missing.Count} records. {why}",
                    persons.RequestedBy,
                    persons.ApprovedBy,
                    at,
                    null
                ),
                cancellationToken
            );
            var name = held.Snapshot;
            if (outcome == VanishedRecords.Withdraw)
                await intake.StoreAsync(
                    source,
                    [.. missing.Select(l => WalkSource.Withdrawal(source, l, held.AsOf))],
                    [],
                    held.AsOf,
                    cancellationToken
                );
            else
                name = await KeepAsync(source, held, missing, cancellationToken);
            if (await sources.AdvanceAsync(standing.AfterSnapshot(name, held.AsOf) with { SettledBy = id }, version, cancellationToken))
                return null;
        }
    }

    private async Task<IReadOnlyList<SnapshotLine>> MissingAsync(
        SourceStanding standing,
        HeldWithdrawals held,
        CancellationToken cancellationToken
    )
    {
        var before = (await index.ReadAsync(standing.Source, standing.Snapshot, cancellationToken))
            .Where(l => l is { Hash: not SnapshotLine.Withdrawn, Kept: false })
            .ToLookup(l => l.RecordId, StringComparer.Ordinal);
        var withdrawn = (await index.ReadAsync(standing.Source, held.Snapshot, cancellationToken)).Where(l =>
            l.Hash == SnapshotLine.Withdrawn
        );
        return
        [
            .. withdrawn
                .Where(l => before.Contains(l.RecordId))
                .Select(l => before[l.RecordId].MinBy(v => v.Hash, StringComparer.Ordinal)!)
                .OrderBy(l => l.RecordId, StringComparer.Ordinal),
        ];
    }

    private async Task<ContentHash> KeepAsync(
        string source,
        HeldWithdrawals held,
        IReadOnlyList<SnapshotLine> missing,
        CancellationToken cancellationToken
    )
    {
        var kept = missing.ToDictionary(l => l.RecordId, l => l with { Kept = true }, StringComparer.Ordinal);
        var lines = await index.ReadAsync(source, held.Snapshot, cancellationToken);
        return await index.WriteAsync(
            source,
            [.. lines.Select(l => l.Hash == SnapshotLine.Withdrawn && kept.TryGetValue(l.RecordId, out var line) ? line : l)],
            cancellationToken
        );
    }
}
