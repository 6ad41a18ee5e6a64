namespace Baotou.Payouts.Local.Sandbox.World;

/// <summary>
/// What the industry bureau holds: size classes, the register of rare-earth enterprises, recognitions, plants and suppliers of defence
/// goods.
/// </summary>
internal static class IndustryStory
{
    private static readonly DateOnly[] Notices = [new(2023, 1, 18), new(2023, 3, 16), new(2023, 5, 25)];
    private static readonly DateOnly StatesFrom = new(2022, 1, 1);

    public static void Tell(WorldBuilder world, SandboxEnterprise enterprise, SplitMix64 random)
    {
        if (enterprise.Kind is not ("company" or "sole-trader" or "cooperative"))
            return;
        world.Add(
            enterprise,
            "size-class",
            StatesFrom,
            Late2022(random),
            "",
            "",
            ("size", enterprise.Size),
            ("above-scale", FieldDraw.Flag(enterprise.AboveScale))
        );
        if (enterprise is { Kind: "company", Size: "small" } && random.Chance(60))
            world.Add(
                enterprise,
                "size-class",
                new(2023, 1, 1),
                WorldBuilder.Moment(random, new(2023, 2, 1), new(2023, 3, 10)),
                "",
                "",
                ("size", "medium"),
                ("above-scale", "true")
            );
        if (enterprise.Trade == SandboxTrade.RareEarth)
            world.Add(
                enterprise,
                "rare-earth-enterprise",
                StatesFrom,
                Late2022(random),
                "",
                "",
                ("new-materials", FieldDraw.Flag(random.Chance(850)))
            );
        if (enterprise.Kind != "company" || enterprise.Industry != "manufacturing")
            return;
        Recognise(world, enterprise, random);
        if (random.Chance(enterprise.Trade == SandboxTrade.RareEarth ? 90 : 25))
            Build(world, enterprise, random);
        if (random.Chance(45))
            Supply(world, enterprise, random);
    }

    private static void Recognise(WorldBuilder world, SandboxEnterprise enterprise, SplitMix64 random)
    {
        if (random.Chance(45))
        {
            var day = random.Pick(Notices);
            world.AddBatched(
                enterprise,
                "first-set-product",
                "GX-STT",
                day,
                day,
                ("level", random.Weighted(("national", 3), ("region", 7)))
            );
        }

        if (!random.Chance(60))
            return;
        var notice = random.Pick(Notices);
        world.AddBatched(
            enterprise,
            "manufacturing-honour",
            "GX-ZZY",
            notice,
            notice,
            (
                "honour",
                random.Weighted(
                    ("champion-enterprise", 2),
                    ("champion-product", 3),
                    ("innovation-model", 3),
                    ("service-model", 3),
                    ("unicorn", 2),
                    ("gazelle", 3)
                )
            ),
            ("first", FieldDraw.Flag(random.Chance(800)))
        );
    }

    private static void Build(WorldBuilder world, SandboxEnterprise enterprise, SplitMix64 random)
    {
        var day = WorldBuilder.DayBetween(random, new(2022, 9, 1), new(2023, 5, 31));
        var recorded = WorldBuilder.Moment(random, day < new DateOnly(2023, 1, 4) ? new(2023, 1, 4) : day, new(2023, 6, 20));
        world.Add(
            enterprise,
            "plant-project",
            day,
            recorded,
            "",
            "",
            ("rare-earth", FieldDraw.Flag(enterprise.Trade == SandboxTrade.RareEarth)),
            ("land-bought-and-built", FieldDraw.Flag(random.Chance(900))),
            ("meets-plan", FieldDraw.Flag(random.Chance(930))),
            ("area", FieldDraw.Thousandths(random.Skewed(2_000_000, 60_000_000))),
            ("fixed-investment", FieldDraw.Yuan(random.Skewed(16_000_000, 900_000_000))),
            ("on-time", FieldDraw.Flag(random.Chance(850))),
            ("investment-complete", FieldDraw.Flag(random.Chance(850)))
        );
    }

    private static void Supply(WorldBuilder world, SandboxEnterprise enterprise, SplitMix64 random) =>
        world.AddYear(
            enterprise,
            "defence-supply-investment",
            2022,
            WorldBuilder.Moment(random, new(2023, 2, 6), new(2023, 5, 19)),
            ("local-supplier", FieldDraw.Flag(random.Chance(900))),
            ("investment", FieldDraw.Yuan(random.Skewed(600_000, 20_000_000))),
            ("same-kind-support", FieldDraw.Yuan(random.Chance(800) ? 0 : random.Between(1, 30) * 10_000))
        );

    private static DateTimeOffset Late2022(SplitMix64 random) => WorldBuilder.Moment(random, new(2022, 12, 1), new(2022, 12, 23));
}
