using Baotou.Payouts.Domain.Hashing;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Payouts;

namespace Baotou.Payouts.Domain.Tests.Payouts;

public sealed class A_payout_gives_a_part_back
{
    private static Payout Sample(PayoutState state, long city = 20, long county = 10) =>
        A_reservation_makes_a_payout.Sample with
        {
            State = state,
            Version = 3,
            City = new Fen(city),
            County = new Fen(county),
        };

    [Theory]
    [InlineData(PayoutState.Held, PayoutState.Releasing, "release", PayoutState.Reserved, PayoutState.Released)]
    [InlineData(PayoutState.ClawbackDue, PayoutState.ClawingBack, "clawback", PayoutState.Paid, PayoutState.ClawedBack)]
    public void The_rest_goes_on_and_nothing_left_is_final(
        PayoutState from,
        PayoutState by,
        string intent,
        PayoutState rest,
        PayoutState whole
    )
    {
        var before = Sample(from);
        var part = before.Take(by, new Fen(12), "why", "rerun:1");
        var all = before.Take(by, new Fen(20), "why", null);

        Assert.Equal(
            (by, 4, $"{intent}:{before.Id}:4", new Fen(12), new Fen(20), "rerun:1"),
            (part.State, part.Version, part.Intent, part.Taking!.Value, part.City, part.Act)
        );
        Assert.Equal(
            (rest, 5, new Fen(8), new Fen(4), null, null),
            (part.Took("").State, part.Took("").Version, part.Took("").City, part.Took("").County, part.Took("").Taking, part.Took("").Act)
        );
        Assert.Equal((whole, new Fen(20), new Fen(10)), (all.Took("").State, all.Took("").City, all.Took("").County));
    }

    /// <summary>A third from the county: of what is left, a third rounded down; the odd fen is the city's.</summary>
    [Theory]
    [InlineData(67, 33, 34, 16)]
    [InlineData(67, 33, 1, 0)]
    [InlineData(10, 0, 3, 0)]
    public void The_county_share_falls_with_it(long city, long county, long rest, long countyRest) =>
        Assert.Equal(
            new Fen(countyRest),
            Sample(PayoutState.Held, city, county).Take(PayoutState.Releasing, new Fen(city - rest), "", null).Took("").County
        );

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(21)]
    public void Nothing_or_more_than_it_has_is_refused(long amount) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Sample(PayoutState.Held).Take(PayoutState.Releasing, new Fen(amount), "", null));

    [Fact]
    public void A_state_that_may_not_be_released_throws() =>
        Assert.Throws<InvalidOperationException>(() => Sample(PayoutState.Paid).Take(PayoutState.Releasing, new Fen(1), "", null));

    [Fact]
    public void Nothing_was_taken_where_nothing_was_on_its_way() =>
        Assert.Throws<InvalidOperationException>(() => Sample(PayoutState.Held).Took(""));

    [Fact]
    public void A_history_of_steps_as_they_are_made_has_no_problem()
    {
        var held = Sample(PayoutState.Held);
        var part = held.Take(PayoutState.Releasing, new Fen(12), "why", "rerun:1");
        var rest = part.Took("");
        var due = rest with { State = PayoutState.Paid };
        var open = due.Take(PayoutState.ClawbackDue, new Fen(8), "why", "rerun:2");
        Payout[] steps = [open, open.Take(PayoutState.ClawingBack, new Fen(8), "doc", "approval:3")];

        Assert.Null(PayoutHistory.Problem(held, part));
        Assert.Null(PayoutHistory.Problem(part, rest));
        Assert.Null(PayoutHistory.Problem(due, open));
        Assert.Null(PayoutHistory.Problem(steps[0], steps[1]));
        Assert.Null(PayoutHistory.Problem(steps[1], steps[1].Took("")));
    }

    public static TheoryData<string, Payout, Payout> Planted
    {
        get
        {
            var held = Sample(PayoutState.Held);
            var part = held.Take(PayoutState.Releasing, new Fen(12), "why", null);
            var open = Sample(PayoutState.Paid).Take(PayoutState.ClawbackDue, new Fen(5), "why", null);
            var data = new TheoryData<string, Payout, Payout>();
            void Add(string problem, Payout before, Payout after) => data.Add(problem, before, after);
            Add("version", held, held.Move(PayoutState.Reserved) with { Version = 9 });
            Add("may not follow", held, held with { State = PayoutState.Paid, Version = 4, Previous = CanonicalJson.Hash(held) });
            Add("follows another version 3", held, held.Move(PayoutState.Reserved) with { Previous = ContentHash.None });
            Add("changes", held, held.Move(PayoutState.Reserved) with { City = new Fen(21) });
            Add("changes", part, part.Took("") with { City = new Fen(9) });
            Add("changes", part, part.Took("") with { County = new Fen(5) });
            Add("changes", part, part.Move(PayoutState.Released));
            Add(
                "changes",
                held.Take(PayoutState.Releasing, new Fen(20), "", null),
                held.Take(PayoutState.Releasing, new Fen(20), "", null).Move(PayoutState.Reserved)
            );
            Add("takes", held, part with { Taking = null });
            Add("takes", held, part with { Taking = new Fen(21) });
            Add("takes", held, held.Move(PayoutState.Reserved) with { Taking = new Fen(1) });
            Add("waits for", held, part with { Intent = "release:other:4" });
            Add("recovers", open, open.Take(PayoutState.ClawingBack, new Fen(4), "", null));
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Planted))]
    public void A_step_that_was_never_made_is_named(string problem, Payout before, Payout after) =>
        Assert.Contains(problem, PayoutHistory.Problem(before, after), StringComparison.Ordinal);
}
