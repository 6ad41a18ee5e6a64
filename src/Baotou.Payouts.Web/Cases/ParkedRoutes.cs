using System.Text.Json;
using System.Text.Json.Nodes;
using Baotou.Payouts.Application.Settling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Cases;

/// <summary>Messages that failed too often. Sending one again moves no money by itself: it is a hint to look at rows.</summary>
internal sealed class ParkedRoutes(IParkedWork parked, ParkedCases cases, BusinessDay day) : IRoutes
{
    private const int Most = 500;
    private const int MostCharacters = 2_000;

    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
        [
            new()
            {
                Id = "parked",
                Method = "GET",
                Pattern = "/api/parked",
                Roles = CaseShapes.Readers,
                Summary = "Messages that failed too often, by queue, five hundred at most.",
                Query = [CaseShapes.Asked],
                Shows = Schema.Object(("messages", Schema.List(Shown()))),
                Handler = ListAsync,
            },
            new()
            {
                Id = "parked-message",
                Method = "GET",
                Pattern = "/api/parked/{queue}/{message}",
                Roles = CaseShapes.Readers,
                Summary = "One parked message, and what was done about it by whom.",
                Shows = Shown(("acts", CaseShapes.Acts())),
                Handler = async (call, cancellationToken) =>
                    QueueNames.All.Contains(call.Part("queue"))
                    && await parked.FindAsync(call.Part("queue"), call.Part("message"), cancellationToken) is { } found
                        ? Show(found)
                        : Answer.NotFound,
            },
            new()
            {
                Id = "replay-message",
                Method = "POST",
                Pattern = "/api/parked/{queue}/{message}/replay",
                Roles = [Role.Officer],
                TakesKey = true,
                TakesVersion = true,
                Summary = "Sends a message again, once its cause is mended.",
                Body = Schema.Object(),
                Shows = Shown(("acts", CaseShapes.Acts())),
                Handler = async (call, cancellationToken) =>
                    call.OnlyNames() ?? await SettleAsync(call, wish => cases.ReplayAsync(wish, cancellationToken)),
            },
            new()
            {
                Id = "discard-message",
                Method = "POST",
                Pattern = "/api/parked/{queue}/{message}/discard",
                Roles = [Role.Officer],
                TakesKey = true,
                TakesVersion = true,
                Summary = "Says that nothing needs to be done about a message, and why.",
                Body = CaseShapes.Why(),
                Shows = Shown(("acts", CaseShapes.Acts())),
                Handler = (call, cancellationToken) =>
                    CaseShapes.WithReasonAsync(call, why => SettleAsync(call, wish => cases.DiscardAsync(wish, why, cancellationToken))),
            },
        ];

    private static JsonObject Shown(params (string, JsonObject)[] also) =>
        Schema.Object([
            ("id", Schema.Text("^[0-9a-f]{64}$")),
            ("queue", Schema.OneOf([.. QueueNames.All])),
            ("body", Schema.Text(most: MostCharacters)),
            ("parkedAt", Schema.Moment()),
            ("state", CaseShapes.State()),
            .. also,
        ]);

    private async Task<Answer> ListAsync(Call call, CancellationToken cancellationToken)
    {
        if (CaseShapes.Wanted(call) is not { } wanted)
            return Answer.Bad("state is open, settled or all.");
        var messages = (await cases.ListAsync(cancellationToken)).Where(m => wanted(m.IsOpen)).Take(Most).ToList();
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("messages");
            foreach (var message in messages)
                Write(json, message, withActs: false);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private async Task<Answer> SettleAsync(Call call, Func<CaseWish, Task<CaseSettled<ParkedWork>>> settle) =>
        QueueNames.All.Contains(call.Part("queue"))
            ? CaseShapes.Of(await settle(new CaseWish(call.Part("queue"), call.Part("message"), call.Version, call.Mark, day.Moment)), Show)
            : Answer.NotFound;

    private static Answer Show(Case<ParkedWork> found) => CaseShapes.Show(found, json => Write(json, found, withActs: true));

    private static void Write(Utf8JsonWriter json, Case<ParkedWork> found, bool withActs)
    {
        var work = found.Subject;
        json.WriteStartObject();
        json.WriteString("id", work.Id);
        json.WriteString("queue", work.Queue);
        json.WriteString("body", work.Body.Length <= MostCharacters ? work.Body : work.Body[..MostCharacters]);
        json.WriteString("parkedAt", work.ParkedAt.UtcDateTime);
        json.WriteString("state", CaseWords.StateOf(found));
        if (withActs)
            CaseShapes.Write(json, found.Acts);
        json.WriteEndObject();
    }
}
