using System.Diagnostics;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Baotou.Payouts.Solution.Tests;

/// <summary>The files of this repository, as the rules about them see them.</summary>
internal static class Repository
{
    /// <summary>A value that the build left in this assembly.</summary>
    public static string BuildValue(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    /// <summary>The folder of the solution file.</summary>
    public static string Root { get; } = BuildValue("RepositoryRoot");

    /// <summary>An absolute path.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>The whole text of a file.</summary>
    public static string Read(string relative) => File.ReadAllText(PathOf(relative));

    /// <summary>Every file that is, or with the next commit could be, part of the repository: relative, with slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = ListFiles();

    /// <summary>C# files below a folder, parsed.</summary>
    public static IReadOnlyList<SyntaxTree> Sources(string folder) =>
        Files
            .Where(file => file.StartsWith(folder + "/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal))
            .Select(file => Parse(file, Read(file)))
            .ToList();

    /// <summary>One C# text as the file it is, or is made to be by a planted violation.</summary>
    public static SyntaxTree Parse(string file, string text) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest), file);

    private static List<string> ListFiles()
    {
        var start = new ProcessStartInfo("git", "ls-files --cached --others --exclude-standard -z")
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return output
            .Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Distinct()
            .Where(file => File.Exists(PathOf(file)))
            .Order(StringComparer.Ordinal)
            .ToList();
    }
}
