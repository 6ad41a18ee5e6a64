using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Baotou.Payouts.Application.Telemetry;

namespace Baotou.Payouts.AzureStorage.Rows;

/// <summary>
/// Rows in Azure Tables. The tables must exist (<see cref="StorageLayout"/>); a missing one throws, it is never taken for a missing row.
/// Every commit is one entity-group transaction, also of a single row, so that there is one way to fail. Safe for many threads.
/// </summary>
public sealed class AzureRowStore : IRowStore, ITableScan
{
    private readonly StorageAccount _account;
    private readonly ConcurrentDictionary<string, TableClient> _tables = new(StringComparer.Ordinal);

    internal AzureRowStore(StorageAccount account) => _account = account;

    /// <inheritdoc/>
    public async Task<StoredRow?> GetAsync(string table, string partition, string rowKey, CancellationToken cancellationToken)
    {
        RowRules.CheckRow(table, partition, rowKey);
        try
        {
            Response<TableEntity> answer = await Table(table)
                .GetEntityAsync<TableEntity>(partition, rowKey, cancellationToken: cancellationToken)
                .ConfigureAwait(false);
            return Entities.Row(answer.Value);
        }
        catch (RequestFailedException refusal) when (refusal.Status == 404 && refusal.ErrorCode != TableErrorCode.TableNotFound)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredRow> QueryAsync(
        string table,
        string partition,
        string from,
        string below,
        CancellationToken cancellationToken
    )
    {
        RowRules.CheckRange(table, partition, from, below);
        return Rows(table, partition, from, below, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<CommitOutcome> CommitAsync(
        string table,
        string partition,
        IReadOnlyList<RowWrite> writes,
        CancellationToken cancellationToken
    )
    {
        RowRules.CheckTransaction(table, partition, writes);
        try
        {
            Response<IReadOnlyList<Response>> answer = await Table(table)
                .SubmitTransactionAsync(writes.Select(write => Entities.Action(partition, write)), cancellationToken)
                .ConfigureAwait(false);
            return new CommitOutcome.Committed([.. answer.Value.Select(part => part.Headers.ETag?.ToString() ?? "")]);
        }
        catch (TableTransactionFailedException refusal) when (Refusal(writes, refusal) is not null)
        {
            EngineMeter.CountConflict();
            return Refusal(writes, refusal)!;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<PlacedRow> ScanAsync(
        string table,
        string? rowKey,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        RowRules.CheckTable(table);
        string? filter = rowKey is null ? null : TableClient.CreateQueryFilter($"RowKey eq {rowKey}");
        await foreach (
            TableEntity entity in Table(table).QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).ConfigureAwait(false)
        )
        {
            yield return new PlacedRow(table, entity.PartitionKey, entity.RowKey, Entities.Row(entity).Columns);
        }
    }

    private async IAsyncEnumerable<StoredRow> Rows(
        string table,
        string partition,
        string from,
        string below,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (string.CompareOrdinal(from, below) >= 0)
        {
            yield break;
        }

        // Doubles the quotes in the values; whatever stands in a key stays a value.
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {below}");
        string? last = null;
        await foreach (
            TableEntity entity in Table(table).QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).ConfigureAwait(false)
        )
        {
            if (last is not null && string.CompareOrdinal(last, entity.RowKey) >= 0)
            {
                throw new InvalidOperationException(
                    $"Table {table}, partition {partition}: row '{entity.RowKey}' came after '{last}', against ordinal order."
                );
            }

            last = entity.RowKey;
            yield return Entities.Row(entity);
        }
    }

    private TableClient Table(string name) =>
        _tables.GetOrAdd(name, static (table, account) => account.TableService.GetTableClient(table), _account);

    /// <summary>The refusals that are answers. Null: anything else, a missing table included, is trouble and is thrown.</summary>
    private static CommitOutcome? Refusal(IReadOnlyList<RowWrite> writes, TableTransactionFailedException refusal)
    {
        if (refusal.FailedTransactionActionIndex is not { } index || index < 0 || index >= writes.Count)
        {
            return null;
        }

        RowWrite write = writes[index];
        return (write, refusal.Status) switch
        {
            (RowWrite.Add, 409) when refusal.ErrorCode == TableErrorCode.EntityAlreadyExists => new CommitOutcome.Exists(write.RowKey),
            (RowWrite.Update or RowWrite.Delete, 412) => new CommitOutcome.Changed(write.RowKey),
            (RowWrite.Update or RowWrite.Delete, 404) when refusal.ErrorCode != TableErrorCode.TableNotFound => new CommitOutcome.Changed(
                write.RowKey
            ),
            _ => null,
        };
    }
}
