using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Replaying;
using static Baotou.Payouts.Domain.Tests.Replaying.Replaying;

namespace Baotou.Payouts.Domain.Tests.Replaying;

public sealed class Acts_and_publication_have_their_own_moments
{
    private static readonly Fact Trip1 = Of("r", "2023-01-01", 10);
    private static readonly Policy Entry = Given.Policy(Given.Terms(PerHead));

    [Fact]
    public void In_shadow_nothing_is_claimed() => Assert.Empty(Run([Entry], [Counted(Trip1)], []));

    [Fact]
    public void Leaving_shadow_claims_at_the_moment_of_the_act()
    {
        var movement = Assert.IsType<Movement.Claimed>(Assert.Single(Run([Entry], [Counted(Trip1)], [Automatic(day: "2023-05-01")])));
        Assert.Equal((Given.Morning("2023-05-01"), "r"), (movement.Moment.At, movement.Deciding.RecordId));
    }

    [Fact]
    public void Put_back_into_shadow_it_claims_nothing_new_but_still_falls()
    {
        CountedAct[] acts = [Automatic(), Act(new PolicyAct.PutInShadow("p", Given.Morning("2023-02-01")))];
        Fact[] facts =
        [
            Trip1,
            Of("s", "2023-03-01", 5),
            Given.Correct(Trip1, "2023-04-01", ("visitors", Given.Count(20))),
            Given.Correct(Trip1, "2023-05-01", ("visitors", Given.Count(4))),
        ];
        Assert.Equal("+p/r#0:10@01-01 -p/r#0:4@05-01", Show(Run([Entry], facts.Select(Counted), acts)));
        Assert.Equal(
            "+p/r#0:10@01-01 -p/r#0:4@05-01 +p/s#0:5@06-01",
            Show(Run([Entry], facts.Select(Counted), [.. acts, Automatic(day: "2023-06-01")]))
        );
    }

    [Fact]
    public void An_entry_whose_end_is_unknown_reserves_only_through_the_day_the_bureau_states()
    {
        var open = Entry with { Validity = new(Given.Day("2022-01-01"), null) };
        Fact[] facts = [Trip1, Of("s", "2023-06-30", 5), Of("t", "2023-07-01", 6)];
        Assert.Empty(Run([open], facts.Select(Counted)));
        var stillInForce = Act(new PolicyAct.StillInForce("p", Given.Morning("2023-03-01"), Given.Day("2023-06-30")));
        Assert.Equal("+p/r#0:10@03-01 +p/s#0:5@06-30", Show(Run([open], facts.Select(Counted), [Automatic(), stillInForce])));
        var again = Act(new PolicyAct.StillInForce("p", Given.Morning("2023-09-01"), Given.Day("2023-12-31")));
        Assert.Equal(
            "+p/r#0:10@03-01 +p/s#0:5@06-30 +p/t#0:6@09-01",
            Show(Run([open], facts.Select(Counted), [again, stillInForce, Automatic()]))
        );
    }

    [Fact]
    public void No_claim_is_earlier_than_the_publication_of_its_entry()
    {
        var movement = Assert.Single(Run([Entry with { PublishedOn = Given.Day("2023-04-01") }], [Counted(Trip1)]));
        Assert.Equal(new DateTimeOffset(2023, 3, 31, 16, 0, 0, TimeSpan.Zero), movement.Moment.At);
    }

    [Fact]
    public void A_later_version_claims_from_its_own_publication_for_its_own_days()
    {
        var old = Entry with { Validity = new(Given.Day("2022-01-01"), Given.Day("2022-12-31")) };
        var young = Entry with
        {
            Validity = new(Given.Day("2023-01-01"), Given.Day("2023-12-31")),
            PublishedOn = Given.Day("2023-04-01"),
            Terms = Given.Terms(Given.Fixed(99)),
        };
        Assert.Equal("+p/q#0:3@12-31 +p/r#0:99@04-01", Show(Run([old, young], [Counted(Trip1), Counted(Of("q", "2022-12-31", 3))])));
    }

    [Fact]
    public void What_is_not_for_an_enterprise_or_not_automatic_reserves_nothing()
    {
        Assert.Empty(Run([Entry with { Class = PolicyClass.AutomaticPerson }], [Counted(Trip1)]));
        Assert.Empty(Run([Entry with { Payee = Payee.Unclear }], [Counted(Trip1)]));
        Assert.Empty(Run([Given.Policy(null)], [Counted(Trip1)]));
    }

    [Fact]
    public void Acts_about_entries_that_are_not_replayed_change_nothing() =>
        Assert.Equal("+p/r#0:10@01-01", Show(Run([Entry], [Counted(Trip1)], [Automatic(), Automatic("other")])));
}
