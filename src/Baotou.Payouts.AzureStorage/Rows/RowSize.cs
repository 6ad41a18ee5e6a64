using System.Globalization;

namespace Baotou.Payouts.AzureStorage.Rows;

/// <summary>How big a row is: as the service counts it when storing, and as bytes on the wire at most.</summary>
internal static class RowSize
{
    // A part of a multipart body: boundary, content headers, request line with host and table, If-Match, JSON braces.
    private const int PartBytes = 900;

    private static readonly bool[] Plain =
    [
        .. Enumerable.Range(0, 128).Select(c => char.IsAsciiLetterOrDigit((char)c) || " -_.:,;/=()[]{}|!*@#$%?~^".Contains((char)c)),
    ];

    /// <summary>
    /// Bytes as the service counts them: 4 + 2 a key character, and for each column 8 + 2 a character of its name + its value.
    /// </summary>
    internal static long Stored(string partition, string rowKey, RowColumns columns)
    {
        const int timestamp = 8 + (2 * 9) + 8;
        long bytes = 4 + (2L * (partition.Length + rowKey.Length)) + timestamp;
        foreach ((string name, object value) in columns)
        {
            bytes +=
                8
                + (2L * name.Length)
                + value switch
                {
                    string text => 4 + (2L * text.Length),
                    byte[] binary => 4 + binary.Length,
                    long => 8,
                    _ => 1,
                };
        }

        return bytes;
    }

    /// <summary>
    /// An upper bound of the bytes sent for one write. The client escapes everything but plain ASCII in JSON as six bytes a UTF-16 unit, so
    /// Chinese text takes three times its size in storage.
    /// </summary>
    internal static long Sent(string partition, string rowKey, RowColumns columns)
    {
        // Keys stand in the address (percent-encoded, up to nine bytes a character) and in the body.
        long bytes = PartBytes + Escaped(partition) + Escaped(rowKey) + Encoded(partition) + Encoded(rowKey);
        foreach ((string name, object value) in columns)
        {
            bytes +=
                name.Length
                + 6
                + value switch
                {
                    string text => Escaped(text),
                    byte[] binary => Typed(name) + (4L * ((binary.Length + 2) / 3)),
                    long number => Typed(name) + number.ToString(CultureInfo.InvariantCulture).Length,
                    _ => 5,
                };
        }

        return bytes;
    }

    private static long Typed(string name) => name.Length + 32;

    private static long Escaped(string text)
    {
        long bytes = 0;
        foreach (char unit in text)
        {
            bytes += unit < 128 && Plain[unit] ? 1 : 6;
        }

        return bytes;
    }

    private static long Encoded(string key)
    {
        long bytes = 0;
        foreach (char unit in key)
        {
            bytes +=
                char.IsAsciiLetterOrDigit(unit) ? 1
                : char.IsAscii(unit) ? 6
                : 9;
        }

        return bytes;
    }
}
