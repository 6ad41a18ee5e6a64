using System.Globalization;
using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Web.Access;

namespace Baotou.Payouts.Web.Tests;

/// <summary>Two persons open a case on what was paid, and two end it once the money is back.</summary>
[Collection(nameof(City))]
public sealed class Clawing_back_a_payout(City city)
{
    [Fact]
    public async Task A_case_stands_with_its_amount_until_the_money_is_back_and_a_rerun_asks_for_nothing_more()
    {
        var payout = await PaidAsync();
        var (all, uscc) = (payout.City.Value, payout.Claim.Uscc.Value);
        var tooMuch = await AskAsync(Clawback(payout.Id, all + 1), "key-clawback-0001");
        var asked = await AskAsync(Clawback(payout.Id, all - 1), "key-clawback-0002");
        var repeated = await AskAsync(Clawback(payout.Id, all - 1), "key-clawback-0002");

        Assert.Equal(409, tooMuch.Status);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"{all} fen of the city share were paid"),
            tooMuch.Body,
            StringComparison.Ordinal
        );
        Assert.Equal(
            (201, "clawback", all - 1),
            (asked.Status, asked.Json.GetProperty("kind").GetString(), asked.Json.GetProperty("amountFen").GetInt64())
        );
        Assert.Equal(asked.Body, repeated.Body);
        Assert.Equal("paid", (await ShownAsync(payout)).GetProperty("state").GetString());

        Assert.Equal("done", (await AgreeAsync(asked)).Json.GetProperty("state").GetString());
        var due = await ShownAsync(payout);
        Assert.Equal(("clawback-due", all - 1), (due.GetProperty("state").GetString(), due.GetProperty("takingFen").GetInt64()));
        Assert.Contains("包财监〔2023〕2号: the equipment was sold", due.GetProperty("note").GetString(), StringComparison.Ordinal);
        var second = await AskAsync(Clawback(payout.Id, 1), "key-clawback-0003");
        Assert.Equal(409, second.Status);
        Assert.Contains("'recovered'", second.Body, StringComparison.Ordinal);

        await AgreeAsync(
            await AskAsync(
                $$"""{"kind":"recovered","payoutId":"{{payout.Id}}","document":"receipt 7","why":"came in"}""",
                "key-clawback-0004"
            )
        );
        var rest = await ShownAsync(payout);
        Assert.Equal(("paid", 1), (rest.GetProperty("state").GetString(), rest.GetProperty("shares").GetProperty("cityFen").GetInt64()));
        Assert.Equal(201, (await AskAsync(Clawback(payout.Id, 1), "key-clawback-0005")).Status);
        var run = (
            await city.PostAsync(
                "/api/runs",
                city.Token(Role.Officer),
                $$"""{"dryRun":true,"enterprise":"{{uscc}}"}""",
                "key-clawback-0006"
            )
        ).Json;
        Assert.All(
            run.GetProperty("counts").EnumerateObject().Where(c => c.Name is not ("unchanged" or "undecided")),
            c => Assert.Equal((c.Name, 0), (c.Name, c.Value.GetInt32()))
        );
    }

    [Fact]
    public async Task What_is_not_paid_is_released_instead()
    {
        var ready = await AskAsync(Clawback(city.In(PayoutState.Ready).Id, 1), "key-clawback-0007");
        var none = await AskAsync(Clawback("000-aaaaaaaaaaaaaaaaaaaaaaaaaa", 1), "key-clawback-0008");
        var nothing = await AskAsync(Clawback(city.In(PayoutState.Ready).Id, 0), "key-clawback-0009");

        Assert.Equal((409, "it is not paid; ask for its 'release'."), (ready.Status, ready.Json.GetProperty("detail").GetString()));
        Assert.Equal((409, 400), (none.Status, nothing.Status));
        Assert.Contains(
            "amountFen is missing or makes no sense: it is an amount in fen, 1 or more",
            nothing.Body,
            StringComparison.Ordinal
        );
    }

    private static string Clawback(string payout, long fen) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"kind":"clawback","payoutId":"{{payout}}","amountFen":{{fen}},"document":"包财监〔2023〕2号","why":"the equipment was sold"}"""
        );

    private Task<Reply> AskAsync(string body, string key) => city.PostAsync("/api/approvals", city.Token(Role.Officer), body, key);

    private Task<Reply> AgreeAsync(Reply asked) =>
        city.PostAsync(
            $"/api/approvals/{asked.Json.GetProperty("id").GetString()}/decision",
            city.Token(Role.Approver),
            """{"decision":"agree"}"""
        );

    private async Task<System.Text.Json.JsonElement> ShownAsync(Payout payout) =>
        (await city.GetAsync($"/api/payouts/{payout.Id}", city.Token(Role.Enterprise, payout.Claim.Uscc.Value))).Json;

    /// <summary>
    /// As a click and the treasury's answer will: it is confirmed and instructed, the pool's log has the settlement, it is paid. It is one
    /// from the end of those that wait for a click, where no other test looks.
    /// </summary>
    private async Task<Payout> PaidAsync()
    {
        var (store, payout) = (
            city.Engine.Get<IPayoutStore>(),
            city.Payouts.Where(p => p.State == PayoutState.Ready).Reverse().ElementAt(6)
        );
        foreach (var state in new[] { PayoutState.Confirmed, PayoutState.Instructed, PayoutState.Settling, PayoutState.Paid })
        {
            var stored = (await store.ReadAsync(payout.Id, CancellationToken.None))!;
            Assert.True(await store.MoveAsync(stored, stored.Payout.Move(state), CancellationToken.None));
        }

        await city
            .Engine.Get<IPoolLog>()
            .SubmitAsync(
                payout.Pool,
                new PoolInput.Settle($"settle:{payout.Id}:1", "batch", 1, 1, payout.City, ContentHash.None),
                CancellationToken.None
            );
        await city.Engine.Get<AllocatePool>().HandleAsync(payout.Pool, CancellationToken.None);
        return (await store.ReadAsync(payout.Id, CancellationToken.None))!.Payout;
    }
}
