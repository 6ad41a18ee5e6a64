using System.Text.RegularExpressions;

namespace Baotou.Payouts.Solution.Tests.Structure;

/// <summary>What no file of the repository may hold: where its packages came from, or the machine it was written on.</summary>
public sealed partial class Contents
{
    // In parts, or this file would hold what it forbids.
    private static readonly string[] Registries =
    [
        string.Join('.', "nuget", "org"),
        string.Join('.', "registry", "npmjs", "org"),
        string.Join('.', "registry", "yarnpkg", "com"),
        string.Join('.', "deb", "debian", "org"),
        string.Join('.', "security", "debian", "org"),
    ];

    private static readonly HashSet<string> Binary = new([".png", ".xlsx", ".xls", ".snk", ".ico"], StringComparer.OrdinalIgnoreCase);

    [Fact]
    public void No_file_names_a_package_registry() => Assert.DoesNotContain(TextFiles(), file => NamesRegistry(Repository.Read(file)));

    [Fact]
    public void A_file_that_names_one_is_found() =>
        Assert.True(NamesRegistry($"  \"resolved\": \"https://{Registries[1]}/azurite/-/azurite.tgz\""));

    [Fact]
    public void No_file_names_a_folder_of_one_machine() =>
        Assert.DoesNotContain(TextFiles(), file => MachinePath().IsMatch(Repository.Read(file)));

    [Theory]
    [InlineData("cd /", "work", "/main")]
    [InlineData("\"/", "root", "/.nuget\"")]
    [InlineData("=/", "home", "/someone/payouts")]
    public void A_file_that_names_one_folder_is_found(string before, string folder, string after) =>
        Assert.Matches(MachinePath(), before + folder + after);

    [Theory]
    [InlineData("src/Baotou.Payouts.Application/Work/work/IWorkQueue.cs")]
    [InlineData("GET /workflows/")]
    public void A_path_within_the_repository_is_not(string text) => Assert.DoesNotMatch(MachinePath(), text);

    [Fact]
    public void No_lock_file_says_where_its_packages_were_found() =>
        Assert.DoesNotContain(
            Repository.Files.Where(file => Path.GetFileName(file) is "package-lock.json" or "npm-shrinkwrap.json" or "yarn.lock"),
            file => SaysWhere(Repository.Read(file))
        );

    [Fact]
    public void A_lock_file_that_says_it_is_found() => Assert.True(SaysWhere("""{ "resolved": "somewhere" }"""));

    [Fact]
    public void Every_script_can_be_read_by_its_shell_on_every_system() =>
        Assert.DoesNotContain(
            Repository.Files.Where(file => file.EndsWith(".sh", StringComparison.Ordinal) || file == ".ci/run"),
            file => Repository.Read(file).Contains('\r')
        );

    private static IEnumerable<string> TextFiles() => Repository.Files.Where(file => !Binary.Contains(Path.GetExtension(file)));

    private static bool NamesRegistry(string text) => Registries.Any(host => text.Contains(host, StringComparison.OrdinalIgnoreCase));

    private static bool SaysWhere(string text) => text.Contains("\"resolved\"", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<![\w./}\])-])/(work|root|home|opt/nuget|tmp/wt)/")]
    private static partial Regex MachinePath();
}
