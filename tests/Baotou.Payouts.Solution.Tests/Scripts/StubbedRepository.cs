using System.Diagnostics;
using System.Runtime.Versioning;

namespace Baotou.Payouts.Solution.Tests.Scripts;

/// <summary>
/// The scripts in a folder of their own, with commands that only say what they are told to: what is tested is the scripts, not the tools.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class StubbedRepository : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scripts-");
    private readonly string _commands;

    public StubbedRepository(params string[] testProjects)
    {
        _commands = Directory.CreateDirectory(Path.Combine(_folder.FullName, "commands")).FullName;
        foreach (var file in Repository.Files.Where(file => file.StartsWith("eng/", StringComparison.Ordinal) || file == ".ci/run"))
        {
            var copy = Path.Combine(_folder.FullName, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Repository.PathOf(file), copy);
        }

        foreach (var project in testProjects)
        {
            var folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, "tests", project)).FullName;
            File.WriteAllText(Path.Combine(folder, project + ".csproj"), string.Empty);
        }

        foreach (var tool in new[] { "bash", "basename", "cat", "cksum", "cut", "dirname", "grep", "mkdir", "mktemp", "rm", "sed", "sort" })
        {
            var found = new[] { "/usr/bin", "/bin", "/usr/local/bin" }.Select(place => Path.Combine(place, tool)).First(File.Exists);
            File.CreateSymbolicLink(Path.Combine(_commands, tool), found);
        }

        Command("node", "echo 22");
        Command("npm", "mkdir -p node_modules");
    }

    /// <summary>Puts a command there; <paramref name="script"/> is its body.</summary>
    public void Command(string name, string script)
    {
        var file = Path.Combine(_commands, name);
        File.WriteAllText(file, $"#!{Path.Combine(_commands, "bash")}\n{script}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Takes a command away.</summary>
    public void Without(string name) => File.Delete(Path.Combine(_commands, name));

    /// <summary>A file as it is after a run; empty if there is none.</summary>
    public string Read(string file)
    {
        var path = Path.Combine(_folder.FullName, file);
        return File.Exists(path) ? File.ReadAllText(path) : string.Empty;
    }

    /// <summary>Runs a script from a folder that is not the repository's, without a terminal.</summary>
    public ScriptRun Run(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(_commands, "bash"))
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(_folder.FullName, script));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["PATH"] = _commands;
        start.Environment["STUB"] = _folder.FullName;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var said = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ScriptRun(process.ExitCode, output, said.GetAwaiter().GetResult());
    }

    public void Dispose() => _folder.Delete(recursive: true);
}

/// <summary>How a script ended.</summary>
internal sealed record ScriptRun(int ExitCode, string Output, string Said)
{
    /// <summary>The last line of standard output.</summary>
    public string LastLine => Output.TrimEnd('\n').Split('\n')[^1];
}
