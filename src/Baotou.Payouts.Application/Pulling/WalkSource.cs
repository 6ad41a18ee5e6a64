using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Facts;
using Microsoft.Extensions.Logging;

namespace Baotou.Payouts.Application.Pulling;

/// <summary>
/// Walks one source from where its row says to where the agency ends. Pages become durable before the row moves, and the row moves by its
/// version alone, so a walk may be started twice, killed anywhere and started again.
/// </summary>
public sealed class WalkSource(
    IEnumerable<IAgency> agencies,
    ISourceLog sources,
    RecordIntake intake,
    ISnapshotIndex index,
    IWorkQueue queue,
    EngineOptions options,
    ILogger<WalkSource> log
)
{
    /// <summary>
    /// Records gathered before they are stored and the row moves; also the bound of one message's work between two moves.
    /// </summary>
    private const int RecordsPerMove = 1_000;

    /// <summary>Moves after which the rest of a walk is left to a new message, so that no message runs without end.</summary>
    private const int MovesPerMessage = 50;

    private readonly Dictionary<string, IAgency> _agencies = agencies.ToDictionary(a => a.Source, StringComparer.Ordinal);

    /// <summary>The datasets that are walked, in ordinal order.</summary>
    public IReadOnlyList<string> Sources => [.. _agencies.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Does what a message asks for, unless that walk is over already.</summary>
    public async Task HandleAsync(PullMessage message, CancellationToken cancellationToken)
    {
        if (!_agencies.TryGetValue(message.Source, out var agency))
            throw new InvalidDataException(
                $"No agency is configured for source '{message.Source}'; known are {string.Join(", ", Sources)}."
            );
        var (standing, version) = await sources.ReadAsync(message.Source, cancellationToken);
        if (message.Walk != standing.Walks + 1)
            return;
        if (agency.Kind == WalkKind.Snapshot)
            await WalkSnapshotAsync(agency, standing, version, cancellationToken);
        else
            await WalkCursorAsync(agency, standing, version, message, cancellationToken);
    }

    private async Task WalkCursorAsync(
        IAgency agency,
        SourceStanding standing,
        string? version,
        PullMessage message,
        CancellationToken cancellationToken
    )
    {
        var passed = new HashSet<string>(StringComparer.Ordinal);
        for (var move = 0; move < MovesPerMessage; move++)
        {
            var (next, ended) = await MoveAsync(agency, standing, passed, cancellationToken);
            if (!await sources.AdvanceAsync(next, version, cancellationToken) || ended)
                return;
            (standing, version) = await sources.ReadAsync(agency.Source, cancellationToken);
            if (message.Walk != standing.Walks + 1)
                return;
        }

        await queue.SendAsync(QueueNames.Pull, WorkMessages.Write(message), TimeSpan.Zero, cancellationToken);
    }

    private async Task<(SourceStanding Next, bool Ended)> MoveAsync(
        IAgency agency,
        SourceStanding standing,
        HashSet<string> passed,
        CancellationToken cancellationToken
    )
    {
        var records = new List<DeliveredRecord>();
        var unreadable = new List<UnreadableRecord>();
        var cursor = standing.Cursor;
        AgencyPage page;
        do
        {
            page = await agency.ReadPageAsync(cursor, options.PageSize, cancellationToken);
            passed.Add(cursor);
            if (!page.IsLast && passed.Contains(page.Cursor))
                throw new InvalidDataException(
                    $"Source '{agency.Source}' answered a page that leads nowhere: after '{cursor}' its cursor is '{page.Cursor}' again, and it is not the last."
                );
            records.AddRange(page.Records);
            unreadable.AddRange(page.Unreadable);
            cursor = page.Cursor;
        } while (!page.IsLast && records.Count < RecordsPerMove);

        await intake.StoreAsync(agency.Source, records, unreadable, null, cancellationToken);
        var next = standing with { Cursor = cursor, Delivered = checked(standing.Delivered + records.Count + unreadable.Count) };
        return page.AsOf is { } asOf
            ? (
                next with
                {
                    Walks = standing.Walks + 1,
                    CompleteThrough = SourceStanding.Later(standing.CompleteThrough, asOf),
                    FirstThrough = standing.FirstThrough ?? asOf,
                },
                true
            )
            : (next, false);
    }

    private async Task WalkSnapshotAsync(IAgency agency, SourceStanding standing, string? version, CancellationToken cancellationToken)
    {
        var snapshot = await ReadSnapshotAsync(agency, cancellationToken);
        var before = await index.ReadAsync(agency.Source, standing.Snapshot, cancellationToken);
        var told = (await index.ReadAsync(agency.Source, standing.Held?.Snapshot, cancellationToken))
            .Select(l => l.Hash)
            .ToHashSet(StringComparer.Ordinal);
        var next = new SnapshotDifference(before, snapshot.Records);
        var changed = next
            .Changed.Where(c => !told.Contains(SnapshotDifference.LineOf(c.Record).Hash))
            .Select(c => c.WasKnown ? AsTold(c.Record, standing.CompleteThrough) : c.Record);
        var withdrawals = next.LacksTooMuch ? [] : next.Vanished;
        await intake.StoreAsync(
            agency.Source,
            [.. changed, .. withdrawals.Concat(next.Moved).Select(l => Withdrawal(agency.Source, l, snapshot.AsOf))],
            snapshot.Unreadable,
            snapshot.AsOf,
            cancellationToken
        );
        var name = await index.WriteAsync(agency.Source, next.Lines, cancellationToken);
        if (next.LacksTooMuch)
        {
            await sources.AdvanceAsync(
                standing with
                {
                    Held = new HeldWithdrawals(name, snapshot.AsOf, next.Vanished.Count, next.Known),
                },
                version,
                cancellationToken
            );
            log.WithdrawalsHeld(agency.Source, next.Vanished.Count, next.Known);
            return;
        }

        await sources.AdvanceAsync(
            standing.AfterSnapshot(name, snapshot.AsOf) with
            {
                Delivered = checked(standing.Delivered + snapshot.Records.Count + snapshot.Unreadable.Count),
            },
            version,
            cancellationToken
        );
    }

    private async Task<(List<DeliveredRecord> Records, List<UnreadableRecord> Unreadable, DateTimeOffset AsOf)> ReadSnapshotAsync(
        IAgency agency,
        CancellationToken cancellationToken
    )
    {
        var records = new List<DeliveredRecord>();
        var unreadable = new List<UnreadableRecord>();
        string cursor = "",
            id = "";
        while (true)
        {
            var page = await agency.ReadPageAsync(cursor, options.PageSize, cancellationToken);
            if (id.Length > 0 && page.SnapshotId != id)
                throw new InvalidDataException(
                    $"Source '{agency.Source}' changed its snapshot from '{id}' to '{page.SnapshotId}' on the way; it is walked again."
                );
            id = page.SnapshotId ?? "";
            records.AddRange(page.Records);
            unreadable.AddRange(page.Unreadable);
            if (page.AsOf is { } asOf)
            {
                var distinct =
                    records.Select(RecordIntake.TextOf).Distinct(StringComparer.Ordinal).Count()
                    + unreadable.Select(u => u.Text).Distinct(StringComparer.Ordinal).Count();
                if (page.AnnouncedCount != distinct)
                    throw new InvalidDataException(
                        $"Snapshot '{id}' of '{agency.Source}' announced {page.AnnouncedCount} records and gave {distinct}; nothing of it was taken."
                    );
                return (records, unreadable, asOf);
            }

            if (page.Cursor == cursor)
                throw new InvalidDataException($"Source '{agency.Source}' answered a page that leads nowhere after '{cursor}'.");
            cursor = page.Cursor;
        }
    }

    /// <summary>
    /// A version that the snapshot before did not have, though by its own moment it should have had it, became known only now: a record
    /// that came back or was changed without a new moment.
    /// </summary>
    private static DeliveredRecord AsTold(DeliveredRecord record, DateTimeOffset? before) =>
        DateTimeOffset.TryParse(
            record.RecordedAt,
            System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.AssumeUniversal,
            out var own
        )
        && own <= before
            ? record with
            {
                RecordedAt = null,
            }
            : record;

    /// <summary>What withdraws a record that vanished, as of a snapshot.</summary>
    internal static DeliveredRecord Withdrawal(string source, SnapshotLine line, DateTimeOffset asOf) =>
        new(
            line.Uscc,
            line.Kind,
            line.Period,
            Domain.Time.ChinaTime.DayOf(asOf).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            null,
            line.RecordId,
            source,
            null,
            true,
            new Dictionary<string, string>()
        );
}
