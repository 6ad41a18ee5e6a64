using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.AzureStorage;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Application.Tests.Matching;

/// <summary>
/// An amount is changed in the list, in place: what was decided stays decided by the entry it was decided by, and can be replayed.
/// </summary>
public sealed class When_the_list_changes_between_rounds
{
    private static readonly Policy Doubled = TinyList.Visit with
    {
        Terms = TinyList.Visit.Terms! with { Award = new Award.PerUnit(new FieldRef("visit", "visitors"), null, 1, Fen.FromYuan(2), null) },
        Hash = ContentHash.OfText("visit, doubled"),
    };

    private readonly WatchedRows _rows = new();

    [Fact]
    public async Task Old_claims_keep_their_amount_and_everything_verifies()
    {
        await using var engine = await RunAsync();

        Assert.Equal("1:20 2:40", await engine.GrantsAsync(TinyList.Culture));
        await engine.VerifyHoldsAsync();
    }

    [Fact]
    public async Task An_old_decision_is_replayed_with_its_old_entry()
    {
        await using var engine = await RunAsync();
        foreach (var payout in await engine.PayoutsAsync())
        {
            var trace = await engine.Get<TracePayout>().HandleAsync(payout.Id, default);

            Assert.All(trace, l => Assert.Null(l.Problem));
            Assert.Equal(["fact", "fact", "list", "receipt", "claim", "claim", "entry", "payout"], trace.Take(8).Select(l => l.Step));
            var entry = payout.Claim.Occasion == "v1" ? TinyList.Visit : Doubled;
            Assert.Equal(entry.Hash, trace.Single(l => l.Step == "list").Hash);
        }
    }

    [Fact]
    public async Task A_kept_entry_that_was_changed_gives_another_decision()
    {
        await using var engine = await RunAsync();
        var (partition, row) = (await _rows.AllAsync(StorageKeys.Lists)).Single(r => r.Row.RowKey == TinyList.Visit.Hash.Hex);
        row.Columns["body"] = row.Columns.Text("body").Replace("\"amount\":100", "\"amount\":101", StringComparison.Ordinal);
        await _rows.PlantAsync(StorageKeys.Lists, partition, row.RowKey, row.Columns);
        await using var later = new Engine(City(Changed()), _rows);

        Assert.Contains("claim visit|v1", (await later.VerifyAsync()).Difference, StringComparison.Ordinal);
        var payout = (await later.PayoutsAsync()).Single(p => p.Claim.Occasion == "v1");
        Assert.Contains(await later.Get<TracePayout>().HandleAsync(payout.Id, default), l => l is { Step: "receipt", Holds: false });
    }

    [Fact]
    public async Task A_list_that_was_never_kept_is_named()
    {
        await using var engine = await RunAsync();
        foreach (var (partition, row) in await _rows.AllAsync(StorageKeys.Lists))
            await _rows.TakeAsync(StorageKeys.Lists, partition, row);
        await using var later = new Engine(City(Changed()), _rows);

        Assert.Contains(
            $"Round 1 was opened with list {ContentHash.OfText("tiny")}, which is not kept",
            (await later.VerifyAsync()).Difference,
            StringComparison.Ordinal
        );
    }

    private static Catalogue Changed() =>
        TinyList.Catalogue(Doubled, TinyList.Figure) with
        {
            Version = ContentHash.OfText("tiny, changed"),
        };

    private static TinyCity City(Catalogue list)
    {
        var city = new TinyCity { List = list };
        city.Accounts(2);
        city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-01-10", 30));
        city.Until("2023-01-31");
        return city;
    }

    /// <summary>A round with the list as it was, another with the changed one, and the engine that knows only the changed one.</summary>
    private async Task<Engine> RunAsync()
    {
        await using (var before = new Engine(City(TinyList.Catalogue()), _rows))
        {
            await TinyCity.BeginAsync(before);
            await before.PassAsync();
        }

        var city = City(Changed());
        city.Culture.Told.Add(TinyCity.Visit(2, "v2", "2023-02-10", 30));
        city.Until("2023-02-28");
        var engine = new Engine(city, _rows);
        await engine.PassAsync();
        Assert.Equal(2, (await engine.Get<IRoundLog>().StandingAsync(default)).Closed);
        return engine;
    }
}
