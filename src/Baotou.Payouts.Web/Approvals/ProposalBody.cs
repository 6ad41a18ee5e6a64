using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Web.Routing;
using Baotou.Payouts.Web.Stops;

namespace Baotou.Payouts.Web.Approvals;

/// <summary>A proposal as it is sent: which parts it has depends on its kind.</summary>
internal static class ProposalBody
{
    private const string Digest = "^[0-9a-f]{64}$";

    private static readonly (string Kind, string[] Parts)[] Kinds =
    [
        ("open-pool", ["pool", "fiscalYear", "seed"]),
        ("appropriate", ["pool", "fiscalYear", "amountFen", "document"]),
        ("cut", ["pool", "fiscalYear", "amountFen", "document"]),
        ("close-pool", ["pool", "fiscalYear", "document"]),
        ("declare-past", ["policy", "payments", "sumFen"]),
        ("make-automatic", ["policy"]),
        ("still-in-force", ["policy", "through"]),
        ("release", ["payoutId"]),
        ("resume", ["payoutId", "version"]),
        ("rerun", ["runId", "difference"]),
        ("recovered", ["payoutId", "document"]),
        ("merge", ["fromUscc", "intoUscc"]),
        ("close-source", ["source", "through"]),
        ("settle-withdrawals", ["source", "snapshot", "outcome"]),
        ("start", ["what", "stop"]),
        ("correct-record", ["source", "record", "correction"]),
    ];

    /// <summary>What may be sent.</summary>
    public static JsonObject Schema() => OpenApi.Schema.Object(
        ("kind", OpenApi.Schema.OneOf([.. Kinds.Select(k => k.Kind)])), ("why", OpenApi.Schema.Text(most: 500)), ("pool?", OpenApi.Schema.Text()), ("fiscalYear?", OpenApi.Schema.Number(2000, 2100)),
        ("seed?", OpenApi.Schema.Text(most: 200)), ("amountFen?", OpenApi.Schema.Number(1)), ("document?", OpenApi.Schema.Text(most: 200)), ("policy?", OpenApi.Schema.Text()),
        ("through?", OpenApi.Schema.Day()), ("payoutId?", OpenApi.Schema.Text(OpenApi.Schema.PayoutIdPattern)), ("version?", OpenApi.Schema.Number(1, int.MaxValue)),
        ("runId?", OpenApi.Schema.Text(Runs.RunShapes.IdPattern)), ("difference?", OpenApi.Schema.Text(Runs.RunShapes.HashPattern)),
        ("fromUscc?", OpenApi.Schema.Text(OpenApi.Schema.CodePattern)), ("intoUscc?", OpenApi.Schema.Text(OpenApi.Schema.CodePattern)), ("source?", OpenApi.Schema.Text()),
        ("payments?", OpenApi.Schema.Number(0, 10_000_000)), ("sumFen?", OpenApi.Schema.Number(0)), ("snapshot?", OpenApi.Schema.Text(Digest)), ("outcome?", OpenApi.Schema.OneOf("withdraw", "keep")),
        ("what?", OpenApi.Schema.OneOf([.. Enum.GetValues<Application.Stopping.SwitchKind>().Select(SwitchWords.Of)])), ("target?", OpenApi.Schema.Text(most: 200)), ("stop?", OpenApi.Schema.Number(1)),
        (SwitchWords.ResultsName + "?", SwitchWords.Results()), ("record?", OpenApi.Schema.Text("^[0-9a-f]{32}$")), ("correction?", CorrectionBody.Schema()));

