using System.Text.Json;
using System.Text.Json.Nodes;
using Baotou.Payouts.Application.Exporting;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Settling;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.Exporting;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Cases;

/// <summary>
/// Records that could not become facts: what is wrong with each and what was done about it. One officer replays or discards; a correction
/// is asked for and decided like anything that moves money. Of tax and account records neither text nor reason is shown.
/// </summary>
internal sealed class QuarantineRoutes(IQuarantine quarantine, QuarantineCases cases, Catalogue catalogue, BusinessDay day) : IRoutes
{
    private const int Most = 500;
    private const string IdPattern = "^[0-9a-f]{32}$";

    private string[] Sources =>
        [.. catalogue.Facts.Kinds.Select(k => k.Agency).Append(WalkAccounts.Source).Distinct().Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
        [
            new()
            {
                Id = "quarantines",
                Method = "GET",
                Pattern = "/api/quarantine",
                Roles = CaseShapes.Readers,
                Summary = "How many bad records of each source wait, and how many are settled.",
                Shows = Schema.Object(
                    (
                        "sources",
                        Schema.List(Schema.Object(("source", Schema.Text()), ("open", Schema.Number(0)), ("settled", Schema.Number(0))))
                    )
                ),
                Handler = CountAsync,
            },
            new()
            {
                Id = "quarantine",
                Method = "GET",
                Pattern = "/api/quarantine/{source}",
                Roles = CaseShapes.Readers,
                Summary =
                    "The bad records of a source with their reasons, five hundred at a time; next is where to go on, and is left out at the end.",
                Query = [CaseShapes.Asked, new("after", "The next of the page before.", Schema.Text(IdPattern))],
                Shows = Schema.Object(("source", Schema.Text()), ("records", Schema.List(Shown())), ("next?", Schema.Text(IdPattern))),
                Handler = ListAsync,
            },
            new()
            {
                Id = "quarantined-record",
                Method = "GET",
                Pattern = "/api/quarantine/{source}/{record}",
                Roles = CaseShapes.Readers,
                Summary = "One bad record, what was done about it by whom, and the fact that came of it.",
                Shows = Shown(("acts", CaseShapes.Acts())),
                Handler = ShowAsync,
            },
            new()
            {
                Id = "replay-record",
                Method = "POST",
                Pattern = "/api/quarantine/{source}/{record}/replay",
                Roles = [Role.Officer],
                TakesKey = true,
                TakesVersion = true,
                Summary = "Gives one record another chance, as it was delivered.",
                Body = Schema.Object(),
                Shows = Shown(("acts", CaseShapes.Acts())),
                Handler = async (call, cancellationToken) =>
                    call.OnlyNames() ?? await SettleAsync(call, wish => cases.ReplayAsync(wish, cancellationToken)),
            },
            new()
            {
                Id = "discard-record",
                Method = "POST",
                Pattern = "/api/quarantine/{source}/{record}/discard",
                Roles = [Role.Officer],
                TakesKey = true,
                TakesVersion = true,
                Summary = "Says that nothing comes of a record, and why. It stays, and may still be replayed or corrected.",
                Body = CaseShapes.Why(),
                Shows = Shown(("acts", CaseShapes.Acts())),
                Handler = (call, cancellationToken) =>
                    CaseShapes.WithReasonAsync(call, why => SettleAsync(call, wish => cases.DiscardAsync(wish, why, cancellationToken))),
            },
            new()
            {
                Id = "replay-quarantine",
                Method = "POST",
                Pattern = "/api/quarantine/{source}/replay",
                Roles = [Role.Officer],
                TakesKey = true,
                Summary = "Gives every record of a source that waits another chance, after the dictionary changed. What still fails stays.",
                Body = Schema.Object(),
                Shows = Schema.Object(("source", Schema.Text()), ("replayed", Schema.Number(0))),
                Handler = ReplayAllAsync,
            },
            .. ExportPair.Of(
                "quarantine",
                "/api/quarantine/{source}/records",
                CaseShapes.Readers,
                "The bad records of a source with what was done about them",
                [CaseShapes.Asked],
                ExportAsync
            ),
        ];

    private static JsonObject Shown(params (string, JsonObject)[] also) =>
        Schema.Object([
            ("id", Schema.Text(IdPattern)),
            ("code", Schema.Text()),
            ("reason", Schema.Text()),
            ("text?", Schema.Text()),
            ("state", CaseShapes.State()),
            .. also,
        ]);

    private async Task<Answer> CountAsync(Call call, CancellationToken cancellationToken)
    {
        var counts = new List<(string Source, int Open, int Settled)>();
        foreach (var source in Sources)
        {
            var (open, settled) = (0, 0);
            await foreach (var found in quarantine.ReadAsync(source, "", cancellationToken))
            {
                if (found.IsOpen)
                    open++;
                else
                    settled++;
            }

            counts.Add((source, open, settled));
        }

        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("sources");
            foreach (var (source, open, settled) in counts)
            {
                json.WriteStartObject();
                json.WriteString("source", source);
                json.WriteNumber("open", open);
                json.WriteNumber("settled", settled);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private async Task<Answer> ListAsync(Call call, CancellationToken cancellationToken)
    {
        var (source, after) = (call.Part("source"), call.Query("after") ?? "");
        if (!Sources.Contains(source))
            return Answer.NotFound;
        if (CaseShapes.Wanted(call) is not { } wanted)
            return Answer.Bad("state is open, settled or all.");
        if (after.Length > 0 && (after.Length != 32 || !after.All(char.IsAsciiHexDigitLower)))
            return Answer.Bad("after is the next of the page before.");
        var records = new List<Case<Quarantined>>();
        await foreach (var found in quarantine.ReadAsync(source, after, cancellationToken))
        {
            if (wanted(found.IsOpen))
                records.Add(found);
            if (records.Count > Most)
                break;
        }

        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("source", source);
            json.WriteStartArray("records");
            foreach (var record in records.Take(Most))
                Write(json, record, withActs: false);
            json.WriteEndArray();
            if (records.Count > Most)
                json.WriteString("next", records[Most - 1].Subject.Id);
            json.WriteEndObject();
        });
    }

    private Task<(ExportTable? Table, Answer? Refusal)> ExportAsync(Call call, CancellationToken cancellationToken)
    {
        var source = call.Part("source");
        if (!Sources.Contains(source))
            return Task.FromResult<(ExportTable?, Answer?)>((null, Answer.NotFound));
        if (CaseShapes.Wanted(call) is not { } wanted)
            return Task.FromResult<(ExportTable?, Answer?)>((null, Answer.Bad("state is open, settled or all.")));
        var records = quarantine.ReadAsync(source, "", cancellationToken).Where(found => wanted(found.IsOpen));
        return Task.FromResult<(ExportTable?, Answer?)>(
            (ExportRows.Quarantine(records, withTexts: !IsWithheld(source)) with { Name = "quarantine-" + source }, null)
        );
    }

    private async Task<Answer> ShowAsync(Call call, CancellationToken cancellationToken) =>
        Sources.Contains(call.Part("source"))
        && await quarantine.FindAsync(call.Part("source"), call.Part("record"), cancellationToken) is { } found
            ? Show(found)
            : Answer.NotFound;

    private async Task<Answer> SettleAsync(Call call, Func<CaseWish, Task<CaseSettled<Quarantined>>> settle) =>
        Sources.Contains(call.Part("source"))
            ? CaseShapes.Of(await settle(new CaseWish(call.Part("source"), call.Part("record"), call.Version, call.Mark, day.Moment)), Show)
            : Answer.NotFound;

    private async Task<Answer> ReplayAllAsync(Call call, CancellationToken cancellationToken)
    {
        var source = call.Part("source");
        if (!Sources.Contains(source))
            return Answer.NotFound;
        if (call.OnlyNames() is { } refusal)
            return refusal;
        return await cases.ReplayAllAsync(source, call.Mark, day.Moment, cancellationToken) is not { } replayed
            ? new Answer.Refused(Problem.KeyReused)
            : Answer.Ok(json =>
            {
                json.WriteStartObject();
                json.WriteString("source", source);
                json.WriteNumber("replayed", replayed);
                json.WriteEndObject();
            });
    }

    private static bool IsWithheld(string source) => source is Withholding.Source or WalkAccounts.Source;

    private static Answer Show(Case<Quarantined> found) => CaseShapes.Show(found, json => Write(json, found, withActs: true));

    private static void Write(Utf8JsonWriter json, Case<Quarantined> found, bool withActs)
    {
        var record = found.Subject;
        var isWithheld = IsWithheld(record.Source);
        json.WriteStartObject();
        json.WriteString("id", record.Id);
        json.WriteString("code", record.Code);
        json.WriteString("reason", isWithheld ? "" : record.Reason);
        if (!isWithheld)
            json.WriteString("text", record.Text);
        json.WriteString("state", CaseWords.StateOf(found));
        if (withActs)
            CaseShapes.Write(json, found.Acts);
        json.WriteEndObject();
    }
}
