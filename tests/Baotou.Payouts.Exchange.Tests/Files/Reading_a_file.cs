using System.IO.Compression;
using System.Text;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Exchange.Files;

namespace Baotou.Payouts.Exchange.Tests.Files;

public sealed class Reading_a_file
{
    private const string Code = "91990100MA0000007X"; // shape only
    private static readonly DateTimeOffset Now = new(2023, 6, 30, 4, 0, 0, TimeSpan.Zero);
    private static readonly FactDictionary Facts = new([
        new FactKind(
            "rd-expense",
            new("研发费用", "R&D expense"),
            "tax",
            PeriodKind.Year,
            Held.Yes,
            [
                new FactField("amount", FieldType.Money, "yuan", new("研发费用", "R&D expense"), [], Required: true),
                new FactField("level", FieldType.Code, "", new("级别", "Level"), [new("city", new("市级", "City"))], Required: false),
                new FactField("audited", FieldType.Flag, "", new("已审计", "Audited"), [], Required: false),
            ]
        ),
    ]);

    [Theory]
    [InlineData("utf-8", "CSV, UTF-8")]
    [InlineData("gb18030", "CSV, GB18030")]
    [InlineData("gbk", "CSV, GB18030")]
    public void A_csv_is_read_in_the_encodings_that_bureaus_use(string encoding, string format)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text = $"统一社会信用代码,期间,生效日期,记录编号,研发费用(元),级别,已审计\r\n{Code},2022,2022/12/31,007,79.5,市级,是\r\n";

        var read = Read(Encoding.GetEncoding(encoding).GetBytes(text));

