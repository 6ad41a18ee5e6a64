using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Baotou.Payouts.Application.Exporting;
using Baotou.Payouts.Web.Access;

namespace Baotou.Payouts.Web.Tests;

[Collection(nameof(City))]
public sealed class Exporting_tables(City city)
{
    private static readonly string[] Pairs =
    [
        "/api/exports/payouts",
        "/api/pools/science-support/2023/line",
        "/api/quarantine/science/records",
        "/api/audit/export",
    ];

    [Fact]
    public async Task All_payouts_are_in_it_and_those_of_a_state_alone()
    {
        var all = Lines(await city.GetAsync("/api/exports/payouts.csv", city.Token(Role.Auditor)));
        var held = Lines(await city.GetAsync("/api/exports/payouts.csv?state=held", city.Token(Role.Officer)));

        Assert.Equal(city.Payouts.Select(p => p.Id).Order(StringComparer.Ordinal), all.Skip(1).Select(l => l[0]));
        Assert.NotEmpty(held.Skip(1));
        Assert.All(held.Skip(1), l => Assert.Equal("held", l[12]));
        Assert.Equal(400, (await city.GetAsync("/api/exports/payouts.csv?state=lost", city.Token(Role.Officer))).Status);
        Assert.Equal(400, (await city.GetAsync("/api/exports/payouts.xlsx?state=lost", city.Token(Role.Officer))).Status);
    }

