using Baotou.Payouts.Domain.Deciding;
using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Replaying;
using Baotou.Payouts.Domain.Time;
using static Baotou.Payouts.Domain.Tests.Replaying.Replaying;

namespace Baotou.Payouts.Domain.Tests.Replaying;

public sealed class A_replay_stops_and_begins_where_it_is_told
{
    private static readonly Policy Entry = Given.Policy(Given.Terms(PerHead));
    private static readonly Fact First = Of("r", "2023-01-01", 10);

    private static IReadOnlyList<Movement> Replayed(ReplayPlan plan, DateTimeOffset? receiptsFrom, params Fact[] facts) =>
        Replay.Run(
            new ReplayRequest
            {
                Uscc = Given.Enterprise,
                Facts = facts.Select(Counted),
                Plan = plan,
                Through = End,
                ReceiptsFrom = receiptsFrom ?? DateTimeOffset.MinValue,
            }
        );

    [Fact]
    public void A_fact_of_the_watermark_counts_and_one_behind_it_does_not()
    {
        var moment = Given.Morning("2023-01-01");
        Assert.Single(Run([Entry], [Counted(First)], through: moment));
        Assert.Empty(Run([Entry], [Counted(First)], through: moment.AddTicks(-1)));
    }

    [Fact]
    public void An_act_of_the_watermark_counts_and_one_behind_it_does_not()
    {
        CountedAct[] acts = [Automatic(day: "2023-05-01")];
        Assert.Single(Run([Entry], [Counted(First)], acts, Given.Morning("2023-05-01")));
        Assert.Empty(Run([Entry], [Counted(First)], acts, Given.Morning("2023-05-01").AddTicks(-1)));
    }

    [Fact]
    public void Only_entries_asked_for_are_replayed()
    {
        Policy[] entries = [Entry, Given.Policy(Given.Terms(PerHead), "q")];
        var plan = new ReplayPlan(new Decider(Given.Catalogue(entries)), ["q"], [Automatic("p"), Automatic("q")]);
        Assert.Equal("+q/r#0:10@01-01", Show(Replayed(plan, null, First)));
    }

    [Fact]
    public void A_publication_may_be_said_to_count_later()
    {
        var late = new CountedMoment(Given.Morning("2023-06-01"), 3);
        var plan = new ReplayPlan(new Decider(Given.Catalogue(Entry)), ["p"], [Automatic()], _ => late);
        Assert.Equal(late, Assert.Single(Replayed(plan, null, First)).Moment);
    }

    [Fact]
    public void Receipts_are_made_from_a_moment_on()
    {
        var moment = Given.Morning("2023-02-01");
        Fact[] facts = [First, Of("s", "2023-02-01", 5), Of("t", "2023-03-01", 5)];
        IReadOnlyList<bool> Made(DateTimeOffset from) =>
            [
                .. Replayed(new ReplayPlan(new Decider(Given.Catalogue(Entry)), ["p"], [Automatic()]), from, facts)
                    .Cast<Movement.Claimed>()
                    .Select(c => c.Receipt is not null),
            ];
        Assert.Equal([false, true, true], Made(moment));
        Assert.Equal([false, false, true], Made(moment.AddTicks(1)));
    }

    [Fact]
    public void A_claim_without_a_receipt_rests_on_the_same_facts()
    {
        var terms = Given.Terms(PerHead, new Condition.Compare(new("state", "size"), Comparison.Equal, Given.Code("small")));
        var plan = new ReplayPlan(new Decider(Given.Catalogue(Given.Policy(terms))), ["p"], [Automatic()]);
        Fact[] facts = [Given.Record("state", "s", "2022-01-01", ("size", Given.Code("small"))), First];
        var bare = Assert.IsType<Movement.Claimed>(Assert.Single(Replayed(plan, End.AddDays(1), facts)));
        var whole = Assert.IsType<Movement.Claimed>(Assert.Single(Replayed(plan, null, facts)));
        Assert.Equal(["r", "s"], bare.Facts.Select(f => f.RecordId));
        Assert.Equal((whole.FactsHash, whole.Amount), (bare.FactsHash, bare.Amount));
        Assert.Equal(
            Domain.Hashing.CanonicalJson.Hash(facts.Select(f => f.Hash.Hex).Order(StringComparer.Ordinal).ToArray()),
            bare.FactsHash
        );
        Assert.Equal($"p|r|{Given.Enterprise}|0", bare.Key.ToString());
        Assert.Equal((null, whole.Amount.Total), (bare.Receipt, whole.Receipt!.Amount));
    }

