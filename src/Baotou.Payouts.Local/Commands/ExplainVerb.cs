using System.CommandLine;
using System.Globalization;
using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Time;
using Baotou.Payouts.Local.Explaining;
using Baotou.Payouts.Local.Printing;

namespace Baotou.Payouts.Local.Commands;

/// <summary><c>explain</c>: the facts of one enterprise in, every entry's decision with its reasons out. Touches no storage.</summary>
internal static class ExplainVerb
{
    /// <summary>The largest file that is read; a facts file of an enterprise with thousands of records has about one.</summary>
    private const int MostBytes = 8 * 1024 * 1024;

    private static readonly Option<string> FactsOption = new("--facts")
    {
        Description = """
            The facts of one enterprise, as JSON: {"enterprise": {"uscc", "name", "size", "county", …},
            "facts": [{"kind", "period"?, "effectiveOn", "recordedAt", "recordId", "source", "values": {…}}]}.
            Money is in yuan, as a text or a number; 'payouts catalogue facts' lists kinds and fields, 'payouts catalogue show ID' what an entry reads.
            What must lie in an entry's validity is 'effectiveOn' of a record, and of a figure for a period the day of 'recordedAt'.
            """,
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<string?> PolicyOption = new("--policy")
    {
        Description = "Show this entry only. The others are still looked at, since they may stand before it.",
        HelpName = "ID",
    };
    private static readonly Option<string?> AsOfOption = new("--as-of")
    {
        Description = "The legal day (UTC+8), included; today by default.",
        HelpName = "yyyy-MM-dd",
    };

    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var directory = ListSource.Option();
        var command = new Command("explain", "Decide on the facts in a file, with reasons. Pure: nothing is stored, nobody is asked.")
        {
            FactsOption,
            PolicyOption,
            AsOfOption,
            directory,
        };
        command.SetVerb(
            surroundings,
            (parsed, cancellationToken) =>
                RunAsync(
                    surroundings,
                    parsed.GetRequiredValue(FactsOption),
                    parsed.GetValue(PolicyOption),
                    parsed.GetValue(AsOfOption),
                    parsed.GetValue(directory),
                    parsed.GetValue(PayoutsCommand.Json),
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Surroundings surroundings,
        string file,
        string? policy,
        string? asOfText,
        string? directory,
        bool asJson,
        CancellationToken cancellationToken
    )
    {
        var asOf = ChinaTime.DayOf(surroundings.Time.GetUtcNow());
        if (asOfText is not null && !TryReadDay(asOfText, out asOf))
            return PayoutsCommand.Refuse(
                surroundings,
                new("--as-of", $"'{asOfText}' is not a day between 1900 and 9998", "write a day that exists, as 2023-05-31")
            );
        var (catalogue, problem) = ListSource.Require(directory);
        if (catalogue is null)
            return PayoutsCommand.Refuse(surroundings, problem!);
        if (policy is not null && ListSource.Entry(catalogue, "--policy", policy).Problem is { } unknown)
            return PayoutsCommand.Refuse(surroundings, unknown);

        switch (await BoundedFile.ReadAsync(file, MostBytes, cancellationToken))
        {
            case FileReading.Refused refused:
                return PayoutsCommand.Refuse(surroundings, refused.Problem);
            case FileReading.Read read:
                return Read(file, read.Bytes, catalogue.Facts) switch
                {
                    FactsReading.Read facts => Answer(surroundings, catalogue, facts, policy, asOf, asJson, file),
                    FactsReading.Refused refused => PayoutsCommand.Refuse(surroundings, refused.Problem),
                    _ => throw new InvalidOperationException("Unknown reading."),
                };
            default:
                throw new InvalidOperationException("Unknown reading.");
        }
    }

    private static FactsReading Read(string file, byte[] bytes, FactDictionary dictionary) =>
        JsonText.Read(file, bytes) switch
        {
            JsonReading.Read read => FactsDocument.Read(file, read.Root, dictionary),
            JsonReading.Refused refused => new FactsReading.Refused(refused.Problem),
            _ => throw new InvalidOperationException("Unknown reading."),
        };

    private static int Answer(
        Surroundings surroundings,
        Catalogue catalogue,
        FactsReading.Read read,
        string? policy,
        DateOnly asOf,
        bool asJson,
        string file
    )
    {
        IReadOnlyList<Decision> decisions;
        try
        {
            decisions = new Decider(catalogue).Decide(read.Facts, asOf);
        }
        catch (OverflowException)
        {
            return PayoutsCommand.Refuse(
                surroundings,
                new(
                    file,
                    "the figures are so large that an amount does not fit into 64 bits of fen",
                    "check the units: money is in yuan, not in fen"
                )
            );
        }

        if (policy is not null)
            decisions = [.. decisions.Where(d => d.Policy == policy)];
        if (asJson)
            Screen.Json(
                surroundings,
                json =>
                {
                    json.WriteStartObject();
                    WriteEnterprise(json, read.Uscc);
                    DecisionJson.WriteProperties(json, catalogue, asOf, decisions);
                    json.WriteEndObject();
                }
            );
        else
            new DecisionsPage(new Screen(surroundings), catalogue).Show(read.Uscc, asOf, decisions, whole: policy is not null);
        return ExitCode.Done;
    }

    private static void WriteEnterprise(System.Text.Json.Utf8JsonWriter json, Uscc uscc)
    {
        json.WriteStartObject("enterprise");
        json.WriteString("uscc", uscc.Value);
        json.WriteBoolean("codeChecksHold", uscc.ChecksHold);
        json.WriteEndObject();
    }

    private static bool TryReadDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
        && day.Year is >= 1900 and <= 9998;
}
