using Azure;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.AzureStorage.Tests.Emulator;

namespace Baotou.Payouts.AzureStorage.Tests.Rows;

[Collection(AzuriteCollection.Name)]
public sealed class Azure_rows_keep_the_contract(AzuriteFixture azurite) : RowStoreContract
{
    protected override async Task<(IRowStore Store, string Table)> OpenAsync()
    {
        string table = azurite.NewName();
        await StorageLayout.CreateAsync(azurite.Account, [table], [], CancellationToken.None);
        return (azurite.Account.OpenRows(), table);
    }

    [Fact]
    public async Task A_missing_table_is_trouble_and_not_a_missing_row()
    {
        string missing = azurite.NewName();

        await Assert.ThrowsAnyAsync<RequestFailedException>(() => Store.GetAsync(missing, Partition, "row", CancellationToken.None));
        await Assert.ThrowsAnyAsync<RequestFailedException>(() =>
            Store.CommitAsync(missing, Partition, [new RowWrite.Add("row", Content(1))], CancellationToken.None)
        );
        await Assert.ThrowsAnyAsync<RequestFailedException>(() =>
            Store.CommitAsync(missing, Partition, [new RowWrite.Delete("row", "W/\"x\"")], CancellationToken.None)
        );
    }

    [Fact]
    public async Task Creating_the_layout_again_keeps_the_rows()
    {
        await Commit(new RowWrite.Add("row", Content(1)));

        await StorageLayout.CreateAsync(azurite.Account, [Table], CancellationToken.None);

        Assert.NotNull(await Read("row"));
    }

    [Fact]
    public async Task A_transaction_of_a_hundred_rows_and_a_page_count_one_each()
    {
        long before = azurite.Meter.TableTransactions;

        await Commit([.. Enumerable.Range(0, 100).Select(n => new RowWrite.Add($"e{n:D3}", Content(n)))]);
        Assert.Equal(1, azurite.Meter.TableTransactions - before);

        await Keys(Partition, "e", "f");
        await Read("e000");
        await Read("none");
        Assert.Equal(4, azurite.Meter.TableTransactions - before);
    }

    [Fact]
    public void The_emulator_is_known_as_one()
    {
        Assert.True(azurite.Account.IsEmulator);
        Assert.False(
            StorageAccount
                .FromConnectionString(
                    "DefaultEndpointsProtocol=https;AccountName=baotou;AccountKey=AAAA;EndpointSuffix=core.example",
                    new StorageMeter()
                )
                .IsEmulator
        );
    }
}
