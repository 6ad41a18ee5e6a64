using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Web.Access;

namespace Baotou.Payouts.Web.Tests;

/// <summary>What a status costs in requests to storage, once a first one has shown where each pool's line stands.</summary>
[Collection(nameof(City))]
public sealed class Reading_a_status(City city)
{
    /// <summary>
    /// Whether acts were added, for merges, its claims, and each payout; of a claim that is not served whole also the piece that is not
    /// there yet; and the heads of the pools it waits in. A claim that was reduced is among those for ever.
    /// </summary>
    [Fact]
    public async Task Of_an_enterprise_reads_each_of_its_payouts_once_and_the_heads_of_the_pools_it_waits_in()
    {
        var (served, waiting) = (0, 0);
        foreach (var uscc in city.Enterprises)
        {
            var path = $"/api/enterprises/{uscc}/payouts";
            var token = city.Token(Role.Enterprise, uscc);
            var status = (await city.GetAsync(path, token)).Json;
            var (payouts, open) = (status.GetProperty("payouts").GetArrayLength(), status.GetProperty("waiting").EnumerateArray().ToList());
            if (open.Any(w => w.GetProperty("state").GetString() != "waiting"))
                continue;
            var pools = open.Select(w => (w.GetProperty("pool").GetString(), w.GetProperty("fiscalYear").GetInt32())).Distinct().Count();
            var before = city.Requests;

            await city.GetAsync(path, token);

            var beyond = city.Requests - before - (2 + payouts);
            Assert.InRange(beyond, open.Count + pools, open.Count + pools + (2 * payouts));
            if (beyond == open.Count + pools && open.Count > 0)
                waiting++;
            if (beyond == 0)
                served++;
        }

        Assert.True(served > 20 && waiting > 0, $"{served} served whole, {waiting} waiting");
    }

    /// <summary>
    /// The merges beside its claims, then every piece, then every head: one after another they would be as many steps as requests.
    /// </summary>
    [Fact]
    public async Task Of_an_enterprise_takes_three_steps_however_many_payouts_it_has()
    {
        ReadsThatMeet rows = null!;
        await using var engine = city.Through(to => rows = new ReadsThatMeet(to));
        var told = 0;
        foreach (var uscc in city.Enterprises.Select(Uscc.Parse))
        {
            var first = await engine.Get<DescribeStatus>().HandleAsync(uscc, CancellationToken.None);
            var (payouts, heads) = (first.Payouts.Count, first.Waiting.Select(w => w.Pool).Distinct().Count());
            var inOnePiece =
                first.Payouts.All(p => p.Payout.Part == 0) && first.Waiting.All(w => w.Granted == Fen.Zero && w.Place is not null);
            var before = city.Requests;
            await engine.Get<DescribeStatus>().HandleAsync(uscc, CancellationToken.None);
            var pieces = payouts + first.Waiting.Count;
            if (!inOnePiece || heads == 0 || payouts == 0 || pieces > 8 || city.Requests - before != 2 + pieces + heads)
                continue;
            rows.Groups = [2, pieces, heads];

            var again = await engine.Get<DescribeStatus>().HandleAsync(uscc, CancellationToken.None);

            Assert.Empty(rows.Groups);
            Assert.Equal(first.Payouts.Select(p => p.Payout), again.Payouts.Select(p => p.Payout));
            Assert.Equal(
                first.Waiting.Select(w => (w.Entitlement.Claim.Key, w.Place)),
                again.Waiting.Select(w => (w.Entitlement.Claim.Key, w.Place))
            );
            told++;
        }

        Assert.True(told > 0, "Nobody of the city has payouts and waits.");
    }

    [Fact]
    public async Task Of_a_payout_reads_its_history_and_its_claim()
    {
        var payout = city.Payouts[0];
        var token = city.Token(Role.Enterprise, payout.Claim.Uscc.Value);
        var before = city.Requests;

        await city.GetAsync($"/api/payouts/{payout.Id}", token);

        Assert.Equal(2, city.Requests - before);
    }

    [Fact]
    public async Task Of_a_place_reads_the_head_alone_until_it_moves()
    {
        var pool = city.Payouts.Select(p => p.Pool).Distinct().First();
        var lines = city.Engine.Get<PoolLines>();
        var first = await lines.ReadAsync(pool, CancellationToken.None);
        var before = city.Requests;

        var again = await lines.ReadAsync(pool, CancellationToken.None);

        Assert.Same(first, again);
        Assert.Equal(1, city.Requests - before);
    }
}