    [Fact]
    public void A_claim_rests_on_what_was_counted_for_its_own_year()
    {
        var terms = Given.Terms(
            PerHead,
            new Condition.Count("trip", [], 0, 0, false, Comparison.AtLeast, 2),
            new Condition.Total(Trip("visitors"), [], Comparison.AtLeast, Given.Count(7))
        );
        var movements = Run(terms, Of("a", "2022-02-01", 3), Of("b", "2022-03-01", 4), Of("c", "2023-02-01", 6), Of("d", "2023-03-01", 1));
        Assert.Equal("+p/a#0:3@03-01 +p/b#0:4@03-01 +p/c#0:6@03-01 +p/d#0:1@03-01", Show(movements));
        Assert.Equal(
            ["a,b", "b,a", "c,d", "d,c"],
            movements.Cast<Movement.Claimed>().Select(m => string.Join(',', m.Facts.Select(f => f.RecordId)))
        );
    }

    [Fact]
    public void One_of_several_conditions_is_enough_without_a_receipt_too()
    {
        var any = new Condition.AnyOf([
            new Condition.Compare(Trip("nights"), Comparison.AtLeast, Given.Count(1)),
            new Condition.Compare(Trip("visitors"), Comparison.AtLeast, Given.Count(5)),
        ]);
        var plan = new ReplayPlan(new Decider(Given.Catalogue(Given.Policy(Given.Terms(PerHead, any)))), ["p"], [Automatic()]);
        Assert.Equal("+p/r#0:10@01-01", Show(Replayed(plan, End.AddDays(1), First, Of("s", "2023-02-01", 4))));
    }

    [Fact]
    public void Versions_of_an_entry_may_look_at_different_kinds_of_records()
    {
        var old = Entry with { Validity = new(null, Given.Day("2023-06-30")) };
        var young = Entry with
        {
            Validity = new(Given.Day("2023-07-01"), Given.Day("2023-12-31")),
            Terms = Given.Terms(Given.Fixed(7)) with { Anchor = "listing" },
        };
        Assert.Equal("+p/r#0:10@01-01", Show(Run([old, young], [Counted(First)])));
        Assert.Equal("+p/l#0:7@08-01", Show(Run([old, young], [Counted(Given.Record("listing", "l", "2023-08-01"))])));
    }

    [Fact]
    public void At_one_moment_units_come_by_entry_then_by_occasion()
    {
        Policy[] entries = [Given.Policy(Given.Terms(PerHead), "b"), Given.Policy(Given.Terms(PerHead), "a")];
        Assert.Equal(
            "+a/r#0:1@01-01 +a/s#0:2@01-01 +b/r#0:1@01-01 +b/s#0:2@01-01",
            Show(Run(entries, [Counted(Of("s", "2023-01-01", 2)), Counted(Of("r", "2023-01-01", 1))]))
        );
    }

    [Fact]
    public void A_group_is_a_unit_beside_an_entry_of_the_same_name()
    {
        Policy[] entries =
        [
            Given.Policy(Given.Terms(PerHead) with { Group = new("p", Trip("number"), GroupSpan.Field, 1) }, "a"),
            Given.Policy(Given.Terms(PerHead), "p"),
        ];
        Assert.Equal("+a/t1#0:3@01-01 +p/t1#0:3@01-01", Show(Run(entries, [Counted(Of("t1", "2023-01-01", 3))])));
    }

    [Fact]
    public void The_deciding_record_is_the_first_by_source_and_number_of_those_that_came()
    {
        Condition Known(string kind, string field) => new Condition.Compare(new(kind, field), Comparison.NotEqual, Given.Code("none"));
        var terms = Given.Terms(PerHead, Known("state", "size"), Known("listing", "stage"));
        Fact State(string id) =>
            Given.Record("state", id, "2023-01-01", ("size", Given.Code("small"))) with
            {
                RecordedAt = Given.Morning("2023-03-01"),
            };
        Fact Listing(string id) =>
            Given.Record("listing", id, "2023-01-01", ("stage", Given.Code("listed"))) with
            {
                RecordedAt = Given.Morning("2023-03-01"),
            };
        Fact Decides(params Fact[] facts) => Assert.IsType<Movement.Claimed>(Assert.Single(Run(terms, facts))).Deciding;
        Assert.Equal("finance-office", Decides(First, State("a"), Listing("z")).Source);
        Assert.Equal("a", Decides(First, State("a") with { Source = "one" }, Listing("z") with { Source = "one" }).RecordId);
        Assert.Equal("a", Decides(First, State("z") with { Source = "one" }, Listing("a") with { Source = "one" }).RecordId);
        Assert.Equal("r", Decides(Of("r", "2023-03-01", 10) with { Source = "zoo" }, State("a"), Listing("a")).RecordId);
    }

