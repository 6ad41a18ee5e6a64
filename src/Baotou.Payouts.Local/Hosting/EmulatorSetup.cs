using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Baotou.Payouts.Local.Emulator;

namespace Baotou.Payouts.Local.Hosting;

/// <summary>Sees to it that the storage emulator is installed: exactly as <c>eng/azurite</c> locks it, by npm, once.</summary>
internal static class EmulatorSetup
{
    private static readonly string Package = Path.Combine("eng", "azurite", "package-lock.json");

    /// <summary>Installs it if it is missing and this is a checkout of the repository.</summary>
    /// <param name="say">Told before something that takes a while, and what npm has to say.</param>
    /// <param name="cancellationToken">Stops npm.</param>
    /// <exception cref="FileNotFoundException">It is missing and cannot be installed; the message says what to do.</exception>
    public static async Task EnsureAsync(Action<string> say, CancellationToken cancellationToken)
    {
        if (Installed() is null)
            return;
        if (FolderOf([AppContext.BaseDirectory, Environment.CurrentDirectory]) is not { } folder)
            throw Installed()!;
        await using var turn = await TakeTurnAsync(folder, cancellationToken);
        if (Installed() is null)
            return;
        say("Installing the storage emulator");
        await RunNpmAsync(folder, say, cancellationToken);
        if (Installed() is { } still)
            throw still;
    }

    private static FileNotFoundException? Installed()
    {
        try
        {
            AzuriteInstall.Find();
            return null;
        }
        catch (FileNotFoundException missing)
        {
            return missing;
        }
    }

    private static string? FolderOf(IEnumerable<string> starts)
    {
        foreach (var start in starts)
        {
            for (var folder = Path.GetFullPath(start); folder is not null; folder = Path.GetDirectoryName(folder))
            {
                if (File.Exists(Path.Combine(folder, Package)))
                    return Path.GetDirectoryName(Path.Combine(folder, Package));
            }
        }

        return null;
    }

    /// <summary>Two commands started at once install one after the other. The lock goes with the process that holds it.</summary>
    private static async Task<FileStream> TakeTurnAsync(string folder, CancellationToken cancellationToken)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..16];
        while (true)
        {
            try
            {
                return new FileStream(
                    Path.Combine(Path.GetTempPath(), $"payouts-install-{name}.lock"),
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None
                );
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
            }
        }
    }

    private static async Task RunNpmAsync(string folder, Action<string> say, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("npm", ["ci", "--no-progress", "--no-fund", "--no-audit", "--loglevel=error"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process npm;
        try
        {
            npm = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new FileNotFoundException(
                "The storage emulator is installed by npm, which is missing. Install Node.js 20 or newer with npm."
            );
        }

        using (npm)
        {
            try
            {
                await Task.WhenAll(
                    PassOnAsync(npm.StandardOutput, say, cancellationToken),
                    PassOnAsync(npm.StandardError, say, cancellationToken),
                    npm.WaitForExitAsync(cancellationToken)
                );
            }
            catch (OperationCanceledException)
            {
                npm.Kill(entireProcessTree: true);
                throw;
            }

            if (npm.ExitCode != 0)
                throw new FileNotFoundException(
                    $"Installing the storage emulator failed: npm ended with {npm.ExitCode}. Run 'npm ci' in {folder} to see why."
                );
        }
    }

    private static async Task PassOnAsync(StreamReader from, Action<string> say, CancellationToken cancellationToken)
    {
        while (await from.ReadLineAsync(cancellationToken) is { } line)
            say(line);
    }
}
