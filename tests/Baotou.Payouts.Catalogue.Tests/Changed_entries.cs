using Baotou.Payouts.Catalogues.Cases;
using Baotou.Payouts.Catalogues.Mutations;

namespace Baotou.Payouts.Catalogues.Tests;

/// <summary>
/// Cases are good if a change of the list cannot pass them by. <c>eng/mutate.sh</c> shows each change that does, and a case that would
/// notice it.
/// </summary>
public sealed class Changed_entries
{
    /// <summary>Per cent; it may rise.</summary>
    private const decimal Least = 98m;

    private static readonly IReadOnlyList<PolicyCase> Cases = (
        (CasesLoading.Loaded)PolicyCases.LoadEmbedded(The_embedded_list.Catalogue)
    ).Cases;
    private static readonly Trial Trial = new(The_embedded_list.Catalogue, Cases);
    private static readonly Score Score = Trial.Run();

    [Fact]
    public void Are_noticed_by_the_cases_beside_them() =>
        Assert.True(
            Score.Percent >= Least,
            $"{Score.Percent:0.00} % of {Score.Counted.Count} changes are noticed, {Least} % are asked for; the first that is not: {Score.Survivors.FirstOrDefault()?.Before.Id}: {Score.Survivors.FirstOrDefault()?.What}"
        );

    [Fact]
    public void Are_told_from_entries_that_did_not_change() =>
        Assert.All(
            Score.Results.GroupBy(r => r.Mutation.Before.Id).Select(g => g.First().Mutation),
            m => Assert.All(Trial.CasesOf(m), c => Assert.Null(c.Difference(Trial.Before(m))))
        );

    [Fact]
    public void Pass_unnoticed_without_the_case_that_shows_them()
    {
        var survivors = new Trial(
            The_embedded_list.Catalogue,
            [.. Cases.Where(c => c.Policy != "17-art10c" || c.Expected is not Expectation.Pays)]
        )
            .Run("17-art10c")
            .Survivors;
        Assert.Contains(survivors, s => s.What.StartsWith("fixed 50,000.00 →", StringComparison.Ordinal));
        var found = new WitnessSearch(Trial, The_embedded_list.Catalogue.Facts).Find(survivors.First(s => s.Kind == "award"));
        Assert.Equal(5_000_000, found!.Decisions.Sum(d => d.Amount.Value));
    }

    [Fact]
    public void Are_left_out_only_where_they_cannot_be_told_apart() =>
        Assert.True(Score.Counted.Count * 3 > Score.Results.Count * 2, "more than a third of the changes is left out");

    [Fact]
    public void Are_tried_for_every_computed_entry() =>
        Assert.Equal(
            The_embedded_list.Catalogue.Policies.Where(p => p.Terms is not null).Select(p => p.Id).Order(StringComparer.Ordinal),
            Score.Counted.Where(r => r.Mutation.Kind == "award").Select(r => r.Mutation.Before.Id).Distinct().Order(StringComparer.Ordinal)
        );
}
