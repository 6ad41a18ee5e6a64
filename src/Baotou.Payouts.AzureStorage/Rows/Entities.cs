using Azure;
using Azure.Data.Tables;

namespace Baotou.Payouts.AzureStorage.Rows;

/// <summary>Rows as the table client knows them, and back.</summary>
internal static class Entities
{
    private const string VersionName = "odata.etag";

    internal static TableTransactionAction Action(string partition, RowWrite write) =>
        write switch
        {
            RowWrite.Add add => new(TableTransactionActionType.Add, Entity(partition, add.RowKey, add.Columns)),
            RowWrite.Update update => new(
                TableTransactionActionType.UpdateReplace,
                Entity(partition, update.RowKey, update.Columns),
                new ETag(update.Version)
            ),
            RowWrite.Put put => new(TableTransactionActionType.UpsertReplace, Entity(partition, put.RowKey, put.Columns)),
            RowWrite.Delete delete => new(
                TableTransactionActionType.Delete,
                new TableEntity(partition, delete.RowKey),
                new ETag(delete.Version)
            ),
            _ => throw new ArgumentException($"Row '{write.RowKey}' has a write of unknown kind {write.GetType().Name}.", nameof(write)),
        };

    /// <summary>
    /// Read as strictly as written: a column of another type was written by somebody else, and guessing at money is worse than stopping.
    /// </summary>
    /// <exception cref="InvalidDataException">A column is neither text, whole number, flag nor bytes.</exception>
    internal static StoredRow Row(TableEntity entity)
    {
        var columns = new RowColumns();
        foreach ((string name, object value) in entity)
        {
            if (name is VersionName or "PartitionKey" or "RowKey" or "Timestamp")
            {
                continue;
            }

            columns.Add(
                name,
                value switch
                {
                    string or long or bool or byte[] => value,
                    BinaryData bytes => bytes.ToArray(),
                    _ => throw new InvalidDataException(
                        $"Row '{entity.RowKey}' of partition '{entity.PartitionKey}', column '{name}' is of type {value?.GetType().Name ?? "null"}; only string, long, bool and byte[] are stored."
                    ),
                }
            );
        }

        return new StoredRow(entity.RowKey, entity.ETag.ToString(), columns);
    }

    private static TableEntity Entity(string partition, string rowKey, RowColumns columns)
    {
        var entity = new TableEntity(partition, rowKey);
        foreach ((string name, object value) in columns)
        {
            entity.Add(name, value);
        }

        return entity;
    }
}
