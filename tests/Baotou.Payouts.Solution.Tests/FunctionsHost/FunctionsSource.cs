using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Baotou.Payouts.Solution.Tests.FunctionsHost;

/// <summary>What a trigger of a function says.</summary>
/// <param name="Kind">"Queue", "Timer" or "Http".</param>
/// <param name="Function">The function's name.</param>
/// <param name="Value">The queue, the schedule or the route.</param>
/// <param name="Connection">The setting a queue trigger connects by; null for the host's own.</param>
internal sealed record Trigger(string Kind, string Function, string? Value, string? Connection);

/// <summary>The sources of the Functions host, compiled in memory against the shape of the worker's API.</summary>
internal sealed class FunctionsSource
{
    private const string Implicit = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly IReadOnlyList<MetadataReference> References = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Select(file => MetadataReference.CreateFromFile(file))
        .ToList();

    private readonly CSharpCompilation _compilation;
    private readonly IReadOnlyList<SyntaxTree> _sources;

    private FunctionsSource(IReadOnlyList<SyntaxTree> sources)
    {
        _sources = sources;
        using var shape = new StreamReader(typeof(FunctionsSource).Assembly.GetManifestResourceStream("WorkerApi")!);
        _compilation = CSharpCompilation.Create(
            "Baotou.Payouts.Functions",
            [.. sources, Repository.Parse("WorkerApi.cs", shape.ReadToEnd()), Repository.Parse("Implicit.cs", Implicit)],
            References,
            new CSharpCompilationOptions(
                OutputKind.ConsoleApplication,
                nullableContextOptions: NullableContextOptions.Enable,
                checkOverflow: true,
                specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress)]
            )
        ); // A newer assembly than a package was built with: the SDK leaves this out too.
    }

    /// <summary>As it lies in the repository.</summary>
    public static FunctionsSource Deployed { get; } = new(Repository.Sources("src/Baotou.Payouts.Functions"));

    /// <summary>One planted trigger class in its place.</summary>
    public static FunctionsSource Planted(string members) =>
        new([
            Repository.Parse(
                "Planted.cs",
                $$"""
                using Microsoft.Azure.Functions.Worker;
                return;
                public sealed class Planted
                {
                    {{members}}
                }
                """
            ),
        ]);

    /// <summary>What the compiler complains about, warnings included.</summary>
    public IReadOnlyList<string> Complaints =>
        _compilation
            .GetDiagnostics()
            .Where(diagnostic =>
                diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Location.SourceTree?.FilePath != "WorkerApi.cs"
            )
            .Select(diagnostic => diagnostic.ToString())
            .ToList();

    /// <summary>The compiled host, to run what needs no platform.</summary>
    public Assembly Load()
    {
        using var image = new MemoryStream();
        var emitted = _compilation.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return Assembly.Load(image.ToArray());
    }

    /// <summary>All triggers, by function name.</summary>
    public IReadOnlyList<Trigger> Triggers =>
        Methods
            .SelectMany(method =>
                method
                    .ParameterList.Parameters.SelectMany(parameter => parameter.AttributeLists.SelectMany(list => list.Attributes))
                    .Where(attribute => attribute.Name.ToString().EndsWith("Trigger", StringComparison.Ordinal))
                    .Select(attribute => ReadTrigger(NameOf(method), attribute))
            )
            .OrderBy(trigger => trigger.Function, StringComparer.Ordinal)
            .ToList();

    /// <summary>Places that catch.</summary>
    public IReadOnlyList<string> Catches =>
        _sources
            .SelectMany(source => source.GetRoot().DescendantNodes().OfType<CatchClauseSyntax>())
            .Select(clause => $"{clause.SyntaxTree.FilePath}:{clause.GetLocation().GetLineSpan().StartLinePosition.Line + 1}")
            .ToList();

    /// <summary>Functions whose body is more than one call.</summary>
    public IReadOnlyList<string> Thick =>
        Methods
            .Where(method =>
                method
                    .DescendantNodes()
                    .Any(node =>
                        node
                            is IfStatementSyntax
                                or SwitchStatementSyntax
                                or SwitchExpressionSyntax
                                or ForStatementSyntax
                                or ForEachStatementSyntax
                                or WhileStatementSyntax
                                or ConditionalExpressionSyntax
                    )
                || method.Body?.Statements.Count > 2
            )
            .Select(NameOf)
            .ToList();

    /// <summary>Functions that answer nothing one could wait for.</summary>
    public IReadOnlyList<string> Unawaited =>
        Methods.Where(method => !method.ReturnType.ToString().StartsWith("Task", StringComparison.Ordinal)).Select(NameOf).ToList();

    private IEnumerable<MethodDeclarationSyntax> Methods =>
        _sources
            .SelectMany(source => source.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())
            .Where(method => FunctionAttributeOf(method) is not null);

    private static AttributeSyntax? FunctionAttributeOf(MethodDeclarationSyntax method) =>
        method.AttributeLists.SelectMany(list => list.Attributes).SingleOrDefault(attribute => attribute.Name.ToString() == "Function");

    private string NameOf(MethodDeclarationSyntax method) => Constant(FunctionAttributeOf(method)!.ArgumentList!.Arguments[0].Expression)!;

    private Trigger ReadTrigger(string function, AttributeSyntax attribute)
    {
        var kind = attribute.Name.ToString()[..^"Trigger".Length];
        var arguments = attribute.ArgumentList!.Arguments;
        var value = kind == "Http" ? Named(arguments, "Route") : Constant(arguments[0].Expression);
        return new Trigger(kind, function, value, Named(arguments, "Connection"));
    }

    private string? Named(IEnumerable<AttributeArgumentSyntax> arguments, string name) =>
        arguments.SingleOrDefault(argument => argument.NameEquals?.Name.Identifier.Text == name) is { } argument
            ? Constant(argument.Expression)
            : null;

    private string? Constant(ExpressionSyntax expression)
    {
        var value = _compilation.GetSemanticModel(expression.SyntaxTree).GetConstantValue(expression);
        Assert.True(value.HasValue, $"{expression} is no constant");
        return (string?)value.Value;
    }
}
