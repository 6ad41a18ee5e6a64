using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Baotou.Payouts.Local.Emulator;
using Baotou.Payouts.Local.Hosting;
using Baotou.Payouts.Local.Sandbox.World;
using Xunit.Abstractions;

namespace Baotou.Payouts.Local.Tests.Commands;

/// <summary>
/// The host is a process of its own here and gets SIGKILL. The emulator goes on: what it acknowledged is not durable. PAYOUTS_KILLS sets
/// how many kills there are; each comes some milliseconds, drawn from a seed, after the host has told how far it is.
/// </summary>
public sealed class Killing_the_host(ITestOutputHelper output) : IDisposable
{
    private const int Enterprises = 40;
    private const int KillsOfOneStore = 3;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("payouts-");
    private readonly SplitMix64 _chance = SplitMix64.For(20221104, "kills");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task At_any_moment_the_next_run_goes_on_and_ends_as_if_nothing_had_happened()
    {
        var watch = Stopwatch.StartNew();
        var most = int.TryParse(
            Environment.GetEnvironmentVariable("PAYOUTS_KILLS"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var asked
        )
            ? asked
            : 5;
        var expected = (await CommandRun.Working("demo", "--memory", "--enterprises", Text(Enterprises), "--json")).Json;
        var (kills, stores) = (0, 0);
        while (kills < most)
        {
            Assert.True(++stores <= most, "The host ends before it can be killed.");
            var store = Path.Combine(_folder.FullName, Text(stores));
            (StoreSettings.Default with { Sandbox = new SandboxCity(7, Enterprises) }).Write(store);
            await using var emulator = await AzuriteProcess.StartAsync(
                Path.Combine(store, "storage"),
                TimeProvider.System,
                CancellationToken.None
            );
            for (var i = 0; i < KillsOfOneStore && kills < most; i++)
                kills += await IsKilledAsync(store) ? 1 : 0;
            var summary = await FinishAsync(store);
            foreach (
                var name in new[]
                {
                    "payoutsSha256",
                    "facts",
                    "quarantined",
                    "decisions",
                    "entitled",
                    "payouts",
                    "payoutFen",
                    "waiting",
                    "pools",
                    "verify",
                }
            )
                Assert.Equal(expected.GetProperty(name).ToString(), summary.GetProperty(name).ToString());
            Assert.Equal(0, (await CommandRun.Working("run", "--data", store, "--json")).Json.GetProperty("newPayouts").GetInt32());
        }

        output.WriteLine(
            $"{kills} kills of the host over {stores} stores, 0 violations, {watch.Elapsed.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture)} s"
        );
    }

    /// <summary>Starts the host and kills it. False if it ended first.</summary>
    private async Task<bool> IsKilledAsync(string store)
    {
        using var host = Start(store);
        for (var lines = _chance.Between(1, 3); lines > 0; lines--)
        {
            if (await host.StandardError.ReadLineAsync() is null)
                break;
        }

        using var ended = new CancellationTokenSource(TimeSpan.FromMilliseconds(_chance.Below(1_200)));
        try
        {
            await host.WaitForExitAsync(ended.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            host.Kill();
            await host.WaitForExitAsync();
            return true;
        }
    }

    private static async Task<JsonElement> FinishAsync(string store)
    {
        using var host = Start(store);
        var (summary, told) = (host.StandardOutput.ReadToEndAsync(), host.StandardError.ReadToEndAsync());
        await host.WaitForExitAsync();
        Assert.True(host.ExitCode == 0, await told);
        using var document = JsonDocument.Parse(await summary);
        return document.RootElement.Clone();
    }

    private static Process Start(string store)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (
            var argument in new[]
            {
                Path.Combine(AppContext.BaseDirectory, "payouts.dll"),
                "demo",
                "--enterprises",
                Text(Enterprises),
                "--data",
                store,
                "--json",
            }
        )
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
