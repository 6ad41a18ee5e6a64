using System.CommandLine;
using Baotou.Payouts.Local.Hosting;

namespace Baotou.Payouts.Local.Commands;

/// <summary>The folder of a store, named by <c>--data</c>, and what it holds.</summary>
internal static class DataOption
{
    /// <summary>The option; the verb says whether it is required.</summary>
    public static Option<string?> Create(bool required) =>
        new("--data")
        {
            Description = "The folder of the store, as 'payouts demo --data DIR' makes it.",
            HelpName = "DIR",
            Required = required,
        };

    /// <summary>The settings of an existing store, or why there is none.</summary>
    public static (StoreSettings? Settings, InputProblem? Problem) Read(string folder)
    {
        try
        {
            return StoreSettings.Read(folder) is { } settings
                ? (settings, null)
                : (
                    null,
                    new InputProblem(
                        $"--data {folder}",
                        "this folder holds no store",
                        "'payouts demo --data DIR' or 'payouts serve --data DIR' makes one"
                    )
                );
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return (null, new InputProblem($"--data {folder}", e.Message, "check the folder"));
        }
    }

    /// <summary>
    /// The settings of the store in a folder, or <paramref name="made"/> kept in an empty or new one; or why it is neither.
    /// </summary>
    public static (StoreSettings? Settings, InputProblem? Problem) ReadOrMake(string folder, StoreSettings made)
    {
        var where = $"--data {folder}";
        try
        {
            if (File.Exists(folder))
                return (null, new(where, "this is a file, not a folder", "name a folder"));
            if (StoreSettings.Read(folder) is { } settings)
            {
                return settings.Sandbox == made.Sandbox
                    ? (settings, null)
                    : (
                        null,
                        new(
                            where,
                            $"this folder holds {Told(settings)}, asked for is {Told(made)}",
                            "name another folder, or ask for what it holds"
                        )
                    );
            }

            if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
                return (null, new(where, "this folder holds other things", "name an empty or a new folder"));
            made.Write(folder);
            return (made, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return (null, new(where, e.Message, "check the folder and its rights"));
        }
    }

    private static string Told(StoreSettings settings) => settings.Sandbox is { } city ? $"the city of {city}" : "a store of real data";
}
