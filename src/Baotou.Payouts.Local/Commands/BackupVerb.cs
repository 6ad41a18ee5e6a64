using System.CommandLine;
using System.Text.Json;
using Baotou.Payouts.AzureStorage.Backups;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Local.Hosting;
using Baotou.Payouts.Local.Printing;

namespace Baotou.Payouts.Local.Commands;

/// <summary><c>backup FILE</c>: everything that is stored, into one file, while the engine goes on.</summary>
internal static class BackupVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var file = new Argument<string>("FILE") { Description = "The file to write. It must not exist." };
        var command = new Command(
            "backup",
            "Write everything that is stored into one file; the engine may go on meanwhile. The key of payee accounts is not in it: keep account.key, or what the vault holds, apart."
        )
        {
            file,
        };
        var store = StoreOptions.AddTo(command);
        command.SetVerb(
            surroundings,
            (parsed, cancellationToken) =>
            {
                var (place, problem) = store.Read(parsed, surroundings);
                return place is null
                    ? Task.FromResult(PayoutsCommand.Refuse(surroundings, problem!))
                    : RunAsync(surroundings, parsed.GetRequiredValue(file), place, parsed.GetValue(PayoutsCommand.Json), cancellationToken);
            }
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Surroundings surroundings,
        string file,
        StorePlace place,
        bool asJson,
        CancellationToken cancellationToken
    )
    {
        if (File.Exists(file) || Directory.Exists(file))
            return PayoutsCommand.Refuse(
                surroundings,
                new(file, "this exists already", "name a file that does not; a backup never overwrites another")
            );
        var (settings, problem) = place is StorePlace.Account account
            ? (new StoreSettings(account.Buckets!.Value, null), null)
            : DataOption.Read(((StorePlace.Folder)place).Path);
        if (settings is null)
            return PayoutsCommand.Refuse(surroundings, problem!);
        return await StoreWork.RunAsync(
            surroundings,
            place,
            async (engine, _) =>
            {
                try
                {
                    var taken = await Progress.RunAsync(
                        surroundings,
                        progress =>
                        {
                            progress.Tell("reading every table", 0);
                            return WriteAsync(engine, file, settings, surroundings.Time, cancellationToken);
                        }
                    );
                    Show(surroundings, file, taken, asJson);
                    return ExitCode.Done;
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    return PayoutsCommand.Refuse(surroundings, new(file, e.Message, "check the folder and its rights"));
                }
            },
            cancellationToken
        );
    }

    // Under another name until it is whole, so that a backup that was stopped is not taken for one.
    private static async Task<BackupTaken> WriteAsync(
        LocalEngine engine,
        string file,
        StoreSettings settings,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var rows = engine.Get<IRowStore>();
        var label = new BackupLabel(settings.Buckets, time.GetUtcNow(), JsonSerializer.Serialize(settings));
        var unfinished = file + ".unfinished";
        BackupTaken taken;
        await using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write))
        {
            taken = await TakeBackup.ToAsync(rows, stream, label, cancellationToken);
            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, file);
        return taken;
    }

    private static void Show(Surroundings surroundings, string file, BackupTaken taken, bool asJson)
    {
        if (!asJson)
        {
            new Screen(surroundings).Line(
                $"{file}: {taken.Rows} rows; rounds 1 to {taken.ClosedRounds} are whole, the one after them is done again after a restore"
            );
            return;
        }

        Screen.Json(
            surroundings,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("file", file);
                json.WriteNumber("rows", taken.Rows);
                json.WriteNumber("closedRounds", taken.ClosedRounds);
                json.WriteEndObject();
            }
        );
    }
}
