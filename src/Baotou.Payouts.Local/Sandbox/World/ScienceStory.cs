namespace Baotou.Payouts.Local.Sandbox.World;

/// <summary>
/// What the science bureau holds: listings, recognitions, platforms and projects, most of them published in notices of many at once.
/// </summary>
internal static class ScienceStory
{
    private static readonly DateOnly[] Notices = [new(2023, 1, 12), new(2023, 3, 9), new(2023, 4, 27), new(2023, 6, 15)];
    private static readonly DateOnly[] Listings = [new(2023, 3, 28), new(2023, 5, 23)];

    public static void Tell(WorldBuilder world, SandboxEnterprise enterprise, SplitMix64 random)
    {
        if (enterprise.Kind == "institution" && enterprise.Industry == "science")
            Platform(world, enterprise, random);
        if (enterprise.Kind != "company" || !enterprise.Research)
            return;
        List(world, enterprise, random);
        if (random.Chance(280))
            Recognise(world, enterprise, random);
        if (random.Chance(25))
            Relocate(world, enterprise, random);
        if (random.Chance(75))
            Platform(world, enterprise, random);
        if (random.Chance(35))
            Project(world, enterprise, random);
    }

    private static void List(WorldBuilder world, SandboxEnterprise enterprise, SplitMix64 random)
    {
        if (enterprise.Size == "large" || !random.Chance(600))
            return;
        if (random.Chance(750))
            world.AddBatchedYear(enterprise, "tech-sme-listing", 2021, "KJ-RK", new(2021, 9, 27));
        if (random.Chance(850))
            world.AddBatchedYear(enterprise, "tech-sme-listing", 2022, "KJ-RK", new(2022, 10, 18));
        if (random.Chance(800))
            world.AddBatchedYear(enterprise, "tech-sme-listing", 2023, "KJ-RK", random.Pick(Listings));
    }

    private static void Recognise(WorldBuilder world, SandboxEnterprise enterprise, SplitMix64 random)
    {
        var recognition = random.Weighted(
            ("hightech", 35),
            ("hightech-nursery", 25),
            ("innovation-private", 10),
            ("smart-manufacturing", 8),
            ("industry-university", 8),
            ("little-giant", 11),
            ("single-champion", 3)
        );
        var day = random.Pick(Notices);
        world.AddBatched(enterprise, "science-recognition", "KJ-" + recognition, day, day, ("recognition", recognition));
    }

    private static void Relocate(WorldBuilder world, SandboxEnterprise enterprise, SplitMix64 random)
    {
        var moved = WorldBuilder.DayBetween(random, new(2022, 12, 5), new(2023, 5, 26));
        world.Add(
            enterprise,
            "hightech-relocation",
            moved,
            WorldBuilder.Moment(random, moved.AddDays(15), moved.AddDays(32)),
            "",
            "",
            ("whole", FieldDraw.Flag(random.Chance(880))),
            ("moved-on", FieldDraw.Day(moved)),
            ("certificate-valid-until", FieldDraw.Day(moved.AddDays((int)random.Between(-60, 700))))
        );
    }

    private static void Platform(WorldBuilder world, SandboxEnterprise enterprise, SplitMix64 random)
    {
        var (type, level) = random.Weighted(
            (("enterprise-rd-centre", "city"), 40),
            (("engineering-centre", "region"), 18),
            (("enterprise-centre", "region"), 14),
            (("key-laboratory", "region"), 10),
            (("innovation-centre", "region"), 5),
            (("clinical-centre", "region"), 3),
            (("innovation-centre", "national"), 3),
            (("enterprise-centre", "national"), 4),
            (("key-laboratory", "national"), 4),
            (("engineering-centre", "national"), 3)
        );
        var day = random.Pick(Notices);
        var platform = FormattableString.Invariant($"SHPT-{enterprise.Number:D6}");
        var stage = level == "national" && random.Chance(400) ? "nursery" : "approved";
        world.AddBatched(
            enterprise,
            "research-platform",
            "KJ-PT",
            day,
            day,
            ("platform-number", platform),
            ("type", type),
            ("level", level),
            ("stage", stage)
        );
        if (level != "national" || stage == "nursery")
            return;
        world.Add(
            enterprise,
            "platform-year",
            new(2023, 5, 31),
            WorldBuilder.Moment(random, new(2023, 6, 1), new(2023, 6, 22)),
            "",
            "",
            ("platform-number", platform),
            ("type", type),
            ("level", level),
            ("support-year", "1")
        );
    }

    private static void Project(WorldBuilder world, SandboxEnterprise enterprise, SplitMix64 random)
    {
        var day = random.Pick(Notices);
        world.AddBatched(
            enterprise,
            "national-project",
            "KJ-XM",
            day,
            day,
            ("programme", random.Weighted(("major-special", 3), ("key-rd", 7))),
            ("rare-earth-body", FieldDraw.Flag(enterprise.Trade == SandboxTrade.RareEarth)),
            ("state-grant", FieldDraw.Yuan(random.Skewed(30, 3_000) * 10_000))
        );
    }
}
