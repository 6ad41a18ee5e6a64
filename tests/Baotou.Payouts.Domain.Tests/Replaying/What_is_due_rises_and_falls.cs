using Baotou.Payouts.Domain.Facts;
using Baotou.Payouts.Domain.Money;
using Baotou.Payouts.Domain.Policies;
using Baotou.Payouts.Domain.Replaying;
using static Baotou.Payouts.Domain.Tests.Replaying.Replaying;

namespace Baotou.Payouts.Domain.Tests.Replaying;

public sealed class What_is_due_rises_and_falls
{
    private static readonly Fact First = Of("r", "2023-01-01", 10);

    [Fact]
    public void The_claim_stands_at_the_moment_of_the_last_fact_it_needs()
    {
        var terms = Given.Terms(PerHead, new Condition.Compare(new("figure", "staff", -1), Comparison.AtLeast, Given.Count(1)));
        var figure = Given.Figure(2022, "2023-03-01", ("staff", Given.Count(1)));
        var claim = Assert.IsType<Movement.Claimed>(Assert.Single(Run(terms, First, figure)));
        Assert.Equal(new CountedMoment(Given.Morning("2023-03-01")), claim.Moment);
        Assert.Same(figure, claim.Deciding);
        Assert.Equal([First.Hash.Hex, figure.Hash.Hex], claim.Facts.Select(f => f.Hash.Hex));
        Assert.Equal((2023, "p", 0), (claim.Year, claim.Entry.Id, claim.Key.Number));
        Assert.Equal(Given.Enterprise, claim.Key.Uscc);
        claim = Assert.IsType<Movement.Claimed>(Assert.Single(Run(terms, Of("r", "2023-04-01", 10), figure)));
        Assert.Equal((Given.Morning("2023-04-01"), "r"), (claim.Moment.At, claim.Deciding.RecordId));
    }

    [Fact]
    public void A_fact_that_takes_effect_later_counts_from_the_beginning_of_that_day()
    {
        var claim = Assert.Single(Run(Given.Terms(PerHead), First with { EffectiveOn = Given.Day("2023-02-01") }));
        Assert.Equal(new DateTimeOffset(2023, 1, 31, 16, 0, 0, TimeSpan.Zero), claim.Moment.At);
    }

    [Fact]
    public void A_correction_upwards_gives_a_supplement() =>
        Assert.Equal(
            "+p/r#0:10@01-01 +p/r#1:5@02-01 +p/r#2:1@03-01",
            Show(
                Run(
                    Given.Terms(PerHead),
                    First,
                    Given.Correct(First, "2023-02-01", ("visitors", Given.Count(15))),
                    Given.Correct(First, "2023-03-01", ("visitors", Given.Count(16)))
                )
            )
        );

    [Fact]
    public void A_correction_downwards_limits_the_latest_claims_first() =>
        Assert.Equal(
            "+p/r#0:10@01-01 +p/r#1:5@02-01 -p/r#1:0@03-01 -p/r#0:7@03-01",
            Show(
                Run(
                    Given.Terms(PerHead),
                    First,
                    Given.Correct(First, "2023-02-01", ("visitors", Given.Count(15))),
                    Given.Correct(First, "2023-03-01", ("visitors", Given.Count(7)))
                )
            )
        );

    [Fact]
    public void A_correction_that_changes_nothing_due_gives_nothing() =>
        Assert.Equal(
            "+p/r#0:10@01-01",
            Show(Run(Given.Terms(PerHead), First, Given.Correct(First, "2023-02-01", ("nights", Given.Count(3)))))
        );

    [Fact]
    public void A_withdrawal_limits_to_zero_and_a_later_issue_is_a_supplement() =>
        Assert.Equal(
            "+p/r#0:10@01-01 -p/r#0:0@02-01 +p/r#1:4@03-01",
            Show(
                Run(
                    Given.Terms(PerHead),
                    First,
                    Given.Withdraw(First, "2023-02-01"),
                    Given.Correct(First, "2023-03-01", ("visitors", Given.Count(4)))
                )
            )
        );

    [Fact]
    public void Up_after_down_is_a_supplement_of_the_difference() =>
        Assert.Equal(
            "+p/r#0:10@01-01 -p/r#0:6@02-01 +p/r#1:3@03-01",
            Show(
                Run(
                    Given.Terms(PerHead),
                    First,
                    Given.Correct(First, "2023-02-01", ("visitors", Given.Count(6))),
                    Given.Correct(First, "2023-03-01", ("visitors", Given.Count(9)))
                )
            )
        );

