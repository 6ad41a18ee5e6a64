namespace Baotou.Payouts.Local.Sandbox.World;

/// <summary>What the tax bureau holds: research expenses of closed years, and what projects brought to local finances.</summary>
internal static class TaxStory
{
    public static void Tell(WorldBuilder world, SandboxEnterprise enterprise, SplitMix64 random)
    {
        if (enterprise.Kind != "company")
            return;
        if (enterprise.Research)
        {
            var before = ExpenseOf(enterprise.Size, random);
            Research(world, enterprise, 2021, before, WorldBuilder.Moment(random, new(2022, 5, 9), new(2022, 6, 17)), random);
            Research(
                world,
                enterprise,
                2022,
                before * random.Between(70, 180) / 100,
                WorldBuilder.Moment(random, new(2023, 1, 9), new(2023, 6, 15)),
                random
            );
        }

        if (enterprise.Industry == "manufacturing" && random.Chance(enterprise.Trade == SandboxTrade.RareEarth ? 120 : 15))
            Contribute(world, enterprise, random);
    }

    private static long ExpenseOf(string size, SplitMix64 random) =>
        size switch
        {
            "large" => random.Skewed(8_000_000, 120_000_000),
            "medium" => random.Skewed(1_500_000, 25_000_000),
            "small" => random.Skewed(250_000, 4_000_000),
            _ => random.Skewed(60_000, 1_200_000),
        };

    private static void Research(
        WorldBuilder world,
        SandboxEnterprise enterprise,
        int year,
        long yuan,
        DateTimeOffset recorded,
        SplitMix64 random
    )
    {
        world.AddYear(enterprise, "rd-expense", year, recorded, ("amount", FieldDraw.Hundredths((yuan * 100) + random.Below(100))));
        if (random.Chance(850))
            world.AddYear(enterprise, "rd-deduction", year, recorded, ("amount", FieldDraw.Hundredths(yuan * random.Between(70, 100))));
    }

    private static void Contribute(WorldBuilder world, SandboxEnterprise enterprise, SplitMix64 random)
    {
        var contribution = random.Skewed(150_000, 9_000_000) * 100;
        var city = contribution * random.Between(30, 50) / 100;
        var rareEarth = enterprise.Trade == SandboxTrade.RareEarth;
        world.Add(
            enterprise,
            "project-contribution",
            new(2022, 12, 31),
            WorldBuilder.Moment(random, new(2023, 3, 6), new(2023, 6, 16)),
            "",
            "",
            ("rare-earth", FieldDraw.Flag(rareEarth)),
            ("newly-built", FieldDraw.Flag(random.Chance(850))),
            ("permanent-magnet-motor", FieldDraw.Flag(rareEarth && random.Chance(250))),
            ("fixed-investment", FieldDraw.Yuan(random.Skewed(18_000_000, 500_000_000))),
            ("first-tax-year", FieldDraw.Yuan(random.Between(2018, 2022))),
            ("contribution", FieldDraw.Hundredths(contribution)),
            ("city-part", FieldDraw.Hundredths(city)),
            ("county-part", FieldDraw.Hundredths(contribution - city))
        );
    }
}
