namespace Baotou.Payouts.Local.Sandbox.World;

/// <summary>What market regulation holds: every enterprise's registration, honours and loans in intellectual property.</summary>
internal static class MarketStory
{
    private static readonly DateOnly[] Notices = [new(2023, 2, 17), new(2023, 4, 21), new(2023, 6, 9)];

    public static void Tell(WorldBuilder world, SandboxEnterprise enterprise, SplitMix64 random)
    {
        Register(world, enterprise, random);
        if (enterprise.Kind != "company")
            return;
        if (random.Chance(enterprise.Research ? 60 : 8))
        {
            var day = random.Pick(Notices);
            world.AddBatched(
                enterprise,
                "ip-honour",
                "SC-ZSCQ",
                day,
                day,
                ("honour", random.Weighted(("national-model", 1), ("national-advantaged", 3), ("region-advantaged", 6)))
            );
        }

        for (var loan = random.Chance(enterprise.Research ? 80 : 15) ? random.Between(1, 2) : 0; loan > 0; loan--)
            Borrow(world, enterprise, random);
    }

    private static void Register(WorldBuilder world, SandboxEnterprise enterprise, SplitMix64 random)
    {
        var established = WorldBuilder.DayBetween(random, new(2004, 1, 4), new(2022, 3, 31));
        var status = random.Weighted(("active", 970), ("suspended", 10), ("revoked", 5), ("dissolved", 10), ("moved-out", 5));
        Put(established, WorldBuilder.Moment(random, new(2022, 11, 1), new(2022, 12, 20)), status, enterprise.County);
        if (status != "active" || !random.Chance(30))
            return;
        var changed = WorldBuilder.DayBetween(random, new(2023, 1, 9), new(2023, 6, 9));
        var moves = random.Chance(500);
        Put(
            changed,
            WorldBuilder.Moment(random, changed, changed.AddDays(14)),
            moves ? "active" : "dissolved",
            moves ? "hightech-zone" : enterprise.County
        );

        void Put(DateOnly from, DateTimeOffset recorded, string state, string county) =>
            world.Add(
                enterprise,
                "registration",
                from,
                recorded,
                "",
                "",
                ("name", enterprise.Name),
                ("kind", enterprise.Kind),
                ("county", county),
                ("status", state),
                ("industry", enterprise.Industry),
                ("established-on", FieldDraw.Day(established))
            );
    }

    private static void Borrow(WorldBuilder world, SandboxEnterprise enterprise, SplitMix64 random)
    {
        var principal = random.Skewed(500_000, 20_000_000);
        var repaid = random.Chance(880);
        var day = WorldBuilder.DayBetween(random, new(2022, 10, 10), new(2023, 6, 9));
        var first = Max(day, new(2023, 1, 4));
        (string, string)[] told =
        [
            ("principal", FieldDraw.Yuan(principal)),
            ("interest-paid", FieldDraw.Hundredths(principal * random.Between(300, 560) / 100)),
            ("fees-paid", FieldDraw.Hundredths(principal * random.Between(80, 250) / 100)),
            ("commercial-bank", FieldDraw.Flag(random.Chance(930))),
            ("repaid", FieldDraw.Flag(repaid)),
            .. repaid ? [("repaid-on", FieldDraw.Day(day))] : Array.Empty<(string, string)>(),
        ];
        world.Add(enterprise, "ip-pledge-loan", day, WorldBuilder.Moment(random, first, first.AddDays(18)), "", "", told);
    }

    private static DateOnly Max(DateOnly a, DateOnly b) => a > b ? a : b;
}
