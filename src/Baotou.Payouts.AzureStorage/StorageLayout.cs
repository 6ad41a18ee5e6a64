using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage.Queues;
using Baotou.Payouts.AzureStorage.Rows;

namespace Baotou.Payouts.AzureStorage;

/// <summary>
/// Creates the tables and queues that are missing. In the cloud the deployment has created them already, and these calls change nothing.
/// </summary>
public static class StorageLayout
{
    /// <summary>
    /// Creates what is missing of <paramref name="tables"/> and of the queues in <see cref="QueueNames.All"/> with their poison queues.
    /// </summary>
    public static Task CreateAsync(StorageAccount account, IReadOnlyList<string> tables, CancellationToken cancellationToken) =>
        CreateAsync(account, tables, [.. QueueNames.All, .. QueueNames.All.Select(QueueNames.PoisonOf)], cancellationToken);

    /// <summary>
    /// Creates what is missing of <paramref name="tables"/> and <paramref name="queues"/>, all names checked first. Existing ones are left
    /// as they are.
    /// </summary>
    /// <exception cref="ArgumentException">A name is none that the service takes; nothing was created.</exception>
    public static async Task CreateAsync(
        StorageAccount account,
        IReadOnlyList<string> tables,
        IReadOnlyList<string> queues,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(account);
        foreach (string table in tables)
        {
            RowRules.CheckTable(table);
        }

        foreach (string queue in queues)
        {
            QueueRules.CheckQueue(queue);
        }

        foreach (string table in tables)
        {
            await account.TableService.CreateTableIfNotExistsAsync(table, cancellationToken).ConfigureAwait(false);
        }

        foreach (string queue in queues)
        {
            await account
                .QueueService.GetQueueClient(queue)
                .CreateIfNotExistsAsync(cancellationToken: cancellationToken)
                .ConfigureAwait(false);
        }
    }
}
