using System.CommandLine;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Local.Printing;

namespace Baotou.Payouts.Local.Commands;

/// <summary>
/// <c>payout ID</c>: one payout record and why it is due, with <c>--history</c> also its way from the facts, each hash checked.
/// </summary>
internal static class PayoutVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var id = new Argument<string>("ID") { Description = "Id of the payout: three digits, a hyphen, 26 letters and digits." };
        var history = new Option<bool>("--history")
        {
            Description = "Follow it from the facts to its last transition, every hash worked out anew; ends with 1 if one does not fit.",
        };
        var command = new Command("payout", "One payout record and why it is due.") { id, history };
        var store = StoreOptions.AddTo(command);
        command.SetVerb(
            surroundings,
            (parsed, cancellationToken) =>
            {
                var payout = parsed.GetRequiredValue(id);
                if (PayoutId.BucketOf(payout) is null)
                    return Task.FromResult(
                        PayoutsCommand.Refuse(
                            surroundings,
                            new("ID", $"'{payout}' is not the id of a payout", "write three digits, a hyphen and 26 of a-z and 2-7")
                        )
                    );
                return store.WithEngineAsync(
                    parsed,
                    surroundings,
                    async (engine, catalogue) =>
                    {
                        if (await engine.Get<DescribePayout>().HandleAsync(payout, cancellationToken) is not { } account)
                            return PayoutsCommand.Refuse(
                                surroundings,
                                new("ID", $"there is no payout '{payout}' in this store", "check the id and which store is named")
                            );
                        var trace = parsed.GetValue(history)
                            ? await engine.Get<TracePayout>().HandleAsync(payout, cancellationToken)
                            : null;
                        if (parsed.GetValue(PayoutsCommand.Json))
                            Screen.Json(surroundings, json => PayoutJson.Write(json, catalogue, account, trace is not null, trace));
                        else
                            PayoutPage.Show(new Screen(surroundings), catalogue, account, trace);
                        return trace?.All(l => l.Holds) is false ? ExitCode.Failed : ExitCode.Done;
                    },
                    cancellationToken
                );
            }
        );
        return command;
    }
}
