using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Stopping;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Web.OpenApi;
using Baotou.Payouts.Web.Routing;
using Baotou.Payouts.Web.Runs;
using Baotou.Payouts.Web.Stops;

namespace Baotou.Payouts.Web.Approvals;

/// <summary>The parts that proposals are made of.</summary>
internal static class Parts
{
    /// <summary>Most characters of a name or number.</summary>
    private const int MostOfALine = 200;

    private const string Digest = "^[0-9a-f]{64}$";
    private const string RecordPattern = "^[0-9a-f]{32}$";

    public static readonly Part<string> Why = Line("why", "why it is asked for, in 1 to 500 characters", most: 500);
    public static readonly Part<string> Pool = Line("pool", "the id of a pool");
    public static readonly Part<int> FiscalYear = Number("fiscalYear", "a fiscal year from 2000 to 2100", 2000, 2100);
    public static readonly Part<string> Seed = Line("seed", "the seed of the pool-year's lottery, 1 to 200 characters");
    public static readonly Part<Fen> Amount = Money("amountFen", "an amount in fen, 1 or more", least: 1);
    public static readonly Part<string> Document = Line("document", "the number of the document it rests on, 1 to 200 characters");
    public static readonly Part<string> Policy = Line("policy", "the id of an entry of the list");
    public static readonly Part<string> Occasion = Line("occasion", "the occasion of an award, as payouts and claims show it");
    public static readonly Part<Uscc> Code = CodeOf("uscc", "the code that the claim bears");
    public static readonly Part<int> ClaimNumber = Number(
        "number",
        "0 for the first claim of an occasion, 1, 2 … for supplements",
        0,
        int.MaxValue
    );
    public static readonly Part<Fen> Granted = Money(
        "grantedFen",
        "what is reserved of the claim so far, as the enterprise's status shows it, in fen",
        least: 0
    );
    public static readonly Part<int> Payments = Number("payments", "how many payments are imported, 0 to 10000000", 0, 10_000_000);
    public static readonly Part<Fen> Sum = Money("sumFen", "their sum in fen, 0 or more", least: 0);
    public static readonly Part<string> Payout = Line("payoutId", "the id of a payout", Schema.PayoutIdPattern);
    public static readonly Part<int> PayoutVersion = Number(
        "version",
        "the version of the payout that was looked at, 1 or more",
        1,
        int.MaxValue
    );
    public static readonly Part<string> Run = Line("runId", "the id of a run", RunShapes.IdPattern);
    public static readonly Part<Uscc> From = CodeOf("fromUscc", "the code that is given up");
    public static readonly Part<Uscc> Into = CodeOf("intoUscc", "the code that stands for both from then on");
    public static readonly Part<string> Source = Line("source", "a dataset as /api/sources names it");
    public static readonly Part<string> Record = Line("record", "the id of a record in quarantine", RecordPattern);
    public static readonly Part<ContentHash> Difference = Hash(
        "difference",
        "the hash of the difference that the run showed",
        RunShapes.HashPattern
    );
    public static readonly Part<ContentHash> Snapshot = Hash("snapshot", "the hash of the snapshot that was looked at", Digest);
    public static readonly Part<long> Stop = new(
        "stop",
        "the number of the stop that is to end",
        () => Schema.Number(1),
        ReadStop,
        (json, name, stop) => json.WriteNumber(name, stop)
    );

