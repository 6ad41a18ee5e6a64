using System.Text;
using Baotou.Payouts.Application.Pulling;
using Microsoft.Extensions.DependencyInjection;

namespace Baotou.Payouts.Exchange.Tests.Walking;

public sealed class When_an_answer_is_not_as_agreed
{
    private const string Good =
        """{"code":200,"message":"ok","data":{"records":[{"uscc":"x","values":{"amount":12.50,"flag":true,"none":null}}],"cursor":"1","asOf":"2023-01-31T23:59:59.999+08:00"}}""";

    [Theory]
    [InlineData("""{"code":200,"message":"ok","data":{"records":[{"uscc":""")]
    [InlineData("")]
    [InlineData("<html>gateway</html>")]
    [InlineData("""{"message":"no code"}""")]
    [InlineData("""{"code":503,"message":"busy"}""")]
    public async Task A_torn_or_busy_answer_is_asked_for_again(string torn)
    {
        await using var stub = await StubAgency.StartAsync(torn, torn, Good);
        await using var client = stub.Client();

        var page = await client.GetRequiredService<IAgency>().ReadPageAsync("", 100, default);

        Assert.Equal(3, stub.Requests);
        var record = Assert.Single(page.Records);
        Assert.Equal("12.50", record.Values["amount"]);
        Assert.Equal("true", record.Values["flag"]);
        Assert.False(record.Values.ContainsKey("none"));
        Assert.Equal(new DateTimeOffset(2023, 1, 31, 15, 59, 59, 999, TimeSpan.Zero), page.AsOf);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_on_the_line_is_asked_for_again()
    {
        await using var stub = await StubAgency.StartAsync(
            async (context, n) =>
            {
                if (n == 1)
                {
                    context.Response.ContentLength = 10_000;
                    await StubAgency.WriteAsync(context, Good);
                    context.Abort();
                }
                else
                {
                    await StubAgency.WriteAsync(context, Good);
                }
            }
        );
        await using var client = stub.Client();

        Assert.Single((await client.GetRequiredService<IAgency>().ReadPageAsync("", 100, default)).Records);
        Assert.Equal(2, stub.Requests);
    }

    [Fact]
    public async Task An_answer_above_the_limit_is_refused_and_not_asked_for_again()
    {
        await using var stub = await StubAgency.StartAsync(new string(' ', 40_000));
        await using var client = stub.Client(resilience: StubAgency.Fast with { MaxAnswerBytes = 20_000 });

        var trouble = await Assert.ThrowsAsync<AgencyException>(() => client.GetRequiredService<IAgency>().ReadPageAsync("", 100, default));

        Assert.Equal(AgencyTrouble.Oversized, trouble.Trouble);
        Assert.Equal(1, stub.Requests);
    }

    [Fact]
    public async Task A_refusal_is_not_asked_again_and_tells_no_secret()
    {
        await using var stub = await StubAgency.StartAsync("""{"code":300,"message":"signature","data":null}""");
        await using var client = stub.Client();

        var trouble = await Assert.ThrowsAsync<AgencyException>(() => client.GetRequiredService<IAgency>().ReadPageAsync("", 100, default));

        Assert.Equal(AgencyTrouble.Refused, trouble.Trouble);
        Assert.Equal(1, stub.Requests);
        Assert.DoesNotContain("secret for a test", trouble.ToString());
    }

    [Fact]
    public async Task Trouble_that_lasts_is_thrown_after_seven_attempts()
    {
        await using var stub = await StubAgency.StartAsync(
            (context, _) =>
            {
                context.Response.StatusCode = 500;
                return Task.CompletedTask;
            }
        );
        await using var client = stub.Client();

        var trouble = await Assert.ThrowsAsync<AgencyException>(() => client.GetRequiredService<IAgency>().ReadPageAsync("", 100, default));

        Assert.Equal(AgencyTrouble.Unreachable, trouble.Trouble);
        Assert.Equal(7, stub.Requests);
    }

    [Theory]
    [InlineData("""{"code":200,"data":{"records":{},"cursor":"1","asOf":null}}""")]
    [InlineData("""{"code":200,"data":{"records":[],"cursor":1,"asOf":null}}""")]
    [InlineData("""{"code":200,"data":{"records":[],"cursor":"1","asOf":"yesterday"}}""")]
    [InlineData("""{"code":200,"data":null}""")]
    [InlineData("""{"code":200,"data":{"records":[],"cursor":"","asOf":null}}""")]
    public async Task A_whole_answer_of_another_form_is_a_misshapen_one(string answer)
    {
        await using var stub = await StubAgency.StartAsync(answer);
        await using var client = stub.Client();

        var trouble = await Assert.ThrowsAsync<AgencyException>(() => client.GetRequiredService<IAgency>().ReadPageAsync("", 100, default));

        Assert.Equal(AgencyTrouble.Misshapen, trouble.Trouble);
    }

    [Fact]
    public async Task A_record_that_is_none_goes_to_quarantine_and_its_neighbours_stay()
    {
        await using var stub = await StubAgency.StartAsync(
            """{"code":"200","data":{"records":[17,null,["x"],{"uscc":{"a":1}},{"values":[1]},{"values":{"a":{}}},{"values":{"a":1,"a":2}},{"withdrawn":"perhaps"},{"uscc":"\ud800"},{"recordId":7,"values":{}}],"cursor":"10","asOf":null}}"""
        );
        await using var client = stub.Client();

        var page = await client.GetRequiredService<IAgency>().ReadPageAsync("", 100, default);

        Assert.Equal(9, page.Unreadable.Count);
        Assert.Equal("record 1 of the page after cursor ''", page.Unreadable[0].Position);
        Assert.Equal("17", page.Unreadable[0].Text);
        Assert.All(page.Unreadable, u => Assert.NotEmpty(u.Reason));
        Assert.Equal("7", Assert.Single(page.Records).RecordId);
        Assert.False(page.IsLast);
    }

    [Fact]
    public async Task A_record_that_nests_too_deep_or_is_no_text_harms_no_neighbour()
    {
        var deep = new string('[', 5_000) + new string(']', 5_000);
        byte[] body =
        [
            .. Encoding.UTF8.GetBytes(
                "{\"code\":200,\"data\":{\"records\":[{\"recordId\":\"a\",\"values\":{\"x\":" + deep + "}},{\"recordId\":\"b"
            ),
            0xFF,
            .. Encoding.UTF8.GetBytes("\"},{\"recordId\":\"c\",\"values\":{\"d"),
            0xC3,
            .. Encoding.UTF8.GetBytes("\":1}},{\"recordId\":\"d\"}],\"cursor\":\"4\",\"asOf\":null}}"),
        ];
        await using var stub = await StubAgency.StartAsync((context, _) => context.Response.Body.WriteAsync(body).AsTask());
        await using var client = stub.Client();

        var page = await client.GetRequiredService<IAgency>().ReadPageAsync("", 100, default);

        Assert.Equal("d", Assert.Single(page.Records).RecordId);
        Assert.Equal(3, page.Unreadable.Count);
        Assert.All(page.Unreadable, u => Assert.InRange(u.Text.Length, 1, 2_000));
    }

    [Fact]
    public async Task A_broken_account_record_shows_no_digit_of_its_number()
    {
        await using var stub = await StubAgency.StartAsync(
            """{"code":200,"data":{"records":[{"uscc":"A","holder":"B","number":"6222 0200 1234 5678","bankCode":"1","open":true,"recordedAt":"2023-01-01T00:00:00Z","recordId":"r"},{"uscc":"A","holder":"B","number":"62220200","bankCode":"102","open":false,"recordedAt":"2023-01-01T08:00:00+08:00","recordId":"r2"}],"cursor":"2","asOf":"2023-01-31T23:59:59.999+08:00"}}"""
        );
        await using var client = stub.Client(treasury: true);

        var page = await client.GetRequiredService<IAccountRegister>().ReadPageAsync("", 100, default);

        Assert.DoesNotContain(Assert.Single(page.Unreadable).Text, char.IsDigit);
        var account = Assert.Single(page.Accounts);
        Assert.Equal(
            ("62220200", false, new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero)),
            (account.Number, account.Open, account.RecordedAt)
        );
    }

    [Fact]
    public async Task Pages_of_another_snapshot_begin_that_snapshot_anew()
    {
        static string Page(string id, int start) =>
            $$"""{"code":200,"data":{"snapshotId":"{{id}}","total":3,"start":{{start}},"size":2,"asOf":"2023-01-31T23:59:59.999+08:00","records":[{"recordId":"{{id}}{{start}}"}] } }""";
        await using var stub = await StubAgency.StartAsync(Page("a", 0), Page("b", 2), Page("b", 0), Page("b", 2));
        await using var client = stub.Client(WalkKind.Snapshot);
        var agency = client.GetRequiredService<IAgency>();

        var first = await agency.ReadPageAsync("", 2, default);
        var anew = await agency.ReadPageAsync(first.Cursor, 2, default);
        var last = await agency.ReadPageAsync(anew.Cursor, 2, default);

        Assert.Equal(("a", "b", "b"), (first.SnapshotId, anew.SnapshotId, last.SnapshotId));
        Assert.Equal("b0", Assert.Single(anew.Records).RecordId);
        Assert.Equal((false, false, true), (first.IsLast, anew.IsLast, last.IsLast));
        Assert.Equal(3, last.AnnouncedCount);
    }
}
