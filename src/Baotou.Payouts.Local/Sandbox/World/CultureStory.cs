namespace Baotou.Payouts.Local.Sandbox.World;

/// <summary>
/// What the culture bureau holds: checked tour trips (17号 article 17), direct coach lines and ratings. Trips are checked twice a month, so
/// that those of one check tie; in the spring there are enough of them for the reception and special train funds to run dry.
/// </summary>
internal static class CultureStory
{
    private static readonly DateOnly[] Notices = [new(2023, 2, 23), new(2023, 4, 18), new(2023, 6, 6)];

    private static readonly (string Type, string Grade)[] Places =
    [
        ("resort", "national"),
        ("ski-resort", "region"),
        ("leisure-district", "national"),
        ("leisure-district", "region"),
        ("night-cluster", "national"),
        ("night-cluster", "region"),
        ("tourism-village", "national"),
        ("tourism-village", "region"),
        ("tourism-village", "city"),
        ("self-drive-destination", "national"),
        ("self-drive-destination", "region"),
        ("campground", "5c"),
        ("campground", "4c"),
        ("campground", "3c"),
        ("civilised-unit", "national"),
        ("civilised-unit", "region"),
    ];

    public static void Tell(WorldBuilder world, SandboxEnterprise enterprise, SplitMix64 random)
    {
        switch (enterprise.Trade)
        {
            case SandboxTrade.TravelAgency:
                for (var trips = random.Between(18, 28) + (random.Chance(400) ? random.Between(10, 45) : 0); trips > 0; trips--)
                    Travel(world, enterprise, random);
                if (random.Chance(120))
                    Rate(world, enterprise, random, "travel-agency", random.Weighted(("5a", 2), ("4a", 3), ("3a", 5)));
                break;
            case SandboxTrade.SelfDriveClub:
                for (var trips = random.Between(3, 9); trips > 0; trips--)
                    Convoy(world, enterprise, random, "self-drive-club");
                break;
            case SandboxTrade.Lodging when random.Chance(400):
                Rate(world, enterprise, random, "hotel", random.Weighted(("five-star", 1), ("four-star", 3), ("three-star", 6)));
                break;
            case SandboxTrade.Lodging when random.Chance(400):
                Rate(world, enterprise, random, "homestay", random.Weighted(("class-a", 1), ("class-b", 3), ("class-c", 6)));
                break;
            case SandboxTrade.ScenicArea:
                if (random.Chance(600))
                    Rate(world, enterprise, random, "scenic-area", random.Weighted(("5a", 2), ("4a", 4), ("3a", 4)));
                foreach (var (type, grade) in Places)
                {
                    if (random.Chance(120))
                        Rate(world, enterprise, random, type, grade);
                }

                break;
            case SandboxTrade.CoachLine:
                Shuttle(world, enterprise, random);
                break;
            default:
                break;
        }
    }

    private static void Travel(WorldBuilder world, SandboxEnterprise enterprise, SplitMix64 random)
    {
        var mode = random.Weighted(
            ("ordinary", 886),
            ("special-train", 45),
            ("charter-flight", 34),
            ("direct-express", 10),
            ("self-drive", 25)
        );
        if (mode == "self-drive")
        {
            Convoy(world, enterprise, random, "travel-agency");
            return;
        }

        var visitors = mode switch
        {
            "special-train" => random.Between(360, 900),
            "charter-flight" => random.Between(90, 190),
            "direct-express" => random.Between(380, 600),
            _ => random.Skewed(30, 260),
        };
        var nights = random.Weighted((0, 4), (1, 45), (2, 33), (3, 18));
        var sites = nights * 2 + random.Weighted((-1, 10), (0, 60), (1, 30));
        (string, string)[] told =
        [
            ("organiser", "travel-agency"),
            ("mode", mode),
            ("origin", random.Weighted(("outside", 60), ("region", 35), ("city", 5))),
            ("visitors", FieldDraw.Yuan(visitors)),
            ("nights", FieldDraw.Yuan(nights)),
            ("paid-sites", FieldDraw.Yuan(Math.Max(sites, 0))),
            .. mode == "charter-flight"
                ?
                [
                    ("flight-kind", random.Weighted(("domestic", 8), ("international", 2))),
                    ("flights", FieldDraw.Yuan(random.Between(1, 2))),
                    ("donghe-airport", FieldDraw.Flag(random.Chance(930))),
                ]
                : Array.Empty<(string, string)>(),
            .. mode is "special-train" or "direct-express" ? [("trains", "1")] : Array.Empty<(string, string)>(),
        ];
        Check(world, enterprise, random, told);
    }

