using System.Security.Cryptography;
using Baotou.Payouts.Application;
using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Queues;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Baotou.Payouts.Testing.City;

/// <summary>
/// The engine over given rows, with queues of its own unless others are given. A message whose step fails is lost, which is the worst that
/// may happen to one, unless messages are worked off in another way.
/// </summary>
internal sealed class Engine : IAsyncDisposable
{
    public const int Buckets = 2;

    private readonly ServiceProvider _services;
    private readonly IWorkSource _source;
    private readonly Func<Engine, Task> _drain;

    public Engine(
        TinyCity city,
        IRowStore rows,
        int pageSize = 100,
        TimeSpan? patience = null,
        IWorkQueue? queue = null,
        FaultPlan? faults = null,
        TimeProvider? clock = null,
        DateOnly? day = null,
        Func<Engine, Task>? drain = null
    )
    {
        City = city;
        _drain = drain ?? (engine => engine.TakeEachAsync());
        var plan = faults ?? FaultPlan.None();
        var own = new FaultyWorkQueue<InMemoryWorkQueue>(new InMemoryWorkQueue(new FakeTimeProvider()), plan);
        _source = own;
        var services = new ServiceCollection();
        services.AddSingleton(clock ?? new FakeTimeProvider()).AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddApplication(
            city.List,
            new EngineOptions
            {
                Buckets = Buckets,
                PageSize = pageSize,
                RoundPatience = patience ?? TimeSpan.FromDays(1),
                FixedDay = day,
            }
        );
        services.AddSingleton(new Decider(city.List, city.WordedAs));
        services.AddStorage(faults is null ? rows : new FaultyRowStore(rows, plan), queue ?? own);
        services.AddSingleton<IAgency>(new FaultyAgency(city.Culture, plan)).AddSingleton<IAgency>(new FaultyAgency(city.Tax, plan));
        services.AddSingleton<IAccountRegister>(new FaultyAccountRegister(city.Treasury, plan));
        services.AddSingleton<IAccountCipher>(new AccountCipher(RandomNumberGenerator.GetBytes(AccountCipher.KeyBytes)));
        _services = services.BuildServiceProvider();
    }

    public TinyCity City { get; }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task HandleAsync<T>(string queue, T message) => Get<WorkDispatcher>().HandleAsync(queue, WorkMessages.Write(message), default);

    /// <summary>Handles every message there is.</summary>
    public Task DrainAsync() => _drain(this);

    public async Task WalkAsync()
    {
        await Get<Sweep>().PullAsync(default);
        await DrainAsync();
    }

    /// <summary>Sweeps and works until nothing is left.</summary>
    public async Task SettleAsync()
    {
        for (var sweeps = 0; await Get<Sweep>().RunAsync(default) > 0; sweeps++)
        {
            Assert.True(sweeps < 50, "The sweep finds work without end.");
            await DrainAsync();
        }
    }

    /// <summary>Walks both sources and works until nothing is left.</summary>
    public async Task PassAsync()
    {
        await WalkAsync();
        await SettleAsync();
    }

    public async Task<PoolHead> HeadAsync(PoolYear pool) => (await Get<IPoolLog>().ReadHeadAsync(pool, default)).Head;

    public async Task<List<PoolEntry>> ChainAsync(PoolYear pool)
    {
        var chain = new List<PoolEntry>();
        await foreach (var entry in Get<IPoolLog>().EntriesAsync(pool, 0, default))
            chain.Add(entry);
        return chain;
    }

    /// <summary>The reservations of a pool-year as "enterprise:yuan", in order; enterprises by their number.</summary>
    public async Task<string> GrantsAsync(PoolYear pool) =>
        string.Join(
            ' ',
            (await ChainAsync(pool)).Where(e => e.Kind == EntryKind.Reserved).Select(e => $"{Number(e.Claim!.Uscc)}:{Yuan(e.Amount)}")
        );

    public async Task<List<Payout>> PayoutsAsync()
    {
        var all = new List<Payout>();
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            await foreach (var stored in Get<IPayoutStore>().ReadBucketAsync(bucket, default))
                all.Add(stored.Payout);
        }

        return [.. all.OrderBy(p => p.Pool.ToString(), StringComparer.Ordinal).ThenBy(p => p.EntrySeq)];
    }

    public async Task<List<Entitlement>> EntitlementsAsync()
    {
        var all = new List<Entitlement>();
        for (var bucket = 0; bucket < Buckets; bucket++)
            all.AddRange((await Get<IClaimStore>().EntitlementsAsync(bucket, default)).Values);
        return [.. all.OrderBy(e => e.Round).ThenBy(e => e.Claim.OrderKey, StringComparer.Ordinal)];
    }

    public async Task<List<MatchHold>> HoldsAsync()
    {
        var all = new List<MatchHold>();
        for (var bucket = 0; bucket < Buckets; bucket++)
            all.AddRange(await Get<IClaimStore>().HoldsAsync(bucket, default));
        return all;
    }

    public Task<Verification> VerifyAsync() => Get<VerifyLedger>().HandleAsync(null, default);

    public async Task VerifyHoldsAsync() => Assert.Null((await VerifyAsync()).Difference);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <summary>One by one, the furthest down the flow first; one that fails is gone.</summary>
    private async Task TakeEachAsync()
    {
        while (true)
        {
            var taken = new List<ReceivedWork>();
            foreach (var queue in QueueNames.All.Reverse())
            {
                taken.AddRange(await _source.ReceiveAsync(queue, 1, TimeSpan.FromDays(1), default));
                if (taken.Count > 0)
                    break;
            }

            if (taken.Count == 0)
                return;
            await _source.CompleteAsync(taken[0], default);
            await Get<WorkDispatcher>().HandleAsync(taken[0].Queue, taken[0].Body, default);
        }
    }

    public static string Yuan(Domain.Money.Fen amount) =>
        (amount.Value / 100m).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);

    private static int Number(Domain.Enterprises.Uscc uscc) =>
        int.Parse(uscc.Value.AsSpan(10, 6), System.Globalization.CultureInfo.InvariantCulture);
}
