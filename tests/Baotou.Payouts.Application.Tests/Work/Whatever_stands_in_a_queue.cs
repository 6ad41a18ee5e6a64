using System.Globalization;
using Baotou.Payouts.Application.Tests.Simulation;
using Baotou.Payouts.Application.Work;
using Xunit.Abstractions;

namespace Baotou.Payouts.Application.Tests.Work;

/// <summary>
/// Messages that nobody sent, sent again or sent long ago: refused with a reason or without effect. Tables carry the truth.
/// </summary>
public sealed class Whatever_stands_in_a_queue(ITestOutputHelper output)
{
    private static readonly string[] Nasty =
    [
        "",
        " ",
        "null",
        "{}",
        "[]",
        "0",
        "\"\"",
        "{\"source\":\"nobody\",\"walk\":1}",
        "{\"source\":\"\",\"walk\":1}",
        "{\"source\":\"culture\",\"walk\":0}",
        "{\"source\":\"culture\",\"walk\":-1}",
        "{\"source\":\"culture\",\"walk\":9223372036854775807}",
        "{\"source\":\"culture\",\"walk\":1}",
        "{\"round\":0,\"bucket\":0}",
        "{\"round\":1,\"bucket\":0}",
        "{\"round\":2147483647,\"bucket\":2147483647}",
        "{\"round\":-1,\"bucket\":-1}",
        "{\"round\":1,\"bucket\":1000}",
        "{\"pool\":\"culture\",\"fiscalYear\":2023}",
        "{\"pool\":\"culture\",\"fiscalYear\":-2023}",
        "{\"pool\":\"nothing\",\"fiscalYear\":2023}",
        "{\"pool\":\"\",\"fiscalYear\":0}",
        "{\"pool\":\"a/b#c?d\\\\e\",\"fiscalYear\":2023}",
        "{\"pool\":\"\\ud800\",\"fiscalYear\":2023}",
        "{\"pool\":\"\\u0000\",\"fiscalYear\":2023}",
    ];

    [Fact]
    public async Task Has_no_effect_on_money_and_stops_nothing()
    {
        var rows = new WatchedRows();
        var city = new TinyCity();
        city.Accounts(2);
        city.Culture.Told.Add(TinyCity.Visit(1, "v1", "2023-01-10", 30));
        city.Until("2023-01-31");
        await using var engine = new Engine(city, rows);
        await TinyCity.BeginAsync(engine);
        await engine.PassAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);
        var before = await engine.PayoutsAsync();
        var (refused, ignored) = (0, 0);
        var chance = new Chance(7);
        var bodies = Nasty.Concat(Enumerable.Range(0, 500).Select(_ => Edited(Nasty[chance.Next(Nasty.Length)], chance))).ToList();

        foreach (var body in bodies)
        {
            foreach (var queue in QueueNames.All)
            {
                try
                {
                    await engine.Get<WorkDispatcher>().HandleAsync(queue, body, default);
                    ignored++;
                }
                catch (Exception refusal) when (refusal is InvalidDataException or ArgumentException or KeyNotFoundException)
                {
                    Assert.False(string.IsNullOrWhiteSpace(refusal.Message));
                    refused++;
                }
            }
        }

        await engine.DrainAsync();
        city.Culture.Told.Add(TinyCity.Visit(2, "v2", "2023-02-10", 30));
        city.Until("2023-02-28");
        await engine.PassAsync();
        await engine.Get<Sweep>().PayoutsAsync(default);
        Assert.Equal(before, (await engine.PayoutsAsync()).Where(p => p.Claim.Occasion == "v1"));
        Assert.Equal("1:20 2:20", await engine.GrantsAsync(TinyList.Culture));
        await engine.VerifyHoldsAsync();
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"messages: {refused + ignored}, refused {refused}, without effect {ignored}")
        );
    }

    /// <summary>One character in another's place.</summary>
    private static string Edited(string body, Chance chance)
    {
        var at = chance.Next(body.Length + 1);
        return body[..at] + " {}[]\",:0123456789aeu\\-"[chance.Next(23)] + (at < body.Length ? body[(at + 1)..] : "");
    }
}
