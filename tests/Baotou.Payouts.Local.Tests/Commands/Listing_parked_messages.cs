using System.Text.Json;
using Baotou.Payouts.Application;
using Baotou.Payouts.Application.Settling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Queues;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Local.Commands;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Baotou.Payouts.Local.Tests.Commands;

/// <summary>The verb over a store in memory in which one message is parked.</summary>
public sealed class Listing_parked_messages
{
    private readonly InMemoryWorkQueue _queue = new(new FakeTimeProvider(CommandRun.Now));
    private readonly InMemoryRowStore _rows = new();

    [Fact]
    public async Task Shows_those_that_wait_and_sends_them_again_once()
    {
        var (_, before, _) = await RunAsync(null, replay: false);
        var parked = Assert.Single(before.GetProperty("messages").EnumerateArray());
        Assert.Equal(
            ("pull", "{\"source\":\"tax\",\"walk\":1}", "waiting"),
            (Text(parked, "queue"), Text(parked, "body"), Text(parked, "state"))
        );
        Assert.Equal(0, await _queue.CountAsync(QueueNames.Pull, default));

        var (_, sent, _) = await RunAsync(null, replay: true);
        Assert.Equal("replayed", Text(sent.GetProperty("messages")[0], "state"));
        Assert.Equal(1, await _queue.CountAsync(QueueNames.Pull, default));

        var (code, _, error) = await RunAsync(Text(parked, "id"), replay: true);
        Assert.Equal((0, 1), (code, await _queue.CountAsync(QueueNames.Pull, default)));
        Assert.Contains("was sent again already", error, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(null, replay: false)).Out.GetProperty("messages").GetArrayLength());
        Assert.Equal(2, (await RunAsync("nothing", replay: true)).Code);
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    private async Task<(int Code, JsonElement Out, string Error)> RunAsync(string? id, bool replay)
    {
        await using var services = new ServiceCollection()
            .AddSingleton(new EngineOptions())
            .AddStorage(_rows, _queue)
            .AddSingleton<ParkedCases>()
            .BuildServiceProvider();
        if (!await services.GetRequiredService<IParkedWork>().ReadAsync(QueueNames.Pull, "", default).AnyAsync())
            await new PoisonParking(
                services.GetRequiredService<IParkedWork>(),
                new FakeTimeProvider(CommandRun.Now),
                NullLogger<PoisonParking>.Instance
            ).ParkAsync(QueueNames.Pull, "{\"source\":\"tax\",\"walk\":1}", default);
        using StringWriter output = new(),
            error = new();
        var code = await ParkedVerb.HandleAsync(
            new Surroundings(output, error, false, false, TimeProvider.System),
            services.GetRequiredService<ParkedCases>(),
            id,
            replay,
            CommandRun.Now,
            true,
            default
        );
        return (code, output.ToString() is { Length: > 0 } text ? JsonDocument.Parse(text).RootElement.Clone() : default, error.ToString());
    }
}
