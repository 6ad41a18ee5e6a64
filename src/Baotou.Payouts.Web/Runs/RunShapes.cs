using System.Text.Json;
using System.Text.Json.Nodes;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Rerunning;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Web.OpenApi;

namespace Baotou.Payouts.Web.Runs;

/// <summary>Runs and differences as they are shown, and what the document says of it.</summary>
internal static class RunShapes
{
    public const string IdPattern = "^[0-9a-f]{26}$";
    public const string HashPattern = "^[0-9a-f]{64}$";

    /// <summary>A run.</summary>
    public static JsonObject Run() =>
        Schema.Object([
            .. Begin(),
            ("difference?", Schema.Text(HashPattern)),
            ("intact?", Schema.Flag()),
            ("counts?", Counts()),
            (
                "progress?",
                Schema.Object(
                    ("lines", Schema.Number(0)),
                    ("applied", Schema.Number(0)),
                    ("partly", Schema.Number(0)),
                    ("changedSince", Schema.Number(0))
                )
            ),
            ("walked?", Schema.Flag()),
            (
                "sources?",
                Schema.List(Schema.Object(("source", Schema.Text()), ("walksBefore", Schema.Number(0)), ("walksNow", Schema.Number(0))))
            ),
            ("roundBefore?", Schema.Number(0)),
            ("roundNow?", Schema.Number(0)),
            .. End(),
        ]);

    /// <summary>A run as a list shows it.</summary>
    public static JsonObject Row() => Schema.Object([.. Begin(), ("difference?", Schema.Text(HashPattern)), .. End()]);

    /// <summary>A page of a difference.</summary>
    public static JsonObject Difference() =>
        Schema.Object(
            ("hash", Schema.Text(HashPattern)),
            ("round", Schema.Number(0)),
            ("undecided", Schema.Number(0)),
            ("counts", Counts()),
            ("next?", Schema.Number(0)),
            (
                "lines",
                Schema.List(
                    Schema.Object(
                        ("change", Schema.OneOf([.. Enum.GetValues<DifferenceKind>().Select(DifferenceJson.Word)])),
                        ("policy", Schema.Text()),
                        ("occasion", Schema.Text()),
                        ("uscc", Schema.Text(Schema.CodePattern)),
                        ("beforeFen", Schema.Number()),
                        ("afterFen", Schema.Number()),
                        ("because", Schema.Text()),
                        ("afterRound", Schema.Flag()),
                        ("needsTwoPersons", Schema.Flag()),
                        (
                            "reasons",
                            Schema.List(
                                Schema.Object(
                                    ("kind", Schema.OneOf([.. Enum.GetValues<ReasonKind>().Select(DifferenceJson.Word)])),
                                    ("what", Schema.Text()),
                                    ("old", Schema.Text()),
                                    ("new", Schema.Text())
                                )
                            )
                        ),
                        (
                            "claims",
                            Schema.List(
                                Schema.Object(
                                    ("number", Schema.Number(0)),
                                    ("cityFen", Schema.Number()),
                                    ("standsCityFen", Schema.Number()),
                                    ("dueCityFen", Schema.Number()),
                                    ("isGranted", Schema.Flag()),
                                    ("entryHash", Schema.Text(HashPattern))
                                )
                            )
                        ),
                        (
                            "payouts",
                            Schema.List(
                                Schema.Object(
                                    ("id", Schema.Text(Schema.PayoutIdPattern)),
                                    ("state", Schema.OneOf([.. Enum.GetValues<PayoutState>().Select(WireWords.Of)])),
                                    ("version", Schema.Number(0)),
                                    ("cityFen", Schema.Number()),
                                    ("step", Schema.OneOf([.. Enum.GetValues<LineStep>().Select(DifferenceJson.Word)])),
                                    ("takeBackCityFen", Schema.Number(0))
                                )
                            )
                        ),
                        ("outcome?", Schema.OneOf("applied", "partly", "changed-since")),
                        ("steps?", Schema.List(Schema.Object(("subject", Schema.Text()), ("done", Schema.Flag()), ("what", Schema.Text()))))
                    )
                )
            )
        );

