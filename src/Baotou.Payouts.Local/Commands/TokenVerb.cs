using System.CommandLine;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Local.Hosting;
using Baotou.Payouts.Local.Printing;
using Baotou.Payouts.Web.Access;

namespace Baotou.Payouts.Local.Commands;

/// <summary><c>token</c>: a token of the local development issuer, for <c>serve</c> on this machine and nothing else.</summary>
internal static class TokenVerb
{
    private sealed record Request(Role Role, string Name, IReadOnlyList<Uscc> Codes, string? Bureau, TimeSpan Valid);

    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var role = new Option<string>("--role")
        {
            Description = "One of " + Words(),
            HelpName = "ROLE",
            Required = true,
        };
        var uscc = new Option<string[]>("--uscc")
        {
            Description = "For an enterprise: a code it acts for; may be given more than once.",
            HelpName = "CODE",
        };
        var bureau = new Option<string?>("--bureau")
        {
            Description = "For a bureau: its id, as the list's entries name it.",
            HelpName = "ID",
        };
        var name = new Option<string?>("--name")
        {
            Description = "Who it is: two different names are two different persons. The role with '-1' by default.",
            HelpName = "NAME",
        };
        var hours = NumberOption.Create("--hours", 1, 24, 8, "How long it is valid.");
        var command = new Command("token", "A token of the local development issuer, for 'payouts serve' on this machine only.")
        {
            role,
            uscc,
            bureau,
            name,
            hours,
        };
        command.SetVerb(
            surroundings,
            (parsed, _) =>
            {
                var (request, problem) = Understand(
                    parsed.GetValue(role)!,
                    parsed.GetValue(uscc) ?? [],
                    parsed.GetValue(bureau),
                    parsed.GetValue(name),
                    TimeSpan.FromHours(parsed.GetValue(hours))
                );
                return Task.FromResult(
                    request is null
                        ? PayoutsCommand.Refuse(surroundings, problem!)
                        : Write(surroundings, request, parsed.GetValue(PayoutsCommand.Json))
                );
            }
        );
        return command;
    }

    private static (Request? Request, InputProblem? Problem) Understand(
        string word,
        string[] given,
        string? bureau,
        string? name,
        TimeSpan valid
    )
    {
        if (RoleWords.Read(word) is not { } role)
            return (null, new("--role", $"there is no role '{word}'", "it is one of " + Words()));
        var codes = new List<Uscc>();
        foreach (var text in given)
        {
            if (!Uscc.TryParse(text, out var code, out var wrong))
                return (null, new($"--uscc {text}", wrong, "check the code"));
            codes.Add(code);
        }

        if (role == Role.Enterprise && codes.Count == 0)
            return (null, new("--uscc", "an enterprise acts for a code", "give --uscc CODE"));
        if (role != Role.Enterprise && codes.Count > 0)
            return (null, new("--uscc", $"the role {word} has no code", "leave it out"));
        var bureaus = ListSource.Require(null).Catalogue!.Policies.Select(p => p.Bureau).Distinct().Order(StringComparer.Ordinal).ToList();
        if (role == Role.Bureau && (bureau is null || !bureaus.Contains(bureau)))
            return (null, new("--bureau", $"'{bureau}' is no bureau of the list", "it has " + string.Join(", ", bureaus)));
        if (role != Role.Bureau && bureau is not null)
            return (null, new("--bureau", $"the role {word} has no bureau", "leave it out"));
        if (name is not null && string.IsNullOrWhiteSpace(name))
            return (null, new("--name", "a name is not blank", "give a name, or leave it out"));
        return (new Request(role, name?.Trim() ?? word + "-1", codes, bureau, valid), null);
    }

    private static int Write(Surroundings surroundings, Request request, bool asJson)
    {
        if (LocalIssuer.IsOutOfPlace(surroundings.Variable))
            return PayoutsCommand.Refuse(
                surroundings,
                new("token", "there is no local issuer in a cloud", "use the tokens of the issuers that the host is configured with")
            );
        var now = DateTimeOffset.FromUnixTimeSeconds(surroundings.Time.GetUtcNow().ToUnixTimeSeconds());
        string token;
        try
        {
            token = LocalIssuer.Write(
                surroundings.Variable,
                request.Role,
                request.Name,
                request.Codes,
                request.Bureau,
                now,
                now + request.Valid
            );
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            surroundings.Error.Write($"error: {Screen.Clean(e.Message)}\n");
            return ExitCode.Failed;
        }

        if (asJson)
            Screen.Json(
                surroundings,
                json =>
                {
                    json.WriteStartObject();
                    json.WriteString("token", token);
                    json.WriteString("role", RoleWords.Of(request.Role));
                    json.WriteString("name", request.Name);
                    json.WriteString("expires", (now + request.Valid).UtcDateTime);
                    json.WriteEndObject();
                }
            );
        else
            surroundings.Out.Write(token + "\n");
        return ExitCode.Done;
    }

    private static string Words() => string.Join(", ", Enum.GetValues<Role>().Select(RoleWords.Of));
}
