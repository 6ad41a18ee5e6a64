using System.Net;
using System.Net.Sockets;
using Baotou.Payouts.Application.Telemetry;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.Local.Commands;
using Baotou.Payouts.Local.Emulator;
using Baotou.Payouts.Local.Hosting;

namespace Baotou.Payouts.Local.Tests.Commands;

public sealed class Serving
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false });

    [Fact]
    public async Task It_tells_its_address_answers_and_ends_when_it_is_stopped()
    {
        using var stop = new CancellationTokenSource();
        using FirstLine output = new(),
            error = new();
        var serving = PayoutsCommand.RunAsync(
            ["serve", "--memory", "--port", "0"],
            new Surroundings(output, error, false, false, TimeProvider.System),
            stop.Token
        );

        var address = new Uri(await output.Written);
        using var answer = await Client.GetAsync(new Uri(address, "healthz"));
        using var service = await Client.GetAsync(address);
        await stop.CancelAsync();

        Assert.True(address.IsLoopback);
        Assert.Equal(HttpStatusCode.OK, service.StatusCode);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Server"));
        Assert.Equal(0, await serving);
    }

    [Fact]
    public async Task The_sandbox_runs_through_its_calendar_while_it_answers()
    {
        using var stop = new CancellationTokenSource();
        using FirstLine output = new(),
            error = new("the sandbox's calendar is run through");
        var serving = PayoutsCommand.RunAsync(
            ["serve", "--sandbox", "--enterprises", "5", "--memory", "--port", "0"],
            new Surroundings(output, error, false, false, TimeProvider.System),
            stop.Token
        );

        await error.Written;
        using var answer = await Client.GetAsync(new Uri(new Uri(await output.Written), "healthz"));
        await stop.CancelAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(0, await serving);
    }

    [Fact]
    public async Task A_message_that_nobody_can_read_is_parked_and_the_host_goes_on()
    {
        var folder = Directory.CreateTempSubdirectory("payouts-");
        try
        {
            await CommandRun.Working("demo", "--data", folder.FullName, "--enterprises", "5", "--json");
            await using (
                var azurite = await AzuriteProcess.StartAsync(
                    Path.Combine(folder.FullName, "storage"),
                    TimeProvider.System,
                    CancellationToken.None
                )
            )
            {
                await StorageAccount
                    .FromConnectionString(azurite.ConnectionString, new StorageMeter())
                    .OpenQueues()
                    .SendAsync(QueueNames.Match, """{"round":"six","bucket":0}""", TimeSpan.Zero, CancellationToken.None);
            }

            using var stop = new CancellationTokenSource();
            using FirstLine output = new(),
                error =
                    new(
                        "the sandbox's calendar stands still: 1 message(s) failed too often and are parked; the last: A message in queue 'match' is no MatchMessage"
                    );
            var serving = PayoutsCommand.RunAsync(
                ["serve", "--sandbox", "--data", folder.FullName, "--port", "0"],
                new Surroundings(output, error, false, false, TimeProvider.System),
                stop.Token
            );

            await error.Written.WaitAsync(TimeSpan.FromMinutes(3));
            using var answer = await Client.GetAsync(new Uri(new Uri(await output.Written), "healthz"));
            await stop.CancelAsync();

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(0, await serving.WaitAsync(TimeSpan.FromMinutes(1)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_name_that_was_made_to_point_here_gets_nothing()
    {
        using var stop = new CancellationTokenSource();
        using FirstLine output = new(),
            error = new();
        var serving = PayoutsCommand.RunAsync(
            ["serve", "--memory", "--port", "0"],
            new Surroundings(output, error, false, false, TimeProvider.System),
            stop.Token
        );

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(await output.Written), "healthz"));
        request.Headers.Host = "payouts.example";
        using var answer = await Client.SendAsync(request);
        await stop.CancelAsync();

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
        Assert.Equal("", await answer.Content.ReadAsStringAsync());
        Assert.Equal(0, await serving);
    }

    [Theory]
    [InlineData("--telemetry expects console, otlp or none, got 'printer'", "--telemetry", "printer")]
    [InlineData("--json and --telemetry console exclude each other", "--telemetry", "console", "--json")]
    public async Task Telemetry_that_makes_no_sense_is_refused(string reason, params string[] options) =>
        Assert.Contains(
            reason,
            (await CommandRun.Of(["serve", "--memory", "--port", "0", .. options])).Refusal(),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Numbers_are_told_only_where_they_are_asked_for(bool asked)
    {
        var before = Console.Out;
        using var console = new StringWriter();
        Console.SetOut(console);
        try
        {
            using (TelemetryOutput.To(asked ? TelemetryTarget.Console : TelemetryTarget.None))
            {
                EngineMeter.CountParked();
                Tracing.Start("sweep")?.Dispose();
            }
        }
        finally
        {
            Console.SetOut(before);
        }

        Assert.Equal(asked, console.ToString().Contains(Metrics.MessagesParked.Name, StringComparison.Ordinal));
        Assert.Equal(asked, console.ToString().Contains("sweep", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_in_use_is_told()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var run = await CommandRun.Working("serve", "--memory", "--port", $"{port}");

        Assert.Equal($"--port: port {port} of this machine is in use; name another one, or 0 for a free one", run.Refusal());
    }

    /// <summary>Tells when a line (that has a certain text) was written.</summary>
    private sealed class FirstLine(string expected = "") : StringWriter
    {
        private readonly TaskCompletionSource<string> _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Written => _written.Task;

        public override void Write(string? value)
        {
            base.Write(value);
            if (value is not null && value.Contains(expected, StringComparison.Ordinal))
                _written.TrySetResult(value.TrimEnd('\n'));
        }
    }
}
