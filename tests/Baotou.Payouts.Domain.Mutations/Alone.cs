using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Baotou.Payouts.Domain.Mutations;

/// <summary>
/// Tries changes one by one: each in a compilation and a run of the tests of its own. Slower than all of them in one assembly, but a change
/// of a pattern that declares a variable does not compile beside its original, and takes its neighbours with it.
/// </summary>
public sealed class Alone
{
    private readonly string _folder;
    private readonly string _tests;
    private readonly string _assembly;
    private readonly CSharpCompilation _original;
    private readonly Dictionary<string, SyntaxTree> _trees;
    private TimeSpan _patience = TimeSpan.FromMinutes(5);

    /// <summary>Reads the project that is changed.</summary>
    /// <param name="source">Folder of its project file; built already.</param>
    /// <param name="tests">Folder with the built tests, unchanged.</param>
    /// <param name="testAssembly">File name of the tests' assembly in it.</param>
    /// <param name="folder">Where copies of it may be put.</param>
    public Alone(string source, string tests, string testAssembly, string folder)
    {
        (_tests, _assembly, _folder) = (tests, testAssembly, folder);
        var parse = new CSharpParseOptions(LanguageVersion.Latest);
        var built = Path.Combine(source, "obj", "Release", "net10.0");
        var generated = Directory.GetFiles(built, "*.GlobalUsings.g.cs").Concat(Directory.GetFiles(built, "*.AssemblyInfo.cs"));
        var files = Directory
            .GetFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(f =>
                Below(source, f) is var name
                && !name.StartsWith("obj/", StringComparison.Ordinal)
                && !name.StartsWith("bin/", StringComparison.Ordinal)
            );
        _trees = files.ToDictionary(f => Below(source, f), f => CSharpSyntaxTree.ParseText(File.ReadAllText(f), parse, f));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(p =>
                Path.GetFileName(p) is var name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll")
            )
            .Select(p => MetadataReference.CreateFromFile(p));
        _original = CSharpCompilation.Create(
            Path.GetFileName(source),
            [.. _trees.Values, .. generated.Select(f => CSharpSyntaxTree.ParseText(File.ReadAllText(f), parse, f))],
            references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                checkOverflow: true,
                nullableContextOptions: NullableContextOptions.Enable
            )
        );
    }

    /// <summary>The fate of each change, in the order given. Says how far it is to <paramref name="say"/>.</summary>
    /// <exception cref="InvalidOperationException">The tests fail on the unchanged code.</exception>
    public IReadOnlyList<Mutant> Try(IReadOnlyList<Mutant> mutants, Action<string> say)
    {
        if (mutants.Count == 0)
            return [];
        var watch = Stopwatch.StartNew();
        if (Run(_original, Desk(0)) != Fate.Survived)
            throw new InvalidOperationException("The tests fail on the unchanged code.");
        _patience = (watch.Elapsed * 4) + TimeSpan.FromSeconds(20);
        var desks = new ConcurrentBag<string>(Enumerable.Range(0, Math.Max(1, Environment.ProcessorCount)).Select(Desk));
        var done = 0;
        return
        [
            .. mutants
                .AsParallel()
                .AsOrdered()
                .WithDegreeOfParallelism(desks.Count)
                .Select(mutant =>
                {
                    desks.TryTake(out var desk);
                    var fate = Run(Changed(mutant), desk!);
                    desks.Add(desk!);
                    if (Interlocked.Increment(ref done) % 20 == 0)
                        say($"{done} of {mutants.Count} tried alone");
                    return mutant with { Fate = fate };
                }),
        ];
    }

    private static string Below(string folder, string file) => Path.GetRelativePath(folder, file).Replace('\\', '/');

    private CSharpCompilation Changed(Mutant mutant)
    {
        var tree = _trees[mutant.File];
        var text = tree.GetText();
        if (text.ToString(mutant.Span) != mutant.Before)
            throw new InvalidOperationException($"{mutant.File} is not the file that was reported; build and run again.");
        return _original.ReplaceSyntaxTree(
            tree,
            CSharpSyntaxTree.ParseText(text.Replace(mutant.Span, mutant.After), (CSharpParseOptions)tree.Options, tree.FilePath)
        );
    }

    /// <summary>A copy of the built tests in which one assembly may be exchanged.</summary>
    private string Desk(int number)
    {
        var desk = Path.Combine(_folder, $"alone-{number}");
        foreach (var file in Directory.GetFiles(_tests, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(desk, Path.GetRelativePath(_tests, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }

        File.WriteAllText(Path.Combine(desk, "xunit.runner.json"), """{ "stopOnFail": true }""");
        return desk;
    }

    private Fate Run(CSharpCompilation compilation, string desk)
    {
        using (var to = new MemoryStream())
        {
            if (!compilation.Emit(to).Success)
                return Fate.NotCompilable;
            File.WriteAllBytes(Path.Combine(desk, compilation.AssemblyName + ".dll"), to.ToArray());
        }

        var start = new ProcessStartInfo("dotnet", ["vstest", _assembly])
        {
            WorkingDirectory = desk,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var tests = Process.Start(start)!;
        tests.OutputDataReceived += (_, _) => { };
        tests.ErrorDataReceived += (_, _) => { };
        tests.BeginOutputReadLine();
        tests.BeginErrorReadLine();
        if (tests.WaitForExit(_patience))
            return tests.ExitCode == 0 ? Fate.Survived : Fate.Killed;
        tests.Kill(entireProcessTree: true);
        tests.WaitForExit();
        return Fate.TimedOut;
    }
}
