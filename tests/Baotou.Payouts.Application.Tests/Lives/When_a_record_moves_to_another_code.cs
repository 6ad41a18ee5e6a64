using Baotou.Payouts.Application.Pulling;

namespace Baotou.Payouts.Application.Tests.Lives;

/// <summary>
/// The agency had booked a record under the wrong enterprise. A snapshot shows it under another one now; the first does not keep it too.
/// </summary>
public sealed class When_a_record_moves_to_another_code
{
    [Fact]
    public async Task It_is_withdrawn_from_the_first_and_claimed_by_the_second()
    {
        var city = new TinyCity { Culture = new ScriptedAgency("culture", WalkKind.Snapshot) };
        city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-01-10", 30));
        city.Until("2023-01-31");
        await using var engine = new Engine(city, new WatchedRows());
        await TinyCity.BeginAsync(engine, cultureYuan: 10);
        await engine.PassAsync();
        city.Culture.Told[0] = TinyCity.Visit(2, "v1", "2023-01-10", 30, "2023-02-10");
        city.Until("2023-02-28");
        await engine.PassAsync();
        await TinyCity.AppropriateAsync(engine, TinyList.Culture, 2, 100);
        await engine.SettleAsync();

        Assert.Equal("1:10 2:20", await engine.GrantsAsync(TinyList.Culture));
        await engine.VerifyHoldsAsync();
    }
}
