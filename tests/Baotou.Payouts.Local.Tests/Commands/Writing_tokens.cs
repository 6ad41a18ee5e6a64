using Baotou.Payouts.Local.Commands;
using Baotou.Payouts.Local.Hosting;
using Baotou.Payouts.Web;
using Baotou.Payouts.Web.Access;
using Microsoft.Extensions.Time.Testing;

namespace Baotou.Payouts.Local.Tests.Commands;

public sealed class Writing_tokens : IDisposable
{
    private const string Code = "91159900MA0000000A";
    private readonly string _folder = Directory.CreateTempSubdirectory("payouts-tokens").FullName;
    private readonly FakeTimeProvider _clock = new(CommandRun.Now);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(Role.Officer, "--role", "officer")]
    [InlineData(Role.Approver, "--role", "approver", "--name", "li")]
    [InlineData(Role.Bureau, "--role", "bureau", "--bureau", "science")]
    [InlineData(Role.Enterprise, "--role", "enterprise", "--uscc", Code)]
    public async Task The_host_on_this_machine_believes_them(Role role, params string[] args)
    {
        var run = await RunAsync(Here, args);

        var reading = await new TokenCheck(new WebOptions { Issuers = LocalIssuer.Both(Here) }, _clock).ReadAsync(
            run.Out.Trim(),
            CancellationToken.None
        );

        var caller = Assert.IsType<TokenReading.Accepted>(reading).Caller;
        Assert.Equal(role, Assert.Single(caller.Roles));
        Assert.Equal(role == Role.Enterprise ? [Code] : [], caller.Codes.Select(c => c.Value));
    }

    [Fact]
    public async Task The_key_is_readable_by_its_owner_only_and_one_that_is_not_is_refused()
    {
        if (OperatingSystem.IsWindows())
            return;
        await RunAsync(Here, "--role", "officer");
        var key = Path.Combine(_folder, "baotou-payouts", "staff-issuer.pem");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));

        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        var run = await RunAsync(Here, "--role", "officer");

        Assert.Equal((1, ""), (run.Code, run.Out));
        Assert.Contains("can be read by others", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WEBSITE_INSTANCE_ID")]
    [InlineData("FUNCTIONS_WORKER_RUNTIME")]
    public async Task There_is_no_local_issuer_in_a_cloud(string mark)
    {
        string? Cloud(string name) => name == mark ? "1" : Here(name);

        var run = await RunAsync(Cloud, "--role", "officer");

        Assert.Contains("there is no local issuer in a cloud", run.Refusal(), StringComparison.Ordinal);
        Assert.Empty(LocalIssuer.Both(Cloud));
        Assert.False(Directory.Exists(Path.Combine(_folder, "baotou-payouts")));
    }

    [Theory]
    [InlineData("there is no role 'director'", "--role", "director")]
    [InlineData("an enterprise acts for a code", "--role", "enterprise")]
    [InlineData("has 18 characters", "--role", "enterprise", "--uscc", "short")]
    [InlineData("the role officer has no code", "--role", "officer", "--uscc", Code)]
    [InlineData("is no bureau of the list", "--role", "bureau", "--bureau", "secrets")]
    [InlineData("the role officer has no bureau", "--role", "officer", "--bureau", "science")]
    [InlineData("a name is not blank", "--role", "officer", "--name", " ")]
    public async Task What_makes_no_sense_is_told(string expected, params string[] args) =>
        Assert.Contains(expected, (await RunAsync(Here, args)).Refusal(), StringComparison.Ordinal);

    private string? Here(string name) => name == "XDG_STATE_HOME" ? _folder : null;

    private async Task<CommandRun> RunAsync(Func<string, string?> variable, params string[] args)
    {
        using StringWriter output = new(),
            error = new();
        var code = await PayoutsCommand.RunAsync(
            ["token", .. args],
            new Surroundings(output, error, false, false, _clock) { Variable = variable },
            CancellationToken.None
        );
        return new CommandRun(code, output.ToString(), error.ToString());
    }
}
