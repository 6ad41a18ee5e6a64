using Baotou.Payouts.Application.Describing;
using Baotou.Payouts.Web.Access;

namespace Baotou.Payouts.Web.Tests;

/// <summary>What a status costs in requests to storage, once a first one has shown where each pool's line stands.</summary>
[Collection(nameof(City))]
public sealed class Reading_a_status(City city)
{
    /// <summary>
    /// Whether acts were added, for merges, its claims, and each payout; of a claim that is not served whole also the piece that is not there yet, and the head of its pool.
    /// A claim that was reduced is among those for ever.
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
            if (open.Any(w => w.GetProperty("state").GetString() != "waiting")) continue;
            var before = city.Requests;

            await city.GetAsync(path, token);

            var beyond = city.Requests - before - (2 + payouts);
            Assert.InRange(beyond, 2 * open.Count, 2 * (open.Count + payouts));
            if (beyond == 2 * open.Count && open.Count > 0) waiting++;
            if (beyond == 0) served++;
        }

        Assert.True(served > 20 && waiting > 0, $"{served} served whole, {waiting} waiting");
    }

    [Fact]
    public async Task Of_a_payout_reads_its_row_its_claim_and_its_history()
    {
        var payout = city.Payouts[0];
        var token = city.Token(Role.Enterprise, payout.Claim.Uscc.Value);
        var before = city.Requests;

        await city.GetAsync($"/api/payouts/{payout.Id}", token);

        Assert.Equal(3, city.Requests - before);
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
