using System.Globalization;
using Baotou.Payouts.Domain.Hashing;

namespace Baotou.Payouts.AzureStorage.Rows;

/// <summary>
/// Values as canonical JSON in the columns of a row: <c>body</c>, and <c>body1</c>, <c>body2</c> … where one column is too small.
/// </summary>
internal static class RowBody
{
    private const int ColumnLength = 30_000;

    public static RowColumns Write<T>(T value)
    {
        var text = CanonicalJson.Write(value);
        var columns = new RowColumns { ["body"] = text.Length <= ColumnLength ? text : text[..ColumnLength] };
        for (var (part, from) = (1, ColumnLength); from < text.Length; part++, from += ColumnLength)
            columns[Name(part)] = text.Substring(from, Math.Min(ColumnLength, text.Length - from));
        return columns;
    }

    public static T Read<T>(StoredRow row)
    {
        var text = row.Columns.Text("body");
        for (var part = 1; row.Columns.ContainsKey(Name(part)); part++)
            text += row.Columns.Text(Name(part));
        try
        {
            return CanonicalJson.Read<T>(text);
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new InvalidDataException($"Row '{row.RowKey}' holds no {typeof(T).Name}: {e.Message}", e);
        }
    }

    private static string Name(int part) => "body" + part.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Writes that every store needs.</summary>
internal static class RowStoreWrites
{
    // One of the hundred that a transaction holds is left to the census.
    private const int MostWrites = RowRules.MostWrites - 1;

    /// <summary>
    /// Puts any number of rows of one partition, a hundred in a transaction. Only for rows whose content is a function of their key.
    /// </summary>
    public static async Task PutAllAsync(
        this IRowStore rows,
        string table,
        string partition,
        IReadOnlyList<RowWrite.Put> puts,
        CancellationToken cancellationToken
    )
    {
        foreach (var chunk in puts.DistinctBy(p => p.RowKey).Chunk(MostWrites))
            await rows.CommitAsync(table, partition, chunk, cancellationToken);
    }

    /// <summary>Adds any number of rows of one partition, leaving those that exist.</summary>
    /// <returns>What stands there now under each key that existed before.</returns>
    public static async Task<Dictionary<string, StoredRow>> AddMissingAsync(
        this IRowStore rows,
        string table,
        string partition,
        IReadOnlyList<RowWrite.Add> adds,
        CancellationToken cancellationToken,
        int atATime = MostWrites
    )
    {
        var existing = new Dictionary<string, StoredRow>(StringComparer.Ordinal);
        foreach (var chunk in adds.Chunk(atATime))
        {
            IReadOnlyList<RowWrite.Add> rest = chunk;
            while (rest.Count > 0 && await rows.CommitAsync(table, partition, rest, cancellationToken) is not CommitOutcome.Committed)
            {
                foreach (var add in rest)
                {
                    if (await rows.GetAsync(table, partition, add.RowKey, cancellationToken) is { } row)
                        existing[add.RowKey] = row;
                }

                rest = [.. rest.Where(a => !existing.ContainsKey(a.RowKey))];
            }
        }

        return existing;
    }

    /// <summary>All rows of a range as values.</summary>
    public static async Task<List<T>> ReadAllAsync<T>(
        this IRowStore rows,
        string table,
        string partition,
        string from,
        string below,
        CancellationToken cancellationToken
    )
    {
        var all = new List<T>();
        await foreach (var row in rows.QueryAsync(table, partition, from, below, cancellationToken))
            all.Add(RowBody.Read<T>(row));
        return all;
    }
}
