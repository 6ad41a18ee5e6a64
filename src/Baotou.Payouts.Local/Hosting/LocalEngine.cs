using Baotou.Payouts.Application;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Queues;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Exchange;
using Baotou.Payouts.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Baotou.Payouts.Local.Hosting;

/// <summary>
/// The engine put together on one machine: the same steps and stores as in the cloud, over whatever rows and queues it is given.
/// </summary>
public sealed class LocalEngine : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private LocalEngine(ServiceProvider services, StorageMeter meter)
    {
        _services = services;
        Meter = meter;
    }

    /// <summary>What was asked of storage so far.</summary>
    public StorageMeter Meter { get; }

    /// <summary>Everything that was put together.</summary>
    public IServiceProvider Services => _services;

    /// <summary>The part of that type.</summary>
    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Puts it together on a storage account; what is missing of tables and queues is created.</summary>
    public static async Task<LocalEngine> StartAsync(LocalEngineOptions options, string connection, CancellationToken cancellationToken)
    {
        var meter = new StorageMeter();
        var account = StorageAccount.FromConnectionString(connection, meter);
        await StorageLayout.CreateAsync(account, StorageKeys.Tables, cancellationToken);
        return Start(options, account.OpenRows(), account.OpenQueues(), meter);
    }

    /// <summary>Puts it together in memory, leaving nothing behind.</summary>
    public static LocalEngine StartInMemory(LocalEngineOptions options)
    {
        var meter = new StorageMeter();
        return Start(options, new InMemoryRowStore(meter), new InMemoryWorkQueue(options.Clock, meter), meter);
    }

    /// <summary>Puts it together over given rows and queues.</summary>
    public static LocalEngine Start<TQueue>(LocalEngineOptions options, IRowStore rows, TQueue queue, StorageMeter meter)
        where TQueue : IWorkQueue, IWorkSource
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => options.Logging?.Invoke(logging));
        services.AddSingleton(options.Clock);
        services.AddApplication(options.Catalogue, options.Engine);
        services.AddStorage(rows, queue);
        services.AddSingleton<IWorkSource>(queue);
        services.AddSingleton<IAccountCipher>(options.Cipher);
        if (options.Exchange is { } exchange)
            services.AddExchange(exchange);
        else
            services.AddSingleton<IAccountRegister, NoAccounts>();
        services.AddSingleton(options.Pump).AddSingleton<Pump>();
        services.AddWeb(options.Web);
        return new LocalEngine(services.BuildServiceProvider(), meter);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private sealed class NoAccounts : IAccountRegister
    {
        public Task<AccountPage> ReadPageAsync(string cursor, int size, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("No treasury is configured.");
    }
}

/// <summary>What a local engine is put together from.</summary>
public sealed record LocalEngineOptions
{
    /// <summary>The list.</summary>
    public required Catalogue Catalogue { get; init; }

    /// <summary>What is chosen for the store.</summary>
    public required EngineOptions Engine { get; init; }

    /// <summary>The agencies; null for an engine that walks none.</summary>
    public ExchangeOptions? Exchange { get; init; }

    /// <summary>How hard it works.</summary>
    public PumpOptions Pump { get; init; } = new();

    /// <summary>Encrypts account data.</summary>
    public required IAccountCipher Cipher { get; init; }

    /// <summary>How requests are answered; by default only what is public.</summary>
    public WebOptions Web { get; init; } = new() { Issuers = [] };

    /// <summary>The wall clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where log lines go; null for nowhere.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }
}
