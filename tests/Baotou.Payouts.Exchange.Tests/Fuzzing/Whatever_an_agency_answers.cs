using System.Globalization;
using System.Text;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Facts;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Baotou.Payouts.Exchange.Tests.Fuzzing;

/// <summary>
/// Pages of both conventions with a record that is not as agreed, and pages of which bytes were changed: an answer with a reason, and no
/// neighbour lost.
/// </summary>
public sealed class Whatever_an_agency_answers(ITestOutputHelper output)
{
    private const string Good =
        """{"uscc":"91990100MA0000007X","kind":"k","effectiveOn":"2023-01-31","recordedAt":"2023-01-31T09:00:00+08:00","recordId":"good","values":{"amount":"1"}}""";

    /// <summary>Records as they have been seen or may be: each has to come back as a record or as unreadable with a reason.</summary>
    private static readonly string[] Nasty =
    [
        "null",
        "1",
        "true",
        "\"text\"",
        "[]",
        "{}",
        "[[[[[[[[[[1]]]]]]]]]]",
        """{"values":[]}""",
        """{"values":{"a":{}}}""",
        """{"values":{"a":[1]}}""",
        """{"values":{"a":null}}""",
        """{"values":{"a":1,"a":2}}""",
        """{"uscc":{}}""",
        """{"uscc":[1]}""",
        """{"uscc":1e999}""",
        """{"uscc":-0}""",
        """{"withdrawn":"yes"}""",
        """{"withdrawn":1}""",
        """{"withdrawn":null}""",
        """{"uscc":"\ud800"}""",
        """{"recordId":"\udfff\ud800"}""",
        """{"recordId":"\u0000"}""",
        """{"recordId":"a/b\\c#d?e"}""",
        """{"batch":"\u202e\u200b"}""",
        """{"uscc":"９１９９"}""",
        """{"effectiveOn":"2023-02-30"}""",
        """{"effectiveOn":"9999-12-31"}""",
        """{"recordedAt":"2023-01-31"}""",
        """{"recordedAt":"2023-01-31T24:00:00Z"}""",
        """{"values":{"amount":"NaN"}}""",
        """{"values":{"amount":99999999999999999999999999999999}}""",
        """{"values":{"":""}}""",
        """{"__proto__":{}}""",
        """{"uscc":"' OR 1=1 --"}""",
        """{"kind":"=cmd|' /C calc'!A0"}""",
    ];

    [Theory]
    [InlineData(WalkKind.Cursor)]
    [InlineData(WalkKind.Snapshot)]
    public async Task A_bad_record_is_read_or_told_and_its_neighbours_are_there(WalkKind kind)
    {
        var now = "";
        await using var stub = await StubAgency.StartAsync((context, _) => StubAgency.WriteAsync(context, now));
        await using var client = stub.Client(kind);
        var agency = client.GetRequiredService<IAgency>();
        var reader = new FactReader(new FactDictionary([]));
        foreach (
            var record in Nasty
                .Append($$"""{"recordId":"{{new string('长', 70_000)}}"}""")
                .Append(new string('[', 60) + new string(']', 60))
        )
        {
            now = Page(kind, record);
            var page = await agency.ReadPageAsync("", 100, default);

            Assert.Equal(3, page.Records.Count + page.Unreadable.Count);
            Assert.Equal(2, page.Records.Count(r => r.RecordId == "good"));
            Assert.All(page.Unreadable, u => Assert.False(string.IsNullOrWhiteSpace(u.Reason)));
            Assert.All(
                page.Records,
                r => Assert.True(reader.Read(r) is FactReading.Accepted or FactReading.Refused { Reason.Length: > 0 })
            );
        }

        output.WriteLine($"bad records of convention {kind}: {Nasty.Length + 2}");
    }

    [Theory]
    [InlineData(WalkKind.Cursor)]
    [InlineData(WalkKind.Snapshot)]
    public async Task A_page_of_which_bytes_were_changed_is_a_page_or_trouble_with_its_agency(WalkKind kind)
    {
        var now = Array.Empty<byte>();
        await using var stub = await StubAgency.StartAsync(
            async (context, _) =>
            {
                context.Response.ContentType = "application/json";
                await context.Response.Body.WriteAsync(now);
            }
        );
        var (pages, troubles) = (0, 0);
        foreach (var changed in Changed(Encoding.UTF8.GetBytes(Page(kind, Good)), 400))
        {
            // A client of its own for each page: after so many bad answers a breaker would refuse the good ones unseen.
            now = changed;
            await using var client = stub.Client(kind);
            try
            {
                var page = await client.GetRequiredService<IAgency>().ReadPageAsync("", 100, default);
                Assert.All(page.Unreadable, u => Assert.False(string.IsNullOrWhiteSpace(u.Reason)));
                pages++;
            }
            catch (AgencyException trouble)
            {
                Assert.Contains("tax", trouble.Message, StringComparison.Ordinal);
                troubles++;
            }
        }

        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"changed pages of convention {kind}: {pages + troubles}, read {pages}, refused {troubles}"
            )
        );
    }

    private static string Page(WalkKind kind, string record)
    {
        var records = $"[{Good},{record},{Good}]";
        return kind == WalkKind.Cursor
            ? $$$"""{"code":200,"message":"ok","data":{"records":{{{records}}},"cursor":"3","asOf":"2023-01-31T23:59:59.999+08:00"}}"""
            : $$$"""{"code":200,"message":"ok","data":{"snapshotId":"s","total":3,"start":0,"size":100,"asOf":"2023-01-31T23:59:59.999+08:00","records":{{{records}}}}}""";
    }

    /// <summary>The same each time: one to three bytes put in other bytes' place, taken out or doubled.</summary>
    internal static IEnumerable<byte[]> Changed(byte[] whole, int count)
    {
        var state = 7UL;
        for (var i = 0; i < count; i++)
        {
            var bytes = whole.ToList();
            for (var edits = 1 + Next(3); edits > 0; edits--)
            {
                var place = Next(bytes.Count);
                switch (Next(4))
                {
                    case 0:
                        bytes.RemoveAt(place);
                        break;
                    case 1:
                        bytes.Insert(place, bytes[place]);
                        break;
                    case 2:
                        bytes[place] = (byte)Next(256);
                        break;
                    default:
                        bytes[place] = "{}[]\",:0-"u8[Next(9)];
                        break;
                }
            }

            yield return [.. bytes];
        }

        int Next(int below)
        {
            state = unchecked((state * 6364136223846793005UL) + 1442695040888963407UL);
            return (int)((state >> 33) % (ulong)below);
        }
    }
}
