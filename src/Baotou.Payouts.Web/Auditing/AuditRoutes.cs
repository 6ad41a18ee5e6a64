using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Baotou.Payouts.Application;
using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.Application.Exporting;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.Exporting;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Auditing;

/// <summary>The audit log of a day, for auditors: page by page, or as a file.</summary>
internal sealed class AuditRoutes(IAuditLog log, EngineOptions options) : IRoutes
{
    private const int PageSize = 100;
    private const string PlacePattern = "^[0-9]{1,3}-[0-9]{1,12}$";

    private static Parameter[] Query =>
        [
            new("day", "The legal day (UTC+8); must be given.", Schema.Day()),
            new("after", "The next of the page before, or the last entry of the file before.", Schema.Text(PlacePattern)),
        ];

    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
        [
            new()
            {
                Id = "audit",
                Method = "GET",
                Pattern = "/api/audit",
                Roles = [Role.Auditor],
                Summary =
                    "Who did what, why and from which request on a day, a hundred at a time, by bucket and number; next is where to go on, and is left out at the end.",
                Query = Query,
                Shows = Schema.Object(
                    ("day", Schema.Day()),
                    (
                        "entries",
                        Schema.List(
                            Schema.Object(
                                ("entry", Schema.Text(PlacePattern)),
                                ("moment", Schema.Moment()),
                                ("request", Schema.Text()),
                                ("subject", Schema.Text()),
                                ("role", Schema.Text()),
                                ("what", Schema.Text()),
                                ("about?", Schema.Text()),
                                ("why?", Schema.Text()),
                                ("body", Schema.Text()),
                                ("answers?", Schema.Number(1)),
                                ("outcome?", Schema.Text()),
                                ("before", Schema.Text()),
                                ("hash", Schema.Text())
                            )
                        )
                    ),
                    ("next?", Schema.Text(PlacePattern))
                ),
                Handler = ListAsync,
            },
            .. ExportPair.Of(
                "audit-export",
                "/api/audit/export",
                [Role.Auditor],
                "The same, whole",
                Query,
                (call, cancellationToken) => Task.FromResult(Export(call, cancellationToken))
            ),
        ];

    private async Task<Answer> ListAsync(Call call, CancellationToken cancellationToken)
    {
        if (Asked(call) is not { } asked)
            return Unclear;
        var found = await ReadAsync(asked, cancellationToken).Take(PageSize + 1).ToListAsync(cancellationToken);
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("day", Text(asked.Day));
            json.WriteStartArray("entries");
            foreach (var (bucket, entry) in found.Take(PageSize))
                Write(json, bucket, entry);
            json.WriteEndArray();
            if (found.Count > PageSize)
                json.WriteString("next", NameOf(found[PageSize - 1]));
            json.WriteEndObject();
        });
    }

    private (ExportTable? Table, Answer? Refusal) Export(Call call, CancellationToken cancellationToken)
    {
        if (Asked(call) is not { } asked)
            return (null, Unclear);
        var lines = ReadAsync(asked, cancellationToken).Select(line => (NameOf(line), line.Entry));
        return (ExportRows.Audit(lines) with { Name = $"audit-{Text(asked.Day)}" }, null);
    }

    private static Answer Unclear => Answer.Bad("day is a day as 2023-06-30; after, if given, is the next of the page before.");

    private async IAsyncEnumerable<(int Bucket, AuditEntry Entry)> ReadAsync(
        (DateOnly Day, int Bucket, long After) asked,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (var bucket = asked.Bucket; bucket < options.Buckets; bucket++)
        {
            await foreach (
                var entry in log.ReadAsync(new AuditPlace(asked.Day, bucket), bucket == asked.Bucket ? asked.After : 0, cancellationToken)
            )
                yield return (bucket, entry);
        }
    }

    private static (DateOnly Day, int Bucket, long After)? Asked(Call call)
    {
        if (!DateOnly.TryParseExact(call.Query("day"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return null;
        if (call.Query("after") is not { } after)
            return (day, 0, 0);
        var parts = after.Split('-');
        return
            parts.Length == 2
            && parts[0].Length <= 3
            && parts[1].Length <= 12
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var bucket)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number < 999_999_999_999
            ? (day, bucket, number)
            : null;
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string NameOf((int Bucket, AuditEntry Entry) line) =>
        string.Create(CultureInfo.InvariantCulture, $"{line.Bucket}-{line.Entry.Number}");

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
        if (act.About.Length > 0)
            json.WriteString("about", act.About);
        if (act.Why.Length > 0)
            json.WriteString("why", act.Why);
        json.WriteString("body", act.Body.Hex);
        if (act.Answers is { } answers)
            json.WriteNumber("answers", answers);
        if (act.Outcome.Length > 0)
            json.WriteString("outcome", act.Outcome);
        json.WriteString("before", entry.Before.Hex);
        json.WriteString("hash", entry.Hash.Hex);
        json.WriteEndObject();
    }
}
