using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues.Tests;

public sealed class The_embedded_list
{
    internal static readonly Catalogue Catalogue = CatalogueLoader.LoadEmbedded().Required();

    [Fact]
    public void Loads_without_a_problem() => Assert.IsType<CatalogueLoading.Loaded>(CatalogueLoader.LoadEmbedded());

    [Fact]
    public void Knows_eight_agencies_and_every_pool_waits_only_for_them()
    {
        var agencies = Catalogue.Facts.Kinds.Select(k => k.Agency).Distinct().Order();
        Assert.Equal(["agriculture", "culture", "finance-office", "human-resources", "industry", "market", "science", "tax"], agencies);
        Assert.All(Catalogue.Pools, p => Assert.All(p.Sources, s => Assert.Contains(s, agencies)));
    }

    [Fact]
    public void Money_is_in_yuan_and_every_number_has_a_unit()
    {
        foreach (var field in Catalogue.Facts.Kinds.SelectMany(k => k.Fields))
        {
            if (field.Type is FieldType.Money) Assert.Equal("yuan", field.Unit);
            Assert.Equal(field.Type is FieldType.Money or FieldType.Count or FieldType.Quantity or FieldType.Rate, field.Unit.Length > 0);
            Assert.Equal(field.Type is FieldType.Code, field.Codes.Count > 0);
        }
    }

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
            },
            funds);
    }
}
