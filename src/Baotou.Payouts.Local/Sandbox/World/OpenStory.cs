using Baotou.Payouts.Domain.Facts;

namespace Baotou.Payouts.Local.Sandbox.World;

/// <summary>
/// Kinds of the dictionary that no story tells of, because the list has grown: a few records each with drawn values, so that the sandbox
/// never lags behind it.
/// </summary>
internal static class OpenStory
{
    private const int SharePerMille = 12;

    public static void Tell(WorldBuilder world, FactKind kind, IReadOnlyList<SandboxEnterprise> enterprises, long seed)
    {
        foreach (var enterprise in enterprises)
        {
            var random = SplitMix64.For(seed, "open:" + kind.Id, enterprise.Number);
            if (enterprise.Kind == "company" && random.Chance(SharePerMille))
                TellOne(world, kind, enterprise, random);
        }

        if (!world.KindsSeen.Contains(kind.Id))
            TellOne(world, kind, enterprises[0], SplitMix64.For(seed, "open:" + kind.Id));
    }

    private static void TellOne(WorldBuilder world, FactKind kind, SandboxEnterprise enterprise, SplitMix64 random)
    {
        var effectiveOn = WorldBuilder.DayBetween(random, new(2022, 10, 10), new(2023, 5, 31));
        var after = effectiveOn < new DateOnly(2023, 1, 4) ? new DateOnly(2023, 1, 4) : effectiveOn;
        var recorded = WorldBuilder.Moment(random, after, after.AddDays(25));
        if (kind.Period == PeriodKind.Year)
            world.AddYear(enterprise, kind.Id, 2022, WorldBuilder.Moment(random, new(2023, 1, 9), new(2023, 5, 26)));
        else
            world.Add(
                enterprise,
                kind.Id,
                effectiveOn,
                recorded,
                kind.Period == PeriodKind.Month ? effectiveOn.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture) : ""
            );
    }
}
