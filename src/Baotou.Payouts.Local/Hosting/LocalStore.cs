using Baotou.Payouts.Application;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Queues;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Exchange;
using Baotou.Payouts.Local.Emulator;
using Baotou.Payouts.Local.Sandbox;
using Baotou.Payouts.Web;
using Microsoft.Extensions.Logging;

namespace Baotou.Payouts.Local.Hosting;

/// <summary>Where the rows and queues of a verb are. Disposing it stops what it started.</summary>
internal sealed class LocalStore : IAsyncDisposable
{
    private readonly AzuriteProcess? _emulator;
    private readonly StorageAccount? _account;

    private LocalStore(StoreSettings settings, IAccountCipher cipher, AzuriteProcess? emulator, StorageAccount? account = null)
    {
        Settings = settings;
        Cipher = cipher;
        _emulator = emulator;
        _account = account;
    }

    /// <summary>What was chosen when it was made.</summary>
    public StoreSettings Settings { get; }

    /// <summary>Encrypts its account numbers.</summary>
    public IAccountCipher Cipher { get; }

    /// <summary>How requests over this store are answered; by default only what is public.</summary>
    public WebOptions Web { get; set; } = new() { Issuers = [] };

    /// <summary>Rows and queues in this process alone; nothing is left behind.</summary>
    public static LocalStore InThisProcess(StoreSettings settings) => new(settings, StoreSettings.PassingCipher(), null);

    /// <summary>An emulator of its own that keeps everything in memory and ends with it.</summary>
    public static async Task<LocalStore> PassingAsync(
        StoreSettings settings,
        Action<string> say,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        await EmulatorSetup.EnsureAsync(say, cancellationToken);
        var emulator = await AzuriteProcess.StartAsync(null, time, cancellationToken);
        return new LocalStore(settings, StoreSettings.PassingCipher(), emulator);
    }

    /// <summary>An emulator over a folder, started or found running.</summary>
    public static async Task<LocalStore> InFolderAsync(
        string folder,
        StoreSettings settings,
        Action<string> say,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        await EmulatorSetup.EnsureAsync(say, cancellationToken);
        var cipher = StoreSettings.CipherOf(folder);
        var emulator = await AzuriteProcess.StartAsync(Path.Combine(folder, "storage"), time, cancellationToken);
        return new LocalStore(settings, cipher, emulator);
    }

    /// <summary>
    /// The store of an account, to be looked at: an engine over it creates nothing there and sends no messages, and it cannot read account
    /// numbers. Its queues are left alone.
    /// </summary>
    public static LocalStore InAccount(StoreSettings settings, StorageAccount account) =>
        new(settings, StoreSettings.PassingCipher(), null, account);

    /// <summary>Puts the engine together over this store.</summary>
    /// <param name="catalogue">The list.</param>
    /// <param name="exchange">The agencies; null for an engine that walks none.</param>
    /// <param name="pump">How hard it works.</param>
    /// <param name="pageSize">Most records of one page of a walk.</param>
    /// <param name="time">The wall clock.</param>
    /// <param name="logging">Where log lines go; null for nowhere.</param>
    /// <param name="cancellationToken">Stops the creation of tables and queues.</param>
    public async Task<LocalEngine> StartEngineAsync(
        Catalogue catalogue,
        ExchangeOptions? exchange,
        PumpOptions pump,
        int pageSize,
        TimeProvider time,
        Action<ILoggingBuilder>? logging,
        CancellationToken cancellationToken
    )
    {
        var options = new LocalEngineOptions
        {
            Catalogue = catalogue,
            Engine = new EngineOptions
            {
                Buckets = Settings.Buckets,
                PageSize = pageSize,
                FixedDay = Settings.Sandbox is null ? null : SandboxCalendar.BusinessDay,
            },
            Exchange = exchange,
            Pump = pump,
            Cipher = Cipher,
            Clock = time,
            Logging = logging,
            Web = Web,
        };
        if (_account is not null)
            return LocalEngine.Start(options, _account.OpenRows(), new InMemoryWorkQueue(time, _account.Meter), _account.Meter);
        return _emulator is null
            ? LocalEngine.StartInMemory(options)
            : await LocalEngine.StartAsync(options, _emulator.ConnectionString, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _emulator?.DisposeAsync() ?? ValueTask.CompletedTask;
}
