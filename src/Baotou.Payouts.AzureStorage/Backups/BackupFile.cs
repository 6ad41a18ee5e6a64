using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Hashing;

namespace Baotou.Payouts.AzureStorage.Backups;

/// <summary>What a backup says of the store it is of.</summary>
/// <param name="Buckets">Partitions that enterprises are spread over; a restored store has as many.</param>
/// <param name="TakenAt">When it was begun, UTC.</param>
/// <param name="Note">What whoever took it wrote beside it, to be read by whoever restores it; may be empty.</param>
public sealed record BackupLabel(int Buckets, DateTimeOffset TakenAt, string Note);

/// <summary>
/// A backup as a file: gzip of one JSON object a line. First the label, then rows, last how many rows there are and the SHA-256 of all
/// lines before. A file that was cut off or changed is known by its last line.
/// </summary>
internal static class BackupFile
{
    private const string Format = "baotou-payouts-backup-1";
    private const int LongestLine = 4 * 1024 * 1024;
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes label and rows and the last line.</summary>
    /// <returns>How many rows were written.</returns>
    public static async Task<long> WriteAsync(
        Stream stream,
        BackupLabel label,
        IAsyncEnumerable<PlacedRow> rows,
        CancellationToken cancellationToken
    )
    {
        await using var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await LineAsync(
            new JsonObject
            {
                ["format"] = Format,
                ["buckets"] = label.Buckets,
                ["takenAt"] = label.TakenAt.ToString("O"),
                ["note"] = label.Note,
            }
        );
        long count = 0;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            await LineAsync(Json(row));
            count++;
        }

        await LineAsync(new JsonObject { ["rows"] = count, ["sha256"] = Convert.ToHexStringLower(hash.GetCurrentHash()) });
        return count;

        async Task LineAsync(JsonObject line)
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(line, Relaxed);
            hash.AppendData(bytes);
            hash.AppendData("\n"u8);
            await gzip.WriteAsync(bytes, cancellationToken);
            await gzip.WriteAsync("\n"u8.ToArray(), cancellationToken);
        }
    }

    /// <summary>Reads the rows, giving each to <paramref name="take"/>, and checks the last line after them.</summary>
    /// <returns>The label, and the hash of the last line, which covers all before it.</returns>
    /// <exception cref="InvalidDataException">It is no backup, or not as it was written; the message says where.</exception>
    public static async Task<(BackupLabel Label, ContentHash Hash)> ReadAsync(
        Stream stream,
        Func<PlacedRow, Task> take,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var gzip = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
            using var reader = new StreamReader(gzip);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var first = await LineAsync(reader, 1, cancellationToken);
            var label = Label(first) ?? throw new InvalidDataException("This is no backup of this engine: its first line does not say so.");
            Append(hash, first);
            for (long number = 2; ; number++)
            {
                var line = await LineAsync(reader, number, cancellationToken);
                var json = JsonNode.Parse(line)!.AsObject();
                if (json["sha256"] is { } told)
                {
                    var found = Convert.ToHexStringLower(hash.GetCurrentHash());
                    if ((string?)told != found || (long?)json["rows"] != number - 2)
                        throw new InvalidDataException(
                            $"The backup is not as it was written: its {number - 2} rows do not have the number and hash of its last line."
                        );
                    if (await reader.ReadLineAsync(cancellationToken) is not null)
                        throw new InvalidDataException("The backup goes on after its last line.");
                    return (label, new ContentHash(found));
                }

                Append(hash, line);
                await take(Row(json, number));
            }
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or FormatException
                        or InvalidOperationException
                        or EndOfStreamException
                        or NullReferenceException
                        or ArgumentException
            )
        {
            throw new InvalidDataException($"The backup is not as it was written: {e.Message}", e);
        }
    }

    private static async Task<string> LineAsync(StreamReader reader, long number, CancellationToken cancellationToken)
    {
        var line =
            await reader.ReadLineAsync(cancellationToken)
            ?? throw new InvalidDataException($"The backup ends at line {number}, before its last line: it was cut off.");
        return line.Length <= LongestLine ? line : throw new InvalidDataException($"Line {number} of the backup is longer than any row.");
    }

    private static void Append(IncrementalHash hash, string line)
    {
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(line));
        hash.AppendData("\n"u8);
    }

    private static BackupLabel? Label(string line)
    {
        var json = JsonNode.Parse(line) as JsonObject;
        return (string?)json?["format"] == Format
            ? new BackupLabel(
                (int)json["buckets"]!,
                DateTimeOffset.Parse((string)json["takenAt"]!, System.Globalization.CultureInfo.InvariantCulture),
                (string)json["note"]!
            )
            : null;
    }

    private static JsonObject Json(PlacedRow row)
    {
        var columns = new JsonObject();
        foreach (var (name, value) in row.Columns.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            columns[name] = value switch
            {
                string text => text,
                long number => number,
                bool flag => flag,
                byte[] bytes => new JsonObject { ["base64"] = Convert.ToBase64String(bytes) },
                _ => throw new InvalidDataException($"Row '{row.RowKey}', column '{name}' is of type {value.GetType().Name}."),
            };
        }

        return new JsonObject
        {
            ["t"] = row.Table,
            ["p"] = row.Partition,
            ["r"] = row.RowKey,
            ["c"] = columns,
        };
    }

    private static PlacedRow Row(JsonObject json, long number)
    {
        var columns = new RowColumns();
        foreach (var (name, value) in json["c"]!.AsObject())
        {
            columns[name] = value switch
            {
                JsonObject bytes => Convert.FromBase64String((string)bytes["base64"]!),
                JsonValue one when one.GetValueKind() == JsonValueKind.String => (string)one!,
                JsonValue one when one.GetValueKind() is JsonValueKind.True or JsonValueKind.False => (bool)one,
                JsonValue one when one.GetValueKind() == JsonValueKind.Number => (long)one,
                _ => throw new InvalidDataException($"Line {number} of the backup: column '{name}' is none that a row has."),
            };
        }

        var table = (string)json["t"]!;
        if (!StorageKeys.Tables.Contains(table))
            throw new InvalidDataException($"Line {number} of the backup: there is no table '{table}'.");
        return new PlacedRow(table, (string)json["p"]!, (string)json["r"]!, columns);
    }
}
