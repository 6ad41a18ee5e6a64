using System.Globalization;
using System.IO.Compression;
using System.Text;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Exchange.Files;
using Xunit.Abstractions;

namespace Baotou.Payouts.Exchange.Tests.Fuzzing;

/// <summary>
/// Files with bad rows among good ones, and files of which bytes were changed: read with every row accounted for, or refused with what to
/// do.
/// </summary>
public sealed class Whatever_is_in_a_file(ITestOutputHelper output)
{
    private const string Titles = "uscc,period,effectiveOn,recordId,研发费用(元)";
    private static readonly DateTimeOffset Now = new(2023, 6, 30, 4, 0, 0, TimeSpan.Zero);
    private static readonly FactDictionary Facts = new([
        new FactKind(
            "rd-expense",
            new("研发费用", "R&D expense"),
            "tax",
            PeriodKind.Year,
            Held.Yes,
            [new FactField("amount", FieldType.Money, "yuan", new("研发费用", "R&D expense"), [], Required: true)]
        ),
    ]);

    /// <summary>Rows that came in files or may come: none of them may take a neighbour along.</summary>
    private static readonly string[] Nasty =
    [
        ",,,,",
        ",",
        ",,,,,,,,,,",
        "\"",
        "\"\"\"",
        "a\"b,c",
        "=1+1,2022,2022-12-31,x,1",
        "91990100MA0000007X,2022,2022-12-31,x,-1",
        "91990100MA0000007X,2022,2022-12-31,x,1e5",
        "91990100MA0000007X,2022,2022-12-31,x,1.234",
        "91990100MA0000007X,2022,2022-12-31,x,99999999999999999999",
        "91990100MA0000007X,2022,2022-12-31,x,１２",
        "91990100MA0000007X,2022,0000-00-00,x,1",
        "91990100MA0000007X,2022,2022-12-31,,1",
        "91990100MA0000007X,20222,2022-12-31,x,1",
        "9.1990100E+17,2022,2022-12-31,x,1",
        "91990100MA0000007X,2022,2022-12-31,\u0001,1",
        "合计,,,,100",
        "91990100MA0000007X,2022,2022-12-31,x,#REF!",
        "91990100MA0000007X;2022;2022-12-31;x;1",
        "91990100MA0000007X\t2022\t2022-12-31\tx\t1",
    ];

    [Theory]
    [InlineData("utf-8")]
    [InlineData("gb18030")]
    public void A_bad_row_comes_back_with_a_reason_and_its_neighbours_are_taken(string encoding)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        foreach (var row in Nasty.Append(new string('x', 100_000)))
        {
            var reading = Read(Encoding.GetEncoding(encoding).GetBytes($"{Titles}\n{Line(1)}\n{row}\n{Line(2)}\n"));
            Assert.False(
                reading is ImportReading<DeliveredRecord>.Refused,
                $"{row}: {(reading as ImportReading<DeliveredRecord>.Refused)?.Reason}"
            );
            var read = Assert.IsType<ImportReading<DeliveredRecord>.Read>(reading);

            Assert.Equal(["n1", "n2"], read.Taken.Select(r => r.RecordId).Where(id => id is "n1" or "n2"));
            Assert.True(read.Taken.Count + read.Rejected.Count is 2 or 3, row);
            Assert.All(read.Rejected, r => Assert.True(r.Row == 3 && r.Reason.Length > 0, row));
        }

        output.WriteLine($"bad rows in {encoding}: {Nasty.Length + 1}");
    }

    [Fact]
    public void A_csv_of_which_bytes_were_changed_is_read_or_refused()
    {
        var (read, refused) = (0, 0);
        foreach (
            var bytes in Whatever_an_agency_answers.Changed(Encoding.UTF8.GetBytes($"{Titles}\n{Line(1)}\n{Line(2)}\n{Line(3)}\n"), 5_000)
        )
            Count(Read(bytes), ref read, ref refused);
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"changed CSV files: {read + refused}, read {read}, refused {refused}")
        );
    }

    [Fact]
    public void A_workbook_of_which_bytes_were_changed_is_read_or_refused()
    {
        var (read, refused) = (0, 0);
        foreach (var bytes in Whatever_an_agency_answers.Changed(Workbook(Sheet()), 2_000))
            Count(Read(bytes), ref read, ref refused);
        foreach (var xml in Whatever_an_agency_answers.Changed(Encoding.UTF8.GetBytes(Sheet()), 2_000))
            Count(Read(Workbook(Encoding.UTF8.GetString(xml))), ref read, ref refused);
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"changed workbooks: {read + refused}, read {read}, refused {refused}")
        );
    }

    private static void Count(ImportReading<DeliveredRecord> reading, ref int read, ref int refused)
    {
        switch (reading)
        {
            case ImportReading<DeliveredRecord>.Read r:
                Assert.All(r.Rejected, row => Assert.False(string.IsNullOrWhiteSpace(row.Reason)));
                read++;
                break;
            case ImportReading<DeliveredRecord>.Refused r:
                Assert.False(string.IsNullOrWhiteSpace(r.Reason));
                refused++;
                break;
            default:
                Assert.Fail("A file is read or refused.");
                break;
        }
    }

    private static ImportReading<DeliveredRecord> Read(byte[] bytes) =>
        ImportFile.ReadFacts(new MemoryStream(bytes), "rd-expense", Facts, null, Now);

    private static string Line(int n) => $"91990100MA0000007X,202{n},202{n}-12-31,n{n},{n}";

    private static string Sheet()
    {
        static string Cell(string text) => $"""<c t="inlineStr"><is><t>{text}</t></is></c>""";
        var rows = new[] { Titles, Line(1), Line(2) }.Select(
            (l, i) => $"""<row r="{i + 1}">{string.Concat(l.Split(',').Select(Cell))}</row>"""
        );
        return $"""<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{string.Concat(rows)}</sheetData></worksheet>""";
    }

    private static byte[] Workbook(string sheet)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Add(string path, string xml)
            {
                using var writer = new StreamWriter(zip.CreateEntry(path).Open());
                writer.Write(xml);
            }

            const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
            Add(
                "[Content_Types].xml",
                """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""
            );
            Add(
                "_rels/.rels",
                $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
            );
            Add(
                "xl/workbook.xml",
                $"""<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{Office}"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>"""
            );
            Add(
                "xl/_rels/workbook.xml.rels",
                $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"""
            );
            Add("xl/worksheets/sheet1.xml", sheet);
        }

        return bytes.ToArray();
    }
}