    /// <summary>Writes a run as an object.</summary>
    public static void Write(Utf8JsonWriter json, RunAccount account)
    {
        var run = account.Run;
        json.WriteStartObject();
        WriteBegin(json, run);
        if (run.Difference is { } hash)
            WriteDifference(json, account, hash.Hex);
        if (run.Start is { } start)
            WritePass(json, account, start);
        WriteEnd(json, run);
        json.WriteEndObject();
    }

    /// <summary>Writes a run as a list shows it.</summary>
    public static void Write(Utf8JsonWriter json, Run run)
    {
        json.WriteStartObject();
        WriteBegin(json, run);
        if (run.Difference is { } hash)
            json.WriteString("difference", hash.Hex);
        WriteEnd(json, run);
        json.WriteEndObject();
    }

    private static IEnumerable<(string, JsonObject)> Begin() =>
        [
            ("id", Schema.Text(IdPattern)),
            ("kind", Schema.OneOf([.. Enum.GetValues<RunKind>().Select(WordOf)])),
            ("state", Schema.OneOf([.. Enum.GetValues<RunState>().Select(WordOf)])),
            ("why", Schema.Text()),
            ("requestedBy", Schema.Text()),
            ("requestedAt", Schema.Moment()),
            ("policy?", Schema.Text()),
            ("enterprise?", Schema.Text(Schema.CodePattern)),
            ("period?", Schema.Text()),
        ];

    private static IEnumerable<(string, JsonObject)> End() => [("approval?", Schema.Text(IdPattern)), ("cancelledBy?", Schema.Text())];

    private static void WriteBegin(Utf8JsonWriter json, Run run)
    {
        json.WriteString("id", run.Id);
        json.WriteString("kind", WordOf(run.Kind));
        json.WriteString("state", WordOf(run.State));
        json.WriteString("why", run.Why);
        json.WriteString("requestedBy", run.Request.Subject);
        json.WriteString("requestedAt", run.RequestedAt.UtcDateTime);
        if (run.Scope.Policy is { } policy)
            json.WriteString("policy", policy);
        if (run.Scope.Enterprise is { } enterprise)
            json.WriteString("enterprise", enterprise.Value);
        if (run.Scope.Period is { } period)
            json.WriteString("period", period);
    }

    private static void WriteEnd(Utf8JsonWriter json, Run run)
    {
        if (run.Approval is { } approval)
            json.WriteString("approval", approval);
        if (run.CancelledBy is { } cancelledBy)
            json.WriteString("cancelledBy", cancelledBy);
    }

    private static JsonObject Counts() =>
        Schema.Object([.. Enum.GetValues<DifferenceKind>().Select(k => (DifferenceJson.Word(k), Schema.Number(0)))]);

    private static void WriteDifference(Utf8JsonWriter json, RunAccount account, string hash)
    {
        json.WriteString("difference", hash);
        json.WriteBoolean("intact", account.Difference is not null);
        if (account.Difference is not { } difference)
            return;
        json.WritePropertyName("counts");
        DifferenceJson.WriteCounts(json, difference);
        json.WriteStartObject("progress");
        json.WriteNumber("lines", account.Lines);
        json.WriteNumber("applied", account.Outcomes.Values.Count(o => o.IsApplied));
        json.WriteNumber("partly", account.Outcomes.Values.Count(o => !o.IsApplied && o.Steps.Any(s => s.Done)));
        json.WriteNumber("changedSince", account.Outcomes.Values.Count(o => o.Steps.All(s => !s.Done)));
        json.WriteEndObject();
    }

    private static void WritePass(Utf8JsonWriter json, RunAccount account, PassStart start)
    {
        json.WriteBoolean("walked", account.IsWalked);
        json.WriteStartArray("sources");
        foreach (var source in account.Sources)
        {
            json.WriteStartObject();
            json.WriteString("source", source.Source);
            json.WriteNumber("walksBefore", source.Before);
            json.WriteNumber("walksNow", source.Now);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("roundBefore", start.Round);
        json.WriteNumber("roundNow", account.Round);
    }

    private static string WordOf(RunKind kind) =>
        kind switch
        {
            RunKind.DryRun => "dry-run",
            RunKind.Pass => "pass",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    private static string WordOf(RunState state) =>
        state switch
        {
            RunState.Started => "started",
            RunState.Shown => "shown",
            RunState.Applying => "applying",
            RunState.Applied => "applied",
            RunState.Cancelled => "cancelled",
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };
}
