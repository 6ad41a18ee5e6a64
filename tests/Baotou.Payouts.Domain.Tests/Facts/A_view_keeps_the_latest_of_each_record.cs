using Baotou.Payouts.Domain.Facts;
using CsCheck;

namespace Baotou.Payouts.Domain.Tests.Facts;

public sealed class A_view_keeps_the_latest_of_each_record
{
    private static readonly Fact First = Given.Trip("1", "2023-03-01", ("visitors", Given.Count(10)));
    private static readonly Fact Second = Given.Correct(First, "2023-04-01", ("visitors", Given.Count(20)));
    private static readonly Fact Third = Given.Correct(First, "2023-05-01", ("visitors", Given.Count(30)));

    [Fact]
    public void A_correction_replaces_and_an_older_one_that_comes_late_does_not()
    {
        var view = new FactView();
        Assert.True(view.Apply(First));
        Assert.True(view.Apply(Third));
        Assert.False(view.Apply(Second));
        Assert.False(view.Apply(Third));
        Assert.Same(Third, Assert.Single(view.OfKind("trip")));
    }

    [Fact]
    public void A_withdrawal_removes_and_a_later_issue_returns()
    {
        var view = new FactView();
        view.Apply(Second);
        Assert.True(view.Apply(Given.Withdraw(First, "2023-04-15")));
        Assert.Empty(view.OfKind("trip"));
        Assert.False(view.Apply(Second));
        Assert.True(view.Apply(Third));
        Assert.Same(Third, Assert.Single(view.OfKind("trip")));
    }

    [Fact]
    public void A_withdrawal_that_comes_before_its_record_keeps_it_out()
    {
        var view = new FactView();
        view.Apply(Given.Withdraw(First, "2023-04-15"));
        Assert.False(view.Apply(Second));
        Assert.Empty(view.OfKind("trip"));
        Assert.True(view.Latest("culture", "1")!.Withdrawn);
    }

    [Fact]
    public void Equal_numbers_of_two_sources_are_two_records()
    {
        var view = new FactView();
        view.Apply(First);
        view.Apply(First with { Source = "file" });
        view.Apply(First with { Source = "archive" });
        Assert.Equal(["archive", "culture", "file"], view.OfKind("trip").Select(f => f.Source));
    }

    [Fact]
    public void The_order_in_which_facts_come_does_not_matter() =>
        Gen.Select(GenFact.Array[0, 12], Gen.Int)
            .Sample(
                (facts, seed) =>
                {
                    var shuffled = facts.ToArray();
                    new Random(seed).Shuffle(shuffled);
                    Assert.Equal(Shown(facts), Shown(shuffled));
                    Assert.Equal(Shown(facts), Shown([.. facts, .. facts]));
                }
            );

    [Fact]
    public void A_fact_counts_from_its_record_or_from_its_day_whichever_is_later()
    {
        Assert.Equal(Given.Morning("2023-03-01"), FactView.MomentOf(First));
        var ahead = First with { EffectiveOn = Given.Day("2023-06-01") };
        Assert.Equal(new DateTimeOffset(2023, 5, 31, 16, 0, 0, TimeSpan.Zero), FactView.MomentOf(ahead));
        Assert.Empty(FactView.At([ahead], Given.Day("2023-05-31")).OfKind("trip"));
        Assert.Single(FactView.At([ahead], Given.Day("2023-06-01")).OfKind("trip"));
    }

    [Fact]
    public void A_view_of_a_day_holds_all_of_that_day()
    {
        var late = First with { RecordedAt = new DateTimeOffset(2023, 3, 1, 15, 59, 59, 999, TimeSpan.Zero) };
        Assert.Single(FactView.At([late], Given.Day("2023-03-01")).OfKind("trip"));
        Assert.Empty(FactView.At([late with { RecordedAt = late.RecordedAt.AddMilliseconds(1) }], Given.Day("2023-03-01")).OfKind("trip"));
    }

    [Fact]
    public void A_state_holds_from_its_day_until_the_next()
    {
        var view = new FactView();
        var small = Given.Record("state", "s1", "2022-01-01", ("size", Given.Code("small")));
        var large = Given.Record("state", "s2", "2023-01-01", ("size", Given.Code("large")));
        view.Apply(large);
        view.Apply(small);
        Assert.Null(view.InEffect("state", Given.Day("2021-12-31")));
        Assert.Same(small, view.InEffect("state", Given.Day("2022-01-01")));
        Assert.Same(small, view.InEffect("state", Given.Day("2022-12-31")));
        Assert.Same(large, view.InEffect("state", Given.Day("2023-01-01")));
    }

    [Fact]
    public void Of_two_records_for_one_year_the_later_recorded_counts()
    {
        var view = new FactView();
        var old = Given.Figure(2022, "2023-02-01", ("staff", Given.Count(5)));
        view.Apply(Given.Figure(2022, "2023-03-01", ("staff", Given.Count(6))) with { RecordId = "other" });
        view.Apply(old);
        Assert.Equal(6, view.OfPeriod("figure", "2022")!.Value("staff")!.Value.Number);
        Assert.Null(view.OfPeriod("figure", "2021"));
    }

    [Fact]
    public void Of_two_versions_of_one_moment_the_one_with_the_larger_hash_stands()
    {
        var other = First with { Values = Second.Values };
        var (smaller, larger) = string.CompareOrdinal(First.Hash.Hex, other.Hash.Hex) < 0 ? (First, other) : (other, First);
        var view = new FactView();
        Assert.True(view.Apply(smaller));
        Assert.True(view.Apply(larger));
        Assert.False(view.Apply(smaller));
        Assert.Same(larger, view.Latest("culture", "1"));
    }

    [Fact]
    public void Of_two_states_from_one_day_the_later_recorded_holds()
    {
        var view = new FactView();
        var first = Given.Record("state", "s1", "2022-01-01", ("size", Given.Code("small")));
        var second = Given.Record("state", "s0", "2022-01-01", ("size", Given.Code("large"))) with
        {
            RecordedAt = Given.Morning("2022-02-01"),
        };
        view.Apply(second);
        view.Apply(first);
        Assert.Same(second, view.InEffect("state", Given.Day("2022-03-01")));
    }

    private static readonly Gen<Fact> GenFact = Gen.Select(Gen.Int[0, 2], Gen.Int[1, 5], Gen.Int[1, 5], Gen.Int[0, 1], Gen.Int[0, 4])
        .Select(
            (id, recorded, effective, visitors, withdrawn) =>
                Given.Trip($"{id}", $"2023-0{effective}-01", ("visitors", Given.Count(visitors))) with
                {
                    RecordedAt = Given.Morning($"2023-0{recorded}-01"),
                    Withdrawn = withdrawn == 0,
                }
        );

    private static string[] Shown(IEnumerable<Fact> facts)
    {
        var view = new FactView();
        foreach (var fact in facts)
            view.Apply(fact);
        return [.. view.OfKind("trip").Select(f => f.Hash.Hex), $"{view.InEffect("trip", Given.Day("2023-03-15"))?.Hash}"];
    }
}
