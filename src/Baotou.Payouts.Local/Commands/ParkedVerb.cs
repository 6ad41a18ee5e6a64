using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Baotou.Payouts.Application;
using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.Application.Settling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Local.Hosting;
using Baotou.Payouts.Local.Printing;

namespace Baotou.Payouts.Local.Commands;

/// <summary><c>parked</c>: messages that failed too often; with <c>--replay</c> they are sent again.</summary>
internal static class ParkedVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var id = new Argument<string?>("ID")
        {
            Description = "Id of one message; all that wait by default.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var replay = new Option<bool>("--replay")
        {
            Description = "Send them again, once their cause is mended; the next 'payouts run' or 'payouts serve' works on them.",
        };
        var command = new Command("parked", "Messages that failed too often and wait for a person.") { id, replay };
        var store = StoreOptions.AddTo(command);
        command.SetVerb(
            surroundings,
            (parsed, cancellationToken) =>
                parsed.GetValue(replay) && store.Read(parsed, surroundings).Place is StorePlace.Account
                    ? Task.FromResult(PayoutsCommand.Refuse(surroundings, NotOfAnAccount))
                    : store.WithEngineAsync(
                        parsed,
                        surroundings,
                        (engine, _) =>
                            parsed.GetValue(replay)
                                ? engine
                                    .Get<RecordAct>()
                                    .HandleAsync(
                                        ActOf(parsed.GetValue(id)),
                                        () => AnswerAsync(engine, parsed, cancellationToken),
                                        code => code.ToString(CultureInfo.InvariantCulture),
                                        cancellationToken
                                    )
                                : AnswerAsync(engine, parsed, cancellationToken),
                        cancellationToken
                    )
        );
        return command;

        Task<int> AnswerAsync(LocalEngine engine, ParseResult parsed, CancellationToken cancellationToken) =>
            HandleAsync(
                surroundings,
                engine.Get<ParkedCases>(),
                parsed.GetValue(id),
                parsed.GetValue(replay),
                engine.Get<BusinessDay>().Moment,
                parsed.GetValue(PayoutsCommand.Json),
                cancellationToken
            );
    }

    /// <summary>The verbs read an account's tables and do not open its queues: what they sent would be lost.</summary>
    private static InputProblem NotOfAnAccount =>
        new("--replay", "a deployed store's messages are sent by its own host", "ask it with POST /api/parked/{queue}/{message}/replay");

    private static LocalAct ActOf(string? message) =>
        new(LocalAct.CommandLine, "parked", $"replay={message ?? "all"}", "its cause is mended", ContentHash.OfText($"replay {message}"));

    /// <summary>
    /// Shows one message, or those that wait, and sends them again if that is asked for, in the name of whoever typed it.
    /// </summary>
    internal static async Task<int> HandleAsync(
        Surroundings surroundings,
        ParkedCases cases,
        string? id,
        bool replay,
        DateTimeOffset at,
        bool asJson,
        CancellationToken cancellationToken
    )
    {
        var found = (await cases.ListAsync(cancellationToken)).Where(c => id is null ? c.IsOpen : c.Subject.Id == id).ToList();
        if (id is not null && found.Count == 0)
            return PayoutsCommand.Refuse(
                surroundings,
                new("ID", $"no message '{id}' is parked in this store", "'payouts parked' lists those that wait")
            );
        for (var i = 0; replay && i < found.Count; i++)
        {
            var work = found[i].Subject;
            var request = new RequestMark(
                LocalAct.CommandLine,
                $"parked {work.Id} {found[i].Version.ToString(CultureInfo.InvariantCulture)}",
                ActOf(id).Body
            );
            var settled = await cases.ReplayAsync(new CaseWish(work.Queue, work.Id, found[i].Version, request, at), cancellationToken);
            if (settled is CaseSettled<ParkedWork>.Done { Case: var sent })
                found[i] = sent;
            else if (settled is CaseSettled<ParkedWork>.NotNow not)
                surroundings.Error.Write($"{work.Id}: {Screen.Clean(not.Why)}\n");
        }

        if (asJson)
            Screen.Json(surroundings, json => Write(json, found));
        else
            Show(new Screen(surroundings), found);
        return ExitCode.Done;
    }

    private static void Show(Screen screen, List<Case<ParkedWork>> found)
    {
        if (found.Count == 0)
        {
            screen.Line("No message waits.");
            return;
        }

        screen.Table(
            ["queue", "id", "parked at", "state", "message"],
            found.Select(c => (IReadOnlyList<string>)[c.Subject.Queue, c.Subject.Id, At(c.Subject), CaseWords.StateOf(c), c.Subject.Body])
        );
    }

    private static void Write(Utf8JsonWriter json, List<Case<ParkedWork>> found)
    {
        json.WriteStartObject();
        json.WriteStartArray("messages");
        foreach (var parked in found)
        {
            json.WriteStartObject();
            json.WriteString("id", parked.Subject.Id);
            json.WriteString("queue", parked.Subject.Queue);
            json.WriteString("body", parked.Subject.Body);
            json.WriteString("parkedAt", At(parked.Subject));
            json.WriteString("state", CaseWords.StateOf(parked));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string At(ParkedWork work) =>
        work.ParkedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
