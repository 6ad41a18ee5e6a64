using System.Globalization;
using System.Text.RegularExpressions;
using Baotou.Payouts.Domain.Policies;

namespace Baotou.Payouts.Catalogues.Tests;

/// <summary>The gazette's four documents item by item: none is skipped and none is invented.</summary>
public sealed partial class The_printed_items
{
    private static readonly Catalogue Catalogue = The_embedded_list.Catalogue;

    /// <summary>What is printed: the beginning of the ids, the first and the last number, both included.</summary>
    public static TheoryData<string, int, int> Parts() =>
        new()
        {
            { "17-art", 3, 16 },
            { "18-re-", 1, 15 },
            { "19-cont-", 1, 126 },
            { "19-adj-", 1, 3 },
            { "19-new-", 1, 31 },
        };

    [Theory]
    [MemberData(nameof(Parts))]
    public void Have_an_entry_each_and_no_other(string part, int first, int last) =>
        Assert.Equal(
            Enumerable.Range(first, last - first + 1),
            Catalogue
                .Policies.Where(p => p.Id.StartsWith(part, StringComparison.Ordinal))
                .Select(p => NumberIn(p.Id[part.Length..]))
                .Distinct()
                .Order()
        );

    [Theory]
    [InlineData("18-plan-")]
    [InlineData("18-service-")]
    public void Of_the_two_plans_of_18_carry_letters_in_printed_order(string plan) =>
        Assert.Equal(
            "abcde".Select(letter => plan + letter),
            Catalogue.Policies.Select(p => p.Id).Where(id => id.StartsWith(plan, StringComparison.Ordinal)).Distinct()
        );

    [Fact]
    public void Of_20_are_the_two_articles_that_promise_a_reward() =>
        Assert.Equal(
            ["20-art8", "20-art24"],
            Catalogue.Policies.Select(p => p.Id).Where(id => id.StartsWith("20-", StringComparison.Ordinal))
        );

    [Fact]
    public void Are_the_only_ones() =>
        Assert.All(
            Catalogue.Policies,
            p =>
                Assert.Contains(
                    Parts().Select(row => (string)row[0]).Concat(["18-plan-", "18-service-", "20-art"]),
                    part => p.Id.StartsWith(part, StringComparison.Ordinal)
                )
        );

    [Fact]
    public void With_several_awards_carry_letters_without_a_gap()
    {
        foreach (
            var item in Catalogue
                .Policies.Select(p => Lettered().Match(p.Id))
                .Where(m => m.Success)
                .Select(m => (Item: m.Groups[1].Value, Letter: m.Groups[2].Value[0]))
                .Distinct()
                .GroupBy(m => m.Item)
        )
        {
            Assert.Equal(Enumerable.Range('a', item.Count()).Select(c => (char)c), item.Select(m => m.Letter).Order());
            Assert.True(item.Count() > 1, $"{item.Key}a is the only award of its item and needs no letter");
            Assert.DoesNotContain(Catalogue.Policies, p => p.Id == item.Key);
        }
    }

    private static int NumberIn(string place) => int.Parse(Digits().Match(place).Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("^[0-9]+")]
    private static partial Regex Digits();

    [GeneratedRegex("^(.*[0-9])([a-z])$")]
    private static partial Regex Lettered();
}
