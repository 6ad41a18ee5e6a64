using System.Globalization;
using Baotou.Payouts.Domain.Enterprises;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Pools;

namespace Baotou.Payouts.Testing.City;

/// <summary>
/// A list of two entries: a yuan for each visitor, two thirds from the city (pool "culture", from the agency "culture"), and a tenth of a
/// year's revenue (pool "tax", from the agency "tax"). The two pools share nothing, so each has its own watermark.
/// </summary>
internal static class TinyList
{
    public static readonly PoolYear Culture = new("culture", 2023);
    public static readonly PoolYear CultureNext = new("culture", 2024);
    public static readonly PoolYear Tax = new("tax", 2023);

    private static readonly FactDictionary Facts = new([
        new(
            "visit",
            new("参观", "visit"),
            "culture",
            PeriodKind.Record,
            Held.Yes,
            [new("visitors", FieldType.Count, "person", new("人数", "visitors"), [], true)]
        ),
        new(
            "figure",
            new("年报", "figure"),
            "tax",
            PeriodKind.Year,
            Held.Yes,
            [new("revenue", FieldType.Money, "yuan", new("收入", "revenue"), [], true)]
        ),
    ]);

    public static readonly Policy Visit = Entry(
        "visit",
        new Terms
        {
            Anchor = "visit",
            Occasion = OccasionKind.Record,
            Conditions = [],
            Award = new Award.PerUnit(new FieldRef("visit", "visitors"), null, 1, Fen.FromYuan(1), null),
            Rounding = Rounding.FenDown,
            Funding = new Funding.Ratio(2, 1),
            Pool = "culture",
            Charges = ChargedYear.OfMoment,
        }
    );

    public static readonly Policy Figure = Entry(
        "figure",
        new Terms
        {
            Anchor = "figure",
            Occasion = OccasionKind.Year,
            Conditions = [],
            Award = new Award.Percent(
                new FieldRef("figure", "revenue"),
                null,
                new Dictionary<string, BasisPoints>(),
                new BasisPoints(1_000)
            ),
            Rounding = Rounding.FenDown,
            Funding = new Funding.Ratio(1, 0),
            Pool = "tax",
            Charges = ChargedYear.OfMoment,
        }
    );

    public static Catalogue Catalogue(params Policy[] policies) =>
        new(
            ContentHash.OfText("tiny"),
            policies.Length == 0 ? [Visit, Figure] : policies,
            [
                new("culture", new("文旅", "culture"), "bureau", ["culture"], false, true, true, null),
                new("tax", new("税务", "tax"), "bureau", ["tax"], false, true, true, null),
            ],
            Facts
        );

    /// <summary>The same list with a register, kept by the same agency so that the test needs no third.</summary>
    public static Catalogue WithRegister()
    {
        var list = Catalogue();
        var status = new FactField(
            "status",
            FieldType.Code,
            "",
            new("状态", "status"),
            [new("active", new("存续", "active")), new("dissolved", new("注销", "dissolved"))],
            true
        );
        var register = new FactKind("register", new("登记", "register"), "culture", PeriodKind.State, Held.Yes, [status]);
        return list with
        {
            Facts = new FactDictionary([.. list.Facts.Kinds, register]) { InBusiness = new InBusiness("register", "status", ["active"]) },
        };
    }

    /// <summary>A code whose check characters agree.</summary>
    public static Uscc Code(int number)
    {
        var organisation = "MA" + number.ToString("D6", CultureInfo.InvariantCulture);
        var first = "91990001" + organisation + Uscc.OrganisationCheckCharacter(organisation);
        return Uscc.Parse(first + Uscc.CheckCharacter(first));
    }

    private static Policy Entry(string id, Terms terms) =>
        new()
        {
            Id = id,
            Title = new(id, id),
            Summary = new(id, id),
            Source = new("包府发〔2022〕17号", id),
            Bureau = "bureau",
            Class = PolicyClass.Automatic,
            Why = new("", ""),
            Validity = new(new DateOnly(2022, 1, 1), new DateOnly(2025, 12, 31)),
            PublishedOn = new DateOnly(2022, 1, 1),
            Payee = Payee.Enterprise,
            Terms = terms,
            Hash = ContentHash.OfText(id),
        };
}
