using System.Runtime.Versioning;

namespace Baotou.Payouts.Solution.Tests.Scripts;

/// <summary>eng/demo.sh adds nothing to the output of the command.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DemoScript
{
    [Fact]
    public void Its_output_and_exit_code_are_those_of_the_command()
    {
        using var repository = new StubbedRepository();
        repository.Command(
            "dotnet",
            """
            case "$1" in
                --version) echo 10.0.100 ;;
                build) echo built ;;
                *) shift; echo "{\"arguments\":\"$*\"}"; exit 7 ;;
            esac
            """
        );

        var run = repository.Run("eng/demo.sh", "--enterprises", "20", "--json");

        Assert.Equal("{\"arguments\":\"demo --enterprises 20 --json\"}\n", run.Output);
        Assert.Equal(7, run.ExitCode);
        Assert.Contains("built", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_emulator_is_installed_once_for_one_lock_file()
    {
        using var repository = new StubbedRepository();
        repository.Command("dotnet", "[ \"$1\" != --version ] || echo 10.0.100");
        repository.Command("npm", "mkdir -p node_modules; echo \"$*\" >> \"$STUB/installed\"");

        repository.Run("eng/demo.sh");
        repository.Run("eng/demo.sh");

        Assert.Equal("ci --no-progress --loglevel=error\n", repository.Read("installed"));
    }
}
