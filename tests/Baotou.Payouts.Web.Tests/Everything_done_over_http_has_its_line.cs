using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Catalogues;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Payouts;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Local.Hosting;
using Baotou.Payouts.Web.Access;

namespace Baotou.Payouts.Web.Tests;

/// <summary>Verifying asks the audit log for the line of every effect: what was really sent has one, whatever it was.</summary>
public sealed class Everything_done_over_http_has_its_line
{
    [Fact]
    public async Task And_verifying_finds_it()
    {
        var city = new City(60, CatalogueLoader.LoadEmbedded().Required());
        await city.InitializeAsync();
        await using var engine = city.Engine;
        var (officer, pool) = (city.Token(Role.Officer), city.Payouts[0].Pool.Pool);

        await DoneAsync(city.PostAsync("/api/stops", officer, """{"what":"instructing","reason":"a doubt"}""", "key-of-the-stop"));
        var run = await DoneAsync(city.PostAsync("/api/runs", officer, """{"dryRun":true}""", "key-of-the-run-1"));
        await DoneAsync(city.PostAsync($"/api/runs/{run}/cancel", officer, "{}", "key-of-the-cancel"));
        var asked = await DoneAsync(
            city.PostAsync(
                "/api/approvals",
                officer,
                $$"""{"kind":"appropriate","pool":"{{pool}}","fiscalYear":2023,"amountFen":5,"document":"no. 9","why":"more"}""",
                "key-of-the-wish-1"
            )
        );
        await DoneAsync(city.PostAsync($"/api/approvals/{asked}/decision", city.Token(Role.Approver), """{"decision":"agree"}"""));
        var ready = city.Payouts.First(p => p.State == PayoutState.Ready);
        await DoneAsync(
            city.PostAsync(
                $"/api/payouts/{ready.Id}/confirmation",
                city.Token(Role.Enterprise, ready.Claim.Uscc.Value),
                "{}",
                "key-of-the-click"
            )
        );
        await DoneAsync(city.PostAsync($"/api/payouts/{ready.Id}/hold", officer, """{"reason":"a doubt"}""", "key-of-the-hold-1"));
        var version = (await engine.Get<IPayoutStore>().ReadAsync(ready.Id, CancellationToken.None))!.Payout.Version;
        await AgreedAsync($$"""{"kind":"resume","payoutId":"{{ready.Id}}","version":{{version}},"why":"settled"}""", "key-of-the-wish-2");
        var paid = city.Payouts.Last(p => p.State == PayoutState.Ready);
        await PaidAsync(engine, paid);
        await AgreedAsync(
            $$"""{"kind":"clawback","payoutId":"{{paid.Id}}","amountFen":2,"document":"no. 10","why":"not due"}""",
            "key-of-the-wish-3"
        );
        await AgreedAsync($$"""{"kind":"recovered","payoutId":"{{paid.Id}}","document":"no. 11","why":"it came"}""", "key-of-the-wish-4");
        await AgreedAsync($$"""{"kind":"put-in-shadow","policy":"{{paid.Claim.Policy}}","why":"a doubt"}""", "key-of-the-wish-5");
        await AgreedAsync(await WithdrawalAsync(city), "key-of-the-wish-6");

        foreach (var of in city.Payouts.Select(p => p.Pool).Distinct())
        {
            await engine.Get<AllocatePool>().HandleAsync(of, CancellationToken.None);
            await engine.Get<ProjectPool>().HandleAsync(of, CancellationToken.None);
        }

        Assert.Null((await engine.Get<VerifyLedger>().HandleAsync(null, CancellationToken.None)).Difference);

        async Task AgreedAsync(string body, string key)
        {
            var id = await DoneAsync(city.PostAsync("/api/approvals", officer, body, key));
            var decided = await city.PostAsync($"/api/approvals/{id}/decision", city.Token(Role.Approver), """{"decision":"agree"}""");
            Assert.True(decided.Json.GetProperty("state").GetString() == "done", decided.Body);
        }
    }

    /// <summary>The withdrawal of the first claim that waits, as its enterprise's status shows it.</summary>
    private static async Task<string> WithdrawalAsync(City city)
    {
        foreach (var uscc in city.Enterprises)
        {
            foreach (
                var open in (await city.GetAsync($"/api/enterprises/{uscc}/payouts", city.Token(Role.Officer)))
                    .Json.GetProperty("waiting")
                    .EnumerateArray()
            )
            {
                if (open.GetProperty("state").GetString() != "waiting")
                    continue;
                var named = new[] { "policy", "occasion", "uscc", "number", "grantedFen" }.Select(n =>
                    $"\"{n}\":{open.GetProperty(n).GetRawText()}"
                );
                return $$"""{"kind":"withdraw",{{string.Join(',', named)}},"document":"no. 12","why":"not due"}""";
            }
        }

        throw new InvalidOperationException("Nothing waits in the city.");
    }

    /// <summary>
    /// As a click and the treasury's answer will: it is confirmed and instructed, the pool's log has the settlement, it is paid.
    /// </summary>
    private static async Task PaidAsync(LocalEngine engine, Payout payout)
    {
        foreach (var state in new[] { PayoutState.Confirmed, PayoutState.Instructed, PayoutState.Settling, PayoutState.Paid })
        {
            var stored = (await engine.Get<IPayoutStore>().ReadAsync(payout.Id, CancellationToken.None))!;
            Assert.True(await engine.Get<IPayoutStore>().MoveAsync(stored, stored.Payout.Move(state), CancellationToken.None));
        }

        await engine
            .Get<IPoolLog>()
            .SubmitAsync(
                payout.Pool,
                new PoolInput.Settle($"settle:{payout.Id}:1", "batch", 1, 1, payout.City, ContentHash.None),
                CancellationToken.None
            );
    }

    private static async Task<string> DoneAsync(Task<Reply> sending)
    {
        var reply = await sending;
        Assert.True(reply.Status is 200 or 201 or 202, $"{reply.Status} {reply.Body}");
        return reply.Json.TryGetProperty("id", out var id) ? id.GetString()! : "";
    }
}
