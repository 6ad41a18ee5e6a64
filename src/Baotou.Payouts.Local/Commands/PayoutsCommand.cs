using System.CommandLine;
using System.CommandLine.Invocation;
using Baotou.Payouts.Local.Printing;

namespace Baotou.Payouts.Local.Commands;

/// <summary>The <c>payouts</c> command: one file for each verb, put together here.</summary>
internal static class PayoutsCommand
{
    /// <summary>How long a verb may take to put things in order after Ctrl-C.</summary>
    private static readonly TimeSpan ToStop = TimeSpan.FromSeconds(30);

    /// <summary>Every verb's <c>--json</c>: one JSON document on standard output and nothing else.</summary>
    internal static readonly Option<bool> Json = new("--json")
    {
        Description = "Print one JSON document on standard output and nothing else.",
        Recursive = true,
    };

    /// <summary>Runs the command.</summary>
    /// <param name="args">Without the command's own name.</param>
    /// <param name="surroundings">What it may touch.</param>
    /// <param name="cancellationToken">Stops it as Ctrl-C does.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, Surroundings surroundings, CancellationToken cancellationToken)
    {
        // Files named @x are not read for more arguments: an argument is what was typed.
        var parsed = Root(surroundings).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            return Refuse(surroundings, new("command line", Reason(parsed), $"see '{Path(parsed.CommandResult.Command)} --help'"));
        }

        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = surroundings.Out,
                Error = surroundings.Error,
                ProcessTerminationTimeout = ToStop,
            },
            cancellationToken
        );
    }

    /// <summary>Says what is wrong with the input, in one line on standard error.</summary>
    /// <returns><see cref="ExitCode.BadInput"/>.</returns>
    public static int Refuse(Surroundings surroundings, InputProblem problem)
    {
        surroundings.Error.Write($"error: {Screen.Clean(problem.ToString())}\n");
        return ExitCode.BadInput;
    }

    /// <summary>Gives a verb its action: being stopped is an ending of its own, not a failure.</summary>
    public static void SetVerb(this Command command, Surroundings surroundings, Func<ParseResult, CancellationToken, Task<int>> verb) =>
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                try
                {
                    return await verb(parsed, cancellationToken);
                }
                catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                {
                    surroundings.Error.Write("stopped\n");
                    return ExitCode.Stopped;
                }
            }
        );

    private static RootCommand Root(Surroundings surroundings) =>
        new(
            "Subsidies that need no application (免申即享): decided on the facts government holds, allocated first come first served, issued as payout records."
        )
        {
            Json,
            DemoVerb.Create(surroundings),
            ServeVerb.Create(surroundings),
            RunVerb.Create(surroundings),
            ExplainVerb.Create(surroundings),
            CatalogueVerb.Create(surroundings),
            ImportVerb.Create(surroundings),
            PoolVerb.Create(surroundings),
            PayoutVerb.Create(surroundings),
            ParkedVerb.Create(surroundings),
            VerifyVerb.Create(surroundings),
            BackupVerb.Create(surroundings),
            RestoreVerb.Create(surroundings),
            TokenVerb.Create(surroundings),
        };

    private static string Reason(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is not [var unknown, ..])
            return parsed.Errors[0].Message.TrimEnd('.');
        var command = parsed.CommandResult.Command;
        var known = command.Subcommands.Select(c => c.Name).Concat(command.Options.Select(o => o.Name)).Append(Json.Name);
        return $"there is no '{unknown}' here{Nearest.Hint(unknown, known)}";
    }

    private static string Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Path(parent)} {command.Name}" : "payouts";
}
