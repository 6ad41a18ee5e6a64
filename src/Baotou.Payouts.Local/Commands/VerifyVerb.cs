using System.CommandLine;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Local.Printing;

namespace Baotou.Payouts.Local.Commands;

/// <summary>
/// <c>verify</c>: refolds every pool, replays every closed round and compares; ends with 1 and the first difference otherwise.
/// </summary>
internal static class VerifyVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var command = new Command(
            "verify",
            "Refold every pool and replay every round, and compare all that is stored; ends with 1 at the first difference."
        );
        var store = StoreOptions.AddTo(command);
        command.SetVerb(
            surroundings,
            (parsed, cancellationToken) =>
                store.WithEngineAsync(
                    parsed,
                    surroundings,
                    async (engine, _) =>
                    {
                        var found = await Progress.RunAsync(
                            surroundings,
                            progress =>
                                engine
                                    .Get<VerifyLedger>()
                                    .HandleAsync(new Told(share => progress.Tell("verifying", share)), cancellationToken)
                        );
                        if (parsed.GetValue(PayoutsCommand.Json))
                            Screen.Json(surroundings, json => VerifyPage.Write(json, found));
                        else
                            VerifyPage.Show(new Screen(surroundings), found);
                        return found.Holds ? ExitCode.Done : ExitCode.Failed;
                    },
                    cancellationToken
                )
        );
        return command;
    }

    /// <summary>Passes shares on at once, on the caller's thread.</summary>
    private sealed class Told(Action<double> tell) : IProgress<double>
    {
        public void Report(double value) => tell(value);
    }
}
