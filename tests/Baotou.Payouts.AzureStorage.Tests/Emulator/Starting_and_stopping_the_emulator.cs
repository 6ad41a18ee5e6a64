using System.Diagnostics;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Local.Emulator;

namespace Baotou.Payouts.AzureStorage.Tests.Emulator;

public sealed class Starting_and_stopping_the_emulator : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("payouts-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Rows_outlive_a_stop_and_the_process_does_not()
    {
        await using (AzuriteProcess first = await Start())
        {
            Assert.False(first.IsReused);
            await Write(first, "row");
        }

        await using AzuriteProcess second = await Start();

        Assert.False(second.IsReused);
        Assert.True(await Has(second, "row"));
    }

    [Fact]
    public async Task A_living_one_is_reused_and_only_its_starter_stops_it()
    {
        AzuriteProcess starter = await Start();
        await Write(starter, "row");

        await using (AzuriteProcess later = await Start())
        {
            Assert.True(later.IsReused);
            Assert.Equal(starter.ConnectionString, later.ConnectionString);
        }

        Assert.True(await Has(starter, "row"));
        int process = starter.ProcessId;
        await starter.DisposeAsync();
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(process));
        Assert.False(File.Exists(Path.Combine(_folder, "azurite.json")));
    }

    [Fact]
    public async Task A_start_while_another_one_is_stopping_waits_for_it_and_starts_anew()
    {
        AzuriteProcess first = await Start();
        await Write(first, "row");
        Task stopping = first.DisposeAsync().AsTask();

        await using AzuriteProcess second = await Start();

        await stopping;
        Assert.False(second.IsReused);
        Assert.True(await Has(second, "row"));
    }

    [Fact]
    public async Task Two_that_start_at_once_share_one()
    {
        AzuriteProcess[] both = await Task.WhenAll(Start(), Start());

        Assert.Single(both, process => process.IsReused);
        Assert.Equal(both[0].ConnectionString, both[1].ConnectionString);
        foreach (AzuriteProcess process in both)
        {
            await process.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("{\"ProcessId\":PID,\"StartedAt\":\"2001-01-01T00:00:00+00:00\",\"TablePort\":1,\"QueuePort\":2}")]
    [InlineData("{\"ProcessId\":2147483646,\"StartedAt\":\"2001-01-01T00:00:00+00:00\",\"TablePort\":1,\"QueuePort\":2}")]
    [InlineData("{\"ProcessId\":")]
    [InlineData("")]
    public async Task A_stale_record_is_replaced_and_whoever_has_its_number_now_is_left_alone(string record)
    {
        File.WriteAllText(
            Path.Combine(_folder, "azurite.json"),
            record.Replace("PID", $"{Environment.ProcessId}", StringComparison.Ordinal)
        );

        await using AzuriteProcess started = await Start();

        Assert.False(started.IsReused);
        await Write(started, "row");
    }

    [Fact]
    public void A_missing_program_is_told_with_what_to_do()
    {
        FileNotFoundException missing = Assert.Throws<FileNotFoundException>(() => AzuriteInstall.Find(named: null, [_folder]));
        Assert.Contains("eng/test.sh", missing.Message, StringComparison.Ordinal);
        Assert.Contains(
            AzuriteInstall.Variable,
            Assert.Throws<FileNotFoundException>(() => AzuriteInstall.Find(_folder, [])).Message,
            StringComparison.Ordinal
        );
    }

    private Task<AzuriteProcess> Start() => AzuriteProcess.StartAsync(_folder, TimeProvider.System, CancellationToken.None);

    private static StorageAccount Account(AzuriteProcess azurite) =>
        StorageAccount.FromConnectionString(azurite.ConnectionString, new StorageMeter());

    private static async Task Write(AzuriteProcess azurite, string rowKey)
    {
        StorageAccount account = Account(azurite);
        await StorageLayout.CreateAsync(account, ["ledger"], CancellationToken.None);
        await account
            .OpenRows()
            .CommitAsync("ledger", "p", [new RowWrite.Add(rowKey, new RowColumns { ["n"] = 1L })], CancellationToken.None);
    }

    private static async Task<bool> Has(AzuriteProcess azurite, string rowKey) =>
        await Account(azurite).OpenRows().GetAsync("ledger", "p", rowKey, CancellationToken.None) is not null;
}
