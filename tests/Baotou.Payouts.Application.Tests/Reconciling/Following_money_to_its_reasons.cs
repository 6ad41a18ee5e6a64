using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Tests.Tampering;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Application.Tests.Reconciling;

/// <summary>From a payout back to its facts, and through a pool's chain with whoever is behind its entries.</summary>
public sealed class Following_money_to_its_reasons
{
    [Fact]
    public async Task Every_payout_leads_back_to_its_facts()
    {
        var (_, engine) = await FinishedCity.BuildAsync();
        await using var closed = engine;
        var payouts = await engine.PayoutsAsync();
        Assert.Contains(payouts, p => p.Pool == TinyList.CultureNext);
        foreach (var payout in payouts)
        {
            var trace = await engine.Get<TracePayout>().HandleAsync(payout.Id, default);

            Assert.All(trace, l => Assert.Null(l.Problem));
            Assert.Equal(["fact", "list", "receipt", "claim", "entry", "payout"], trace.Select(l => l.Step).Distinct());
            Assert.Equal(payout.Version + 1, trace.Count(l => l.Step == "payout"));
        }
    }

    [Fact]
    public async Task Nothing_is_followed_from_a_payout_that_does_not_exist()
    {
        var (_, engine) = await FinishedCity.BuildAsync();
        await using var closed = engine;

        Assert.Empty(await engine.Get<TracePayout>().HandleAsync("000-" + new string('a', 26), default));
    }

    [Fact]
    public async Task Every_entry_has_its_hash_checked_and_its_persons_named()
    {
        var (_, engine) = await FinishedCity.BuildAsync();
        await using var closed = engine;

        var history = await engine.Get<TracePool>().HandleAsync(TinyList.Culture, default);

        Assert.All(history, e => Assert.Null(e.Problem));
        Assert.Equal(Enumerable.Range(1, history.Count).Select(n => (long)n), history.Select(e => e.Entry.Seq));
        Assert.Equal(
            [(EntryKind.Appropriated, "wang", "li", "the budget"), (EntryKind.Limited, "wang", "li", "why")],
            history.Where(e => e.Approval is not null).Select(e => (e.Entry.Kind, e.Act!.RequestedBy, e.Act.ApprovedBy, e.Approval!.Why))
        );
        Assert.All(
            history.Where(e => e.Entry.Kind is EntryKind.Opened or EntryKind.Appropriated or EntryKind.CarriedOut),
            e => Assert.NotNull(e.Act)
        );
    }

    [Theory]
    [InlineData(StorageKeys.Facts, "\"recordId\":\"v2\"", "Count:60", "Count:61", "fact")]
    [InlineData(StorageKeys.Entitlements, "\"occasion\":\"v2\"", "\"due\":6000", "\"due\":6001", "receipt")]
    [InlineData(StorageKeys.Claims, "\"occasion\":\"v2\"", "\"amount\":4000", "\"amount\":4001", "claim")]
    [InlineData(StorageKeys.Payouts, "\"version\":0", "\"state\":\"Reserved\"", "\"state\":\"Held\"", "payout")]
    public async Task What_does_not_fit_is_marked_where_it_stands(string table, string row, string from, string to, string step)
    {
        var (rows, engine) = await FinishedCity.BuildAsync();
        await using var closed = engine;
        var payout = (await engine.PayoutsAsync()).First(p => p.Claim.Occasion == "v2");
        var (partition, stored) = (await rows.AllAsync(table)).First(r =>
            r.Row.Columns.TryGetValue("body", out var body)
            && body is string text
            && text.Contains(row, StringComparison.Ordinal)
            && text.Contains(from, StringComparison.Ordinal)
            && (table != StorageKeys.Payouts || text.Contains(payout.Id, StringComparison.Ordinal))
        );
        stored.Columns["body"] = stored.Columns.Text("body").Replace(from, to, StringComparison.Ordinal);
        await rows.PlantAsync(table, partition, stored.RowKey, stored.Columns);
        engine.Get<Application.Pulling.IFactLog>().Forget();

        var trace = await engine.Get<TracePayout>().HandleAsync(payout.Id, default);

        Assert.Contains(trace, l => l.Step == step && !l.Holds);
    }
}
