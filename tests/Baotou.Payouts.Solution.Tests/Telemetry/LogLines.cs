using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Baotou.Payouts.Solution.Tests.Telemetry;

/// <summary>Log lines have ids, counts and amounts in fixed places; who an enterprise or a person is stands in none.</summary>
public sealed partial class LogLines
{
    [Fact]
    public void No_line_has_a_place_for_a_name_a_code_or_an_account()
    {
        var sources = Repository.Sources("src");

        Assert.True(sources.Sum(s => LinesOf(s).Count()) >= 10, "Hardly any line was found.");
        Assert.Empty(sources.SelectMany(Telling));
    }

    [Theory]
    [InlineData("Claim of {Uscc} made.")]
    [InlineData("Paid to {AccountNumber}.")]
    [InlineData("Asked by {requestedBy}.")]
    [InlineData("{LegalName} is held.")]
    [InlineData("Held: {Reason}")]
    public void A_line_that_has_one_is_found(string message) =>
        Assert.Single(
            Telling(
                Repository.Parse(
                    "Log.cs",
                    $"static partial class Log {{ [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = \"{message}\")] public static partial void X(this ILogger logger); }}"
                )
            )
        );

    [Fact]
    public void Every_line_is_one_of_those() => Assert.Empty(Repository.Sources("src").SelectMany(Loose));

    [Theory]
    [InlineData("""log.LogInformation("paid");""")]
    [InlineData("""log.Log(LogLevel.Information, "paid");""")]
    [InlineData("""Console.WriteLine("paid");""")]
    public void A_line_of_its_own_is_found(string statement) =>
        Assert.Single(Loose(Repository.Parse("X.cs", $"class X {{ void Y() {{ {statement} }} }}")));

    private static IEnumerable<string> Telling(SyntaxTree source) =>
        LinesOf(source)
            .Where(line => Place().Matches(line).Any(place => Who().IsMatch(place.Groups[1].Value)))
            .Select(line => $"{source.FilePath}: {line}");

    private static IEnumerable<string> LinesOf(SyntaxTree source) =>
        source
            .GetRoot()
            .DescendantNodes()
            .OfType<AttributeSyntax>()
            .Where(attribute => attribute.Name.ToString() == "LoggerMessage")
            .SelectMany(attribute =>
                attribute.DescendantNodes().OfType<LiteralExpressionSyntax>().Where(literal => literal.Token.Value is string)
            )
            .Select(literal => (string)literal.Token.Value!);

    private static IEnumerable<string> Loose(SyntaxTree source) =>
        source
            .GetRoot()
            .DescendantNodes()
            .OfType<InvocationExpressionSyntax>()
            .Where(call =>
                call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: var name, Expression: var on }
                && (LogCall().IsMatch(name) || (on.ToString() == "Console" && name.StartsWith("Write", StringComparison.Ordinal)))
            )
            .Select(call => $"{source.FilePath}: {call.Expression}");

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Place();

    [GeneratedRegex(
        "uscc|code|name|holder|account|person|subject|body|text|reason|difference|note|by$|enterprise$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Who();

    [GeneratedRegex("^Log(Trace|Debug|Information|Warning|Error|Critical)?$")]
    private static partial Regex LogCall();
}
