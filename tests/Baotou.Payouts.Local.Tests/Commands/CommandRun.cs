using System.Text.Json;
using Baotou.Payouts.Local.Commands;
using Microsoft.Extensions.Time.Testing;

namespace Baotou.Payouts.Local.Tests.Commands;

/// <summary>One run of the command inside this process.</summary>
/// <param name="Code">Exit code.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record CommandRun(int Code, string Out, string Error)
{
    /// <summary>The moment every run takes place: 15 November 2022 at 01:00 in Baotou, still the 14th in UTC.</summary>
    public static readonly DateTimeOffset Now = new(2022, 11, 14, 17, 0, 0, TimeSpan.Zero);

    public static Task<CommandRun> Of(params string[] args) => Of(false, args);

    public static Task<CommandRun> Of(bool onTerminal, params string[] args) =>
        Of(onTerminal, new FakeTimeProvider(Now), args, CancellationToken.None);

    /// <summary>A run of something that works and waits, and so needs a clock that goes on; nothing it answers may depend on it.</summary>
    public static Task<CommandRun> Working(params string[] args) => Of(false, TimeProvider.System, args, CancellationToken.None);

    /// <summary>A run of something that works, in surroundings with one variable set to a value and no other set at all.</summary>
    public static Task<CommandRun> Where(string variable, string value, params string[] args) =>
        Of(false, TimeProvider.System, args, CancellationToken.None, name => name == variable ? value : null);

    public static async Task<CommandRun> Of(
        bool onTerminal,
        TimeProvider time,
        string[] args,
        CancellationToken cancellationToken,
        Func<string, string?>? variable = null
    )
    {
        using StringWriter output = new(),
            error = new();
        var surroundings = new Surroundings(output, error, onTerminal, false, time);
        var code = await PayoutsCommand.RunAsync(
            args,
            variable is null ? surroundings : surroundings with { Variable = variable },
            cancellationToken
        );
        return new CommandRun(code, output.ToString(), error.ToString());
    }

    /// <summary>Standard output as the one JSON document it has to be. Standard error may only tell how far the work is.</summary>
    public JsonElement Json
    {
        get
        {
            Assert.DoesNotContain("error", Error, StringComparison.Ordinal);
            using var document = JsonDocument.Parse(Out);
            return document.RootElement.Clone();
        }
    }

    /// <summary>Asserts that nothing was answered but one complaint, and gives it.</summary>
    public string Refusal()
    {
        Assert.Equal(2, Code);
        Assert.Equal("", Out);
        var line = Assert.Single(Error.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("error: ", line, StringComparison.Ordinal);
        return line["error: ".Length..];
    }
}
