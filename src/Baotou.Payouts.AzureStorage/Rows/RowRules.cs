using System.Text;

namespace Baotou.Payouts.AzureStorage.Rows;

/// <summary>
/// The limits of the table service, checked before anything is sent. Emulators let some of them pass (rows above 1 MiB) and answer others
/// with garbage (101 writes), so neither a test nor a night run may rely on them. Every row store calls these and nothing else decides what
/// is allowed.
/// </summary>
public static class RowRules
{
    /// <summary>The most writes of one transaction.</summary>
    public const int MostWrites = 100;

    /// <summary>The most bytes of one transaction as sent, headers of its parts included: 4 MiB.</summary>
    public const int MostTransactionBytes = 4 * 1024 * 1024;

    /// <summary>The most bytes of one row as stored, its keys and time stamp included: 1 MiB.</summary>
    public const int MostRowBytes = 1024 * 1024;

    /// <summary>The most columns of a row, its two keys and time stamp not included.</summary>
    public const int MostColumns = 252;

    /// <summary>The most UTF-16 units of a text.</summary>
    public const int MostTextUnits = 32 * 1024;

    /// <summary>The most bytes of a binary column: 64 KiB.</summary>
    public const int MostBinaryBytes = 64 * 1024;

    /// <summary>The most characters of a partition key or row key.</summary>
    public const int MostKeyCharacters = 1024;

    private const int MostNameCharacters = 255;

