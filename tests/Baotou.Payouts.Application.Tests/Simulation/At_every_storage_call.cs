using System.Globalization;
using Xunit.Abstractions;

namespace Baotou.Payouts.Application.Tests.Simulation;

/// <summary>Not only in the end: while acts, rounds and workers meet, every sum is what the inputs so far make of it.</summary>
public sealed class At_every_storage_call(ITestOutputHelper output)
{
    private const ulong Seeds = 150;

    [Fact]
    public Task The_sums_of_pools_and_claims_are_those_of_a_refold_of_the_log() =>
        Task.Run(async () =>
        {
            var compared = 0L;
            for (var seed = 1UL; seed <= Seeds; seed++)
            {
                RefoldedRows? refolded = null;
                await World.PlayAsync(seed, seed, together: true, plant: new Plant(rows => refolded = new RefoldedRows(rows, rows)));
                compared += refolded!.Compared;
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Seeds} seeds, {compared:N0} comparisons"));
            Assert.True(compared > 1_000);
        });

    [Fact]
    public Task A_fen_too_much_and_a_line_served_backwards_are_found() =>
        Task.Run(async () =>
        {
            foreach (var bug in new[] { Plants.OneFenMore(), Plants.ServedBackwards() })
            {
                var found = false;
                for (var seed = 1UL; seed <= Seeds && !found; seed++)
                {
                    try
                    {
                        await World.PlayAsync(
                            seed,
                            seed,
                            together: true,
                            plant: new Plant(rows => new RefoldedRows(bug.Tamper!(rows), rows))
                        );
                    }
                    catch (ViolationException e) when (e.Message.Contains("a refold of the log", StringComparison.Ordinal))
                    {
                        found = true;
                    }
                    catch (ViolationException)
                    {
                        // Another check was first.
                    }
                }

                Assert.True(found);
            }
        });
}
