using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Replaying;
using static Baotou.Payouts.Domain.Tests.Replaying.Replaying;

namespace Baotou.Payouts.Domain.Tests.Replaying;

/// <summary>Entry "low" pays by the visitors of a trip, "high" by its nights; they exclude each other per trip number.</summary>
public sealed class A_group_is_claimed_in_increments
{
    private static readonly Policy Low = Member("low", "visitors", 1);
    private static readonly Policy High = Member("high", "nights", 2);

    private static Policy Member(string id, string field, int order) =>
        Given.Policy(
            Given.Terms(new Award.PerUnit(Trip(field), null, 1, Domain.Money.Fen.FromYuan(1), null)) with
            {
                Group = new("g", Trip("number"), GroupSpan.Field, order),
            },
            id
        );

    private static Fact Visitors(string id, string day, long n, string number = "t1") => Of(id, day, n, number);

    private static Fact Nights(string id, string day, long n, string number = "t1") =>
        Given.Trip(id, day, ("nights", Given.Count(n)), ("number", Given.Code(number)));

    private static string Movements(params Fact[] facts) => Show(Run([Low, High], facts.Select(Counted)));

    [Fact]
    public void Each_claim_is_the_rise_charged_to_the_award_that_raised_it() =>
        Assert.Equal("+low/a#0:10@01-01 +high/b#0:5@02-01", Movements(Visitors("a", "2023-01-01", 10), Nights("b", "2023-02-01", 15)));

    [Fact]
    public void A_lower_or_equal_award_raises_nothing() =>
        Assert.Equal("+high/b#0:15@01-01", Movements(Nights("b", "2023-01-01", 15), Visitors("a", "2023-02-01", 15)));

    [Fact]
    public void At_one_moment_the_highest_alone_is_claimed() =>
        Assert.Equal("+high/b#0:15@01-01", Movements(Visitors("a", "2023-01-01", 10), Nights("b", "2023-01-01", 15)));

    [Fact]
    public void When_the_higher_falls_away_the_lower_upholds_its_part()
    {
        var (a, b) = (Visitors("a", "2023-01-01", 10), Nights("b", "2023-02-01", 15));
        Assert.Equal("+low/a#0:10@01-01 +high/b#0:5@02-01 -high/b#0:0@03-01", Movements(a, b, Given.Withdraw(b, "2023-03-01")));
        Assert.Equal("+low/a#0:10@01-01 +high/b#0:5@02-01", Movements(a, b, Given.Withdraw(a, "2023-03-01")));
        Assert.Equal(
            "+low/a#0:10@01-01 +high/b#0:5@02-01 -high/b#0:0@04-01 -low/a#0:0@04-01",
            Movements(a, b, Given.Withdraw(a, "2023-03-01"), Given.Withdraw(b, "2023-04-01"))
        );
    }

    [Fact]
    public void A_claim_falls_when_the_award_that_upheld_it_without_a_claim_is_withdrawn()
    {
        var (high, low) = (Nights("b", "2023-01-01", 15), Visitors("a", "2023-02-01", 15));
        Assert.Equal(
            "+high/b#0:15@01-01 -high/b#0:0@04-01",
            Movements(high, low, Given.Withdraw(high, "2023-03-01"), Given.Withdraw(low, "2023-04-01"))
        );
    }

    [Fact]
    public void An_award_in_shadow_neither_raises_nor_upholds()
    {
        var (a, b) = (Visitors("a", "2023-01-01", 10), Nights("b", "2023-02-01", 15));
        CountedAct[] lowOnly = [Automatic("low")];
        Assert.Equal("+low/a#0:10@01-01", Show(Run([Low, High], [Counted(a), Counted(b)], lowOnly)));
        Assert.Equal(
            "+low/a#0:10@01-01 -low/a#0:0@03-01",
            Show(Run([Low, High], [Counted(a), Counted(b), Counted(Given.Withdraw(a, "2023-03-01"))], lowOnly))
        );
        Assert.Equal(
            "+low/a#0:10@01-01 +high/b#0:5@05-01",
            Show(Run([Low, High], [Counted(a), Counted(b)], [Automatic("low"), Automatic("high", "2023-05-01")]))
        );
    }

    [Fact]
    public void An_award_in_shadow_whose_claims_all_fell_to_nothing_upholds_nothing()
    {
        var (a, b) = (Visitors("a", "2023-01-01", 10), Nights("b", "2023-03-01", 5));
        CountedAct[] acts = [Automatic("low"), Automatic("high"), Act(new PolicyAct.PutInShadow("low", Given.Morning("2023-02-15")))];
        Fact[] facts =
        [
            a,
            Given.Correct(a, "2023-02-01", ("visitors", Given.Count(0))),
            b,
            Given.Correct(a, "2023-04-01", ("visitors", Given.Count(8))),
            Given.Withdraw(b, "2023-05-01"),
        ];
        Assert.Equal(
            "+low/a#0:10@01-01 -low/a#0:0@02-01 +high/b#0:5@03-01 -high/b#0:0@05-01",
            Show(Run([Low, High], facts.Select(Counted), acts))
        );
    }

    [Fact]
    public void A_record_that_changes_its_unit_leaves_one_and_joins_the_other()
    {
        var a = Visitors("a", "2023-01-01", 10);
        Assert.Equal(
            "+low/a#0:10@01-01 -low/a#0:0@03-01 +low/a#1:10@03-01",
            Movements(a, Given.Correct(a, "2023-03-01", ("number", Given.Code("t2"))))
        );
    }

    [Fact]
    public void Units_do_not_touch_each_other() =>
        Assert.Equal(
            "+low/a#0:10@01-01 +high/b#0:15@02-01",
            Movements(Visitors("a", "2023-01-01", 10, "t1"), Nights("b", "2023-02-01", 15, "t2"))
        );
}
