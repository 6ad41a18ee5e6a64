namespace Baotou.Payouts.Local.Sandbox.World;

/// <summary>An enterprise of the sandbox. None exists: the area digits of its code are assigned to nobody and its name says 沙盒.</summary>
/// <param name="Number">Its place in the world, from 0.</param>
/// <param name="Uscc">Its code, as all agencies deliver it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Code of the kind of body ("company").</param>
/// <param name="Industry">Code of its section of industry.</param>
/// <param name="County">Code of its county.</param>
/// <param name="Size">Code of its size class.</param>
/// <param name="AboveScale">Whether it is above designated size.</param>
/// <param name="Trade">What it does beyond its section.</param>
/// <param name="Research">Whether it has research expenses.</param>
public sealed record SandboxEnterprise(
    int Number,
    string Uscc,
    string Name,
    string Kind,
    string Industry,
    string County,
    string Size,
    bool AboveScale,
    SandboxTrade Trade,
    bool Research
)
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>Province 99 does not exist.</summary>
    private const string UnassignedArea = "990001";

    private static readonly string[] FirstNames =
    [
        "云桥",
        "青禾",
        "远帆",
        "白石",
        "南风",
        "松涛",
        "月泉",
        "金穗",
        "长河",
        "星野",
        "晨光",
        "红柳",
        "沙枣",
        "雁归",
        "北辰",
        "临溪",
    ];

    /// <summary>The enterprise of that number, the same for the same seed whatever the number of enterprises.</summary>
    internal static SandboxEnterprise Generate(long seed, int number)
    {
        var random = SplitMix64.For(seed, "enterprise", number);
        var kind = random.Weighted(
            ("company", 870),
            ("sole-trader", 55),
            ("cooperative", 50),
            ("institution", 12),
            ("association", 6),
            ("village-committee", 7)
        );
        var trade =
            kind == "company"
                ? random.Weighted(
                    (SandboxTrade.None, 905),
                    (SandboxTrade.TravelAgency, 35),
                    (SandboxTrade.SelfDriveClub, 6),
                    (SandboxTrade.Lodging, 20),
                    (SandboxTrade.ScenicArea, 8),
                    (SandboxTrade.Dairy, 12),
                    (SandboxTrade.CoachLine, 6)
                )
                : SandboxTrade.None;
        var industry = IndustryOf(kind, trade, random);
        var size = kind == "company" ? random.Weighted(("micro", 600), ("small", 280), ("medium", 95), ("large", 25)) : "micro";
        var aboveScale = size switch
        {
            "large" => true,
            "medium" => random.Chance(900),
            "small" => random.Chance(industry == "manufacturing" ? 400 : 120),
            _ => false,
        };
        if (industry == "manufacturing" && trade == SandboxTrade.None && random.Chance(350))
            trade = SandboxTrade.RareEarth;
        var research = random.Chance(
            trade == SandboxTrade.RareEarth ? 750
            : industry is "manufacturing" or "information" or "science" ? 450
            : 70
        );
        var county = random.Weighted(
            ("kundulun", 24),
            ("qingshan", 20),
            ("donghe", 14),
            ("hightech-zone", 14),
            ("jiuyuan", 10),
            ("tuyou", 7),
            ("guyang", 4),
            ("damao", 4),
            ("shiguai", 2),
            ("baiyun", 1)
        );
        var name = $"沙盒{random.Pick(FirstNames)}{number:D5}号{Noun(kind, trade, industry)}";
        return new SandboxEnterprise(number, CodeOf(kind, number, random), name, kind, industry, county, size, aboveScale, trade, research);
    }

    private static string IndustryOf(string kind, SandboxTrade trade, SplitMix64 random) =>
        (kind, trade) switch
        {
            ("cooperative", _) => "agriculture",
            ("village-committee", _) or ("association", _) => "public",
            ("institution", _) => random.Pick(["education", "health", "science", "culture"]),
            (_, SandboxTrade.TravelAgency or SandboxTrade.SelfDriveClub) => "business-services",
            (_, SandboxTrade.Lodging) => "hospitality",
            (_, SandboxTrade.ScenicArea) => "culture",
            (_, SandboxTrade.CoachLine) => "transport",
            (_, SandboxTrade.Dairy) => random.Pick(["agriculture", "manufacturing"]),
            ("sole-trader", _) => random.Weighted(("trade", 60), ("hospitality", 25), ("household-services", 15)),
            _ => random.Weighted(
                ("trade", 270),
                ("manufacturing", 230),
                ("construction", 90),
                ("business-services", 80),
                ("information", 80),
                ("science", 70),
                ("transport", 50),
                ("agriculture", 35),
                ("property", 30),
                ("culture", 15),
                ("energy", 15),
                ("mining", 15),
                ("environment", 10),
                ("household-services", 10)
            ),
        };

    private static string Noun(string kind, SandboxTrade trade, string industry) =>
        (kind, trade) switch
        {
            ("sole-trader", _) => "店",
            ("cooperative", _) => "农民专业合作社",
            ("institution", _) => "中心",
            ("association", _) => "协会",
            ("village-committee", _) => "村民委员会",
            (_, SandboxTrade.TravelAgency) => "旅行社有限公司",
            (_, SandboxTrade.SelfDriveClub) => "自驾游俱乐部有限公司",
            (_, SandboxTrade.Lodging) => "酒店有限公司",
            (_, SandboxTrade.ScenicArea) => "景区有限公司",
            (_, SandboxTrade.Dairy) => "乳业有限公司",
            (_, SandboxTrade.RareEarth) => "稀土材料有限公司",
            _ => industry switch
            {
                "manufacturing" => "制造有限公司",
                "information" => "软件有限公司",
                "science" => "科技有限公司",
                "construction" => "建筑有限公司",
                _ => "商贸有限公司",
            },
        };

    /// <summary>
    /// Codes are distinct because the organisation part counts up. One in a hundred has a wrong check character, as some issued codes have.
    /// </summary>
    private static string CodeOf(string kind, int number, SplitMix64 random)
    {
        var authority = kind switch
        {
            "company" => "91",
            "sole-trader" => "92",
            "cooperative" => "93",
            "institution" => "12",
            "association" => "51",
            _ => "54",
        };
        var organisation = "T" + number.ToString("D7", System.Globalization.CultureInfo.InvariantCulture);
        var first17 = authority + UnassignedArea + organisation + Domain.Enterprises.Uscc.OrganisationCheckCharacter(organisation);
        var check = Domain.Enterprises.Uscc.CheckCharacter(first17);
        if (random.Chance(10))
            check = Alphabet[(Alphabet.IndexOf(check) + 1) % Alphabet.Length];
        return first17 + check;
    }
}

/// <summary>What an enterprise does that some entries of the list ask for.</summary>
public enum SandboxTrade
{
    /// <summary>Nothing in particular.</summary>
    None,

    /// <summary>A travel agency.</summary>
    TravelAgency,

    /// <summary>An organiser of self-drive tours.</summary>
    SelfDriveClub,

    /// <summary>A hotel or homestay.</summary>
    Lodging,

    /// <summary>A scenic area.</summary>
    ScenicArea,

    /// <summary>A direct coach line to sites.</summary>
    CoachLine,

    /// <summary>Dairy farming or processing.</summary>
    Dairy,

    /// <summary>Rare-earth materials.</summary>
    RareEarth,
}
