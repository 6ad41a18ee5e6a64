using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Web.Access;
using Baotou.Payouts.Web.Routing;
using Microsoft.Extensions.Logging;

namespace Baotou.Payouts.Web.Auditing;

/// <summary>
/// Writes every request that may change something into the audit log before its route sees it, and afterwards what became of it. It stands
/// in the router, so no route can forget it. If the act cannot be written down, it is not done. Requests that are refused before that
/// (without a token, in a wrong role, too many, no JSON) did nothing and are counted, not written: a log that strangers can fill is no log.
/// </summary>
internal sealed partial class ActRecorder(IAuditLog log, TimeProvider clock, ILogger<ActRecorder> logger) : IDisposable
{
    /// <summary>The name under which refusals are counted, by their code: that of all numbers of the engine.</summary>
    public const string MeterName = Application.Telemetry.Metrics.Source;

    private const int MostText = 200;

    /// <summary>
    /// What of a body is kept: ids, kinds, amounts, days. Whatever a route takes besides, the digits of an account above all, is in the
    /// hash only.
    /// </summary>
    private static readonly string[] Kept =
    [
        "kind",
        "decision",
        "pool",
        "fiscalYear",
        "amountFen",
        "document",
        "policy",
        "through",
        "payoutId",
        "what",
        "id",
        "target",
        "stop",
        "dryRun",
        "enterprise",
        "period",
        "runId",
        "difference",
        "source",
        "snapshot",
        "outcome",
        "fromUscc",
        "intoUscc",
        "payments",
        "sumFen",
        "occasion",
        "uscc",
        "number",
        "grantedFen",
        "record",
        "version",
    ];

    private static readonly string[] Reasons = ["why", "reason", "note"];

    private readonly Meter _meter = new(MeterName);
    private Counter<long>? _refused;

    /// <summary>Counts a refusal, whoever was refused what.</summary>
    public void Refused(Problem problem) =>
        (_refused ??= _meter.CreateCounter<long>("payouts.requests.refused")).Add(
            1,
            new KeyValuePair<string, object?>("code", problem.Code)
        );

    /// <summary>Writes the act down, has it done and writes down what became of it.</summary>
    public async Task<Answer> RecordAsync(
        Route route,
        Call call,
        IReadOnlyDictionary<string, string> values,
        Func<Task<Answer>> act,
        CancellationToken cancellationToken
    )
    {
        var asked = new AuditAct(
            clock.GetUtcNow(),
            call.RequestId,
            call.Caller.Subject,
            string.Join('+', route.Roles.Where(call.Caller.Is).Select(RoleWords.Of)),
            route.Id,
            About(values, call.Body),
            Why(call),
            call.Mark.Body
        );
        var number = await log.AppendAsync(asked, cancellationToken);
        Answer answer;
        try
        {
            answer = await act();
        }
        catch (Exception)
        {
            await FinishAsync(asked, number, "unknown");
            throw;
        }

        await FinishAsync(
            asked,
            number,
            answer switch
            {
                Answer.Refused refused => $"{refused.Problem.Status} {refused.Problem.Code}",
                Answer.Json json => $"{json.Status}",
                _ => "200",
            }
        );
        return answer;
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    /// <summary>
    /// The outcome can be told from the act's own rows, so losing this line loses nothing, and the answer is not withheld for it.
    /// </summary>
    private async Task FinishAsync(AuditAct asked, long number, string outcome)
    {
        try
        {
            await log.AppendAsync(asked with { Answers = number, Outcome = outcome, About = "", Why = "" }, CancellationToken.None);
        }
        catch (Exception e)
        {
            logger.OutcomeLost(asked.Request, asked.What, e);
        }
    }

    private static string About(IReadOnlyDictionary<string, string> values, JsonElement body)
    {
        var about = values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={Clean(v.Value)}").ToList();
        foreach (var name in Kept)
        {
            if (!body.TryGetProperty(name, out var value))
                continue;
            if (value.ValueKind == JsonValueKind.String)
                about.Add($"{name}={Clean(value.GetString()!)}");
            else if (value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
                about.Add($"{name}={Cut(value.GetRawText())}");
        }

        return string.Join("; ", about);
    }

    private static string Why(Call call) =>
        Reasons.Select(call.Text).FirstOrDefault(t => t is not null) is { } why ? Masked(Plain(why, 500)) : "";

    private static string Clean(string text) =>
        Plain(text, MostText) is var plain && (Uscc.TryParse(plain, out _, out _) || OwnId().IsMatch(plain)) ? plain : Masked(plain);

    private static string Plain(string text, int most) =>
        new([.. text.Take(most).Select(c => char.IsControl(c) || char.IsSurrogate(c) || c == ';' ? ' ' : c)]);

    private static string Cut(string text) => text.Length <= MostText ? text : text[..MostText];

    private static string Masked(string text) => LongNumber().Replace(text, "(digits)");

    /// <summary>Ids that this system makes: of payouts, approvals, runs, and hashes.</summary>
    [GeneratedRegex("^(?:[0-9]{3}-[a-z2-7]{26}|[0-9a-f]{26}|[0-9a-f]{32}|[0-9a-f]{64})$", RegexOptions.CultureInvariant)]
    private static partial Regex OwnId();

    /// <summary>As many digits as a telephone, identity or account number has.</summary>
    [GeneratedRegex(@"(?:\d[ \-]?){10,}\d[Xx]?", RegexOptions.CultureInvariant)]
    private static partial Regex LongNumber();
}
