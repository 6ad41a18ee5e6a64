using Baotou.Payouts.Application.Allocating;
using Baotou.Payouts.Application.Matching;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Pools;
using Baotou.Payouts.Domain.Time;

namespace Baotou.Payouts.Application.Describing;

/// <summary>Tells on which day a pool-year runs dry at the rate of the days before.</summary>
public sealed class ForecastPool(IPoolLog pools, IClaimStore claims, IRoundLog rounds, Catalogue catalogue, BusinessDay day)
{
    /// <summary>
    /// The forecast; null if the pool-year has no act. Days after the last closed round are not looked at: their claims are still to come.
    /// </summary>
    /// <param name="pool">The pool-year.</param>
    /// <param name="days">How many days to look back; see <see cref="PoolForecast.Of"/>.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    public async Task<PoolForecast?> HandleAsync(PoolYear pool, int days, CancellationToken cancellationToken)
    {
        if (!(await pools.ListAsync(cancellationToken)).Contains(pool))
            return null;
        var head = (await pools.ReadHeadAsync(pool, cancellationToken)).Head;
        var book = await PoolBook.LoadAsync(pool, 0, pools, claims, cancellationToken);
        var asked = book
            .Announced.Keys.Where(round => round > 0)
            .SelectMany(book.ClaimsOf)
            .Select(c => (Day: ChinaTime.DayOf(OrderKey.MomentOf(c.OrderKey)), Amount: PoolFold.Effective(c, head, book)))
            .Where(a => a.Amount > Fen.Zero)
            .ToList();
        return PoolForecast.Of(
            pool,
            head,
            PoolFold.FirstWaiting(head, book).Claim is not null,
            asked,
            await KnownThroughAsync(pool.Pool, cancellationToken),
            days
        );
    }

    /// <summary>The last day of which every claim is known: that of the last closed round, today at most.</summary>
    private async Task<DateOnly> KnownThroughAsync(string pool, CancellationToken cancellationToken)
    {
        var closed = (await rounds.StandingAsync(cancellationToken)).Closed;
        var set = PoolSets.Of(catalogue).FirstOrDefault(s => s.Pools.Contains(pool));
        if (closed == 0 || set is null || (await rounds.ReadAsync(closed, cancellationToken)).Watermark(set.Id) is not { } watermark)
            return day.Today;
        var known = ChinaTime.DayOf(watermark);
        return known < day.Today ? known : day.Today;
    }
}
