using System.Globalization;
using System.Text.Json;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Exchange.Http;

namespace Baotou.Payouts.Exchange.Walking;

/// <summary>
/// A dataset delivered whole, convention B: <c>GET records?start=…&amp;size=…&amp;snapshot=…</c>, answered by
/// <c>{code, message, data: {snapshotId, total, start, size, asOf, records: […]}}</c>. The page covers positions <c>start</c> to <c>start +
/// size</c> (not included) of the snapshot, as the agency echoes them; repeated records inside do not shift positions.
/// <para>If the agency has moved on to another snapshot, that snapshot's first page is returned: its <see cref="AgencyPage.SnapshotId"/>
/// differs and the caller begins anew. <see cref="AgencyPage.AnnouncedCount"/> counts distinct records, unreadable ones included.</para>
/// </summary>
internal sealed class SnapshotAgency(AgencyLine line) : IAgency
{
    /// <inheritdoc/>
    public string Source => line.Agency.Source;

    /// <inheritdoc/>
    public WalkKind Kind => WalkKind.Snapshot;

    /// <inheritdoc/>
    public async Task<AgencyPage> ReadPageAsync(string cursor, int size, CancellationToken cancellationToken)
    {
        var (snapshot, start) = ReadCursor(cursor);
        using var answer = await AskAsync(snapshot, start, size, cancellationToken).ConfigureAwait(false);
        var data = line.Data(answer);
        if (snapshot.Length == 0 || SnapshotIdOf(data) == snapshot)
            return Read(data, start);

        using var anew = await AskAsync("", 0, size, cancellationToken).ConfigureAwait(false);
        return Read(line.Data(anew), 0);
    }

    private Task<JsonDocument> AskAsync(string snapshot, long start, int size, CancellationToken cancellationToken) =>
        line.AskAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"records?start={start}&size={line.SizeWithin(size)}&snapshot={Uri.EscapeDataString(snapshot)}"
            ),
            cancellationToken
        );

    private AgencyPage Read(JsonElement data, long start)
    {
        var (total, size, id) = (Number(data, "total"), Number(data, "size"), SnapshotIdOf(data));
        if (Number(data, "start") != start)
            throw line.Misshapen("the page does not begin where it was asked to");
        if (size < 1)
            throw line.Misshapen("the page covers nothing");
        var (records, unreadable) = RecordJson.Read(
            line.Member(data, "records", JsonValueKind.Array),
            Source,
            $"the page from {start} of snapshot '{id}'"
        );
        var isLast = start + size >= total;
        var asOf = line.AsOf(data) ?? throw line.Misshapen("a snapshot states its asOf");
        return new AgencyPage(records, unreadable, WriteCursor(id, start + size), isLast ? asOf : null, total, id);
    }

    private string SnapshotIdOf(JsonElement data) =>
        line.Member(data, "snapshotId", JsonValueKind.String).GetString() switch
        {
            { Length: > 0 } id => id,
            _ => throw line.Misshapen("a snapshot has an id"),
        };

    private long Number(JsonElement data, string name) =>
        line.Member(data, name, JsonValueKind.Number).TryGetInt64(out var number) && number >= 0
            ? number
            : throw line.Misshapen($"data.{name} is not a count");

    private static string WriteCursor(string snapshot, long start) => start.ToString(CultureInfo.InvariantCulture) + "@" + snapshot;

    private static (string Snapshot, long Start) ReadCursor(string cursor)
    {
        if (cursor.Length == 0)
            return ("", 0);
        var at = cursor.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && long.TryParse(cursor.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            ? (cursor[(at + 1)..], start)
            : throw new ArgumentException($"'{cursor}' is no cursor of a snapshot.", nameof(cursor));
    }
}
