using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Baotou.Payouts.Local.Emulator;

/// <summary>One running emulator program that this process started.</summary>
internal sealed class AzuriteCommand : IDisposable
{
    private const int Terminate = 15;

    // Standard input ends when the starter does, even by a kill: nobody else could find an emulator that has no folder.
    // Without the last word the open pipe would keep the stopped emulator from ending.
    private const string EndWithStarter =
        "data:text/javascript,process.stdin.on('end',()=>process.kill(process.pid,'SIGTERM')).resume();process.stdin.unref()";

    private AzuriteCommand(Process process, bool inMemory)
    {
        Process = process;
        InMemory = inMemory;
    }

    internal Process Process { get; }

    internal bool InMemory { get; }

    internal static AzuriteCommand Start(string program, string folder, bool inMemory, int tablePort, int queuePort)
    {
        // The shell only points the output to a file (a pipe would break when this process ends first) and then becomes the emulator.
        string shell = inMemory ? "exec \"$@\" > azurite.log 2>&1" : "exec \"$@\" > azurite.log 2>&1 < /dev/null";
        List<string> words = [.. Session(), "sh", "-c", shell, "sh", "node"];
        if (inMemory)
        {
            words.AddRange(["--import", EndWithStarter]);
        }

        // --skipApiVersionCheck: the client libraries speak a newer version than the emulator lists. --silent: no line per request.
        // The blob service belongs to the only program that saves on SIGTERM; it gets any port and is not used.
        words.AddRange([
            program,
            "--disableTelemetry",
            "--skipApiVersionCheck",
            "--silent",
            "--tableHost",
            "127.0.0.1",
            "--tablePort",
            Number(tablePort),
            "--queueHost",
            "127.0.0.1",
            "--queuePort",
            Number(queuePort),
            "--blobHost",
            "127.0.0.1",
            "--blobPort",
            "0",
        ]);
        words.AddRange(inMemory ? ["--inMemoryPersistence"] : ["--location", folder]);

        var start = new ProcessStartInfo(words[0])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (string word in words.Skip(1))
        {
            start.ArgumentList.Add(word);
        }

        try
        {
            Process process = Process.Start(start) ?? throw new AzuriteFailedException("The storage emulator was not started.");
            return new AzuriteCommand(process, inMemory);
        }
        catch (Win32Exception refusal)
        {
            throw new AzuriteFailedException($"'{words[0]}' could not be started: {refusal.Message}");
        }
    }

    /// <summary>The last lines the emulator of that folder wrote.</summary>
    internal static string LastWords(string folder)
    {
        string log = Path.Combine(folder, "azurite.log");
        return File.Exists(log) ? "It wrote: " + string.Join(" / ", File.ReadLines(log).TakeLast(5)) : "It wrote nothing.";
    }

    internal async Task StopAsync(TimeSpan within, TimeProvider time)
    {
        if (Process.HasExited)
        {
            return;
        }

        // Our own child, not yet waited for: its number cannot have passed to another process.
        _ = Kill(Process.Id, Terminate);
        using var limit = new CancellationTokenSource(within, time);
        try
        {
            await Process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (InMemory)
        {
            // Nothing to lose.
            Process.Kill();
        }
        catch (OperationCanceledException)
        {
            throw new AzuriteFailedException(
                $"The storage emulator (process {Process.Id}) did not end within {within.TotalSeconds} s and still runs."
            );
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Process.Dispose();

    /// <summary>
    /// A session of its own, so that Ctrl-C at our terminal does not reach it; where the tool is missing it gets the Ctrl-C, and saves.
    /// </summary>
    private static string[] Session() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "setsid")))
            ? ["setsid"]
            : [];

    private static string Number(int port) => port.ToString(CultureInfo.InvariantCulture);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int process, int signal);
}
