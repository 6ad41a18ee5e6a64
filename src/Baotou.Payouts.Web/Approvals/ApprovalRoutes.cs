using System.Text.Json;
using System.Text.Json.Nodes;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Approvals;

/// <summary>What moves money: an officer asks, an approver with another subject decides.</summary>
internal sealed class ApprovalRoutes(Application.Approving.Approvals approvals, IApprovalStore store, BusinessDay day) : IRoutes
{
    private static readonly Role[] Readers = [Role.Officer, Role.Approver, Role.Auditor];

    /// <inheritdoc/>
    public IEnumerable<Route> Routes =>
        [
            new()
            {
                Id = "approvals",
                Method = "GET",
                Pattern = "/api/approvals",
                Roles = Readers,
                Summary = "What was asked for, and where it stands.",
                Query = [new("state", "Only those in this state.", Schema.OneOf([.. Enum.GetValues<ApprovalState>().Select(WordOf)]))],
                Shows = Schema.Object(("approvals", Schema.List(Schema.Ref("Approval")))),
                Handler = ListAsync,
            },
            new()
            {
                Id = "request-approval",
                Method = "POST",
                Pattern = "/api/approvals",
                Roles = [Role.Officer],
                TakesKey = true,
                Success = 201,
                Summary = "Ask for an act that moves money, opens a pool or changes how an entry is treated.",
                Body = Schema.Ref("Proposal"),
                Shows = Schema.Ref("Approval"),
                Handler = RequestAsync,
            },
            new()
            {
                Id = "decide",
                Method = "POST",
                Pattern = "/api/approvals/{approvalId}/decision",
                Roles = [Role.Approver],
                Summary =
                    "Agree or refuse, as a second person; what the schedule proposed takes two who agree. A repeat of the same decision changes nothing.",
                Body = Schema.Object(("decision", Schema.OneOf("agree", "refuse")), ("note?", Schema.Text(most: 500))),
                Shows = Schema.Ref("Approval"),
                Handler = DecideAsync,
            },
        ];

    /// <summary>What is shown of a request: what was sent, and where it stands.</summary>
    public static JsonObject Shown() =>
        ProposalBody.Schema(() =>
            [
                ("id", Schema.Text("^[0-9a-f]{26}$")),
                ("state", Schema.OneOf([.. Enum.GetValues<ApprovalState>().Select(WordOf)])),
                ("requestedBy", Schema.Text()),
                ("requestedAt", Schema.Moment()),
                ("agreedBy?", Schema.Text()),
                ("decidedBy?", Schema.Text()),
                ("decidedAt?", Schema.Moment()),
                ("note?", Schema.Text()),
            ]
        );

    private async Task<Answer> ListAsync(Call call, CancellationToken cancellationToken)
    {
        var state = call.Query("state");
        if (state is not null && Enum.GetValues<ApprovalState>().All(s => WordOf(s) != state))
            return Answer.Bad("state is one of pending, approved, done, refused.");
        var listed = (await store.ListAsync(cancellationToken))
            .Where(a => state is null || WordOf(a.State) == state)
            .OrderBy(a => a.RequestedAt)
            .ThenBy(a => a.Id, StringComparer.Ordinal)
            .ToList();
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("approvals");
            foreach (var approval in listed)
                Write(json, approval);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private async Task<Answer> RequestAsync(Call call, CancellationToken cancellationToken)
    {
        var (proposal, why, refusal) = ProposalBody.Read(call);
        if (proposal is null)
            return refusal!;
        return await approvals.RequestAsync(proposal, why, call.Mark, day.Moment, cancellationToken) switch
        {
            Requesting.Senseless senseless => Answer.Conflict(senseless.Why + "."),
            Requesting.KeyReused => new Answer.Refused(Problem.KeyReused),
            Requesting.Asked asked => new Answer.Json(201, json => Write(json, asked.Approval)) { Location = "/api/approvals" },
            _ => throw new InvalidOperationException("A request is asked or refused."),
        };
    }

    private async Task<Answer> DecideAsync(Call call, CancellationToken cancellationToken)
    {
        if (call.OnlyNames("decision", "note") is { } refusal)
            return refusal;
        if (call.Text("decision") is not ("agree" or "refuse"))
            return Answer.Bad("decision is agree or refuse.");
        var note = call.Body.TryGetProperty("note", out _) ? call.Text("note") : "";
        if (note is not { Length: <= 500 } || note.Any(char.IsControl))
            return Answer.Bad("note is a text of at most 500 characters.");
        return await approvals.DecideAsync(
            call.Part("approvalId"),
            call.Text("decision") == "agree",
            note,
            call.Caller.Subject,
            day.Moment,
            cancellationToken
        ) switch
        {
            Decided.NotFound => Answer.NotFound,
            Decided.OwnRequest => new Answer.Refused(
                Problem.Forbidden with
                {
                    Detail = "Whoever asked cannot decide; a second person has to.",
                }
            ),
            Decided.TooLate late => Answer.Conflict($"It is {WordOf(late.Approval.State)} already."),
            Decided.Stands stands => Answer.Ok(json => Write(json, stands.Approval)),
            _ => throw new InvalidOperationException("A decision stands or is refused."),
        };
    }

    private static void Write(Utf8JsonWriter json, Approval approval)
    {
        json.WriteStartObject();
        json.WriteString("id", approval.Id);
        ProposalBody.Write(json, approval.Proposal);
        json.WriteString("why", approval.Why);
        json.WriteString("state", WordOf(approval.State));
        json.WriteString("requestedBy", approval.Request.Subject);
        json.WriteString("requestedAt", approval.RequestedAt.UtcDateTime);
        if (approval.AgreedBy is { } agreedBy)
            json.WriteString("agreedBy", agreedBy);
        if (approval.DecidedBy is { } decidedBy)
            json.WriteString("decidedBy", decidedBy);
        if (approval.DecidedAt is { } decidedAt)
            json.WriteString("decidedAt", decidedAt.UtcDateTime);
        if (approval.Note.Length > 0)
            json.WriteString("note", approval.Note);
        json.WriteEndObject();
    }

    private static string WordOf(ApprovalState state) =>
        state switch
        {
            ApprovalState.Pending => "pending",
            ApprovalState.Approved => "approved",
            ApprovalState.Done => "done",
            ApprovalState.Refused => "refused",
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };
}
