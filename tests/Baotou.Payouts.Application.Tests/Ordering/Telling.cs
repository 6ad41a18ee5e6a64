using Baotou.Payouts.Application.Approving;
using Baotou.Payouts.Application.Pulling;
using Baotou.Payouts.Application.Work;
using Baotou.Payouts.AzureStorage.Rows;
using Baotou.Payouts.Domain.Facts;

namespace Baotou.Payouts.Application.Tests.Ordering;

/// <summary>A city that was told a quarter, month by month, each in a round of its own.</summary>
/// <param name="Rows">What came of it.</param>
/// <param name="City">Its agencies, which have told all.</param>
internal sealed record Telling(WatchedRows Rows, TinyCity City)
{
    /// <summary>The seed of the lottery.</summary>
    public const string Seed = "seed";

    /// <summary>Tells a quarter.</summary>
    /// <param name="quarter">What is told.</param>
    /// <param name="delivery">How.</param>
    /// <param name="tamper">A bug between the program and its rows.</param>
    /// <param name="seed">The seed of the lottery.</param>
    public static async Task<Telling> OfAsync(
        Quarter quarter,
        Delivery delivery,
        Func<IRowStore, IRowStore>? tamper = null,
        string seed = Seed
    )
    {
        var (rows, city) = (new WatchedRows(), new TinyCity());
        city.Accounts(Quarter.Enterprises - 1);
        await using var crew = new Crew(city, tamper?.Invoke(rows) ?? rows, delivery);
        crew.Do(engine => BeginAsync(engine, quarter, seed));
        crew.Do(engine => engine.HandleAsync(QueueNames.Pull, new PullMessage(WalkAccounts.Source, 1)));
        var walks = new Dictionary<string, int>(StringComparer.Ordinal);
        var before = TinyCity.Morning("2023-01-01");
        foreach (var (month, number) in quarter.Months.Select((m, i) => (m, i)))
        {
            foreach (var (agency, records, isLast) in PullsOf(city, month, delivery, isFirst: number == 0))
            {
                agency.Told.AddRange(records);
                agency.AsOf = isLast ? TinyCity.End(month.Last) : before;
                var walk = walks[agency.Source] = walks.GetValueOrDefault(agency.Source) + 1;
                crew.Do(engine => engine.HandleAsync(QueueNames.Pull, new PullMessage(agency.Source, walk)));
            }

            crew.Settle();
            before = TinyCity.End(month.Last);
            if (number != 1)
                continue;
            crew.Do(engine => TinyCity.AppropriateAsync(engine, TinyList.Culture, 2, quarter.More));
            crew.Settle();
        }

        crew.Do(async engine => await engine.Get<Sweep>().PayoutsAsync(default));
        return new Telling(rows, city);
    }

    private static async Task BeginAsync(Engine engine, Quarter quarter, string seed)
    {
        await engine
            .Get<OfficerActs>()
            .OpenPoolAsync(TinyList.Culture, seed, awaitsCarryIn: false, TinyCity.Morning("2023-01-01"), TinyCity.Persons, default);
        await TinyCity.AppropriateAsync(engine, TinyList.Culture, 1, quarter.Yuan);
        await TinyCity.OpenAsync(engine, TinyList.Tax, quarter.Yuan);
        await TinyCity.AutomaticAsync(engine, "visit", "figure");
    }

    /// <summary>
    /// The walks of a month. All but the last of an agency leave its as-of where it was, so that one round sees them all; in the first
    /// month an agency that was never walked holds the round back.
    /// </summary>
    private static IEnumerable<(ScriptedAgency Agency, IEnumerable<DeliveredRecord> Records, bool IsLast)> PullsOf(
        TinyCity city,
        Month month,
        Delivery delivery,
        bool isFirst
    )
    {
        var visits = Delivered(month.Visits, delivery).ToList();
        var size = Math.Max(1, (visits.Count + delivery.Pulls - 1) / delivery.Pulls);
        var pulls = visits.Chunk(size).ToList();
        var figures = (city.Tax, Delivered(month.Figures, delivery), true);
        if (delivery.FiguresFirst && !isFirst)
            yield return figures;
        foreach (var (pull, i) in pulls.Select((p, i) => (p, i)))
            yield return (city.Culture, pull, i == pulls.Count - 1);
        if (!delivery.FiguresFirst || isFirst)
            yield return figures;
    }

    private static IEnumerable<DeliveredRecord> Delivered(IReadOnlyList<DeliveredRecord> records, Delivery delivery)
    {
        var told = records.ToArray();
        if (delivery.Shuffle > 0)
            new Random(delivery.Shuffle).Shuffle(told);
        return told.Concat(records.Take(delivery.Repeats));
    }
}