    [Fact]
    public void A_record_that_came_but_is_not_used_does_not_decide()
    {
        var terms = Given.Terms(PerHead, new Condition.Compare(new("state", "size"), Comparison.Equal, Given.Code("small")));
        var state = Given.Record("state", "z", "2023-01-01", ("size", Given.Code("small"))) with
        {
            RecordedAt = Given.Morning("2023-03-01"),
        };
        Assert.Equal("z", Assert.IsType<Movement.Claimed>(Run(terms, First, state, Of("a", "2023-03-01", 0))[0]).Deciding.RecordId);
    }

    [Fact]
    public void A_reduction_takes_what_is_due_to_the_fen_from_the_latest_claims_and_leaves_the_earlier_whole()
    {
        var steps = new long[] { 10, 15, 18, 16, 12, 12, 3, 9, 0 };
        var facts = steps.Select((visitors, i) => Given.Correct(First, $"2023-0{i + 1}-01", ("visitors", Given.Count(visitors))));
        Assert.Equal(
            "+p/r#0:10@01-01 +p/r#1:5@02-01 +p/r#2:3@03-01 -p/r#2:1@04-01 -p/r#2:0@05-01 -p/r#1:2@05-01 -p/r#1:0@07-01 -p/r#0:3@07-01 +p/r#3:6@08-01 -p/r#3:0@09-01 -p/r#0:0@09-01",
            Show(Run([Entry], facts.Select(Counted)))
        );
    }

    [Fact]
    public void Late_and_in_time_are_two_moments_at_one_edge()
    {
        var edge = Given.Morning("2023-06-01");
        Assert.True(new CountedMoment(edge).CompareTo(new CountedMoment(edge, 1)) < 0);
        Assert.True(new CountedMoment(edge, 2).CompareTo(new CountedMoment(edge, 1)) > 0);
        Assert.True(new CountedMoment(edge, 2).CompareTo(new CountedMoment(edge.AddTicks(1))) < 0);
        Assert.Equal((false, true), (new CountedMoment(edge).IsLate, new CountedMoment(edge, 1).IsLate));
    }

    [Fact]
    public void The_last_act_of_an_entry_by_its_moment_counts_in_whatever_order_they_are_given()
    {
        CountedAct[] acts = [Automatic(), Act(new PolicyAct.PutInShadow("p", Given.Morning("2023-02-01"))), Automatic(day: "2023-03-01")];
        Fact[] facts = [First, Of("s", "2023-02-15", 5), Of("t", "2023-03-15", 6)];
        Assert.Equal("+p/r#0:10@01-01 +p/s#0:5@03-01 +p/t#0:6@03-15", Show(Run([Entry], facts.Select(Counted), acts)));
        Assert.Equal("+p/r#0:10@01-01 +p/s#0:5@03-01 +p/t#0:6@03-15", Show(Run([Entry], facts.Select(Counted), [.. acts.Reverse()])));
    }

    [Fact]
    public void An_act_is_of_the_day_in_Baotou_that_its_entry_is_in_force()
    {
        var open = Entry with { Validity = new(Given.Day("2022-01-01"), null) };
        var through = Act(new PolicyAct.StillInForce("p", Given.Morning("2023-01-01"), Given.Day("2023-06-30")));
        Fact At(DateTimeOffset moment) => First with { RecordedAt = moment };
        var midnight = ChinaTime.StartOf(Given.Day("2023-07-01"));
        Assert.Single(Run([open], [Counted(At(midnight.AddMilliseconds(-1)))], [Automatic(), through]));
        Assert.Empty(Run([open], [Counted(At(midnight))], [Automatic(), through]));
    }
}
