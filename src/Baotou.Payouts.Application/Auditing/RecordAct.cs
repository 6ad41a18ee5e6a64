using System.Globalization;
using Baotou.Payouts.Domain.Hashing;

namespace Baotou.Payouts.Application.Auditing;

/// <summary>Something that is done on the machine itself, without a token.</summary>
/// <param name="Subject">Who: the command line with the account of its machine, or an officer of the sandbox. It names no issuer.</param>
/// <param name="What">The verb.</param>
/// <param name="About">On what: "name=value", joined by "; ".</param>
/// <param name="Why">The reason that was given, or what it is for.</param>
/// <param name="Body">Hash of what was handed in.</param>
public sealed record LocalAct(string Subject, string What, string About, string Why, ContentHash Body)
{
    /// <summary>Who asks in a sandbox.</summary>
    public const string SandboxOfficer = "sandbox-officer";

    /// <summary>Who agrees in a sandbox.</summary>
    public const string SandboxApprover = "sandbox-approver";

    /// <summary>How one of several things that are done together is named in <see cref="About"/>.</summary>
    public const string OneOfSeveral = "act";

    private const string CommandLineOf = "command line (";

    /// <summary>The subject of the command line: as whom the machine knows whoever typed it.</summary>
    public static string CommandLine { get; } = $"{CommandLineOf}{Environment.UserName.Replace(':', ' ')})";

    /// <summary>Whether somebody acted on a machine itself.</summary>
    public static bool IsBy(string subject) =>
        subject is SandboxOfficer or SandboxApprover || subject.StartsWith(CommandLineOf, StringComparison.Ordinal);
}

/// <summary>
/// Writes what is done on the machine itself into the audit log, before it takes effect and when it is over, as every request over HTTP is.
/// </summary>
public sealed class RecordAct(IAuditLog log, TimeProvider clock)
{
    private const string Role = "schedule";

    /// <summary>Writes the act down, has it done, and writes down that it was.</summary>
    public Task HandleAsync(LocalAct act, Func<Task> doing, CancellationToken cancellationToken) =>
        HandleAsync(
            act,
            async () =>
            {
                await doing();
                return "done";
            },
            done => done,
            cancellationToken
        );

    /// <summary>Writes the act down, has it done, and writes down how it ended. What cannot be written down is not done.</summary>
    /// <param name="act">The act.</param>
    /// <param name="doing">Does it.</param>
    /// <param name="ended">Says in few words what came of it.</param>
    /// <param name="cancellationToken">Stops before the act is written down.</param>
    public async Task<T> HandleAsync<T>(LocalAct act, Func<Task<T>> doing, Func<T, string> ended, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var request = ContentHash
            .OfText(string.Create(CultureInfo.InvariantCulture, $"{act.Subject}\n{act.What}\n{act.Body}\n{now.UtcTicks}"))
            .Hex[..26];
        var asked = new AuditAct(now, request, act.Subject, Role, act.What, act.About, act.Why, act.Body);
        var number = await log.AppendAsync(asked, cancellationToken);
        var outcome = "unknown";
        try
        {
            var done = await doing();
            outcome = ended(done);
            return done;
        }
        finally
        {
            await log.AppendAsync(asked with { Answers = number, Outcome = outcome, About = "", Why = "" }, CancellationToken.None);
        }
    }
}
