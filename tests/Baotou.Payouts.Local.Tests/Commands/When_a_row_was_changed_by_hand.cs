using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Local.Emulator;

namespace Baotou.Payouts.Local.Tests.Commands;

/// <summary>Every verb that meets the row names it in one line and ends with 1; none of them goes on with it.</summary>
public sealed class When_a_row_was_changed_by_hand : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("payouts-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_is_named_by_whatever_looks_at_it()
    {
        var (store, file) = (Path.Combine(_folder.FullName, "store"), Path.Combine(_folder.FullName, "monday.backup"));
        await CommandRun.Working("demo", "--data", store, "--enterprises", "5", "--json");
        var pool = await ChangeAsync(store);

        foreach (
            var line in (string[][])
                [
                    ["verify"],
                    ["pool", pool, "--history"],
                    ["backup", file],
                ]
        )
        {
            var run = await CommandRun.Working([.. line, "--data", store]);

            Assert.Equal(1, run.Code);
            Assert.Contains(
                "row 'e000000000001': it was changed, moved or made by somebody else",
                run.Out + run.Error,
                StringComparison.Ordinal
            );
            Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(file));
    }

    /// <summary>Changes the first entry of a pool behind the engine's back.</summary>
    private static async Task<string> ChangeAsync(string store)
    {
        await using var azurite = await AzuriteProcess.StartAsync(
            Path.Combine(store, "storage"),
            TimeProvider.System,
            CancellationToken.None
        );
        var rows = StorageAccount.FromConnectionString(azurite.ConnectionString, new StorageMeter()).OpenRows();
        await foreach (var row in rows.ScanAsync(StorageKeys.PoolChain, "e000000000001", CancellationToken.None))
        {
            row.Columns["body"] = row.Columns.Text("body") + " ";
            await rows.CommitAsync(
                StorageKeys.PoolChain,
                row.Partition,
                [new RowWrite.Put(row.RowKey, row.Columns)],
                CancellationToken.None
            );
            return row.Partition.Split('!')[0];
        }

        throw new InvalidOperationException("The store has no chain.");
    }
}
