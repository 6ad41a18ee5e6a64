using System.Runtime.Versioning;

namespace Baotou.Payouts.Solution.Tests.Scripts;

/// <summary>eng/test.sh is what decides whether the project is whole, so it is tested itself.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class TestScript
{
    private const string WorkerMissing =
        "F.csproj : error NU1101: Unable to find package Microsoft.Azure.Functions.Worker. No packages exist with this id in source(s): feed [x.sln]";

    private const string OtherMissing =
        "D.csproj : error NU1101: Unable to find package Azure.Core. No packages exist with this id in source(s): feed [x.sln]";

    [Fact]
    public void The_last_line_sums_up_all_test_projects()
    {
        using var repository = new StubbedRepository("A.Tests", "B.Tests");
        repository.Command(
            "dotnet",
            Dotnet(
                results: """
                case "$name" in A.Tests) write 3 3 3 ;; B.Tests) write 5 4 4 ;; esac
                """
            )
        );

        var run = repository.Run("eng/test.sh");

        Assert.Equal("7 passed, 0 failed, 1 skipped", run.LastLine);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void One_failed_test_fails_the_run()
    {
        using var repository = new StubbedRepository("A.Tests", "B.Tests");
        repository.Command(
            "dotnet",
            Dotnet(
                results: """
                case "$name" in A.Tests) write 3 3 2; exit 1 ;; B.Tests) write 5 5 5 ;; esac
                """
            )
        );

        var run = repository.Run(".ci/run");

        Assert.Equal("7 passed, 1 failed", run.LastLine);
        Assert.Equal(1, run.ExitCode);
    }

    [Theory]
    [InlineData("exit 134", "ended without results")]
    [InlineData("write 0 0 0", "has no test")]
    [InlineData("write 2 2 2; exit 1", "ended with exit code 1")]
    public void A_test_project_that_crashed_or_ran_nothing_counts_as_failed(string planted, string said)
    {
        using var repository = new StubbedRepository("A.Tests");
        repository.Command("dotnet", Dotnet(results: planted));

        var run = repository.Run("eng/test.sh");

        Assert.EndsWith(" 1 failed", run.LastLine, StringComparison.Ordinal);
        Assert.Contains(said, run.Said, StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public void Without_any_test_project_the_run_fails()
    {
        using var repository = new StubbedRepository();
        repository.Command("dotnet", Dotnet());

        Assert.Equal(1, repository.Run("eng/test.sh").ExitCode);
    }

    [Fact]
    public void The_whole_solution_is_built_where_it_restores()
    {
        using var repository = new StubbedRepository("A.Tests");
        repository.Command("dotnet", Dotnet(results: "write 1 1 1"));

        var run = repository.Run("eng/test.sh");

        Assert.Contains("Restored the whole solution", run.Said, StringComparison.Ordinal);
        Assert.EndsWith("Baotou.Payouts.sln\n", repository.Read("built"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_functions_host_is_left_out_only_where_its_packages_are_missing()
    {
        using var repository = new StubbedRepository("A.Tests");
        repository.Command(
            "dotnet",
            Dotnet(
                results: "write 1 1 1",
                restoreErrors:
                [
                    WorkerMissing,
                    "F.csproj : error NU1102: Unable to find package Microsoft.Azure.Functions.Worker.Sdk with version (>= 2.1.0) [x.sln]",
                    "F.csproj : error NU1102:   - Found 2 version(s) in feed [ Nearest version: 1.15.1 ] [x.sln]",
                ]
            )
        );

        var run = repository.Run("eng/test.sh");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("lacks packages of the Functions host", run.Said, StringComparison.Ordinal);
        Assert.Contains("  Microsoft.Azure.Functions.Worker.Sdk\n", run.Said, StringComparison.Ordinal);
        Assert.EndsWith("Baotou.Payouts.Feed.slnf\n", repository.Read("built"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OtherMissing)]
    [InlineData("D.csproj : error NU1605: Detected package downgrade: Azure.Core from 2 to 1. [x.sln]")]
    [InlineData("F.csproj : error NU1301: Unable to load the service index. [x.sln]")]
    [InlineData("F.csproj : error MSB4025: The project file could not be loaded. [x.sln]")]
    [InlineData("F.csproj : error NU1101: Unable to find package Microsoft.Azure.Other. [x.sln]")]
    public void Any_other_trouble_with_restoring_is_a_failure(string error)
    {
        foreach (var errors in new string[][] { [error], [WorkerMissing, error] })
        {
            using var repository = new StubbedRepository("A.Tests");
            repository.Command("dotnet", Dotnet(results: "write 1 1 1", restoreErrors: errors));

            var run = repository.Run("eng/test.sh");

            Assert.Equal(1, run.ExitCode);
            Assert.Contains(error, run.Said, StringComparison.Ordinal);
            Assert.Empty(repository.Read("built"));
        }
    }

    [Fact]
    public void What_does_not_compile_is_a_failure()
    {
        using var repository = new StubbedRepository("A.Tests");
        repository.Command("dotnet", Dotnet(results: "write 1 1 1", build: "exit 1"));

        var run = repository.Run("eng/test.sh");

        Assert.Equal(1, run.ExitCode);
        Assert.DoesNotContain("passed", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dotnet", ".NET SDK 10.0")]
    [InlineData("node", "Node.js 20")]
    [InlineData("npm", "npm is missing")]
    public void A_missing_tool_is_named(string tool, string said)
    {
        foreach (var script in new[] { "eng/test.sh", "eng/demo.sh" })
        {
            using var repository = new StubbedRepository("A.Tests");
            repository.Command("dotnet", Dotnet());
            repository.Without(tool);

            var run = repository.Run(script);

            Assert.Equal(2, run.ExitCode);
            Assert.Contains(said, run.Said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_tool_that_is_too_old_is_named()
    {
        using var repository = new StubbedRepository("A.Tests");
        repository.Command("dotnet", Dotnet());
        repository.Command("node", "echo 16");

        var run = repository.Run("eng/test.sh");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Install Node.js 20 or newer", run.Said, StringComparison.Ordinal);
    }

    // A dotnet that notes what it built, and writes results in place of testing: write TOTAL EXECUTED PASSED.
    private static string Dotnet(string results = "", string build = "", string[]? restoreErrors = null) =>
        $$"""
            set -eu
            write() {
                mkdir -p "$STUB/artifacts/test-results"
                printf '<Counters total="%s" executed="%s" passed="%s" failed="0" />\n' "$@" > "$STUB/artifacts/test-results/$name.trx"
            }
            case "$1" in
                --version) echo 10.0.100 ;;
                restore)
                    case "$2" in *.sln)
            {{string.Join('\n', (restoreErrors ?? []).Select(error => $"echo '{error}'"))}}
                        {{(restoreErrors is null ? ":" : "exit 1")}} ;;
                    esac ;;
                build) {{(build.Length > 0 ? build : ":")}}; echo "$2" >> "$STUB/built" ;;
                test) name="$(basename "$2" .csproj)"; {{(results.Length > 0 ? results : ":")}} ;;
            esac
            """;
}
