using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Baotou.Payouts.Solution.Tests.Structure;

/// <summary>Names say what a thing is; some words never do.</summary>
public sealed partial class Names
{
    private static readonly HashSet<string> EmptyFolders = new(
        ["Common", "Core", "Shared", "Helpers", "Utils", "Services"],
        StringComparer.OrdinalIgnoreCase
    );

    [Fact]
    public void No_type_carries_a_word_that_says_nothing() =>
        Assert.Empty(Repository.Sources("src").Concat(Repository.Sources("tests")).SelectMany(EmptyNames));

    [Theory]
    [InlineData("public sealed class PayoutManager { }", "PayoutManager")]
    [InlineData("public static class FenHelpers { }", "FenHelpers")]
    [InlineData("public sealed record PoolInfo(int Count);", "PoolInfo")]
    [InlineData("public enum UtilKind { One }", "UtilKind")]
    [InlineData("public delegate void ClaimProcessor();", "ClaimProcessor")]
    [InlineData("public sealed class Outer { private interface ICommonRow { } }", "ICommonRow")]
    public void A_type_that_carries_one_is_found(string planted, string name) =>
        Assert.Equal([$"planted.cs: {name}"], EmptyNames(Repository.Parse("planted.cs", planted)));

    [Theory]
    [InlineData("public sealed class Information { }")]
    [InlineData("public sealed class Utilised { }")]
    public void A_word_that_only_begins_alike_is_not(string planted) => Assert.Empty(EmptyNames(Repository.Parse("planted.cs", planted)));

    [Fact]
    public void No_type_carries_a_year() => Assert.Empty(Repository.Sources("src").SelectMany(YearNames));

    [Fact]
    public void A_type_that_carries_a_year_is_found() =>
        Assert.Equal(["planted.cs: Rates2023"], YearNames(Repository.Parse("planted.cs", "public sealed class Rates2023 { }")));

    [Fact]
    public void No_folder_is_named_for_nothing() => Assert.DoesNotContain(Repository.Files, InEmptyFolder);

    [Fact]
    public void A_folder_named_for_nothing_is_found() => Assert.True(InEmptyFolder("src/Baotou.Payouts.Domain/Common/X.cs"));

    private static IEnumerable<string> EmptyNames(SyntaxTree source) =>
        TypeNames(source).Where(name => EmptyWord().IsMatch(name)).Select(name => $"{source.FilePath}: {name}");

    private static IEnumerable<string> YearNames(SyntaxTree source) =>
        TypeNames(source).Where(name => Year().IsMatch(name)).Select(name => $"{source.FilePath}: {name}");

    private static IEnumerable<string> TypeNames(SyntaxTree source) =>
        source
            .GetRoot()
            .DescendantNodes()
            .Select(node =>
                node switch
                {
                    BaseTypeDeclarationSyntax type => type.Identifier.Text,
                    DelegateDeclarationSyntax type => type.Identifier.Text,
                    _ => null,
                }
            )
            .OfType<string>();

    private static bool InEmptyFolder(string file) => Path.GetDirectoryName(file)!.Split('/').Any(EmptyFolders.Contains);

    // A whole word of a name in PascalCase, so that Information is none.
    [GeneratedRegex("(Managers?|Helpers?|Processors?|Utils?|Utility|Utilities|Infos?|Common)(?![a-z])")]
    private static partial Regex EmptyWord();

    [GeneratedRegex("(19|20)[0-9]{2}")]
    private static partial Regex Year();
}
