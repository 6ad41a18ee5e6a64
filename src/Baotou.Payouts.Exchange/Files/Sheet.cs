using System.Globalization;
using System.Text;
using CsvHelper;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace Baotou.Payouts.Exchange.Files;

/// <summary>A cell. Only Excel knows other things than texts.</summary>
/// <param name="Text">What it says: numbers with a decimal point, days as yyyy-MM-dd, moments with +08:00.</param>
/// <param name="IsNumber">Whether Excel keeps it as a number, which has lost leading zeros and all digits past the fifteenth.</param>
internal readonly record struct Cell(string Text, bool IsNumber = false);

/// <summary>A row that has something in it.</summary>
/// <param name="Number">Its number in the file, from 1.</param>
/// <param name="Cells">Its cells.</param>
/// <param name="Problem">Why it cannot be read; null if it can.</param>
internal sealed record SheetRow(int Number, IReadOnlyList<Cell> Cells, string? Problem = null);

/// <summary>A file as rows of cells. Throws <see cref="FormatException"/>, telling what to do, if it is none.</summary>
internal sealed record Sheet(IReadOnlyList<SheetRow> Rows, string Format)
{
    private const int MaxBytes = 64 * 1024 * 1024;
    private const int MaxCells = 1_000;

    static Sheet() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Reads a file of at most 64 MiB; Excel is told from CSV by its first bytes, not by its name.</summary>
    public static Sheet Read(Stream file)
    {
        var bytes = ReadBytes(file);
        var start = bytes.AsSpan();
        if (start.StartsWith("PK\x03\x04"u8) || start.StartsWith(new byte[] { 0xD0, 0xCF, 0x11, 0xE0 }))
            return ReadExcel(bytes);
        var (text, encoding) = Decode(bytes);
        return new Sheet(ReadCsv(text), "CSV, " + encoding);
    }

    private static byte[] ReadBytes(Stream file)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = file.Read(buffer)) > 0)
        {
            if (whole.Length + read > MaxBytes)
                throw new FormatException("the file is larger than 64 MiB; split it");
            whole.Write(buffer, 0, read);
        }

        return whole.ToArray();
    }

    /// <summary>
    /// UTF-8 if every byte fits it, otherwise GB18030, of which GBK is a part. A long Chinese text in GBK is never valid UTF-8, but a
    /// single word may be: 元 in GBK is Ԫ in UTF-8. So where UTF-8 gives foreign letters and no Chinese at all, it was GBK.
    /// </summary>
    private static (string Text, string Encoding) Decode(byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith(new byte[] { 0xFF, 0xFE }) || bytes.AsSpan().StartsWith(new byte[] { 0xFE, 0xFF }))
            return (Strict("utf-16" + (bytes[0] == 0xFE ? "BE" : "")).GetString(bytes.AsSpan(2)), "UTF-16");
        try
        {
            var skip = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
            var text = Strict("utf-8").GetString(bytes.AsSpan(skip));
            if (skip > 0 || !IsMistaken(text))
                return (text, "UTF-8");
        }
        catch (DecoderFallbackException) { }

        try
        {
            return (Strict("gb18030").GetString(bytes), "GB18030");
        }
        catch (DecoderFallbackException)
        {
            throw new FormatException("the file is neither UTF-8 nor GB18030 (GBK); save it as \"CSV UTF-8\"");
        }
    }

    // Signs such as · and × stand in Chinese files; letters from ƀ to ߿, two bytes each in UTF-8, do not.
    private static bool IsMistaken(string text) =>
        text.AsSpan().IndexOfAnyInRange('\u0180', '\u07ff') >= 0 && text.AsSpan().IndexOfAnyInRange('\u0800', '\uffff') < 0;

    private static Encoding Strict(string name) =>
        Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    /// <summary>A row ends with its line, so that one quotation mark too many costs one row and not the rest of the file.</summary>
    private static List<SheetRow> ReadCsv(string text)
    {
        HashSet<long> malformed = [];
        var options = new CsvReaderOptions
        {
            HasHeader = false,
            AllowLineBreaksInQuotes = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            MaxRecordSize = 64 * 1024,
            OnMalformedRecord = record => malformed.Add(record.LineNumber),
        };
        List<SheetRow> rows = [];
        try
        {
            using var reader = CsvReader.FromText(text, options);
            while (reader.Read())
            {
                var number = (int)reader.LineNumber;
                Cell[] cells = [.. Enumerable.Range(0, Math.Min(reader.FieldCount, MaxCells)).Select(i => new Cell(reader.GetString(i)))];
                if (malformed.Contains(number))
                    rows.Add(new SheetRow(number, cells, "its quotation marks do not pair"));
                else if (cells.Any(c => c.Text.Length > 0))
                    rows.Add(new SheetRow(number, cells));
            }
        }
        catch (CsvFormatException problem)
        {
            throw new FormatException(
                $"the file cannot be read as CSV behind row {rows.LastOrDefault()?.Number ?? 0}: {problem.Message}",
                problem
            );
        }

        return rows;
    }

    private static Sheet ReadExcel(byte[] bytes)
    {
        try
        {
            List<SheetRow> rows = [];
            using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(bytes));
            for (var number = 1; reader.Read(); number++)
            {
                Cell[] cells = [.. Enumerable.Range(0, Math.Min(reader.FieldCount, MaxCells)).Select(i => OfExcel(reader.GetValue(i)))];
                if (cells.Any(c => c.Text.Length > 0))
                    rows.Add(new SheetRow(number, cells));
            }

            return new Sheet(rows, "Excel");
        }
        catch (Exception unreadable)
            when (unreadable
                    is ExcelReaderException
                        or InvalidDataException
                        or IOException
                        or System.Xml.XmlException
                        or NotSupportedException
                        or ArgumentException
                        or FormatException
                        or ArithmeticException
                        or InvalidOperationException
                        or InvalidCastException
                        or NullReferenceException
                        or IndexOutOfRangeException
                        or KeyNotFoundException
            )
        {
            // The library takes a workbook's parts at their word: an attribute that is missing or no number ends in any of the latter.
            throw new FormatException("the Excel file cannot be read; save it again as .xlsx without a password", unreadable);
        }
    }

    private static Cell OfExcel(object? value) =>
        value switch
        {
            null => new Cell(""),
            bool flag => new Cell(flag ? "true" : "false"),
            DateTime moment when moment.TimeOfDay == TimeSpan.Zero => new Cell(moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            DateTime moment => new Cell(moment.ToString("yyyy-MM-dd'T'HH:mm:ss'+08:00'", CultureInfo.InvariantCulture)),
            double number when Math.Abs(number) < 1e15 => new Cell(
                ((decimal)number).ToString("0.###############", CultureInfo.InvariantCulture),
                IsNumber: true
            ),
            IFormattable other => new Cell(
                other.ToString(null, CultureInfo.InvariantCulture),
                IsNumber: other is double or int or long or decimal
            ),
            var other => new Cell(other.ToString()?.Trim() ?? ""),
        };
}
