using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Domain.Money;

namespace Baotou.Payouts.Application.Tests.Lives;

/// <summary>
/// An agency tells a year's running total quarter by quarter. A figure counts from the day on which the agency closes it, the last of the
/// year: it is decided once, on what stands then.
/// </summary>
public sealed class When_a_yearly_total_is_told_again_and_again
{
    private readonly TinyCity _city = new();

    [Fact]
    public async Task One_claim_arises_when_the_year_ends_on_the_last_total()
    {
        await using var engine = await ToldByQuarterAsync();

        var claim = Assert.Single(await engine.EntitlementsAsync());
        Assert.Equal(
            (Fen.FromYuan(40), Domain.Time.ChinaTime.StartOf(new DateOnly(2023, 12, 31)), EntitlementState.Claimed),
            (claim.Claim.Amount, claim.Moment, claim.State)
        );
        await engine.VerifyHoldsAsync();
    }

    [Theory]
    [InlineData(500, EntitlementState.NeedsApproval)]
    [InlineData(300, null)]
    public async Task What_the_agency_corrects_afterwards_is_a_supplement_or_a_reduction(long yuan, EntitlementState? supplement)
    {
        await using var engine = await ToldByQuarterAsync();
        await TinyCity.OpenAsync(engine, TinyList.Tax with { FiscalYear = 2024 }, 0);
        await TellAsync(engine, "2024-02-10", yuan, "2024-02-28");

        Assert.Equal(supplement, (await engine.EntitlementsAsync()).SingleOrDefault(e => e.Claim.Key.Number == 1)?.State);
        Assert.Equal(
            supplement is null ? 1 : 0,
            (await engine.ChainAsync(TinyList.Tax)).Count(e => e.Kind == Domain.Pools.EntryKind.Limited)
        );
        await engine.VerifyHoldsAsync();
    }

    private async Task<Engine> ToldByQuarterAsync()
    {
        var engine = new Engine(_city, new WatchedRows());
        await TinyCity.BeginAsync(engine);
        foreach (
            var (day, yuan, until) in new[]
            {
                ("2023-03-31", 100L, "2023-04-30"),
                ("2023-06-30", 200L, "2023-07-31"),
                ("2023-09-30", 300L, "2023-10-31"),
            }
        )
        {
            await TellAsync(engine, day, yuan, until);
            Assert.Empty(await engine.EntitlementsAsync());
        }

        await TellAsync(engine, "2023-12-30", 400, "2024-01-31");
        return engine;
    }

    private async Task TellAsync(Engine engine, string day, long yuan, string until)
    {
        _city.Tax.Told.Add(TinyCity.Figure(1, 2023, day, yuan));
        _city.Until(until);
        await engine.PassAsync();
    }
}
