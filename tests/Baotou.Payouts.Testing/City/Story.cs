using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Reconciling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.Domain.Facts;

namespace Baotou.Payouts.Testing.City;

/// <summary>
/// A year and a bit of a tiny city with everything that may happen to its money: a pool that runs dry within a claim, ties drawn by
/// lottery, a second appropriation, a late fact, corrections up and down, a release, the close of the year and the carry-over. It may be
/// told again from the start over rows that already hold a part of it.
/// </summary>
internal sealed class Story
{
    private static readonly (string Day, DeliveredRecord[] Culture, DeliveredRecord[] Tax)[] Ticks =
    [
        (
            "2023-01-31",
            [
                TinyCity.Visit(1, "v1", "2023-01-10", 30, batch: "b"),
                TinyCity.Visit(2, "v2", "2023-01-10", 60, batch: "b"),
                TinyCity.Visit(3, "v3", "2023-01-20", 90),
            ],
            [TinyCity.Figure(1, 2022, "2023-01-15", 100)]
        ),
        (
            "2023-02-28",
            [
                TinyCity.Visit(4, "v4", "2023-01-12", 15),
                TinyCity.Visit(3, "v3", "2023-01-20", 45, "2023-02-10"),
                TinyCity.Visit(1, "v1", "2023-01-10", 36, "2023-02-11", "b"),
                TinyCity.Visit(5, "v5", "2023-02-20", 300),
            ],
            []
        ),
        ("2024-01-31", [TinyCity.Visit(6, "v6", "2024-01-05", 30)], [TinyCity.Figure(2, 2023, "2024-01-15", 700)]),
    ];

    private readonly TinyCity _city = new();

    public Story() => _city.Accounts(6);

    /// <summary>The engine over rows. It has all patience, so that no round opens while a part of the story is told again.</summary>
    public Engine Over(AzureStorage.Rows.IRowStore rows) => new(_city, rows, patience: TimeSpan.FromDays(10_000));

    /// <summary>Tells the story once; whatever fails is thrown.</summary>
    public async Task TellAsync(Engine engine)
    {
        await TinyCity.BeginAsync(engine, cultureYuan: 70, taxYuan: 50);
        await TickAsync(engine, 0);
        await TinyCity.AppropriateAsync(engine, TinyList.Culture, 2, 150);
        await TickAsync(engine, 1);
        var first = (await engine.PayoutsAsync()).First(p => p.Pool == TinyList.Culture);
        await engine.Get<ReleasePayout>().HandleAsync(first.Id, "objection upheld", TinyCity.Persons, default);
        await engine.SettleAsync();
        await engine
            .Get<OfficerActs>()
            .ClosePoolAsync(TinyList.Culture, "close:1", "end of year", TinyCity.Morning("2023-12-31"), TinyCity.Persons, default);
        await engine.SettleAsync();
        await TinyCity.OpenAsync(engine, TinyList.CultureNext, 0, awaitsCarryIn: true);
        await engine.SettleAsync();
        await TinyCity.AppropriateAsync(engine, TinyList.CultureNext, 1, 100);
        await engine.SettleAsync();
        await TickAsync(engine, 2);
        await engine.Get<Sweep>().PayoutsAsync(default);
    }

    /// <summary>Walks up to a tick, unless the rows show that this was done, and works until nothing is left.</summary>
    private async Task TickAsync(Engine engine, int tick)
    {
        var asOf = TinyCity.End(Ticks[tick].Day);
        (_city.Culture.AsOf, _city.Tax.AsOf) = (asOf, asOf);
        _city.Culture.Told.Clear();
        _city.Culture.Told.AddRange(Ticks.Take(tick + 1).SelectMany(t => t.Culture));
        _city.Tax.Told.Clear();
        _city.Tax.Told.AddRange(Ticks.Take(tick + 1).SelectMany(t => t.Tax));
        foreach (var source in new[] { "culture", "tax", WalkAccounts.Source })
        {
            var (standing, _) = await engine.Get<ISourceLog>().ReadAsync(source, default);
            if (source == WalkAccounts.Source ? standing.Walks == 0 : !(standing.CompleteThrough >= asOf))
                await engine.HandleAsync(QueueNames.Pull, new PullMessage(source, standing.Walks + 1));
        }

        await engine.SettleAsync();
    }
}
