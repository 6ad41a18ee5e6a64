using System.Text.Json;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Sources;

/// <summary>
/// Where the sources of facts stand: how far they have told everything, which are silent, and what of them is held for two persons.
/// </summary>
internal sealed class SourceRoutes(DescribeSources describe, SettleWithdrawals settle, Catalogue catalogue, BusinessDay day) : IRoutes
{
    private const int Most = 500;
    private static readonly Role[] Readers = [Role.Officer, Role.Approver, Role.Auditor];

    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
        [
            new()
            {
                Id = "sources",
                Method = "GET",
                Pattern = "/api/sources",
                Roles = Readers,
                Summary = "Every source of facts, up to when it has told everything, whether it is silent, and what it lacks.",
                Shows = Schema.Object(
                    (
                        "sources",
                        Schema.List(
                            Schema.Object(
                                ("source", Schema.Text()),
                                ("titleZh", Schema.Text()),
                                ("titleEn", Schema.Text()),
                                ("completeThrough?", Schema.Moment()),
                                ("closedThrough?", Schema.Moment()),
                                ("walks", Schema.Number(0)),
                                ("silent", Schema.Flag()),
                                ("held?", Held())
                            )
                        )
                    )
                ),
                Handler = ListAsync,
            },
            new()
            {
                Id = "withdrawals",
                Method = "GET",
                Pattern = "/api/sources/{source}/withdrawals",
                Roles = Readers,
                Summary = "The records that vanished from a snapshot and wait for two persons, five hundred at most.",
                Shows = Schema.Object(
                    ("source", Schema.Text()),
                    ("held?", Held()),
                    (
                        "records",
                        Schema.List(
                            Schema.Object(
                                ("recordId", Schema.Text()),
                                ("uscc", Schema.Text()),
                                ("kind", Schema.Text()),
                                ("period", Schema.Text())
                            )
                        )
                    )
                ),
                Handler = WithdrawalsAsync,
            },
        ];

    private static System.Text.Json.Nodes.JsonObject Held() =>
        Schema.Object(
            ("snapshot", Schema.Text("^[0-9a-f]{64}$")),
            ("asOf", Schema.Moment()),
            ("missing", Schema.Number(1)),
            ("known", Schema.Number(1))
        );

    private async Task<Answer> ListAsync(Call call, CancellationToken cancellationToken)
    {
        var accounts = await describe.HandleAsync(day.Moment, cancellationToken);
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("sources");
            foreach (var account in accounts)
                Write(json, account);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private async Task<Answer> WithdrawalsAsync(Call call, CancellationToken cancellationToken)
    {
        var source = call.Part("source");
        if ((await describe.HandleAsync(day.Moment, cancellationToken)).FirstOrDefault(a => a.Standing.Source == source) is not { } account)
            return Answer.NotFound;
        var records = await settle.HeldAsync(source, cancellationToken);
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("source", source);
            WriteHeld(json, account.Standing.Held);
            json.WriteStartArray("records");
            foreach (var record in records.Take(Most))
            {
                json.WriteStartObject();
                json.WriteString("recordId", record.RecordId);
                json.WriteString("uscc", record.Uscc);
                json.WriteString("kind", record.Kind);
                json.WriteString("period", record.Period);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private void Write(Utf8JsonWriter json, SourceAccount account)
    {
        var title = catalogue.Facts.AgencyTitle(account.Standing.Source);
        json.WriteStartObject();
        json.WriteString("source", account.Standing.Source);
        json.WriteString("titleZh", title.Zh);
        json.WriteString("titleEn", title.En);
        if (account.Standing.CompleteThrough is { } through)
            json.WriteString("completeThrough", through.UtcDateTime);
        if (account.ClosedThrough is { } closed)
            json.WriteString("closedThrough", closed.UtcDateTime);
        json.WriteNumber("walks", account.Standing.Walks);
        json.WriteBoolean("silent", account.IsSilent);
        WriteHeld(json, account.Standing.Held);
        json.WriteEndObject();
    }

    private static void WriteHeld(Utf8JsonWriter json, HeldWithdrawals? held)
    {
        if (held is null)
            return;
        json.WriteStartObject("held");
        json.WriteString("snapshot", held.Snapshot.Hex);
        json.WriteString("asOf", held.AsOf.UtcDateTime);
        json.WriteNumber("missing", held.Missing);
        json.WriteNumber("known", held.Known);
        json.WriteEndObject();
    }
}
