using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.AzureStorage.Tests.Rows;

public sealed class In_memory_rows_keep_the_contract : RowStoreContract
{
    protected override Task<(IRowStore Store, string Table)> OpenAsync() =>
        Task.FromResult<(IRowStore, string)>((new InMemoryRowStore(), "ledger"));
}