    public static readonly Part<DateOnly> Through = new(
        "through",
        "a day from 2000 to 2100 as 2023-06-30, included",
        Schema.Day,
        ReadDay,
        (json, name, day) => json.WriteString(name, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
    );

    public static readonly Part<VanishedRecords> Outcome = new(
        "outcome",
        "withdraw or keep",
        () => Schema.OneOf("withdraw", "keep"),
        ReadOutcome,
        (json, name, outcome) => json.WriteString(name, outcome == VanishedRecords.Keep ? "keep" : "withdraw")
    );

    public static readonly Part<Correction> Corrected = new(
        "correction",
        "what is put in the place of parts of the record",
        CorrectionBody.Schema,
        ReadCorrection,
        (json, _, correction) => CorrectionBody.Write(json, correction)
    );

    public static readonly Part<Switch> Switch = new(
        "what",
        "policy or pool, with the id of one as target, or instructing, without",
        SwitchWords.Kinds,
        ReadSwitch,
        WriteSwitch
    )
    {
        Beside = [("target", Schema.Text(most: MostOfALine))],
    };

    public static readonly Part<TreasuryResults> Results = new(
        SwitchWords.ResultsName,
        "imported or none-instructed, after a restore",
        SwitchWords.Results,
        ReadResults,
        (json, name, results) => json.WriteString(name, SwitchWords.Of(results))
    )
    {
        IsOptional = true,
    };

    /// <summary>A text of one line without the spaces around it, which matches its pattern if it has one.</summary>
    private static Part<string> Line(string name, string what, string? pattern = null, int most = MostOfALine) =>
        new(
            name,
            what,
            () => Schema.Text(pattern, pattern is null ? most : 0),
            (Call call, string of, [NotNullWhen(true)] out string? line) =>
                (line = call.Text(of)?.Trim()) is { Length: > 0 } text
                && text.Length <= most
                && !text.Any(char.IsControl)
                && (pattern is null || Regex.IsMatch(text, pattern)),
            (json, of, line) => json.WriteString(of, line)
        );

    private static Part<int> Number(string name, string what, int least, int most) =>
        new(
            name,
            what,
            () => Schema.Number(least, most),
            (Call call, string of, out int number) =>
            {
                var reads = TryWhole(call, of, least, most, out var whole);
                number = reads ? (int)whole : 0;
                return reads;
            },
            (json, of, number) => json.WriteNumber(of, number)
        );

    private static Part<Fen> Money(string name, string what, long least) =>
        new(
            name,
            what,
            () => Schema.Number(least),
            (Call call, string of, out Fen amount) =>
            {
                var reads = TryWhole(call, of, least, long.MaxValue, out var fen);
                amount = new Fen(fen);
                return reads;
            },
            (json, of, amount) => json.WriteNumber(of, amount.Value)
        );

    private static Part<Uscc> CodeOf(string name, string what) =>
        new(
            name,
            what,
            () => Schema.Text(Schema.CodePattern),
            (Call call, string of, out Uscc code) => Uscc.TryParse(call.Text(of), out code, out _),
            (json, of, code) => json.WriteString(of, code.Value)
        );

    private static Part<ContentHash> Hash(string name, string what, string pattern) =>
        new(
            name,
            what,
            () => Schema.Text(pattern),
            (Call call, string of, out ContentHash hash) =>
            {
                var reads = call.Text(of) is { Length: 64 } hex && Regex.IsMatch(hex, Digest);
                hash = reads ? new ContentHash(call.Text(of)!) : ContentHash.None;
                return reads;
            },
            (json, of, hash) => json.WriteString(of, hash.Hex)
        );

    private static bool TryWhole(Call call, string name, long least, long most, out long number)
    {
        number = 0;
        return call.Body.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out number)
            && number >= least
            && number <= most;
    }

    private static bool ReadStop(Call call, string name, out long stop) => TryWhole(call, name, 1, long.MaxValue, out stop);

    private static bool ReadDay(Call call, string name, out DateOnly day) =>
        DateOnly.TryParseExact(call.Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
        && day.Year is >= 2000 and <= 2100;

    private static bool ReadOutcome(Call call, string name, out VanishedRecords outcome)
    {
        outcome = call.Text(name) == "keep" ? VanishedRecords.Keep : VanishedRecords.Withdraw;
        return call.Text(name) is "keep" or "withdraw";
    }

    private static bool ReadCorrection(Call call, string name, [NotNullWhen(true)] out Correction? correction)
    {
        correction = call.Body.TryGetProperty(name, out var sent) ? CorrectionBody.Read(sent) : null;
        return correction is not null;
    }

    private static bool ReadSwitch(Call call, string name, [NotNullWhen(true)] out Switch? of) =>
        (of = SwitchWords.Read(call, "target")) is not null;

    private static void WriteSwitch(Utf8JsonWriter json, string name, Switch of)
    {
        json.WriteString(name, SwitchWords.Of(of.What));
        if (of.Id.Length > 0)
            json.WriteString("target", of.Id);
    }

    private static bool ReadResults(Call call, string name, out TreasuryResults results)
    {
        var reads = SwitchWords.TryReadResults(call, out var said);
        results = said.GetValueOrDefault();
        return reads && said is not null;
    }
}