        var record = Assert.Single(read.Taken);
        Assert.Empty(read.Rejected);
        Assert.Equal(format, read.Format);
        Assert.Equal(("007", "2022-12-31", "tax"), (record.RecordId, record.EffectiveOn, record.Source));
        Assert.Equal(("79.5", "city", "true"), (record.Values["amount"], record.Values["level"], record.Values["audited"]));
        Assert.Equal("2023-06-30T04:00:00.000Z", record.RecordedAt);
    }

    [Fact]
    public void A_single_Chinese_word_in_gbk_is_not_taken_for_a_foreign_letter()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

        var read = Read(
            Encoding.GetEncoding("gbk").GetBytes($"uscc,period,effectiveOn,recordId,amount(元)\r\n{Code},2022,2022-12-31,1,79.5\r\n")
        );

        Assert.Equal("79.5", Assert.Single(read.Taken).Values["amount"]);
        Assert.Equal("CSV, GB18030", read.Format);
    }

    [Fact]
    public void Ten_thousands_of_yuan_become_yuan_exactly_and_the_control_total_has_rejected_rows_too()
    {
        var read = Read(
            $"uscc,period,effectiveOn,recordId,研发费用（万元）\n{Code},2022,2022-12-31,1,0.000001\n{Code},2022,2022-12-31,2,123.4567\n{Code},20222,2022-12-31,3,1\n{Code},2022,2022-12-31,4,0.0000001\n"
        );

        Assert.Equal(["0.01", "1234567"], read.Taken.Select(r => r.Values["amount"]));
        Assert.Equal([4, 5], read.Rejected.Select(r => r.Row));
        var total = Assert.Single(read.Totals);
        Assert.Equal((new Fen(123_456_701), Fen.FromYuan(1_244_567) + new Fen(1)), (total.AcceptedRows, total.AllRows));
    }

    [Fact]
    public void Each_bad_row_comes_back_with_its_number_and_reason_and_the_others_are_taken()
    {
        var read = Read(
            $"uscc,period,effectiveOn,recordId,amount(元)\n{Code},2022,2022-12-31,1,1\nSHORT,2022,2022-12-31,2,1\n{Code},2022,2022-02-30,3,1\n{Code},2022,2022-12-31,1,1\n"
                + $"{Code},2022,2022-12-31,5,\"1\"2\n{Code},2022,2022-12-31,6,-1\n{Code},2022,2022-12-31,7,1,more\n\n{Code},2022,2022-12-31,\"8,1\n{Code},2022,2022-12-31,9,\"1\"\n"
        );

        Assert.Equal(["1", "9"], read.Taken.Select(r => r.RecordId));
        Assert.Equal([3, 4, 5, 6, 7, 8, 10], read.Rejected.Select(r => r.Row));
        Assert.Contains("repeats row 2", read.Rejected[2].Reason);
        Assert.Contains("quotation", read.Rejected[3].Reason);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("uscc,period,effectiveOn,recordId,amount\n", "元 or 万元")]
    [InlineData("uscc,period,effectiveOn,amount(元)\n", "recordId")]
    [InlineData("uscc,period,effectiveOn,recordId,amount(元),colour\n", "colour")]
    [InlineData("uscc,uscc,period,effectiveOn,recordId,amount(元)\n", "twice")]
    public void A_file_that_cannot_be_used_as_a_whole_is_refused_with_what_to_do(string text, string part)
    {
        var reading = ImportFile.ReadFacts(new MemoryStream(Encoding.UTF8.GetBytes(text)), "rd-expense", Facts, null, Now);

        Assert.Contains(part, Assert.IsType<ImportReading<DeliveredRecord>.Refused>(reading).Reason);
    }

    [Fact]
    public void An_excel_code_kept_as_a_number_is_rejected_and_texts_and_amounts_are_read()
    {
        var book = Workbook(
            $"""
            <row r="1">{Text("uscc")}{Text("period")}{Text("effectiveOn")}{Text("recordId")}{Text("amount(元)")}</row>
            <row r="2">{Text(Code)}<c><v>2022</v></c>{Text("2022-12-31")}{Text("0012")}<c><v>1234567.89</v></c></row>
            <row r="3">{Text(Code)}<c><v>2022</v></c>{Text("2022-12-31")}<c><v>12</v></c><c><v>1</v></c></row>
            """
        );

        var read = Read(book);

        Assert.Equal("Excel", read.Format);
        var record = Assert.Single(read.Taken);
        Assert.Equal(("0012", "2022", "1234567.89"), (record.RecordId, record.Period, record.Values["amount"]));
        Assert.Contains("leading zeros", Assert.Single(read.Rejected).Reason);
    }

    [Fact]
    public void A_damaged_excel_file_is_refused()
    {
        var reading = ImportFile.ReadFacts(new MemoryStream([.. "PK\x03\x04"u8, 1, 2, 3]), "rd-expense", Facts, null, Now);

        Assert.Contains("Excel", Assert.IsType<ImportReading<DeliveredRecord>.Refused>(reading).Reason);
    }

    [Fact]
    public void Past_payouts_are_read_with_their_amounts()
    {
        var text =
            $"policy,occasion,uscc,amount,paidOn,reference\n19-cont-3a,2022,{Code},5,2022-12-01,P1\n19-cont-3a,2022,{Code},0,2022-12-01,P2\n";

        var read = Assert.IsType<ImportReading<PastPayout>.Read>(
            ImportFile.ReadPastPayouts(new MemoryStream(Encoding.UTF8.GetBytes(text)), MoneyUnit.TenThousandYuan)
        );

        Assert.Equal(Fen.FromYuan(50_000), Assert.Single(read.Taken).Amount);
        Assert.Equal(3, Assert.Single(read.Rejected).Row);
    }

    private static ImportReading<DeliveredRecord>.Read Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private static ImportReading<DeliveredRecord>.Read Read(byte[] bytes) =>
        Assert.IsType<ImportReading<DeliveredRecord>.Read>(ImportFile.ReadFacts(new MemoryStream(bytes), "rd-expense", Facts, null, Now));

    private static string Text(string text) => $"""<c t="inlineStr"><is><t>{text}</t></is></c>""";

    private static byte[] Workbook(string rows)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Add(string path, string xml)
            {
                using var writer = new StreamWriter(zip.CreateEntry(path).Open());
                writer.Write("""<?xml version="1.0" encoding="UTF-8"?>""" + xml);
            }

            const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
            const string Rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
            Add(
                "[Content_Types].xml",
                """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""
            );
            Add(
                "_rels/.rels",
                $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{Rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
            );
            Add(
                "xl/workbook.xml",
                $"""<workbook xmlns="{Main}" xmlns:r="{Rel}"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>"""
            );
            Add(
                "xl/_rels/workbook.xml.rels",
                $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{Rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"""
            );
            Add("xl/worksheets/sheet1.xml", $"""<worksheet xmlns="{Main}"><sheetData>{rows}</sheetData></worksheet>""");
        }

        return bytes.ToArray();
    }
}
