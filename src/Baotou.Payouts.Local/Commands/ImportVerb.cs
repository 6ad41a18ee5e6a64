using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Time;
using Baotou.Payouts.Exchange.Files;
using Baotou.Payouts.Local.Hosting;
using Baotou.Payouts.Local.Printing;
using Baotou.Payouts.Local.Sandbox;

namespace Baotou.Payouts.Local.Commands;

/// <summary>
/// <c>import FILE --kind KIND</c>: facts of one kind, or payments made outside the system, from CSV or Excel. Rows that cannot be taken
/// come back with their reasons; importing the same file again changes nothing.
/// </summary>
internal static class ImportVerb
{
    private const string PastPayouts = "past-payouts";

    private sealed record Request(string File, string Kind, MoneyUnit? Unit, string? Folder, bool AsJson);

    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var file = new Argument<string>("FILE") { Description = "CSV (UTF-8, GBK or GB18030) or Excel, with titles in its first row." };
        var kind = new Option<string>("--kind")
        {
            Description = $"A kind of fact ('payouts catalogue facts' lists them), or '{PastPayouts}'.",
            HelpName = "KIND",
            Required = true,
        };
        var unit = new Option<string?>("--unit")
        {
            Description = "In what money columns are whose titles do not say: yuan or wan (10,000 yuan).",
            HelpName = "UNIT",
        };
        unit.AcceptOnlyFromAmong("yuan", "wan");
        var check = new Option<bool>("--check") { Description = "Read the file and show what would be taken, without a store." };
        var data = DataOption.Create(required: false);
        var command = new Command("import", "Facts or past payouts from CSV or Excel. Ends with 1 if a row was not taken.")
        {
            file,
            kind,
            unit,
            check,
            data,
        };
        command.SetVerb(
            surroundings,
            (parsed, cancellationToken) =>
            {
                var folder = parsed.GetValue(data);
                if (folder is null && !parsed.GetValue(check))
                    return Task.FromResult(
                        PayoutsCommand.Refuse(
                            surroundings,
                            new("command line", "neither --data nor --check is given", "name the store, or only check the file")
                        )
                    );
                MoneyUnit? stated = parsed.GetValue(unit) switch
                {
                    "yuan" => MoneyUnit.Yuan,
                    "wan" => MoneyUnit.TenThousandYuan,
                    _ => null,
                };
                var request = new Request(
                    parsed.GetRequiredValue(file),
                    parsed.GetRequiredValue(kind),
                    stated,
                    parsed.GetValue(check) ? null : folder,
                    parsed.GetValue(PayoutsCommand.Json)
                );
                return RunAsync(surroundings, request, cancellationToken);
            }
        );
        return command;
    }

    private static async Task<int> RunAsync(Surroundings surroundings, Request request, CancellationToken cancellationToken)
    {
        var (catalogue, kind) = (ListSource.Require(null).Catalogue!, request.Kind);
        if (kind != PastPayouts && catalogue.Facts.Find(kind) is null)
        {
            var hint = Nearest.Hint(kind, catalogue.Facts.Kinds.Select(k => k.Id).Append(PastPayouts));
            return PayoutsCommand.Refuse(
                surroundings,
                new(
                    "--kind",
                    $"there is no kind of fact '{kind}'{hint}",
                    $"'payouts catalogue facts' lists the kinds; '{PastPayouts}' for payments of the past"
                )
            );
        }

        var settings = StoreSettings.Default;
        if (request.Folder is { } folder)
        {
            var (found, problem) = DataOption.Read(folder);
            if (found is null)
                return PayoutsCommand.Refuse(surroundings, problem!);
            settings = found;
        }

        switch (await Explaining.BoundedFile.ReadAsync(request.File, 64 * 1024 * 1024, cancellationToken))
        {
            case Explaining.FileReading.Read { Bytes: var bytes }:
                using (var stream = new MemoryStream(bytes))
                {
                    var now = settings.Sandbox is null ? surroundings.Time.GetUtcNow() : ChinaTime.EndOf(SandboxCalendar.BusinessDay);
                    var act = new LocalAct(
                        LocalAct.CommandLine,
                        "import",
                        $"kind={kind}",
                        "a file",
                        new ContentHash(Convert.ToHexStringLower(SHA256.HashData(bytes)))
                    );
                    return kind == PastPayouts
                        ? await TakeAsync(
                            surroundings,
                            request,
                            act,
                            ImportFile.ReadPastPayouts(stream, request.Unit),
                            (engine, rows, stop) => StoreAsync(engine, rows, act, stop),
                            cancellationToken
                        )
                        : await TakeAsync(
                            surroundings,
                            request,
                            act,
                            ImportFile.ReadFacts(stream, kind, catalogue.Facts, request.Unit, now),
                            StoreAsync,
                            cancellationToken
                        );
                }

            case Explaining.FileReading.Refused refused:
                return PayoutsCommand.Refuse(surroundings, refused.Problem);
            default:
                throw new InvalidOperationException("Unknown reading.");
        }
    }

    private static async Task<int> TakeAsync<T>(
        Surroundings surroundings,
        Request request,
        LocalAct act,
        ImportReading<T> reading,
        Func<LocalEngine, IReadOnlyList<T>, CancellationToken, Task<IReadOnlyList<string>>> storeAsync,
        CancellationToken cancellationToken
    )
    {
        switch (reading)
        {
            case ImportReading<T>.Refused refused:
                return PayoutsCommand.Refuse(surroundings, new(request.File, refused.Reason, "correct the file; nothing was taken"));
            case ImportReading<T>.Read read when request.Folder is null:
                return Show(read, []);
            case ImportReading<T>.Read read:
                return await StoreWork.RunAsync(
                    surroundings,
                    request.Folder,
                    async (engine, _) => Show(read, await StoredAsync(engine, read)),
                    cancellationToken
                );
            default:
                throw new InvalidOperationException("Unknown reading.");
        }

        Task<IReadOnlyList<string>> StoredAsync(LocalEngine engine, ImportReading<T>.Read read) =>
            engine
                .Get<RecordAct>()
                .HandleAsync(
                    act with
                    {
                        About = string.Create(CultureInfo.InvariantCulture, $"{act.About}; rows={read.Taken.Count}"),
                    },
                    () => storeAsync(engine, read.Taken, cancellationToken),
                    conflicts => string.Create(CultureInfo.InvariantCulture, $"{read.Taken.Count - conflicts.Count} rows kept"),
                    cancellationToken
                );

        int Show(ImportReading<T>.Read read, IReadOnlyList<string> conflicts)
        {
            if (request.AsJson)
                Screen.Json(surroundings, json => ImportPage.Write(json, read, conflicts, stored: request.Folder is not null));
            else
                ImportPage.Show(new Screen(surroundings), read, conflicts, stored: request.Folder is not null);
            return read.Rejected.Count + conflicts.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        }
    }

    private static async Task<IReadOnlyList<string>> StoreAsync(
        LocalEngine engine,
        IReadOnlyList<DeliveredRecord> records,
        CancellationToken cancellationToken
    )
    {
        foreach (var source in records.GroupBy(r => r.Source))
            await engine.Get<RecordIntake>().StoreAsync(source.Key, [.. source], [], null, cancellationToken);
        return [];
    }

    /// <summary>Stores payments of the past as taken keys; answers those that cannot be, each with its reason.</summary>
    private static async Task<IReadOnlyList<string>> StoreAsync(
        LocalEngine engine,
        IReadOnlyList<PastPayout> payouts,
        LocalAct act,
        CancellationToken cancellationToken
    )
    {
        var import = new RequestMark(act.Subject, $"import {act.Body}", act.Body);
        var keys = payouts.Select(p => new TakenKey(p.Policy, p.Occasion, p.Uscc, p.Amount, p.PaidOn, p.Reference, import)).ToList();
        return [.. (await engine.Get<ImportPast>().HandleAsync(keys, cancellationToken)).Select(r => $"{Name(r.Key)}: {r.Reason}")];
    }

    private static string Name(TakenKey key) => $"{key.Policy}|{key.Occasion}|{key.Uscc}";
}
