using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Baotou.Payouts.Local.Emulator;

/// <summary>What a start leaves in the data folder, so that a later one finds the emulator that serves it.</summary>
/// <param name="ProcessId">The emulator's process.</param>
/// <param name="StartedAt">When the process started, as the system tells it: a number alone may belong to another process by now.</param>
/// <param name="TablePort">Its port for tables on the loopback address.</param>
/// <param name="QueuePort">Its port for queues on the loopback address.</param>
internal sealed record AzuriteRecord(int ProcessId, DateTimeOffset StartedAt, int TablePort, int QueuePort)
{
    // The system derives the moment from its up-time, so two readings differ a little.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    internal static AzuriteRecord Of(Process process, int tablePort, int queuePort) =>
        new(process.Id, new DateTimeOffset(process.StartTime).ToUniversalTime(), tablePort, queuePort);

    /// <summary>The record of a folder; null if there is none or it is torn.</summary>
    internal static AzuriteRecord? Read(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize<AzuriteRecord>(File.ReadAllText(PathIn(folder)));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal static void Remove(string folder) => File.Delete(PathIn(folder));

    internal void Write(string folder)
    {
        string path = PathIn(folder);
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(this));
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>True if that very process still lives.</summary>
    internal bool IsAlive()
    {
        try
        {
            using Process process = Process.GetProcessById(ProcessId);
            return !process.HasExited && (new DateTimeOffset(process.StartTime).ToUniversalTime() - StartedAt).Duration() < Tolerance;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static string PathIn(string folder) => Path.Combine(folder, "azurite.json");
}
