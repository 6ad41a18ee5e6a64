namespace Baotou.Payouts.Local.Emulator;

/// <summary>Where the storage emulator's program lies. It is installed by the scripts, exactly as locked, never by the product.</summary>
public static class AzuriteInstall
{
    /// <summary>The environment variable that may name the program, or the folder of its package, instead of looking for it.</summary>
    public const string Variable = "PAYOUTS_AZURITE";

    // The combined program: those of single services end on SIGTERM without saving what they hold.
    private static readonly string InPackage = Path.Combine("dist", "src", "azurite.js");
    private static readonly string InRepository = Path.Combine("eng", "azurite", "node_modules", "azurite", InPackage);

    /// <summary>
    /// The program's full path: from <see cref="Variable"/>, else found upwards from this program's folder, else from the working folder.
    /// </summary>
    /// <exception cref="FileNotFoundException">It is not installed; the message says how to.</exception>
    public static string Find() =>
        Find(Environment.GetEnvironmentVariable(Variable), [AppContext.BaseDirectory, Environment.CurrentDirectory]);

    /// <summary>
    /// The program's full path: <paramref name="named"/> or in that package's folder if it is not empty, else upwards from each of
    /// <paramref name="starts"/> in turn.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is none; the message says what to do.</exception>
    public static string Find(string? named, IReadOnlyList<string> starts)
    {
        if (!string.IsNullOrEmpty(named))
        {
            string[] candidates = [named, Path.Combine(named, InPackage)];
            return candidates.FirstOrDefault(File.Exists) is { } file
                ? Path.GetFullPath(file)
                : throw new FileNotFoundException($"{Variable} names '{named}', but neither that nor '{InPackage}' in it is a file.");
        }

        foreach (string start in starts)
        {
            for (string? folder = Path.GetFullPath(start); folder is not null; folder = Path.GetDirectoryName(folder))
            {
                string file = Path.Combine(folder, InRepository);
                if (File.Exists(file))
                {
                    return file;
                }
            }
        }

        throw new FileNotFoundException(
            $"The storage emulator Azurite is not installed. Run eng/test.sh or eng/demo.sh once, or 'npm ci' in eng/azurite, or let {Variable} name it."
        );
    }
}
