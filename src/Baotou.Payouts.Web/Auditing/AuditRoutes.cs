using System.Globalization;
using System.Text;
using System.Text.Json;
using Baotou.Payouts.Application;
using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Auditing;

/// <summary>The audit log of a day, for auditors: page by page, or as a file.</summary>
internal sealed class AuditRoutes(IAuditLog log, EngineOptions options) : IRoutes
{
    private const int PageSize = 100;
    private const int FileSize = 20_000;
    private const string PlacePattern = "^[0-9]{1,3}-[0-9]{1,12}$";

    private static readonly string[] Columns = ["entry", "moment", "request", "subject", "role", "what", "about", "why", "body", "answers", "outcome", "before", "hash"];

    private static Parameter[] Query =>
        [new("day", "The legal day (UTC+8); must be given.", Schema.Day()), new("after", "The next of the page before, or the last entry of the file before.", Schema.Text(PlacePattern))];

    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
    [
        new()
        {
            Id = "audit", Method = "GET", Pattern = "/api/audit", Roles = [Role.Auditor],
            Summary = "Who did what, why and from which request on a day, a hundred at a time, by bucket and number; next is where to go on, and is left out at the end.",
            Query = Query,
            Shows = Schema.Object(
                ("day", Schema.Day()),
                ("entries", Schema.List(Schema.Object(
                    ("entry", Schema.Text(PlacePattern)), ("moment", Schema.Moment()), ("request", Schema.Text()), ("subject", Schema.Text()), ("role", Schema.Text()), ("what", Schema.Text()),
                    ("about?", Schema.Text()), ("why?", Schema.Text()), ("body", Schema.Text()), ("answers?", Schema.Number(1)), ("outcome?", Schema.Text()), ("before", Schema.Text()), ("hash", Schema.Text())))),
                ("next?", Schema.Text(PlacePattern))),
            Handler = ListAsync,
        },
        new()
        {
            Id = "audit-export", Method = "GET", Pattern = "/api/audit/export", Roles = [Role.Auditor],
            Summary = "The same as CSV, twenty thousand lines at most; no cell is a formula to a spreadsheet.",
            Query = Query, ShowsType = "text/csv",
            Shows = Schema.Text(),
            Handler = ExportAsync,
        },
    ];

    private async Task<Answer> ListAsync(Call call, CancellationToken cancellationToken)
    {
        if (Asked(call) is not { } asked) return Unclear;
        var found = await ReadAsync(asked, PageSize + 1, cancellationToken);
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("day", asked.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteStartArray("entries");
            foreach (var (bucket, entry) in found.Take(PageSize)) Write(json, bucket, entry);
            json.WriteEndArray();
            if (found.Count > PageSize) json.WriteString("next", NameOf(found[PageSize - 1]));
            json.WriteEndObject();
        });
    }

    private async Task<Answer> ExportAsync(Call call, CancellationToken cancellationToken)
    {
        if (Asked(call) is not { } asked) return Unclear;
        var csv = new StringBuilder("\uFEFF");
        SafeCsv.Append(csv, Columns);
        foreach (var line in await ReadAsync(asked, FileSize, cancellationToken))
        {
            var (entry, act) = (line.Entry, line.Entry.Act);
            SafeCsv.Append(csv,
            [
                NameOf(line), act.Moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), act.Request, act.Subject, act.Role, act.What, act.About, act.Why, act.Body.Hex,
                act.Answers?.ToString(CultureInfo.InvariantCulture) ?? "", act.Outcome, entry.Before.Hex, entry.Hash.Hex,
            ]);
        }

        return new Answer.File("text/csv; charset=utf-8", $"audit-{asked.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.csv", Encoding.UTF8.GetBytes(csv.ToString()));
    }

    private static Answer Unclear => Answer.Bad("day is a day as 2023-06-30; after, if given, is the next of the page before.");

    private async Task<List<(int Bucket, AuditEntry Entry)>> ReadAsync((DateOnly Day, int Bucket, long After) asked, int most, CancellationToken cancellationToken)
    {
        var found = new List<(int, AuditEntry)>();
        for (var bucket = asked.Bucket; bucket < options.Buckets && found.Count < most; bucket++)
        {
            await foreach (var entry in log.ReadAsync(new AuditPlace(asked.Day, bucket), bucket == asked.Bucket ? asked.After : 0, cancellationToken))
            {
                found.Add((bucket, entry));
                if (found.Count == most) break;
            }
        }

        return found;
    }

    private static (DateOnly Day, int Bucket, long After)? Asked(Call call)
    {
        if (!DateOnly.TryParseExact(call.Query("day"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return null;
        if (call.Query("after") is not { } after) return (day, 0, 0);
        var parts = after.Split('-');
        return parts.Length == 2 && parts[0].Length <= 3 && parts[1].Length <= 12
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var bucket) && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number < 999_999_999_999
            ? (day, bucket, number)
            : null;
    }

    private static string NameOf((int Bucket, AuditEntry Entry) line) => string.Create(CultureInfo.InvariantCulture, $"{line.Bucket}-{line.Entry.Number}");

    private static void Write(Utf8JsonWriter json, int bucket, AuditEntry entry)
    {
        var act = entry.Act;
        json.WriteStartObject();
        json.WriteString("entry", NameOf((bucket, entry)));
        json.WriteString("moment", act.Moment.UtcDateTime);
        json.WriteString("request", act.Request);
        json.WriteString("subject", act.Subject);
        json.WriteString("role", act.Role);
        json.WriteString("what", act.What);
        if (act.About.Length > 0) json.WriteString("about", act.About);
        if (act.Why.Length > 0) json.WriteString("why", act.Why);
        json.WriteString("body", act.Body.Hex);
        if (act.Answers is { } answers) json.WriteNumber("answers", answers);
        if (act.Outcome.Length > 0) json.WriteString("outcome", act.Outcome);
        json.WriteString("before", entry.Before.Hex);
        json.WriteString("hash", entry.Hash.Hex);
        json.WriteEndObject();
    }
}