    private static void Convoy(WorldBuilder world, SandboxEnterprise enterprise, SplitMix64 random, string organiser)
    {
        var vehicles = random.Between(16, 60);
        Check(
            world,
            enterprise,
            random,
            [
                ("organiser", organiser),
                ("mode", "self-drive"),
                ("origin", random.Weighted(("outside", 85), ("region", 15))),
                ("visitors", FieldDraw.Yuan(vehicles * random.Between(25, 40) / 10)),
                ("nights", FieldDraw.Yuan(random.Between(1, 3))),
                ("paid-sites", FieldDraw.Yuan(random.Between(1, 5))),
                ("vehicles", FieldDraw.Yuan(vehicles)),
            ]
        );
    }

    /// <summary>
    /// Twice as many journeys in the second quarter as in the first; checked on the 10th or the 25th that follows by five days or more.
    /// </summary>
    private static void Check(
        WorldBuilder world,
        SandboxEnterprise enterprise,
        SplitMix64 random,
        ReadOnlySpan<(string Field, string Text)> told
    )
    {
        var ended = random.Chance(330)
            ? WorldBuilder.DayBetween(random, new(2023, 1, 3), new(2023, 3, 31))
            : WorldBuilder.DayBetween(random, new(2023, 4, 1), new(2023, 6, 19));
        var earliest = ended.AddDays(5);
        var check =
            earliest.Day <= 10 ? new DateOnly(earliest.Year, earliest.Month, 10)
            : earliest.Day <= 25 ? new DateOnly(earliest.Year, earliest.Month, 25)
            : new DateOnly(earliest.Year, earliest.Month, 10).AddMonths(1);
        world.AddBatched(enterprise, "tour-trip", "WL-TC", check, ended, told);
    }

    private static void Rate(WorldBuilder world, SandboxEnterprise enterprise, SplitMix64 random, string type, string grade)
    {
        var day = random.Pick(Notices);
        world.AddBatched(
            enterprise,
            "tourism-rating",
            "WL-PD",
            day,
            day,
            ("rated-object", enterprise.Name),
            ("type", type),
            ("grade", grade),
            ("new", FieldDraw.Flag(random.Chance(900)))
        );
    }

    private static void Shuttle(WorldBuilder world, SandboxEnterprise enterprise, SplitMix64 random)
    {
        foreach (
            var (season, ends, recorded) in new[]
            {
                ("peak", new DateOnly(2022, 10, 15), new DateOnly(2023, 1, 10)),
                ("low", new DateOnly(2023, 4, 15), new DateOnly(2023, 5, 10)),
            }
        )
        {
            var runs = random.Between(38, 90);
            world.Add(
                enterprise,
                "shuttle-season",
                ends,
                WorldBuilder.Moment(random, recorded, recorded.AddDays(9)),
                "",
                "",
                ("line-number", FormattableString.Invariant($"SHX-{enterprise.Number:D6}")),
                ("season-number", FormattableString.Invariant($"SHX-{enterprise.Number:D6}-{season}")),
                ("season", season),
                ("fixed-departure", "true"),
                ("named-destination", FieldDraw.Flag(random.Chance(850))),
                ("guide", FieldDraw.Flag(random.Chance(900))),
                ("seats", FieldDraw.Yuan(random.Pick([33L, 35L, 45L, 51L]))),
                ("runs", FieldDraw.Yuan(runs)),
                ("one-way-km", FieldDraw.Thousandths(runs * random.Between(60_000, 180_000)))
            );
        }
    }
}
