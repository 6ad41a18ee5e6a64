using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues.Mutations;

/// <summary>The numbers that an entry speaks of, in smallest units, and those at which its ceilings begin to cut.</summary>
internal static class Interesting
{
    public static IEnumerable<long> NumbersOf(Terms terms)
    {
        var award = NumbersOf(terms.Award).ToList();
        var rates = RatesOf(terms.Award).Where(r => r > 0).Distinct().ToList();
        var edges = terms.Caps.Select(c => c.Amount.Value).Concat(award).ToList();
        return terms
            .Conditions.SelectMany(NumbersOf)
            .Concat(award)
            .Concat(terms.Caps.Select(c => c.Amount.Value))
            .Concat(rates.SelectMany(r => edges.Select(e => (long)((Int128)e * 10_000 / r))))
            .Concat(
                PricesOf(terms.Award)
                    .Where(p => p > 0)
                    .SelectMany(p => terms.Caps.SelectMany(c => new[] { c.Amount.Value / p, c.Amount.Value * 1000 / p }))
            );
    }

    private static IEnumerable<long> NumbersOf(Condition condition) =>
        condition switch
        {
            Condition.Compare { Threshold.IsText: false } c => [c.Threshold.Number],
            Condition.WithinDays c => [c.Days],
            Condition.YearsSince c => [c.Years, (c.Years * 365) + (c.Years / 4), (c.Years * 365) + (c.Years / 4) + 1],
            Condition.Count c => c.Where.SelectMany(NumbersOf),
            Condition.Total c => c.Where.SelectMany(NumbersOf).Append(c.Threshold.Number),
            Condition.AnyOf c => c.Conditions.SelectMany(NumbersOf),
            _ => [],
        };

    private static IEnumerable<long> NumbersOf(Award award) =>
        award switch
        {
            Award.Fixed a => [a.Amount.Value],
            Award.Tier a => a.Cases.SelectMany(c =>
                NumbersOf(c.Award).Concat(c is TierCase.ByRange r ? new[] { r.From ?? 0, r.Below ?? 0 } : [])
            ),
            Award.PerUnit a =>
            [
                a.Each,
                2 * a.Each,
                a.Each * 1000,
                2000 * a.Each,
                a.AtMost ?? 1,
                (a.AtMost ?? 1) * a.Each,
                (a.AtMost ?? 1) * a.Each * 1000,
            ],
            Award.Steps a => [a.From, a.From * 1000, a.From + a.Each, (a.From + a.Each) * 1000, a.From + (2 * a.Each)],
            Award.LowestOf a => a.Awards.SelectMany(NumbersOf),
            Award.TopUp a => NumbersOf(a.To),
            _ => [],
        };

    private static IEnumerable<long> RatesOf(Award award) =>
        award switch
        {
            Award.Percent a => a.Rates.Values.Select(r => (long)r.Value).Append(a.Otherwise?.Value ?? 0),
            Award.YearlySchedule a => a.Rates.Select(r => (long)r.Value),
            Award.Interest a => [a.Share.Value],
            Award.Tier a => a.Cases.SelectMany(c => RatesOf(c.Award)),
            Award.LowestOf a => a.Awards.SelectMany(RatesOf),
            Award.TopUp a => RatesOf(a.To),
            _ => [],
        };

    private static IEnumerable<long> PricesOf(Award award) =>
        award switch
        {
            Award.PerUnit a => [a.Amount.Value],
            Award.Tier a => a.Cases.SelectMany(c => PricesOf(c.Award)),
            Award.LowestOf a => a.Awards.SelectMany(PricesOf),
            Award.TopUp a => PricesOf(a.To),
            _ => [],
        };
}
