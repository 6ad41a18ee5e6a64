using System.CommandLine;
using System.Text.Json;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.AzureStorage.Backups;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Local.Hosting;
using Baotou.Payouts.Local.Printing;

namespace Baotou.Payouts.Local.Commands;

/// <summary><c>restore FILE --data DIR</c>: a backup into a new store.</summary>
internal static class RestoreVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Surroundings surroundings)
    {
        var file = new Argument<string>("FILE") { Description = "A file that 'payouts backup' wrote." };
        var data = new Option<string>("--data") { Description = "The folder of the new store: empty, or not there yet.", HelpName = "DIR", Required = true };
        var key = new Option<string>("--account-key")
        {
            Description = "The key that payee accounts were encrypted under: account.key in the folder of the store that was backed up.", HelpName = "FILE", Required = true,
        };
        var command = new Command("restore", "Read a backup into a new store. Run 'payouts verify' on it next.") { file, data, key };
        command.SetVerb(surroundings, (parsed, cancellationToken) => RunAsync(
            surroundings, parsed.GetRequiredValue(file), parsed.GetRequiredValue(data), parsed.GetRequiredValue(key), parsed.GetValue(PayoutsCommand.Json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Surroundings surroundings, string file, string folder, string keyFile, bool asJson, CancellationToken cancellationToken)
    {
        if (!File.Exists(file)) return PayoutsCommand.Refuse(surroundings, new(file, "there is no such file", "name a file that 'payouts backup' wrote"));
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            return PayoutsCommand.Refuse(surroundings, new($"--data {folder}", "this is not empty", "name an empty or a new folder; a restore never overwrites a store"));
        if (!File.Exists(keyFile) || new FileInfo(keyFile).Length != AccountCipher.KeyBytes)
            return PayoutsCommand.Refuse(surroundings, new($"--account-key {keyFile}", $"this is no key of {AccountCipher.KeyBytes} bytes", "name account.key of the store that was backed up"));
        await using var stream = File.OpenRead(file);
        try
        {
            var label = await RestoreBackup.CheckAsync(stream, cancellationToken);
            var settings = JsonSerializer.Deserialize<StoreSettings>(label.Note) is { } told && told.Buckets == label.Buckets
                ? told
                : throw new InvalidDataException("The backup was not taken of a store on one machine: its note says nothing of it.");
            settings.Write(folder);
            StoreSettings.WriteKey(folder, await File.ReadAllBytesAsync(keyFile, cancellationToken));
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            return PayoutsCommand.Refuse(surroundings, new(file, e.Message, "use another backup; nothing was written"));
        }

        return await StoreOption.WithEngineAsync(
            surroundings, folder,
            async (engine, _) =>
            {
                var rows = engine.Get<IRowStore>();
                var restored = await Progress.RunAsync(surroundings, progress =>
                {
                    progress.Tell("writing every table", 0);
                    return RestoreBackup.FromAsync(rows, stream, cancellationToken);
                });
                if (restored is BackupRestored.Refused refused) return PayoutsCommand.Refuse(surroundings, new(file, refused.Reason, "nothing was written"));
                Show(surroundings, file, folder, (BackupRestored.Done)restored, asJson);
                return ExitCode.Done;
            },
            cancellationToken);
    }

    private static void Show(Surroundings surroundings, string file, string folder, BackupRestored.Done done, bool asJson)
    {
        if (!asJson)
        {
            var screen = new Screen(surroundings);
            screen.Line($"{file} of {done.Label.TakenAt:yyyy-MM-dd HH:mm:ss} UTC: {done.Rows} rows restored, {done.Dropped} that were half done are made again");
            screen.Line($"next: payouts verify --data {folder}");
            return;
        }

        Screen.Json(surroundings, json =>
        {
            json.WriteStartObject();
            json.WriteString("takenAt", done.Label.TakenAt);
            json.WriteNumber("rows", done.Rows);
            json.WriteNumber("dropped", done.Dropped);
            json.WriteEndObject();
        });
    }
}
