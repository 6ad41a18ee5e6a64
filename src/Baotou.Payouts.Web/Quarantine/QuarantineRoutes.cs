using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Quarantine;

/// <summary>Records that could not become facts: what is wrong with each, and another chance for them. Tax records are listed without their text.</summary>
internal sealed class QuarantineRoutes(IQuarantine quarantine, RecordIntake intake, Catalogue catalogue) : IRoutes
{
    private const int Most = 500;

    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
    [
        new()
        {
            Id = "quarantine", Method = "GET", Pattern = "/api/quarantine/{source}", Roles = [Role.Officer, Role.Auditor],
            Summary = "The bad records of a source with their reasons, five hundred at most.",
            Shows = Schema.Object(("source", Schema.Text()), ("records", Schema.List(Schema.Object(("id", Schema.Text()), ("code", Schema.Text()), ("reason", Schema.Text()), ("text?", Schema.Text()))))),
            Handler = ListAsync,
        },
        new()
        {
            Id = "replay-quarantine", Method = "POST", Pattern = "/api/quarantine/{source}/replay", Roles = [Role.Officer],
            Summary = "Gives every kept record another chance, after the dictionary changed. What still fails stays.",
            Body = Schema.Object(),
            Shows = Schema.Object(("source", Schema.Text()), ("replayed", Schema.Number(0))),
            Handler = ReplayAsync,
        },
    ];

    private async Task<Answer> ListAsync(Call call, CancellationToken cancellationToken)
    {
        var source = call.Part("source");
        if (!IsSource(source)) return Answer.NotFound;
        var records = new List<Quarantined>();
        await foreach (var record in quarantine.ReadAsync(source, cancellationToken))
        {
            records.Add(record);
            if (records.Count == Most) break;
        }

        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("source", source);
            json.WriteStartArray("records");
            foreach (var record in records)
            {
                json.WriteStartObject();
                json.WriteString("id", record.Id);
                json.WriteString("code", record.Code);
                json.WriteString("reason", source == Withholding.Source ? "" : record.Reason);
                if (source is not (Withholding.Source or WalkAccounts.Source)) json.WriteString("text", record.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private async Task<Answer> ReplayAsync(Call call, CancellationToken cancellationToken)
    {
        var source = call.Part("source");
        if (!IsSource(source)) return Answer.NotFound;
        if (call.OnlyNames() is { } refusal) return refusal;
        var replayed = await intake.ReplayQuarantineAsync(source, cancellationToken);
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("source", source);
            json.WriteNumber("replayed", replayed);
            json.WriteEndObject();
        });
    }

    private bool IsSource(string source) => source == WalkAccounts.Source || catalogue.Facts.Kinds.Any(k => k.Agency == source);
}
