using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Policies;
using static Baotou.Payouts.Domain.Tests.Deciding.Deciding;

namespace Baotou.Payouts.Domain.Tests.Deciding;

public sealed class Awards_of_a_group_exclude_each_other
{
    private static Policy Member(string id, long yuan, int order, GroupSpan span = GroupSpan.Field, params Condition[] conditions) =>
        Given.Policy(
            Given.Terms(Given.Fixed(yuan), conditions) with
            {
                Group = new("g", span == GroupSpan.Field ? Trip("number") : null, span, order),
            },
            id
        );

    private static string Show(IEnumerable<Decision> decisions) =>
        string.Join(' ', decisions.Select(d => $"{d.Policy}/{d.Occasion}={d.Outcome}{d.SupersededBy}"));

    private static Domain.Facts.Fact Of(string id, string day, string number) => Given.Trip(id, day, ("number", Given.Code(number)));

    [Fact]
    public void The_highest_stands_whatever_its_place()
    {
        var decisions = All([Member("a", 5, 1), Member("b", 9, 2)], Of("r1", "2023-01-01", "t1"));
        Assert.Equal("a/r1=Supersededb b/r1=Entitled", Show(decisions));
        Assert.Equal(
            (0, "excluded by b, which counts instead", "5.00 yuan"),
            (decisions[0].Amount.Value, decisions[0].Reason.En, decisions[0].Arithmetic.En)
        );
        Assert.Equal(default, decisions[0].Shares);
    }

    [Fact]
    public void Of_equals_the_lowest_order_stands() =>
        Assert.Equal("a/r1=Supersededb b/r1=Entitled", Show(All([Member("a", 5, 2), Member("b", 5, 1)], Of("r1", "2023-01-01", "t1"))));

    [Fact]
    public void Another_unit_is_not_touched() =>
        Assert.Equal(
            "a/r1=Entitled a/r2=Entitled",
            Show(All([Member("a", 5, 1)], Of("r1", "2023-01-01", "t1"), Of("r2", "2023-01-01", "t2")))
        );

    [Fact]
    public void Two_records_of_one_unit_exclude_each_other_too() =>
        Assert.Equal(
            "a/r2=Supersededa a/r1=Entitled",
            Show(All([Member("a", 5, 1)], Of("r1", "2023-02-01", "t1"), Of("r2", "2023-01-01", "t1")))
        );

    [Fact]
    public void A_year_or_a_life_may_be_the_unit()
    {
        Domain.Facts.Fact[] trips = [Of("r1", "2022-01-01", "t1"), Of("r2", "2022-02-01", "t2"), Of("r3", "2023-01-01", "t1")];
        Assert.Equal("a/r1=Entitled a/r2=Supersededa a/r3=Entitled", Show(All([Member("a", 5, 1, GroupSpan.Year)], trips)));
        Assert.Equal("a/r1=Entitled a/r2=Supersededa a/r3=Supersededa", Show(All([Member("a", 5, 1, GroupSpan.Lifetime)], trips)));
    }

    [Fact]
    public void One_that_is_not_entitled_excludes_nobody() =>
        Assert.Equal(
            "a/r1=Entitled b/r1=FactsMissing",
            Show(
                All(
                    [
                        Member("a", 5, 1),
                        Member("b", 9, 2, GroupSpan.Field, new Condition.Compare(Trip("visitors"), Comparison.AtLeast, Given.Count(1))),
                    ],
                    Of("r1", "2023-01-01", "t1")
                )
            )
        );
}
