using Baotou.Payouts.Local.Emulator;

namespace Baotou.Payouts.AzureStorage.Tests.Emulator;

/// <summary>One emulator in memory for all tests that need one; each test takes names of its own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private AzuriteProcess? _azurite;
    private long _names;

    public StorageMeter Meter { get; } = new();

    public StorageAccount Account { get; private set; } = null!;

    public string ConnectionString => _azurite!.ConnectionString;

    public async Task InitializeAsync()
    {
        _azurite = await AzuriteProcess.StartAsync(folder: null, TimeProvider.System, CancellationToken.None);
        Account = StorageAccount.FromConnectionString(_azurite.ConnectionString, Meter);
    }

    public async Task DisposeAsync()
    {
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }
    }

    /// <summary>A name that no other test has, fit for a table and for a queue.</summary>
    public string NewName() =>
        "fresh" + Interlocked.Increment(ref _names).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
}

[CollectionDefinition(Name)]
public sealed class AzuriteCollection : ICollectionFixture<AzuriteFixture>
{
    public const string Name = "Azurite";
}
