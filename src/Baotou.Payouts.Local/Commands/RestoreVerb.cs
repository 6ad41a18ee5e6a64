using System.CommandLine;
using System.Text.Json;
using Baotou.Payouts.Application.Auditing;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Backups;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Local.Hosting;
using Baotou.Payouts.Local.Printing;

namespace Baotou.Payouts.Local.Commands;

/// <summary><c>restore FILE</c>: a backup into a new store, a folder's or an account's.</summary>
internal static class RestoreVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var file = new Argument<string>("FILE") { Description = "A file that 'payouts backup' wrote." };
        var key = new Option<string?>("--account-key")
        {
            Description =
                "With --data, the key that payee accounts were encrypted under: account.key in the folder of the store that was backed up.",
            HelpName = "FILE",
        };
        var command = new Command(
            "restore",
            "Read a backup into a new store: a folder that is empty or not there yet, or an account without rows. Instructing starts stopped. Run 'payouts verify' on it next."
        )
        {
            file,
            key,
        };
        var store = StoreOptions.AddTo(command, withBuckets: false);
        command.SetVerb(
            surroundings,
            async (parsed, cancellationToken) =>
            {
                var (place, problem) = store.Read(parsed, surroundings);
                if (place is null)
                    return PayoutsCommand.Refuse(surroundings, problem!);
                var path = parsed.GetRequiredValue(file);
                if (!File.Exists(path))
                    return PayoutsCommand.Refuse(
                        surroundings,
                        new(path, "there is no such file", "name a file that 'payouts backup' wrote")
                    );
                if (ProblemOf(place, parsed.GetValue(key)) is { } wrong)
                    return PayoutsCommand.Refuse(surroundings, wrong);
                await using var stream = File.OpenRead(path);
                var asJson = parsed.GetValue(PayoutsCommand.Json);
                return place is StorePlace.Account account
                    ? await IntoAccountAsync(surroundings, path, stream, account, asJson, cancellationToken)
                    : await IntoFolderAsync(
                        surroundings,
                        path,
                        stream,
                        (StorePlace.Folder)place,
                        parsed.GetValue(key)!,
                        asJson,
                        cancellationToken
                    );
            }
        );
        return command;
    }

    private static InputProblem? ProblemOf(StorePlace place, string? keyFile)
    {
        if (place is not StorePlace.Folder { Path: var folder })
            return keyFile is null
                ? null
                : new(
                    "--account-key",
                    "an account keeps no key",
                    "leave it out; the app's vault has to hold the key of the store that was backed up"
                );
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            return new($"{place}", "this is not empty", "name an empty or a new folder; a restore never overwrites a store");
        return keyFile is not null && File.Exists(keyFile) && new FileInfo(keyFile).Length == AccountCipher.KeyBytes
            ? null
            : new(
                $"--account-key {keyFile}",
                $"this is no key of {AccountCipher.KeyBytes} bytes",
                "name account.key of the store that was backed up"
            );
    }

    private static async Task<int> IntoFolderAsync(
        Surroundings surroundings,
        string file,
        Stream stream,
        StorePlace.Folder place,
        string keyFile,
        bool asJson,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var settings = SettingsOf(await RestoreBackup.CheckAsync(stream, cancellationToken));
            settings.Write(place.Path);
            StoreSettings.WriteKey(place.Path, await File.ReadAllBytesAsync(keyFile, cancellationToken));
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            return PayoutsCommand.Refuse(surroundings, new(file, e.Message, "use another backup; nothing was written"));
        }

        return await StoreWork.RunAsync(
            surroundings,
            place.Path,
            (engine, _) => RestoreAsync(surroundings, file, stream, place, engine.Get<IRowStore>(), asJson, cancellationToken),
            cancellationToken
        );
    }

    private static Task<int> IntoAccountAsync(
        Surroundings surroundings,
        string file,
        Stream stream,
        StorePlace.Account place,
        bool asJson,
        CancellationToken cancellationToken
    ) =>
        StoreWork.GuardedAsync(
            surroundings,
            place,
            async () =>
            {
                try
                {
                    await RestoreBackup.CheckAsync(stream, cancellationToken);
                }
                catch (InvalidDataException e)
                {
                    return PayoutsCommand.Refuse(surroundings, new(file, e.Message, "use another backup; nothing was written"));
                }

                var account = place.Open();
                await StorageLayout.CreateAsync(account, StorageKeys.Tables, [], cancellationToken);
                return await RestoreAsync(surroundings, file, stream, place, account.OpenRows(), asJson, cancellationToken);
            }
        );

    private static StoreSettings SettingsOf(BackupLabel label) =>
        JsonSerializer.Deserialize<StoreSettings>(label.Note) is { } told && told.Buckets == label.Buckets
            ? told
            : throw new InvalidDataException("The backup does not say how its store was made: its note says nothing of it.");

    private static async Task<int> RestoreAsync(
        Surroundings surroundings,
        string file,
        Stream stream,
        StorePlace place,
        IRowStore rows,
        bool asJson,
        CancellationToken cancellationToken
    )
    {
        var restored = await Progress.RunAsync(
            surroundings,
            progress =>
            {
                progress.Tell("writing every table", 0);
                return RestoreBackup.FromAsync(rows, stream, LocalAct.CommandLine, surroundings.Time, cancellationToken);
            }
        );
        if (restored is BackupRestored.Refused refused)
            return PayoutsCommand.Refuse(surroundings, new($"{place}", refused.Reason, "nothing was written"));
        Show(surroundings, file, place, (BackupRestored.Done)restored, asJson);
        return ExitCode.Done;
    }

    private static void Show(Surroundings surroundings, string file, StorePlace place, BackupRestored.Done done, bool asJson)
    {
        if (!asJson)
        {
            var screen = new Screen(surroundings);
            screen.Line(
                $"{file} of {done.Label.TakenAt:yyyy-MM-dd HH:mm:ss} UTC: {done.Rows} rows restored, {done.Dropped} that were half done are made again"
            );
            screen.Line(
                $"instructing is stopped (stop {done.Stop.Number}): two persons start it, once the treasury's results since then are accounted for"
            );
            if (place is StorePlace.Account)
                screen.Line(
                    $"the app's setting Engine__Buckets has to be {done.Label.Buckets}, and Accounts__Key the key of the store that was backed up"
                );
            screen.Line($"next: payouts verify {place}{(place is StorePlace.Account ? $" --buckets {done.Label.Buckets}" : "")}");
            return;
        }

        Screen.Json(
            surroundings,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("takenAt", done.Label.TakenAt);
                json.WriteNumber("buckets", done.Label.Buckets);
                json.WriteNumber("rows", done.Rows);
                json.WriteNumber("dropped", done.Dropped);
                json.WriteNumber("stop", done.Stop.Number);
                json.WriteEndObject();
            }
        );
    }
}