    /// <summary>Checks a table's name: 3 to 63 ASCII letters and digits, the first a letter.</summary>
    /// <exception cref="ArgumentException">It is no table name.</exception>
    public static void CheckTable(string table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.Length is < 3 or > 63 || !char.IsAsciiLetter(table[0]) || !table.All(char.IsAsciiLetterOrDigit))
        {
            throw new ArgumentException(
                $"'{table}' is no table name: 3 to 63 ASCII letters and digits, the first a letter.",
                nameof(table)
            );
        }
    }

    /// <summary>
    /// Checks a partition key or row key: 1 to 1,024 characters, none of <c>/ \ # ?</c>, no control character, no half of a surrogate pair.
    /// </summary>
    /// <exception cref="ArgumentException">The service would refuse it or, if it is empty, could not address it everywhere.</exception>
    public static void CheckKey(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length == 0)
        {
            throw new ArgumentException("A key must not be empty.", nameof(key));
        }

        CheckBound(key);
        if (key.AsSpan().IndexOfAny("/\\#?") is var at and >= 0)
        {
            throw new ArgumentException($"Key '{key}' has the forbidden character '{key[at]}'.", nameof(key));
        }
    }

    /// <summary>
    /// Checks an end of a range of keys. It need not be a key itself: it may be empty and may have the characters a key must not have.
    /// </summary>
    /// <exception cref="ArgumentException">It is longer than a key, has a control character or half of a surrogate pair.</exception>
    public static void CheckBound(string bound)
    {
        ArgumentNullException.ThrowIfNull(bound);
        if (bound.Length > MostKeyCharacters)
        {
            throw new ArgumentException(
                $"Key '{bound[..40]}…' has {bound.Length} characters, more than {MostKeyCharacters}.",
                nameof(bound)
            );
        }

        foreach (char unit in bound)
        {
            if (char.IsControl(unit))
            {
                throw new ArgumentException($"A key has the control character U+{(int)unit:X4}.", nameof(bound));
            }
        }

        CheckPairs(bound, "A key");
    }

    /// <summary>Checks the address of one row.</summary>
    /// <exception cref="ArgumentException">The table's name or a key breaks a rule.</exception>
    public static void CheckRow(string table, string partition, string rowKey)
    {
        CheckTable(table);
        CheckKey(partition);
        CheckKey(rowKey);
    }

    /// <summary>Checks the range of a query.</summary>
    /// <exception cref="ArgumentException">The table's name, the partition or an end breaks a rule.</exception>
    public static void CheckRange(string table, string partition, string from, string below)
    {
        CheckTable(table);
        CheckKey(partition);
        CheckBound(from);
        CheckBound(below);
    }

    /// <summary>Checks a whole transaction, every write of it.</summary>
    /// <exception cref="ArgumentException">A limit is broken; the message names the row and the rule.</exception>
    public static void CheckTransaction(string table, string partition, IReadOnlyList<RowWrite> writes)
    {
        ArgumentNullException.ThrowIfNull(writes);
        CheckTable(table);
        CheckKey(partition);
        if (writes.Count is 0 or > MostWrites)
        {
            throw new ArgumentException($"A transaction has 1 to {MostWrites} writes, not {writes.Count}.", nameof(writes));
        }

        var seen = new HashSet<string>(writes.Count, StringComparer.Ordinal);
        long sent = 0;
        foreach (RowWrite write in writes)
        {
            CheckKey(write.RowKey);
            if (!seen.Add(write.RowKey))
            {
                throw new ArgumentException($"Row '{write.RowKey}' is named twice in one transaction.", nameof(writes));
            }

            sent += CheckWrite(partition, write);
        }

        if (sent > MostTransactionBytes)
        {
            throw new ArgumentException(
                $"The transaction would send about {sent} bytes, more than {MostTransactionBytes}.",
                nameof(writes)
            );
        }
    }

    private static long CheckWrite(string partition, RowWrite write)
    {
        switch (write)
        {
            case RowWrite.Add add:
                CheckColumns(partition, add.RowKey, add.Columns);
                return RowSize.Sent(partition, add.RowKey, add.Columns);
            case RowWrite.Update update:
                CheckVersion(update.RowKey, update.Version);
                CheckColumns(partition, update.RowKey, update.Columns);
                return RowSize.Sent(partition, update.RowKey, update.Columns);
            case RowWrite.Put put:
                CheckColumns(partition, put.RowKey, put.Columns);
                return RowSize.Sent(partition, put.RowKey, put.Columns);
            case RowWrite.Delete delete:
                CheckVersion(delete.RowKey, delete.Version);
                return RowSize.Sent(partition, delete.RowKey, []);
            default:
                throw new ArgumentException($"Row '{write.RowKey}' has a write of unknown kind {write.GetType().Name}.", nameof(write));
        }
    }

    /// <summary>The star would match any version and so undo what naming one is for.</summary>
    private static void CheckVersion(string rowKey, string version)
    {
        if (string.IsNullOrEmpty(version) || version == "*")
        {
            throw new ArgumentException(
                $"Row '{rowKey}' must be written under the version that was read, not '{version}'.",
                nameof(version)
            );
        }
    }

    private static void CheckColumns(string partition, string rowKey, RowColumns columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count > MostColumns)
        {
            throw new ArgumentException($"Row '{rowKey}' has {columns.Count} columns, more than {MostColumns}.", nameof(columns));
        }

        foreach ((string name, object value) in columns)
        {
            CheckName(rowKey, name);
            CheckValue(rowKey, name, value);
        }

        long stored = RowSize.Stored(partition, rowKey, columns);
        if (stored > MostRowBytes)
        {
            throw new ArgumentException($"Row '{rowKey}' has {stored} bytes, more than {MostRowBytes}.", nameof(columns));
        }
    }

    private static void CheckName(string rowKey, string name)
    {
        bool shaped =
            name.Length is > 0 and <= MostNameCharacters
            && (char.IsAsciiLetter(name[0]) || name[0] == '_')
            && name.All(unit => char.IsAsciiLetterOrDigit(unit) || unit == '_');
        if (!shaped)
        {
            throw new ArgumentException(
                $"Row '{rowKey}' has the column name '{name}'; a name is 1 to {MostNameCharacters} ASCII letters, digits and underscores, no digit first.",
                nameof(name)
            );
        }

        if (name is "PartitionKey" or "RowKey" or "Timestamp")
        {
            throw new ArgumentException($"Row '{rowKey}' has a column '{name}', which the service keeps for itself.", nameof(name));
        }
    }

    private static void CheckValue(string rowKey, string name, object? value)
    {
        switch (value)
        {
            case string text when text.Length > MostTextUnits:
                throw new ArgumentException(
                    $"Row '{rowKey}', column '{name}' has {text.Length} UTF-16 units, more than {MostTextUnits}.",
                    nameof(value)
                );
            case string text:
                CheckPairs(text, $"Row '{rowKey}', column '{name}'");
                break;
            case byte[] { Length: > MostBinaryBytes } bytes:
                throw new ArgumentException(
                    $"Row '{rowKey}', column '{name}' has {bytes.Length} bytes, more than {MostBinaryBytes}.",
                    nameof(value)
                );
            case long or bool or byte[]:
                break;
            default:
                throw new ArgumentException(
                    $"Row '{rowKey}', column '{name}' is of type {value?.GetType().Name ?? "null"}; only string, long, bool and byte[] are stored as they are.",
                    nameof(value)
                );
        }
    }

    /// <summary>Half of a surrogate pair has no UTF-8 form; it would come back as another character.</summary>
    private static void CheckPairs(string text, string owner)
    {
        ReadOnlySpan<char> rest = text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? text : [];
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out int used) != System.Buffers.OperationStatus.Done)
            {
                throw new ArgumentException($"{owner} has half of a surrogate pair.", nameof(text));
            }

            rest = rest[used..];
        }
    }
}
