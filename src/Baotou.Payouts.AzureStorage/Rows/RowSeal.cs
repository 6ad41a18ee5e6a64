using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Baotou.Payouts.AzureStorage.Rows;

/// <summary>
/// The seal of a row: SHA-256 over its table, keys and columns, kept in a column of its own. It shows a row that was changed, moved or
/// copied by anybody who does not know the seal. Whoever does can make another; against them stand the censuses, the chains and the
/// refolding of <c>payouts verify</c>.
/// </summary>
public static class RowSeal
{
    /// <summary>The column that holds it.</summary>
    public const string Column = "seal";

    /// <summary>
    /// Every row that is read or written is sealed once; a thread keeps what it writes rows into, unless a row was unusually long.
    /// </summary>
    private const int MostKept = 256 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <summary>The seal that a row has to have, in 64 digits. A column of that name is not covered.</summary>
    public static string Of(string table, string partition, string rowKey, RowColumns columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return Convert.ToHexStringLower(BytesOf(table, partition, rowKey, columns));
    }

    /// <summary>The columns with the seal that fits them; the given ones stay as they are.</summary>
    public static RowColumns Put(string table, string partition, string rowKey, RowColumns columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var whole = new RowColumns(columns.Count + 1);
        foreach (var (name, value) in columns)
            whole[name] = value;
        whole[Column] = Of(table, partition, rowKey, columns);
        return whole;
    }

    /// <summary>Whether a row stands just as it was to be added.</summary>
    internal static bool IsAdded(string table, string partition, RowWrite.Add add, StoredRow? stands) =>
        stands is not null && Of(table, partition, stands.RowKey, stands.Columns) == Of(table, partition, add.RowKey, add.Columns);

    /// <summary>What is wrong with a row's seal; null if it fits.</summary>
    public static string? Problem(string table, string partition, StoredRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var expected = Of(table, partition, row.RowKey, row.Columns);
        return row.Columns.TryGetValue(Column, out var seal) && seal as string == expected
            ? null
            : $"table {table}, partition '{partition}', row '{row.RowKey}': it was changed, moved or made by somebody else; its seal is {(seal as string is { Length: > 0 } found ? found : "missing")}, and its content has to have {expected}";
    }

    /// <summary>Texts and names are preceded by their length, so that no two rows have one form.</summary>
    internal static byte[] BytesOf(string table, string partition, string rowKey, RowColumns columns)
    {
        var buffer = _buffer is { Capacity: <= MostKept } kept ? kept : _buffer = new ArrayBufferWriter<byte>(4096);
        buffer.ResetWrittenCount();
        foreach (var text in (ReadOnlySpan<string>)[table, partition, rowKey])
            Append(buffer, text);
        var names = new string[columns.Count];
        columns.Keys.CopyTo(names, 0);
        Array.Sort(names, StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (name == Column)
                continue;
            Append(buffer, name);
            switch (columns[name])
            {
                case string text:
                    AppendKind(buffer, 1);
                    Append(buffer, text);
                    break;
                case long number:
                    AppendKind(buffer, 2);
                    AppendNumber(buffer, number);
                    break;
                case bool flag:
                    AppendKind(buffer, flag ? (byte)4 : (byte)3);
                    break;
                case byte[] bytes:
                    AppendKind(buffer, 5);
                    AppendNumber(buffer, bytes.Length);
                    buffer.Write(bytes);
                    break;
                case var value:
                    throw new ArgumentException(
                        $"Row '{rowKey}', column '{name}' is of type {value?.GetType().Name ?? "null"}, which no row has.",
                        nameof(columns)
                    );
            }
        }

        return SHA256.HashData(buffer.WrittenSpan);
    }

    private static void Append(ArrayBufferWriter<byte> buffer, string text)
    {
        AppendNumber(buffer, text.Length);
        var length = Encoding.UTF8.GetBytes(text, buffer.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length)));
        buffer.Advance(length);
    }

    private static void AppendKind(ArrayBufferWriter<byte> buffer, byte kind)
    {
        buffer.GetSpan(1)[0] = kind;
        buffer.Advance(1);
    }

    private static void AppendNumber(ArrayBufferWriter<byte> buffer, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(buffer.GetSpan(8), number);
        buffer.Advance(8);
    }
}
