using Baotou.Payouts.Application;
using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Queues;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Catalogues;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Local.Hosting;
using Baotou.Payouts.Local.Sandbox;
using Baotou.Payouts.Local.Sandbox.World;
using Microsoft.Extensions.Time.Testing;

namespace Baotou.Payouts.Web.Tests;

/// <summary>
/// A city of the sandbox at the end of its calendar, in memory, behind the router. Built once; a test that changes something takes what no
/// other looks at.
/// </summary>
public sealed class City : IAsyncLifetime
{
    private readonly int _size;
    private const long Seed = 7;

    private readonly AccountCipher _cipher = new(new byte[AccountCipher.KeyBytes]);

    private readonly StorageMeter _meter = new();

    private InMemoryRowStore _rows = null!;

    public City()
        : this(160, CatalogueLoader.LoadEmbedded().Required()) { }

    /// <summary>A city of another size, under another list.</summary>
    internal City(int size, Catalogue list) => (_size, Catalogue) = (size, list);

    /// <summary>The moment of every request.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero));

    public LocalEngine Engine { get; private set; } = null!;

    public IReadOnlyList<Payout> Payouts { get; private set; } = [];

    /// <summary>All codes of the city.</summary>
    public IReadOnlyList<string> Enterprises { get; private set; } = [];

    public Catalogue Catalogue { get; }

    /// <summary>Requests to the tables so far, each page of a query one.</summary>
    internal long Requests => _meter.TableTransactions;

    internal PayoutsRouter Router => Engine.Get<PayoutsRouter>();

    public async Task InitializeAsync()
    {
        var meter = _meter;
        var rows = _rows = new InMemoryRowStore(meter);
        var engine = new EngineOptions { Buckets = 4, FixedDay = SandboxCalendar.BusinessDay };
        var world = SandboxWorld.Generate(Seed, _size, Catalogue.Facts);
        Enterprises = [.. world.Enterprises.Select(e => e.Uscc).Order(StringComparer.Ordinal)];
        await using (var exchange = await SandboxExchange.StartAsync(world))
        {
            var options = new LocalEngineOptions
            {
                Catalogue = Catalogue,
                Engine = engine,
                Cipher = _cipher,
                Exchange = exchange.Options,
            };
            await using var building = LocalEngine.Start(options, rows, new InMemoryWorkQueue(TimeProvider.System, meter), meter);
            await new SandboxRun(
                building,
                exchange,
                new SandboxOfficers(building.Get<OfficerActs>(), Catalogue, Seed, _size)
            ).ToTheEndAsync(null, CancellationToken.None);
        }

        Engine = On(SandboxCalendar.BusinessDay);
        var payouts = new List<Payout>();
        for (var bucket = 0; bucket < engine.Buckets; bucket++)
        {
            await foreach (var stored in Engine.Get<IPayoutStore>().ReadBucketAsync(bucket, CancellationToken.None))
                payouts.Add(stored.Payout);
        }

        Payouts = payouts;
    }

    /// <summary>The same city on another business day.</summary>
    internal LocalEngine On(DateOnly day) => Start(day, _rows);

    /// <summary>The same city over the same rows, looked at through others.</summary>
    internal LocalEngine Through(Func<IRowStore, IRowStore> others) => Start(SandboxCalendar.BusinessDay, others(_rows));

    private LocalEngine Start(DateOnly day, IRowStore rows)
    {
        var web = new WebOptions
        {
            Issuers = [Tokens.Staff.Described, Tokens.Enterprises.Described],
            RequestsPerMinute = 1_000_000,
            AnonymousPerMinute = 1_000_000,
        };
        var options = new LocalEngineOptions
        {
            Catalogue = Catalogue,
            Engine = new EngineOptions { Buckets = 4, FixedDay = day },
            Cipher = _cipher,
            Web = web,
            Clock = Clock,
        };
        var meter = new StorageMeter();
        return LocalEngine.Start(options, rows, new InMemoryWorkQueue(Clock, meter), meter);
    }

    public Task DisposeAsync() => Engine.DisposeAsync().AsTask();

    /// <summary>A payout in a state.</summary>
    internal Payout In(PayoutState state) => Payouts.First(p => p.State == state);

    /// <summary>A token of a role: an enterprise's for the codes given, a bureau's for the bureau given.</summary>
    internal string Token(Access.Role role, params string[] about) => Tokens.For(role, Clock.GetUtcNow(), about);

    internal Task<Reply> GetAsync(string path, string? token = null) => Reply.OfAsync(Router, "GET", path, token);

    internal Task<Reply> PostAsync(string path, string? token, string body = "{}", string? key = "key-0000000001") =>
        Reply.OfAsync(Router, "POST", path, token, body, key);
}

[CollectionDefinition(nameof(City))]
public sealed class InTheCity : ICollectionFixture<City>;
