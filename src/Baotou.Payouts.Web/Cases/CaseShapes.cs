using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baotou.Payouts.Application.Settling;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;

namespace Baotou.Payouts.Web.Cases;

/// <summary>
/// What routes about cases share: who may use them, which of them are asked for, how an act is shown and what is answered to a wish.
/// </summary>
internal static class CaseShapes
{
    public static readonly Role[] Readers = [Role.Officer, Role.Approver, Role.Auditor];

    /// <summary>Which cases are asked for: those that wait, unless the query says otherwise.</summary>
    public static readonly Parameter Asked = new(
        "state",
        "Those that wait (open, the default), those that are settled, or all.",
        Schema.OneOf("open", "settled", "all")
    );

    /// <summary>How a case stands.</summary>
    public static JsonObject State() => Schema.OneOf(["waiting", .. Enum.GetValues<CaseWord>().Select(CaseWords.Of)]);

    /// <summary>What was done about a case.</summary>
    public static JsonObject Acts() =>
        Schema.List(
            Schema.Object(
                ("act", Schema.OneOf([.. Enum.GetValues<CaseWord>().Select(CaseWords.Of)])),
                ("why?", Schema.Text()),
                ("by", Schema.Text()),
                ("approvedBy?", Schema.Text()),
                ("at", Schema.Moment()),
                ("approval?", Schema.Text()),
                ("fact?", Schema.Text())
            )
        );

    /// <summary>A reason, and nothing else.</summary>
    public static JsonObject Why() => Schema.Object(("why", Schema.Text(most: 500)));

    /// <summary>Whether a case is among those asked for; null if the query makes no sense.</summary>
    public static Func<bool, bool>? Wanted(Call call) =>
        call.Query("state") switch
        {
            null or "open" => open => open,
            "settled" => open => !open,
            "all" => _ => true,
            _ => null,
        };

    /// <summary>Writes the acts of a case as <c>acts</c>.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<CaseAct> acts)
    {
        json.WriteStartArray("acts");
        foreach (var act in acts)
        {
            json.WriteStartObject();
            json.WriteString("act", CaseWords.Of(act.Word));
            if (act.Why.Length > 0)
                json.WriteString("why", act.Why);
            json.WriteString("by", act.By);
            if (act.ApprovedBy.Length > 0)
                json.WriteString("approvedBy", act.ApprovedBy);
            json.WriteString("at", act.At.UtcDateTime);
            if (act.Approval.Length > 0)
                json.WriteString("approval", act.Approval);
            if (act.Result.Length > 0)
                json.WriteString("fact", act.Result);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A case with its version.</summary>
    public static Answer Show<T>(Case<T> found, Action<Utf8JsonWriter> write) =>
        new Answer.Json(200, write) { Version = found.Version.ToString(CultureInfo.InvariantCulture) };

    /// <summary>The answer to a wish.</summary>
    public static Answer Of<T>(CaseSettled<T> settled, Func<Case<T>, Answer> show) =>
        settled switch
        {
            CaseSettled<T>.NotFound => Answer.NotFound,
            CaseSettled<T>.KeyReused => new Answer.Refused(Problem.KeyReused),
            CaseSettled<T>.Changed changed => new Answer.Refused(
                Problem.ChangedSince with
                {
                    Detail = $"It is {CaseWords.StateOf(changed.Case)} now, version {changed.Case.Version}; look again.",
                }
            ),
            CaseSettled<T>.NotNow not => Answer.Conflict(not.Why + "."),
            CaseSettled<T>.Done done => show(done.Case),
            _ => throw new InvalidOperationException("A case is settled or not."),
        };

    /// <summary>Goes on with the reason in the body, or says what is wrong with it.</summary>
    public static async Task<Answer> WithReasonAsync(Call call, Func<string, Task<Answer>> settle)
    {
        if (call.OnlyNames("why") is { } refusal)
            return refusal;
        return call.Text("why")?.Trim() is { Length: >= 1 and <= 500 } why && !why.Any(char.IsControl)
            ? await settle(why)
            : Answer.Bad("why says why, in 1 to 500 characters.");
    }
}
