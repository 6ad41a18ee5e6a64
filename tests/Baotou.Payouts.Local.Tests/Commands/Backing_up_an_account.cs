using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.Local.Emulator;

namespace Baotou.Payouts.Local.Tests.Commands;

/// <summary>What works on a folder's store works on an account's: here one that the emulator serves.</summary>
public sealed class Backing_up_an_account : IDisposable
{
    private const string Variable = "AZURE_STORAGE_CONNECTION_STRING";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("payouts-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Restored_into_an_empty_one_it_verifies_shows_its_pools_and_can_be_backed_up_again()
    {
        var (store, file, again) = (In("store"), In("monday.backup"), In("tuesday.backup"));
        var demo = await CommandRun.Working("demo", "--data", store, "--enterprises", "10", "--json");
        await CommandRun.Working("backup", file, "--data", store, "--json");
        await using var azurite = await AzuriteProcess.StartAsync(null, TimeProvider.System, CancellationToken.None);
        var address = StorageAccount.FromConnectionString(azurite.ConnectionString, new StorageMeter()).Tables.ToString();
        Task<CommandRun> At(params string[] args) =>
            CommandRun.Where(Variable, azurite.ConnectionString, [.. args, "--account", address, "--json"]);

        Assert.Contains("it holds no store", (await At("verify", "--buckets", "8")).Error, StringComparison.Ordinal);
        var restore = await At("restore", file);
        var verify = await At("verify", "--buckets", "8");
        var pool = await At("pool", "science-support", "--history", "--buckets", "8");
        var backup = await At("backup", again, "--buckets", "8");
        await CommandRun.Working("restore", again, "--data", In("back"), "--account-key", Path.Combine(store, "account.key"));
        var back = await CommandRun.Working("verify", "--data", In("back"), "--json");

        Assert.Equal("holds", verify.Json.GetProperty("verify").GetString());
        Assert.Equal(demo.Json.GetProperty("payouts").GetInt64(), verify.Json.GetProperty("payouts").GetInt64());
        Assert.Equal(demo.Json.GetProperty("payouts").GetInt64(), back.Json.GetProperty("payouts").GetInt64());
        Assert.Equal(0, pool.Code);
        Assert.NotEmpty(pool.Json.GetProperty("years").EnumerateArray());
        // The stop, the two lines of the restore, and a new log with its place in the list unless somebody of the same bucket acted today.
        Assert.Contains(backup.Json.GetProperty("rows").GetInt64() - restore.Json.GetProperty("rows").GetInt64(), new long[] { 3, 5 });
        Assert.Contains("The store is not empty", (await At("restore", again)).Error, StringComparison.Ordinal);
        Assert.Contains(
            "the store has 8 partitions, not 4; write 8",
            (await At("verify", "--buckets", "4")).Refusal(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("verify --account nowhere --buckets 8", "write the address of the account's tables")]
    [InlineData("verify --account https://x.table.core.windows.net/?sig=abc --buckets 8", "carries a signature")]
    [InlineData("verify --account http://x.table.core.windows.net --buckets 8", "not encrypted on its way; write https://")]
    [InlineData(
        "verify --account http://127.0.0.1:10002/devstoreaccount1 --buckets 8",
        "set AZURE_STORAGE_CONNECTION_STRING to the connection string of this account"
    )]
    [InlineData("verify --account https://x.table.core.windows.net", "write the number of the setting Engine__Buckets")]
    [InlineData("verify --account https://x.table.core.windows.net --buckets 0", "write the number of the setting Engine__Buckets")]
    [InlineData("verify --account https://x.table.core.windows.net --buckets 8 --data x", "name two stores")]
    [InlineData("verify --data x --buckets 8", "a folder knows how many it has")]
    [InlineData("backup some.file --buckets 8", "no store is named")]
    public async Task What_names_no_account_is_refused_before_anything_is_asked(string line, string told)
    {
        var other =
            "UseDevelopmentStorage=false;DefaultEndpointsProtocol=https;AccountName=other;AccountKey=AAAA;EndpointSuffix=core.windows.net";
        var refusal = (await CommandRun.Where(Variable, other, line.Split(' '))).Refusal();

        Assert.Contains(told, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("sig=", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AccountKey=topsecret")]
    [InlineData("nonsense")]
    public async Task A_variable_that_is_no_connection_string_is_passed_over_and_not_repeated(string value)
    {
        var refusal = (
            await CommandRun.Where(Variable, value, "verify", "--account", "http://127.0.0.1:10002/devstoreaccount1", "--buckets", "8")
        ).Refusal();

        Assert.Contains("set AZURE_STORAGE_CONNECTION_STRING to the connection string of this account", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain(value, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_does_not_answer_is_told_in_one_line()
    {
        var address = "http://127.0.0.1:1/devstoreaccount1";
        var connection =
            $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=AAAA;TableEndpoint={address};QueueEndpoint={address}";

        var run = await CommandRun.Where(Variable, connection, "verify", "--account", address, "--buckets", "8");

        Assert.Equal((1, ""), (run.Code, run.Out));
        Assert.Contains(
            $"error: --account {address}: it does not answer; check the address and the network",
            run.Error,
            StringComparison.Ordinal
        );
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);
}
