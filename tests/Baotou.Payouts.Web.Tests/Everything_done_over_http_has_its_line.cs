using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Projecting;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Catalogues;
using Baotou.Payouts.Domain.Payouts;
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
        var asked = await DoneAsync(city.PostAsync("/api/approvals", officer, $$"""{"kind":"appropriate","pool":"{{pool}}","fiscalYear":2023,"amountFen":5,"document":"no. 9","why":"more"}""", "key-of-the-wish-1"));
        await DoneAsync(city.PostAsync($"/api/approvals/{asked}/decision", city.Token(Role.Approver), """{"decision":"agree"}"""));
        var ready = city.Payouts.First(p => p.State == PayoutState.Ready);
        await DoneAsync(city.PostAsync($"/api/payouts/{ready.Id}/confirmation", city.Token(Role.Enterprise, ready.Claim.Uscc.Value), "{}", "key-of-the-click"));
        await DoneAsync(city.PostAsync($"/api/payouts/{ready.Id}/hold", officer, """{"reason":"a doubt"}""", "key-of-the-hold-1"));
        var version = (await engine.Get<IPayoutStore>().ReadAsync(ready.Id, CancellationToken.None))!.Payout.Version;
        asked = await DoneAsync(city.PostAsync("/api/approvals", officer, $$"""{"kind":"resume","payoutId":"{{ready.Id}}","version":{{version}},"why":"settled"}""", "key-of-the-wish-2"));
        await DoneAsync(city.PostAsync($"/api/approvals/{asked}/decision", city.Token(Role.Approver), """{"decision":"agree"}"""));

        await engine.Get<AllocatePool>().HandleAsync(city.Payouts[0].Pool, CancellationToken.None);
        await engine.Get<ProjectPool>().HandleAsync(city.Payouts[0].Pool, CancellationToken.None);

        Assert.Null((await engine.Get<VerifyLedger>().HandleAsync(null, CancellationToken.None)).Difference);
    }

    private static async Task<string> DoneAsync(Task<Reply> sending)
    {
        var reply = await sending;
        Assert.True(reply.Status is 200 or 201 or 202, $"{reply.Status} {reply.Body}");
        return reply.Json.TryGetProperty("id", out var id) ? id.GetString()! : "";
    }
}