    /// <summary>Reads it, or says what is wrong.</summary>
    public static (Proposal? Proposal, string Why, Answer? Refusal) Read(Call call)
    {
        var kind = call.Text("kind");
        if (Kinds.FirstOrDefault(k => k.Kind == kind) is not { Parts: { } parts }) return (null, "", Answer.Bad($"kind is one of {string.Join(", ", Kinds.Select(k => k.Kind))}."));
        if (call.OnlyNames(["kind", "why", .. parts, .. kind == "start" ? ["target", SwitchWords.ResultsName] : Array.Empty<string>()]) is { } refusal) return (null, "", refusal);
        if (Line(call, "why", 500) is not { } why) return (null, "", Answer.Bad("why says why, in 1 to 500 characters."));
        var (year, amount) = (Whole(call, "fiscalYear"), Whole(call, "amountFen"));
        foreach (var part in parts)
        {
            var good = part switch
            {
                "fiscalYear" => year is >= 2000 and <= 2100,
                "amountFen" => amount is > 0,
                "what" => SwitchWords.Read(call, "target") is not null,
                "stop" => Whole(call, part) is > 0,
                "version" => Whole(call, part) is > 0 and <= int.MaxValue,
                "through" => Through(call) is not null,
                "difference" => Hash(call) is not null,
                "payments" => Whole(call, part) is >= 0 and <= 10_000_000,
                "sumFen" => Whole(call, part) is >= 0,
                "snapshot" => call.Text(part) is { } snapshot && System.Text.RegularExpressions.Regex.IsMatch(snapshot, Digest),
                "outcome" => call.Text(part) is "withdraw" or "keep",
                "correction" => Corrected(call) is not null,
                "fromUscc" or "intoUscc" => Code(call, part) is not null,
                _ => Line(call, part, 200) is not null,
            };
            if (!good) return (null, "", Answer.Bad($"{part} is missing or makes no sense."));
        }

        if (!SwitchWords.TryReadResults(call, out var results)) return (null, "", Answer.Bad($"{SwitchWords.ResultsName} is imported or none-instructed, after a restore."));
        var pool = parts.Contains("pool") ? new PoolYear(Line(call, "pool", 200)!, (int)year!.Value) : null;
        Proposal proposal = kind switch
        {
            "open-pool" => new Proposal.OpenPool(pool!, Line(call, "seed", 200)!),
            "appropriate" => new Proposal.Appropriate(pool!, new Fen(amount!.Value), Line(call, "document", 200)!),
            "cut" => new Proposal.Cut(pool!, new Fen(amount!.Value), Line(call, "document", 200)!),
            "close-pool" => new Proposal.ClosePool(pool!, Line(call, "document", 200)!),
            "declare-past" => new Proposal.DeclarePast(Line(call, "policy", 200)!, (int)Whole(call, "payments")!.Value, new Fen(Whole(call, "sumFen")!.Value)),
            "make-automatic" => new Proposal.MakeAutomatic(Line(call, "policy", 200)!),
            "still-in-force" => new Proposal.StillInForce(Line(call, "policy", 200)!, Through(call)!.Value),
            "rerun" => new Proposal.Rerun(Line(call, "runId", 200)!, Hash(call)!.Value),
            "resume" => new Proposal.Resume(Line(call, "payoutId", 200)!, (int)Whole(call, "version")!.Value),
            "recovered" => new Proposal.Recovered(Line(call, "payoutId", 200)!, Line(call, "document", 200)!),
            "merge" => new Proposal.MergeCodes(Code(call, "fromUscc")!.Value, Code(call, "intoUscc")!.Value),
            "close-source" => new Proposal.CloseSource(Line(call, "source", 200)!, Through(call)!.Value),
            "settle-withdrawals" => new Proposal.SettleHeld(
                Line(call, "source", 200)!, new ContentHash(call.Text("snapshot")!), call.Text("outcome") == "keep" ? VanishedRecords.Keep : VanishedRecords.Withdraw),
            "correct-record" => new Proposal.CorrectRecord(Line(call, "source", 200)!, Line(call, "record", 200)!, Corrected(call)!),
            "start" => new Proposal.StartAgain(SwitchWords.Read(call, "target")!, Whole(call, "stop")!.Value, results),
            _ => new Proposal.ReleaseMoney(Line(call, "payoutId", 200)!),
        };
        return (proposal, why, null);
    }