    [Fact]
    public async Task A_bureau_gets_its_own_entries_and_pools_only()
    {
        var bureau = city.Token(Role.Bureau, "science");
        var other = city.Catalogue.Pools.First(p => p.Bureau != "science" && city.Payouts.Any(x => x.Pool.Pool == p.Id)).Id;

        var rows = Lines(await city.GetAsync("/api/exports/payouts.csv", bureau)).Skip(1).ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, l => Assert.Equal("science", city.Catalogue.VersionsOf(l[2])[^1].Bureau));
        Assert.Equal(200, (await city.GetAsync("/api/pools/science-support/2023/line.csv", bureau)).Status);
        var (foreign, missing) = (
            await city.GetAsync($"/api/pools/{other}/2023/line.csv", bureau),
            await city.GetAsync("/api/pools/nowhere/2023/line.csv", bureau)
        );
        Assert.Equal((404, foreign.Told), (foreign.Status, missing.Told));
        Assert.Equal(404, (await city.GetAsync("/api/pools/science-support/2051/line.csv", bureau)).Status);
        Assert.Equal(403, (await city.GetAsync("/api/quarantine/science/records.csv", bureau)).Status);
    }

    [Fact]
    public async Task A_line_shows_each_claim_once_and_what_was_granted_is_what_was_reserved()
    {
        foreach (var pool in city.Payouts.Select(p => p.Pool).Distinct())
        {
            var rows = Lines(await city.GetAsync($"/api/pools/{pool.Pool}/{pool.FiscalYear}/line.csv", city.Token(Role.Officer)))
                .Skip(1)
                .ToList();

            Assert.Equal(rows.Count, rows.Select(l => (l[0], l[1])).Distinct().Count());
            Assert.Equal(
                city.Payouts.Where(p => p.Pool == pool)
                    .Select(p => (p.Claim.Uscc.Value, p.Claim.Policy, p.Claim.Occasion))
                    .Distinct()
                    .Count(),
                rows.Count(l => l[8] != "0.00")
            );
            Assert.All(
                rows,
                l =>
                    Assert.Equal(
                        l[8] == "0.00"
                            ? l[7] == "0.00"
                                ? "withdrawn"
                                : "waiting"
                            : l[7] == l[8]
                                ? "served"
                                : "partly",
                        l[10]
                    )
            );
        }
    }

    [Fact]
    public async Task Of_tax_records_neither_reason_nor_text_is_in_it()
    {
        var id = "0123456789abcdef0123456789abcdef";
        await city
            .Engine.Get<Application.Pulling.IQuarantine>()
            .AddAsync([new(id, "tax", "day", "figure 79 万元", "{\"revenue\":790000}")], CancellationToken.None);

        var row = Lines(await city.GetAsync("/api/quarantine/tax/records.csv?state=all", city.Token(Role.Auditor))).Single(l => l[0] == id);

        Assert.Equal(("waiting", "day", "", ""), (row[1], row[2], row[3], row[4]));
        Assert.Equal(404, (await city.GetAsync("/api/quarantine/nobody/records.csv", city.Token(Role.Auditor))).Status);
    }

    [Fact]
    public async Task A_workbook_says_what_the_text_says()
    {
        foreach (var pair in Pairs)
        {
            var query = pair.EndsWith("export", StringComparison.Ordinal) ? "?day=2023-01-01" : "";
            var csv = await city.GetAsync(pair + ".csv" + query, city.Token(Role.Auditor));
            var book = await city.GetAsync(pair + ".xlsx" + query, city.Token(Role.Auditor));

            Assert.Equal(
                (200, CsvFile.ContentType, 200, XlsxFile.ContentType),
                (csv.Status, csv.Headers.ContentType.ToString(), book.Status, book.Headers.ContentType.ToString())
            );
            Assert.Matches("^attachment; filename=\"[A-Za-z0-9-]+\\.xlsx\"$", book.Headers.ContentDisposition.ToString());
            Assert.Equal(Lines(csv).Select(l => string.Join('\u0001', l)), Rows(book).Select(l => string.Join('\u0001', l)));
        }
    }

    [Fact]
    public async Task A_difference_is_kept_as_text_too()
    {
        var run = (await city.PostAsync("/api/runs", city.Token(Role.Officer), """{"dryRun":true}""", "key-exported-01"))
            .Json.GetProperty("id")
            .GetString();

        var (csv, book) = (
            await city.GetAsync($"/api/runs/{run}/difference.csv", city.Token(Role.Auditor)),
            await city.GetAsync($"/api/runs/{run}/difference.xlsx", city.Token(Role.Auditor))
        );

        Assert.Equal(10, Lines(csv)[0].Length);
        Assert.Equal(Lines(csv).Select(l => string.Join('\u0001', l)), Rows(book).Select(l => string.Join('\u0001', l)));
        Assert.Equal(404, (await city.GetAsync($"/api/runs/{new string('0', 26)}/difference.csv", city.Token(Role.Auditor))).Status);
    }

    /// <summary>What a hand would have to type to have a spreadsheet reckon, in what an agency and a person said.</summary>
    [Fact]
    public async Task No_cell_is_a_formula()
    {
        var id = "fedcbafedcbafedcbafedcbafedcba00";
        await city
            .Engine.Get<Application.Pulling.IQuarantine>()
            .AddAsync([new(id, "science", "unreadable", "=HYPERLINK(1)", "＝cmd|' /C calc'!A0")], CancellationToken.None);
        await city.PostAsync(
            $"/api/quarantine/science/{id}/discard",
            city.Token(Role.Officer),
            """{"why":"@SUM(A1)"}""",
            "key-formula-0001"
        );

        var row = Lines(await city.GetAsync("/api/quarantine/science/records.csv?state=all", city.Token(Role.Auditor)))
            .Single(l => l[0] == id);
        var cells = Rows(await city.GetAsync("/api/quarantine/science/records.xlsx?state=all", city.Token(Role.Auditor)))
            .Single(l => l[0] == id);

        Assert.Equal(("'=HYPERLINK(1)", "'＝cmd|' /C calc'!A0", "'@SUM(A1)"), (row[3], row[4], row[7]));
        Assert.Equal(row, cells);
    }

    private static List<string[]> Lines(Reply reply)
    {
        Assert.Equal(200, reply.Status);
        return
        [
            .. reply
                .Body.TrimStart('\uFEFF')
                .TrimEnd()
                .Split("\r\n")
                .Select(line =>
                    Regex
                        .Matches(line, "\"((?:[^\"]|\"\")*)\"")
                        .Select(m => m.Groups[1].Value.Replace("\"\"", "\"", StringComparison.Ordinal))
                        .ToArray()
                ),
        ];
    }

    /// <summary>The rows of the first sheet.</summary>
    private static List<string[]> Rows(Reply reply)
    {
        Assert.Equal(200, reply.Status);
        using var zip = new ZipArchive(new MemoryStream(reply.Bytes), ZipArchiveMode.Read);
        using var sheet = zip.GetEntry("xl/worksheets/sheet1.xml")!.Open();
        var rows = XDocument.Load(sheet).Descendants().Where(e => e.Name.LocalName == "row").ToList();
        Assert.DoesNotContain(rows.Descendants(), e => e.Name.LocalName == "f");
        return [.. rows.Select(r => r.Elements().Select(c => c.Value).ToArray())];
    }
}
