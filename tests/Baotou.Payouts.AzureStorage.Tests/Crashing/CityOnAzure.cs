using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage.Queues;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.AzureStorage.Tests.Emulator;
using Baotou.Payouts.Local.Hosting;
using Baotou.Payouts.Testing;
using Baotou.Payouts.Testing.City;

namespace Baotou.Payouts.AzureStorage.Tests.Crashing;

/// <summary>
/// A table and queues of one city's own, in an account that many share. Its messages are worked off by the local host's pump, which tries a
/// failed one again.
/// </summary>
internal sealed class CityOnAzure
{
    private static readonly PumpOptions OneByOne = new() { Workers = 1, Rest = TimeSpan.Zero };

    private readonly AzuriteFixture _azurite;
    private readonly string _name;

    private CityOnAzure(AzuriteFixture azurite)
    {
        _azurite = azurite;
        _name = azurite.NewName();
    }

    /// <summary>A new city that holds what another one does.</summary>
    public static async Task<CityOnAzure> BeginAsync(AzuriteFixture azurite, WatchedRows rows)
    {
        var city = new CityOnAzure(azurite);
        await StorageLayout.CreateAsync(azurite.Account, [city._name], [.. QueueNames.All.Select(q => city._name + q)], default);
        await rows.WriteToAsync(city.Rows(azurite.Account));
        return city;
    }

    /// <summary>All its rows.</summary>
    public async Task<WatchedRows> ReadAsync() =>
        await WatchedRows.OfAsync(await Rows(_azurite.Account).AllAsync(null, default).ToListAsync());

    /// <summary>A worker whose requests go by a plan.</summary>
    /// <param name="city">Who tells it what.</param>
    /// <param name="plan">What happens to its requests.</param>
    /// <param name="retries">How often the client library itself tries again.</param>
    /// <param name="plant">Puts a bug between the worker and its rows; null for none.</param>
    public Engine Worker(TinyCity city, FaultPlan plan, int retries = 0, Func<IRowStore, IRowStore>? plant = null)
    {
        var account = new FailingPipeline(plan).Account(_azurite.ConnectionString, retries);
        var queues = new QueuesApart<AzureWorkQueue>(account.OpenQueues(), _name);
        return new Engine(
            city,
            plant?.Invoke(Rows(account)) ?? Rows(account),
            patience: Scenario.Patience,
            queue: queues,
            drain: DrainAsync
        );

        Task DrainAsync(Engine engine) =>
            new Pump(engine.Get<WorkDispatcher>(), engine.Get<PoisonParking>(), queues, TimeProvider.System, OneByOne).DrainAsync(default);
    }

    private RowsApart Rows(StorageAccount account) => new(account.OpenRows(), _name);
}
