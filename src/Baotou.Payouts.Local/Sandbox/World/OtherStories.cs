namespace Baotou.Payouts.Local.Sandbox.World;

/// <summary>What human resources hold: insured employees of closed years.</summary>
internal static class EmploymentStory
{
    public static void Tell(WorldBuilder world, SandboxEnterprise enterprise, SplitMix64 random)
    {
        if (enterprise.Kind is "village-committee" or "association")
            return;
        var people = enterprise.Size switch
        {
            "large" => random.Skewed(300, 4_000),
            "medium" => random.Skewed(60, 400),
            "small" => random.Skewed(10, 90),
            _ => random.Skewed(1, 12),
        };
        world.AddYear(
            enterprise,
            "employment",
            2020,
            WorldBuilder.Moment(random, new(2021, 2, 8), new(2021, 3, 19)),
            ("insured-employees", FieldDraw.Yuan(Math.Max(1, people * random.Between(75, 120) / 100)))
        );
        world.AddYear(
            enterprise,
            "employment",
            2021,
            WorldBuilder.Moment(random, new(2022, 2, 7), new(2022, 3, 18)),
            ("insured-employees", FieldDraw.Yuan(people))
        );
        world.AddYear(
            enterprise,
            "employment",
            2022,
            WorldBuilder.Moment(random, new(2023, 1, 9), new(2023, 3, 24)),
            ("insured-employees", FieldDraw.Yuan(Math.Max(1, people * random.Between(80, 125) / 100)))
        );
    }
}

/// <summary>What the finance office holds: milestones towards a listing.</summary>
internal static class ListingStory
{
    private static readonly DateOnly[] Notices = [new(2023, 2, 14), new(2023, 4, 11), new(2023, 6, 13)];

    public static void Tell(WorldBuilder world, SandboxEnterprise enterprise, SplitMix64 random)
    {
        if (enterprise.Size is not ("medium" or "large") || !random.Chance(90))
            return;
        var (stage, venue) = random.Weighted(
            (("tutoring-filed", "inner-mongolia-bureau"), 30),
            (("application-filed", "shanghai"), 10),
            (("application-filed", "shenzhen"), 10),
            (("listed", "shanghai"), 5),
            (("listed", "shenzhen"), 6),
            (("listed", "beijing"), 3),
            (("listed", "hong-kong"), 5),
            (("quoted", "third-board"), 20),
            (("transferred", "beijing"), 6),
            (("transferred", "shenzhen"), 3)
        );
        var day = random.Pick(Notices);
        world.AddBatched(
            enterprise,
            "listing-milestone",
            "JRB-SS",
            day,
            day,
            ("stage", stage),
            ("venue", venue),
            ("tutoring-complete", FieldDraw.Flag(stage != "tutoring-filed"))
        );
    }
}

/// <summary>What agriculture holds: leading enterprises, dairy farms and processing, embryos and alfalfa.</summary>
internal static class AgricultureStory
{
    public static void Tell(WorldBuilder world, SandboxEnterprise enterprise, SplitMix64 random)
    {
        if (enterprise.Trade == SandboxTrade.Dairy)
            Process(world, enterprise, random);
        if (enterprise.Industry != "agriculture")
            return;
        if (random.Chance(enterprise.Trade == SandboxTrade.Dairy ? 500 : 110))
            Farm(world, enterprise, random);
        if (random.Chance(140))
            Plant(world, enterprise, random);
    }

    private static void Process(WorldBuilder world, SandboxEnterprise enterprise, SplitMix64 random)
    {
        var level = random.Weighted(("national", 2), ("region", 4), ("city", 3), ("none", 1));
        world.Add(
            enterprise,
            "leading-enterprise",
            new(2022, 1, 1),
            WorldBuilder.Moment(random, new(2022, 12, 1), new(2022, 12, 23)),
            "",
            "",
            ("level", level),
            ("dairy-processing", FieldDraw.Flag(random.Chance(850)))
        );
        var processed = random.Skewed(500_000, 30_000_000);
        world.AddYear(
            enterprise,
            "milk-processing",
            2022,
            WorldBuilder.Moment(random, new(2023, 1, 16), new(2023, 3, 10)),
            ("processed", FieldDraw.Thousandths(processed)),
            ("increase", FieldDraw.Thousandths(random.Chance(250) ? 0 : processed * random.Between(2, 25) / 100))
        );
        var bought = random.Skewed(100_000, 8_000_000);
        world.AddYear(
            enterprise,
            "milk-powder",
            2022,
            WorldBuilder.Moment(random, new(2023, 1, 16), new(2023, 4, 14)),
            ("purchased", FieldDraw.Thousandths(bought)),
            ("spray-dried", FieldDraw.Thousandths(bought * random.Between(2, 30) / 100))
        );
    }

    private static void Farm(WorldBuilder world, SandboxEnterprise enterprise, SplitMix64 random)
    {
        var built = WorldBuilder.DayBetween(random, new(2021, 6, 1), new(2023, 4, 28));
        var recorded = WorldBuilder.Moment(random, new(2023, 1, 10), new(2023, 6, 16));
        world.Add(
            enterprise,
            "dairy-farm",
            built < new DateOnly(2022, 10, 1) ? new(2022, 10, 1) : built,
            recorded,
            "",
            "",
            ("farm-number", FormattableString.Invariant($"SHNC-{enterprise.Number:D6}")),
            ("built-on", FieldDraw.Day(built)),
            ("heads", FieldDraw.Yuan(random.Between(20, 55) * 100))
        );
        if (!random.Chance(600))
            return;
        var embryos = random.Between(20, 400);
        world.Add(
            enterprise,
            "embryo-purchase",
            WorldBuilder.DayBetween(random, new(2022, 9, 1), new(2022, 12, 28)),
            recorded,
            "",
            "",
            ("origin", random.Pick(["domestic", "imported"])),
            ("embryos", FieldDraw.Yuan(embryos)),
            ("market-value", FieldDraw.Yuan(embryos * random.Between(9, 40) * 100))
        );
    }

    private static void Plant(WorldBuilder world, SandboxEnterprise enterprise, SplitMix64 random)
    {
        var planted = WorldBuilder.DayBetween(random, new(2022, 5, 10), new(2022, 9, 10));
        world.Add(
            enterprise,
            "alfalfa-planting",
            planted,
            WorldBuilder.Moment(random, new(2023, 1, 10), new(2023, 6, 16)),
            "",
            "",
            ("plot-number", FormattableString.Invariant($"SHDK-{enterprise.Number:D6}")),
            ("contiguous", FieldDraw.Flag(random.Chance(900))),
            ("standardised", FieldDraw.Flag(random.Chance(900))),
            ("planted-on", FieldDraw.Day(planted)),
            ("area", FieldDraw.Yuan(random.Between(300, 3_200)))
        );
    }
}
