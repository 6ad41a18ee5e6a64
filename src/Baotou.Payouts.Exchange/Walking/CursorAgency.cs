using System.Text.Json;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Exchange.Http;

namespace Baotou.Payouts.Exchange.Walking;

/// <summary>
/// A dataset walked by cursor, convention A: <c>GET records?cursor=…&amp;size=…</c>, answered by
/// <c>{code, message, data: {records: […], cursor, asOf}}</c>, where <c>asOf</c> stands on the last page only.
/// </summary>
internal sealed class CursorAgency(AgencyLine line) : IAgency
{
    /// <inheritdoc/>
    public string Source => line.Agency.Source;

    /// <inheritdoc/>
    public WalkKind Kind => WalkKind.Cursor;

    /// <inheritdoc/>
    public async Task<AgencyPage> ReadPageAsync(string cursor, int size, CancellationToken cancellationToken)
    {
        using var answer = await line.AskAsync(
                $"records?cursor={Uri.EscapeDataString(cursor)}&size={line.SizeWithin(size)}",
                cancellationToken
            )
            .ConfigureAwait(false);
        var data = line.Data(answer);
        var (records, unreadable) = RecordJson.Read(
            line.Member(data, "records", JsonValueKind.Array),
            Source,
            $"the page after cursor '{cursor}'"
        );
        var next = line.Member(data, "cursor", JsonValueKind.String).GetString()!;
        var asOf = line.AsOf(data);
        // A page that neither ends the walk nor moves it would be asked for until the end of days.
        if (asOf is null && next == cursor)
            throw line.Misshapen("the page is not the last and its cursor does not move");
        return new AgencyPage(records, unreadable, next, asOf);
    }
}
