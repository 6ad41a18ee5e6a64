using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues.Tests;

public sealed class The_embedded_list
{
    internal static readonly Catalogue Catalogue = CatalogueLoader.LoadEmbedded().Required();

    [Fact]
    public void Loads_without_a_problem_or_a_doubt() =>
        Assert.Empty(Assert.IsType<CatalogueLoading.Loaded>(CatalogueLoader.LoadEmbedded()).Warnings);

    [Fact]
    public void Cites_its_source_for_every_entry_and_says_why_it_has_its_class()
    {
        foreach (var entry in Catalogue.Policies)
        {
            Assert.Matches("^包府发〔2022〕(17|18|19|20)号$", entry.Source.Document);
            Assert.Contains(entry.Id.Split('-')[0] + "号", entry.Source.Document, StringComparison.Ordinal);
            Assert.Contains(
                entry.Id.Split('-')[^1].TrimStart([.. "art"]).TrimEnd([.. "abcdefghijklm"]),
                PrintedNumber(entry.Source.Item),
                StringComparison.Ordinal
            );
            foreach (var text in new[] { entry.Title, entry.Summary, entry.Why })
                Assert.True(text.Zh.Length > 1 && text.En.Length > 1, entry.Id);
            if (entry.Class is not PolicyClass.CountyTransfer)
                Assert.Equal(entry.Class is PolicyClass.Automatic or PolicyClass.AutomaticPerson, entry.Terms is not null);
        }
    }

    [Fact]
    public void Uses_every_form_of_award()
    {
        var forms = Catalogue
            .Policies.Where(p => p.Terms is not null)
            .SelectMany(p => Forms(p.Terms!.Award))
            .Distinct()
            .Select(t => t.Name)
            .Order();
        Assert.Equal(["Fixed", "Interest", "LowestOf", "PerUnit", "Percent", "Steps", "Tier", "TopUp", "YearlySchedule"], forms);
    }

    [Fact]
    public void Never_shows_suppliers_of_defence_goods() =>
        Assert.All(
            Catalogue.Policies.Where(p => p.Bureau == "military-civil" && p.Terms is not null),
            p => Assert.Equal(Publicity.None, p.Terms!.Publicity)
        );

    [Fact]
    public void Reads_two_years_from_the_day_of_printing_with_both_ends_included()
    {
        Assert.All(
            Catalogue.Policies.Where(p => p.Id.StartsWith("17-", StringComparison.Ordinal)),
            p => Assert.Equal(new(new(2022, 4, 1), new(2024, 3, 31)), p.Validity)
        );
        Assert.All(
            Catalogue.Policies.Where(p => p.Id.StartsWith("19-new-", StringComparison.Ordinal)),
            p => Assert.Equal(new(new(2022, 4, 11), new(2024, 4, 10)), p.Validity)
        );
        Assert.All(Catalogue.Policies.Where(p => p.Id.StartsWith("19-cont-", StringComparison.Ordinal)), p => Assert.Null(p.Validity.To));
    }

    [Fact]
    public void Names_every_bureau_and_agency_in_both_languages()
    {
        Assert.All(Catalogue.Policies, p => Assert.NotEqual(p.Bureau, Catalogue.BureauTitle(p.Bureau).Zh));
        Assert.All(Catalogue.Facts.Kinds, k => Assert.NotEqual(k.Agency, Catalogue.Facts.AgencyTitle(k.Agency).Zh));
    }

    [Fact]
    public void Says_of_every_kind_of_record_what_one_stands_for_and_which_day_is_its_day() =>
        Assert.All(
            Catalogue.Facts.Kinds.Where(k => k.Period == PeriodKind.Record),
            k =>
                Assert.True(
                    k.Records is { } said
                        && said.Zh.Contains("生效日", StringComparison.Ordinal)
                        && said.En.Contains("effective day", StringComparison.Ordinal),
                    k.Id
                )
        );

    [Fact]
    public void Has_pools_that_wait_only_for_agencies_that_hold_something()
    {
        var agencies = Catalogue.Facts.Kinds.Select(k => k.Agency).Distinct().ToList();
        Assert.All(Catalogue.Pools, p => Assert.All(p.Sources, s => Assert.Contains(s, agencies)));
    }

    [Fact]
    public void Money_is_in_yuan_and_every_number_has_a_unit()
    {
        foreach (var field in Catalogue.Facts.Kinds.SelectMany(k => k.Fields))
        {
            if (field.Type is FieldType.Money)
                Assert.Equal("yuan", field.Unit);
            Assert.Equal(field.Type is FieldType.Money or FieldType.Count or FieldType.Quantity or FieldType.Rate, field.Unit.Length > 0);
            Assert.Equal(field.Type is FieldType.Code, field.Codes.Count > 0);
        }
    }

    [Fact]
    public void Every_unit_is_said_in_Chinese() =>
        Assert.All(
            Catalogue.Facts.Kinds.SelectMany(k => k.Fields).Select(f => f.Unit),
            unit => Assert.DoesNotMatch("[a-z]", Wording.UnitZh(unit == "yuan" ? "" : unit))
        );

    [Fact]
    public void Prints_the_funds_of_17_article_3_and_19_new_10()
    {
        var funds = Catalogue.Pools.Where(p => p.PrintedFundYuan is not null).ToDictionary(p => p.Id, p => p.PrintedFundYuan!.Value);
        Assert.Equal(
            new Dictionary<string, long>
            {
                ["tourism-local-reception"] = 10_000_000,
                ["tourism-charter"] = 5_000_000,
                ["tourism-special-train"] = 5_000_000,
                ["tourism-self-drive"] = 1_000_000,
                ["defence-supply"] = 10_000_000,
                ["ip-risk-compensation"] = 10_000_000,
            },
            funds
        );
    }

    private static IEnumerable<Type> Forms(Award award) =>
        award is Award.Tier tier ? tier.Cases.SelectMany(c => Forms(c.Award)).Prepend(typeof(Award.Tier)) : [award.GetType()];

    /// <summary>"第三条（四）" has 3 and 4, "一、（一）30" has 30.</summary>
    private static string PrintedNumber(string item)
    {
        string[] numerals =
        [
            "二十四",
            "十六",
            "十五",
            "十四",
            "十三",
            "十二",
            "十一",
            "十",
            "九",
            "八",
            "七",
            "六",
            "五",
            "四",
            "三",
            "二",
            "一",
        ];
        return numerals
            .Select((numeral, i) => (numeral, number: i == 0 ? 24 : 17 - i))
            .Aggregate(item, (text, n) => text.Replace(n.numeral, $" {n.number} ", StringComparison.Ordinal));
    }
}
