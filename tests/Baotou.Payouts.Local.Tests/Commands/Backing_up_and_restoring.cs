namespace Baotou.Payouts.Local.Tests.Commands;

public sealed class Backing_up_and_restoring : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("payouts-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_restored_store_verifies_and_pays_nothing_again()
    {
        var (store, file, restored) = (In("store"), In("monday.backup"), In("restored"));
        var demo = await CommandRun.Working("demo", "--data", store, "--enterprises", "30", "--json");

        var backup = await CommandRun.Working("backup", file, "--data", store, "--json");
        var restore = await CommandRun.Working(
            "restore",
            file,
            "--data",
            restored,
            "--account-key",
            Path.Combine(store, "account.key"),
            "--json"
        );
        var verify = await CommandRun.Working("verify", "--data", restored, "--json");
        var run = await CommandRun.Working("run", "--data", restored, "--json");

        Assert.Equal(
            backup.Json.GetProperty("rows").GetInt64(),
            restore.Json.GetProperty("rows").GetInt64() + restore.Json.GetProperty("dropped").GetInt64()
        );
        Assert.Equal("holds", verify.Json.GetProperty("verify").GetString());
        Assert.Equal(demo.Json.GetProperty("payouts").GetInt64(), verify.Json.GetProperty("payouts").GetInt64());
        Assert.Equal(0, run.Json.GetProperty("newPayouts").GetInt64());
    }

    [Fact]
    public async Task Nothing_is_ever_overwritten()
    {
        var (store, file) = (In("store"), In("there.backup"));
        await File.WriteAllTextAsync(file, "mine");
        Directory.CreateDirectory(store);
        await File.WriteAllTextAsync(Path.Combine(store, "account.key"), new string('k', 32));

        var backup = await CommandRun.Working("backup", file, "--data", store);
        var restore = await CommandRun.Working("restore", file, "--data", store, "--account-key", Path.Combine(store, "account.key"));

        Assert.Equal(2, backup.Code);
        Assert.Contains("exists already", backup.Error, StringComparison.Ordinal);
        Assert.Equal(2, restore.Code);
        Assert.Contains("not empty", restore.Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task A_file_that_is_no_backup_makes_no_store()
    {
        var (file, key, restored) = (In("other"), In("key"), In("restored"));
        await File.WriteAllTextAsync(file, "not a backup");
        await File.WriteAllTextAsync(key, new string('k', 32));

        var run = await CommandRun.Working("restore", file, "--data", restored, "--account-key", key);

        Assert.Equal(2, run.Code);
        Assert.False(Directory.Exists(restored));
    }

    [Fact]
    public async Task A_wrong_key_is_refused()
    {
        var file = In("some");
        await File.WriteAllTextAsync(file, "x");

        var run = await CommandRun.Working("restore", file, "--data", In("restored"), "--account-key", file);

        Assert.Equal(2, run.Code);
        Assert.Contains("no key of 32 bytes", run.Error, StringComparison.Ordinal);
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);
}
