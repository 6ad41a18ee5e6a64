using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Application.Rerunning;

namespace Baotou.Payouts.Application.Tests.Rerunning;

/// <summary>A dry run shows each award before and after, and changes nothing.</summary>
public sealed class Showing_what_a_round_would_change
{
    private static readonly RerunScope Everything = new(null, null, null);

    [Fact]
    public async Task On_unchanged_facts_every_line_is_unchanged()
    {
        var (_, rows, engine) = await RunAsync();
        await using var _1 = engine;
        var before = await rows.OutcomeAsync();

        var difference = await engine.Get<DryRun>().HandleAsync(Everything, default);

        Assert.Equal((3, 0), (difference.Unchanged, difference.Lines.Count));
        Assert.Equal(before, await rows.OutcomeAsync());
    }

    [Theory]
    [InlineData("v4", 15L, false, DifferenceKind.New, 0, 1_500, "culture/v4 visitors: 15")]
    [InlineData("v1", 36L, false, DifferenceKind.Higher, 3_000, 3_600, "culture/v1 visitors: 30 → 36")]
    [InlineData("v1", 12L, false, DifferenceKind.Lower, 3_000, 1_200, "culture/v1 visitors: 30 → 12")]
    [InlineData("v1", 0L, true, DifferenceKind.Lost, 3_000, 0, "culture/v1: withdrawn")]
    public async Task A_record_walked_since_shows_what_it_changes_and_why(
        string record,
        long visitors,
        bool withdrawn,
        DifferenceKind kind,
        long beforeFen,
        long afterFen,
        string because
    )
    {
        var (city, _, engine) = await RunAsync();
        await using var _1 = engine;
        var enterprise = record == "v4" ? 4 : 1;
        city.Culture.Told.Add(TinyCity.Visit(enterprise, record, "2023-01-10", visitors, "2023-02-10", withdrawn: withdrawn));
        city.Until("2023-02-28");
        await engine.WalkAsync();

        var difference = await engine.Get<DryRun>().HandleAsync(Everything, default);

        var line = Assert.Single(difference.Lines);
        Assert.Equal(record == "v4" ? 3 : 2, difference.Unchanged);
        Assert.Equal((kind, beforeFen, afterFen), (line.Kind, line.Before.Value, line.After.Value));
        Assert.Equal((TinyCity.Code(enterprise), record), (line.Uscc, line.Occasion));
        Assert.Equal(because, line.Because);
        Assert.True(line.AfterRound);
    }

    [Fact]
    public async Task After_the_round_only_what_waits_for_two_persons_is_left()
    {
        var (city, _, engine) = await RunAsync();
        await using var _1 = engine;
        city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-01-10", 12, "2023-02-10"));
        city.Until("2023-02-28");
        await engine.PassAsync();

        var difference = await engine.Get<DryRun>().HandleAsync(Everything, default);

        var line = Assert.Single(difference.Lines);
        Assert.Equal((DifferenceKind.Lower, false), (line.Kind, line.AfterRound));
        Assert.Equal((LineStep.Release, Domain.Money.Fen.FromYuan(12)), (line.Payouts.Single().Step, line.Payouts.Single().TooMuch));
    }

    [Fact]
    public async Task A_scope_leaves_out_everything_else()
    {
        var (_, _, engine) = await RunAsync();
        await using var _1 = engine;

        var ofPolicy = await engine.Get<DryRun>().HandleAsync(new RerunScope("figure", null, null), default);
        var ofEnterprise = await engine.Get<DryRun>().HandleAsync(new RerunScope(null, TinyCity.Code(2), null), default);
        var ofPeriod = await engine.Get<DryRun>().HandleAsync(new RerunScope(null, null, "2022"), default);

        Assert.Equal((1, 1, 1), (ofPolicy.Unchanged, ofEnterprise.Unchanged, ofPeriod.Unchanged));
        Assert.Equal(3, new[] { ofPolicy.Hash, ofEnterprise.Hash, ofPeriod.Hash }.Distinct().Count());
    }

    [Fact]
    public async Task A_round_on_request_opens_only_for_something_new()
    {
        var (city, _, engine) = await RunAsync();
        await using var _1 = engine;
        Assert.Equal(0, await engine.Get<OpenRound>().OnRequestAsync(default));

        city.Culture.Told.Add(TinyCity.Visit(4, "v4", "2023-01-12", 15));
        await engine.WalkAsync();

        Assert.Equal(2, await engine.Get<OpenRound>().OnRequestAsync(default));
        await engine.SettleAsync();
        var late = Assert.Single(await engine.EntitlementsAsync(), e => e.Round == 2);
        Assert.True(late.Claim.Late);
        await engine.VerifyHoldsAsync();
    }

    private static async Task<(TinyCity City, WatchedRows Rows, Engine Engine)> RunAsync()
    {
        var city = new TinyCity();
        city.Culture.Told.AddRange([TinyCity.Visit(1, "v1", "2023-01-10", 30), TinyCity.Visit(2, "v2", "2023-01-11", 60)]);
        city.Tax.Told.Add(TinyCity.Figure(1, 2022, "2023-01-15", 100));
        city.Until("2023-01-31");
        var rows = new WatchedRows();
        var engine = new Engine(city, rows);
        await TinyCity.BeginAsync(engine);
        await engine.PassAsync();
        return (city, rows, engine);
    }
}