    [Fact]
    public void Both_shares_are_claimed_and_limited_and_add_up()
    {
        var terms = Given.Terms(new Award.PerUnit(Trip("visitors"), null, 1, new Fen(1), null)) with { Funding = new Funding.Ratio(1, 1) };
        var movements = Run(
            terms,
            Of("r", "2023-01-01", 7),
            Given.Correct(Of("r", "2023-01-01", 7), "2023-02-01", ("visitors", Given.Count(5)))
        );
        Assert.Equal(new Shares(new Fen(4), new Fen(3)), Assert.IsType<Movement.Claimed>(movements[0]).Amount);
        Assert.Equal(new Shares(new Fen(3), new Fen(2)), Assert.IsType<Movement.Limited>(movements[1]).Limit);
    }

    [Fact]
    public void Records_of_one_moment_are_claimed_in_a_fixed_order()
    {
        var terms = Given.Terms(PerHead);
        Assert.Equal("+p/a#0:1@01-01 +p/b#0:2@01-01", Show(Run(terms, Of("b", "2023-01-01", 2), Of("a", "2023-01-01", 1))));
    }

    [Fact]
    public void A_shared_ceiling_is_taken_by_the_earlier_record()
    {
        var terms = Given.Terms(PerHead) with { Caps = [new Cap(Fen.FromYuan(12), CapSpan.Year)] };
        Assert.Equal("+p/r#0:10@01-01 +p/s#0:2@02-01", Show(Run(terms, First, Of("s", "2023-02-01", 10), Of("t", "2023-03-01", 10))));
    }

    [Fact]
    public void A_record_that_turns_out_to_be_of_another_kind_withdraws_what_it_gave()
    {
        var other = Given.Record("listing", "r", "2023-02-01", ("stage", Given.Code("listed"))) with { Source = First.Source };
        Assert.Equal("+p/r#0:10@01-01 -p/r#0:0@02-01", Show(Run(Given.Terms(PerHead), First, other)));
    }

    [Fact]
    public void What_comes_too_late_counts_at_its_edge_and_is_marked()
    {
        var edge = new CountedMoment(Given.Morning("2023-06-01"), 7);
        var movements = Run([Given.Policy(Given.Terms(PerHead))], [Counted(Of("in-time", "2023-06-01", 5)), new CountedFact(First, edge)]);
        Assert.Equal("+p/in-time#0:5@06-01 +p/r#0:10@06-01late", Show(movements));
        Assert.Equal(edge, movements[1].Moment);
    }

    [Fact]
    public void A_claim_carries_its_receipt_as_of_its_moment()
    {
        var claims = Run(Given.Terms(PerHead), First, Given.Correct(First, "2023-02-01", ("visitors", Given.Count(15))))
            .Cast<Movement.Claimed>()
            .ToList();
        Assert.Equal(["人数10 × 1.00元 = 10.00元", "人数15 × 1.00元 = 15.00元"], claims.Select(c => c.Receipt!.Arithmetic.Zh));
        Assert.All(claims, c => Assert.Equal(Domain.Deciding.Outcome.Entitled, c.Receipt!.Outcome));
        Assert.NotEqual(claims[0].FactsHash, claims[1].FactsHash);
    }

    [Theory]
    [InlineData(CapSpan.Year, "年度上限余额")]
    [InlineData(CapSpan.Lifetime, "累计上限余额")]
    public void A_receipt_names_the_ceiling_that_cut_as_the_decision_does(CapSpan span, string words)
    {
        var terms = Given.Terms(PerHead) with { Caps = [new Cap(Fen.FromYuan(12), span), new Cap(Fen.FromYuan(9), CapSpan.Occasion)] };
        Fact[] facts = [First, Of("s", "2023-02-01", 10)];
        var claims = Run(terms, facts).Cast<Movement.Claimed>().ToList();
        var decisions = new Domain.Deciding.Decider(Given.Catalogue(Given.Policy(terms))).Decide(facts, Given.Day("2023-02-01"));
        Assert.Equal(decisions.Select(d => d.Arithmetic), claims.Select(c => c.Receipt!.Arithmetic));
        Assert.EndsWith(words + "3.00元", claims[1].Receipt!.Arithmetic.Zh, StringComparison.Ordinal);
    }
}
