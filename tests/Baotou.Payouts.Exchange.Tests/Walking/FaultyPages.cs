using System.Globalization;
using System.Text;
using System.Text.Json;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Testing.City;
using Microsoft.AspNetCore.Http;

namespace Baotou.Payouts.Exchange.Tests.Walking;

/// <summary>What an agency, or a gateway before it, does to an answer.</summary>
public enum Wrong
{
    Nothing,
    Failed,
    Unavailable,
    TooMany,
    TooManyForAnHour,
    CutOff,
    Silent,
    WebPage,
    OtherType,
    HalfJson,
    RecordsTwice,
    PageBefore,
}

/// <summary>
/// The yearly figures of a tax bureau in pages, by cursor or as a snapshot: some answers, counted from 1, are given wrongly.
/// </summary>
internal sealed class FaultyPages(WalkKind kind, Wrong wrong = Wrong.Nothing, int first = 0, int answers = 0)
{
    public const int Records = 23;
    public const int PageSize = 5;
    public const int Pages = 5;

    /// <summary>Record 4 has a code of nobody and record 9 is none at all.</summary>
    public const int Bad = 2;

    public static readonly DateTimeOffset AsOf = TinyCity.Morning("2023-02-01");

    private static readonly string[] All =
    [
        .. Enumerable
            .Range(1, Records)
            .Select(n =>
                n == 9
                    ? "17"
                    : Written(
                        n == 4
                            ? TinyCity.Figure(n, 2022, "2023-01-15", 1_000) with
                            {
                                Uscc = "nobody",
                            }
                            : TinyCity.Figure(n, 2022, "2023-01-15", 1_000 + n)
                    )
            ),
    ];

    private string _before = "";

    public async Task AnswerAsync(HttpContext context, int number)
    {
        var spoilt = number >= first && number < first + answers ? wrong : Wrong.Nothing;
        var from = int.TryParse(
            context.Request.Query[kind == WalkKind.Cursor ? "cursor" : "start"],
            CultureInfo.InvariantCulture,
            out var position
        )
            ? position
            : 0;
        var page = Page(from, spoilt == Wrong.RecordsTwice);
        var (answer, response) = (Encoding.UTF8.GetBytes(spoilt == Wrong.PageBefore && from > 0 ? _before : page), context.Response);
        if (spoilt == Wrong.Nothing)
            _before = page;
        response.ContentType = spoilt == Wrong.OtherType ? "text/csv; charset=gbk" : "application/json";
        switch (spoilt)
        {
            case Wrong.Failed:
                response.StatusCode = 500;
                return;
            case Wrong.Unavailable:
                Refuse(response, 503, seconds: 0);
                return;
            case Wrong.TooMany:
                Refuse(response, 429, seconds: 0);
                return;
            case Wrong.TooManyForAnHour:
                Refuse(response, 429, seconds: 3_600);
                return;
            case Wrong.Silent:
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return;
            case Wrong.CutOff:
                response.ContentLength = answer.Length;
                await response.Body.WriteAsync(answer.AsMemory(0, answer.Length / 2));
                await response.Body.FlushAsync();
                context.Abort();
                return;
            case Wrong.WebPage:
                response.ContentType = "text/html";
                answer = Encoding.UTF8.GetBytes("<html><body>系统维护中</body></html>");
                break;
            case Wrong.HalfJson:
                answer = answer[..(answer.Length / 2)];
                break;
        }

        response.ContentLength = answer.Length;
        await response.Body.WriteAsync(answer);
    }

    private static void Refuse(HttpResponse response, int status, int seconds)
    {
        response.StatusCode = status;
        response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
    }

    private string Page(int from, bool recordsTwice)
    {
        var some = All.Skip(from).Take(PageSize);
        var records = string.Join(',', recordsTwice ? some.Concat(some) : some);
        var asOf = TinyCity.Text(AsOf);
        if (kind == WalkKind.Snapshot)
            return $$$"""{"code":200,"data":{"snapshotId":"s","total":{{{Records}}},"start":{{{from}}},"size":{{{PageSize}}},"asOf":"{{{asOf}}}","records":[{{{records}}}]}}""";
        var next = Math.Min(from + PageSize, Records);
        return $$$"""{"code":200,"data":{"records":[{{{records}}}],"cursor":"{{{next}}}","asOf":{{{(next == Records ? $"\"{asOf}\"" : "null")}}}}}""";
    }

    private static string Written(DeliveredRecord r) =>
        JsonSerializer.Serialize(
            new
            {
                uscc = r.Uscc,
                kind = r.Kind,
                period = r.Period,
                effectiveOn = r.EffectiveOn,
                recordedAt = r.RecordedAt,
                recordId = r.RecordId,
                values = r.Values,
            }
        );
}
