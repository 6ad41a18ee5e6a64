using System.Collections.Concurrent;
using System.Globalization;
using Baotou.Payouts.AzureStorage;
using Xunit.Abstractions;

namespace Baotou.Payouts.Application.Tests.Simulation;

/// <summary>
/// Several workers play a year of a tiny city, one storage call at a time in an order drawn from a seed, while calls fail, workers die and
/// messages are lost. PAYOUTS_SOAK_SEEDS sets how many seeds are played; PAYOUTS_SOAK_FIRST the first one.
/// </summary>
public sealed class Playing_many_seeds(ITestOutputHelper output)
{
    private const int Scripts = 200;

    private readonly ConcurrentDictionary<ulong, Lazy<Task<string>>> _undisturbed = new();

    [Fact]
    public async Task Every_promise_holds_at_the_end_of_every_seed()
    {
        var seeds = Setting("PAYOUTS_SOAK_SEEDS", 10_000);
        var first = Setting("PAYOUTS_SOAK_FIRST", 1);
        var troubles = new TroubleCount();
        var gate = new Lock();
        long next = first - 1,
            calls = 0,
            fewest = long.MaxValue;
        var least = int.MaxValue;
        string? broken = null;
        await Task.WhenAll(
            Enumerable
                .Range(0, Environment.ProcessorCount)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        while (Volatile.Read(ref broken) is null && Interlocked.Increment(ref next) is var seed && seed < first + seeds)
                        {
                            try
                            {
                                var course = await PlayAsync((ulong)seed, null);
                                lock (gate)
                                {
                                    troubles.Add(course.Troubles);
                                    calls += course.Calls;
                                    (fewest, least) = (Math.Min(fewest, course.Calls), Math.Min(least, course.AtOnce));
                                }
                            }
                            catch (ViolationException e)
                            {
                                Interlocked.CompareExchange(ref broken, await ExplainAsync((ulong)seed, e), null);
                            }
                        }
                    })
                )
        );

        if (broken is not null)
            Assert.Fail(broken);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{seeds:N0} seeds, {calls:N0} storage calls, at least {fewest} calls and {least} actors at once in each; what went wrong on the way:\n{troubles}"
            )
        );
        Assert.True(fewest >= 50 && least >= 2);
        Assert.All(Enum.GetValues<Trouble>(), t => Assert.True(seeds < 1_000 || troubles.Of(t) > 0));
    }

    [Fact]
    public async Task A_seed_gives_one_trace()
    {
        await Task.Run(async () =>
        {
            for (var seed = 1UL; seed <= 20; seed++)
            {
                List<string> once = [],
                    again = [];
                await PlayAsync(seed, once);
                await PlayAsync(seed, again);
                Assert.Equal(once, again);
            }
        });
    }

    public static TheoryData<string> Bugs => ["head", "payout", "input id", "swap", "order", "fen", "double", "plan", "message"];

    /// <summary>The seed that finds a bug finds nothing without it.</summary>
    [Theory]
    [MemberData(nameof(Bugs))]
    public async Task A_planted_bug_is_found(string bug)
    {
        var plant = bug switch
        {
            "head" => Plants.WithoutVersion(StorageKeys.PoolChain),
            "payout" => Plants.WithoutVersion(StorageKeys.Payouts),
            "input id" => Plants.NoInputIds(),
            "swap" => Plants.EntriesSwapped(),
            "order" => Plants.ServedBackwards(),
            "fen" => Plants.OneFenMore(),
            "double" => Plants.ReservedTwice(),
            "plan" => Plants.NoRenewal(),
            _ => Plants.NoSweep(Disturbances.None with { MessageIsLost = 100 }),
        };
        await Task.Run(async () =>
        {
            for (var seed = 1UL; seed <= 3_000; seed++)
            {
                try
                {
                    await World.PlayAsync(seed, seed, together: true, plant: plant);
                }
                catch (ViolationException e)
                {
                    output.WriteLine($"found by seed {seed}: {e.Message}");
                    await World.PlayAsync(seed, seed, together: true, rates: plant.Rates);
                    return;
                }
            }

            Assert.Fail("No seed found it.");
        });
    }

    /// <summary>Every third seed has the officers act between the rounds and must end in the rows of the undisturbed run.</summary>
    private async Task<Course> PlayAsync(ulong seed, List<string>? trace)
    {
        if (seed % 3 > 0)
            return await World.PlayAsync(seed, seed, together: true, trace: trace);
        var script = seed / 3 % Scripts;
        var expected = await _undisturbed.GetOrAdd(script, s => new Lazy<Task<string>>(() => UndisturbedAsync(s))).Value;
        var course = await World.PlayAsync(seed, script, together: false, trace: trace);
        if (course.Outcome == expected)
            return course;
        var (one, other) = expected.Split('\n').Zip(course.Outcome.Split('\n')).First(l => l.First != l.Second);
        throw new ViolationException($"undisturbed: {one}\ndisturbed: {other}");
    }

    private static async Task<string> UndisturbedAsync(ulong script) =>
        (await World.PlayAsync(0, script, together: false, rates: Disturbances.None)).Outcome;

    private async Task<string> ExplainAsync(ulong seed, ViolationException first)
    {
        var trace = new List<string>();
        try
        {
            await PlayAsync(seed, trace);
        }
        catch (ViolationException)
        {
            // The same again, with its trace.
        }

        return $"Seed {seed}: {first.Message}\n{first.InnerException?.StackTrace}\n{string.Join('\n', trace.TakeLast(400))}";
    }

    private static long Setting(string name, long otherwise) =>
        long.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;
}
