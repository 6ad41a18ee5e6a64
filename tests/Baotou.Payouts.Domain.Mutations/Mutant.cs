using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Baotou.Payouts.Domain.Mutations;

/// <summary>What became of a change of the code.</summary>
public enum Fate
{
    /// <summary>A test failed.</summary>
    Killed,

    /// <summary>The tests did not come to an end.</summary>
    TimedOut,

    /// <summary>Every test passed, or no test reaches the place.</summary>
    Survived,

    /// <summary>It is not C#: not a change that anybody could make.</summary>
    NotCompilable,

    /// <summary>It did not compile beside the other changes; to be tried alone.</summary>
    ToTryAlone,

    /// <summary>Left out by the configuration, or because a smaller change of the same place is tried.</summary>
    LeftOut,
}

/// <summary>One change of one place of the code.</summary>
/// <param name="File">Path below the folder of the changed project, with slashes.</param>
/// <param name="Member">The method, property or constructor it lies in.</param>
/// <param name="Kind">What kind of change it is.</param>
/// <param name="Span">Where it lies in the file.</param>
/// <param name="Before">The text as it stands.</param>
/// <param name="After">The text that takes its place.</param>
/// <param name="Fate">What became of it.</param>
public sealed partial record Mutant(string File, string Member, string Kind, TextSpan Span, string Before, string After, Fate Fate)
{
    private const int Shown = 70;

    /// <summary>How it is named in docs/mutation.md; the same however the lines around it move.</summary>
    public string Name => $"`{File}` `{Member}` `{Short(Before)}` → `{Short(After)}`";

    /// <summary>
    /// All changes of a report in the schema of the mutation testing elements, except those in files that the run did not ask for.
    /// </summary>
    /// <exception cref="JsonException">The report is not JSON of that schema.</exception>
    public static IReadOnlyList<Mutant> Read(string report)
    {
        using var document = JsonDocument.Parse(report);
        var root = document.RootElement.GetProperty("projectRoot").GetString()!.Replace('\\', '/').TrimEnd('/');
        List<Mutant> mutants = [];
        foreach (var file in document.RootElement.GetProperty("files").EnumerateObject())
        {
            var source = SourceText.From(file.Value.GetProperty("source").GetString()!);
            var tree = CSharpSyntaxTree.ParseText(source);
            var name = file.Name.Replace('\\', '/').Replace(root + "/", "", StringComparison.Ordinal);
            foreach (var found in file.Value.GetProperty("mutants").EnumerateArray())
            {
                if (found.TryGetProperty("statusReason", out var reason) && reason.GetString() == "Removed by mutate filter")
                    continue;
                var place = found.GetProperty("location");
                var span = TextSpan.FromBounds(Position(source, place.GetProperty("start")), Position(source, place.GetProperty("end")));
                mutants.Add(
                    new Mutant(
                        name,
                        MemberAt(tree, span),
                        found.GetProperty("mutatorName").GetString()!,
                        span,
                        source.ToString(span),
                        found.GetProperty("replacement").GetString()!,
                        FateOf(found.GetProperty("status").GetString()!)
                    )
                );
            }
        }

        return mutants;
    }

    private static int Position(SourceText source, JsonElement place) =>
        source.Lines[place.GetProperty("line").GetInt32() - 1].Start + place.GetProperty("column").GetInt32() - 1;

    private static Fate FateOf(string status) =>
        status switch
        {
            "Killed" => Fate.Killed,
            "Timeout" => Fate.TimedOut,
            "Survived" or "NoCoverage" => Fate.Survived,
            "CompileError" => Fate.ToTryAlone,
            "Ignored" => Fate.LeftOut,
            _ => throw new JsonException($"Unknown status '{status}'."),
        };

    private static string MemberAt(Microsoft.CodeAnalysis.SyntaxTree tree, TextSpan span)
    {
        foreach (var node in tree.GetRoot().FindNode(span).AncestorsAndSelf())
        {
            switch (node)
            {
                case MethodDeclarationSyntax method:
                    return method.Identifier.Text;
                case LocalFunctionStatementSyntax function:
                    return function.Identifier.Text;
                case PropertyDeclarationSyntax property:
                    return property.Identifier.Text;
                case OperatorDeclarationSyntax operation:
                    return $"operator {operation.OperatorToken.Text}";
                case VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } field:
                    return field.Identifier.Text;
                case BaseTypeDeclarationSyntax type:
                    return type.Identifier.Text;
            }
        }

        return "";
    }

    private static string Short(string text)
    {
        var line = Blanks().Replace(text, " ").Trim();
        return line.Length <= Shown ? line : line[..Shown].TrimEnd() + "…";
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