    /// <summary>Writes it back as it was sent, into the object that is open.</summary>
    public static void Write(Utf8JsonWriter json, Proposal proposal)
    {
        switch (proposal)
        {
            case Proposal.OpenPool p: WritePool(json, "open-pool", p.Pool); json.WriteString("seed", p.Seed); break;
            case Proposal.Appropriate p: WritePool(json, "appropriate", p.Pool); json.WriteNumber("amountFen", p.Amount.Value); json.WriteString("document", p.Document); break;
            case Proposal.Cut p: WritePool(json, "cut", p.Pool); json.WriteNumber("amountFen", p.Amount.Value); json.WriteString("document", p.Document); break;
            case Proposal.ClosePool p: WritePool(json, "close-pool", p.Pool); json.WriteString("document", p.Document); break;
            case Proposal.DeclarePast p:
                json.WriteString("kind", "declare-past");
                json.WriteString("policy", p.Policy);
                json.WriteNumber("payments", p.Payments);
                json.WriteNumber("sumFen", p.Amount.Value);
                break;
            case Proposal.MakeAutomatic p: json.WriteString("kind", "make-automatic"); json.WriteString("policy", p.Policy); break;
            case Proposal.StillInForce p:
                json.WriteString("kind", "still-in-force");
                json.WriteString("policy", p.Policy);
                json.WriteString("through", p.Through.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case Proposal.ReleaseMoney p: json.WriteString("kind", "release"); json.WriteString("payoutId", p.Payout); break;
            case Proposal.Resume p: json.WriteString("kind", "resume"); json.WriteString("payoutId", p.Payout); json.WriteNumber("version", p.Version); break;
            case Proposal.Rerun p: json.WriteString("kind", "rerun"); json.WriteString("runId", p.Run); json.WriteString("difference", p.Difference.Hex); break;
            case Proposal.Recovered p: json.WriteString("kind", "recovered"); json.WriteString("payoutId", p.Payout); json.WriteString("document", p.Document); break;
            case Proposal.MergeCodes p: json.WriteString("kind", "merge"); json.WriteString("fromUscc", p.From.Value); json.WriteString("intoUscc", p.Into.Value); break;
            case Proposal.CloseSource p:
                json.WriteString("kind", "close-source");
                json.WriteString("source", p.Source);
                json.WriteString("through", p.Through.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case Proposal.SettleHeld p:
                json.WriteString("kind", "settle-withdrawals");
                json.WriteString("source", p.Source);
                json.WriteString("snapshot", p.Snapshot.Hex);
                json.WriteString("outcome", p.Outcome == VanishedRecords.Keep ? "keep" : "withdraw");
                break;
            case Proposal.CorrectRecord p:
                json.WriteString("kind", "correct-record");
                json.WriteString("source", p.Source);
                json.WriteString("record", p.Record);
                CorrectionBody.Write(json, p.Correction);
                break;
            case Proposal.StartAgain p:
                json.WriteString("kind", "start");
                json.WriteString("what", SwitchWords.Of(p.Switch.What));
                if (p.Switch.Id.Length > 0) json.WriteString("target", p.Switch.Id);
                json.WriteNumber("stop", p.Stop);
                if (p.Results is { } results) json.WriteString(SwitchWords.ResultsName, SwitchWords.Of(results));
                break;
            default: throw new InvalidOperationException($"Unknown proposal {proposal.GetType().Name}.");
        }
    }

    private static void WritePool(Utf8JsonWriter json, string kind, PoolYear pool)
    {
        json.WriteString("kind", kind);
        json.WriteString("pool", pool.Pool);
        json.WriteNumber("fiscalYear", pool.FiscalYear);
    }

    private static string? Line(Call call, string name, int most) => call.Text(name) is { } text && text.Trim() is { Length: > 0 } line && line.Length <= most && !line.Any(char.IsControl) ? line : null;

    private static long? Whole(Call call, string name) =>
        call.Body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    private static Correction? Corrected(Call call) => call.Body.TryGetProperty("correction", out var sent) ? CorrectionBody.Read(sent) : null;

    private static ContentHash? Hash(Call call) => call.Text("difference") is { Length: 64 } hex && hex.All(char.IsAsciiHexDigitLower) ? new ContentHash(hex) : null;

    private static Uscc? Code(Call call, string name) => Uscc.TryParse(call.Text(name), out var code, out _) ? code : null;

    private static DateOnly? Through(Call call) =>
        DateOnly.TryParseExact(call.Text("through"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and <= 2100 ? day : null;
}
